"""Polling keeps to the host's wishes, follows a feed that moves, and gives up what is gone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.core.life import MISSING_FOR
from bot.core.model import FeedSpec
from bot.jobs.poll import poll, spread_overdue
from bot.storage import hosts as host_rows
from bot.storage.database import Database
from bot.storage.schema import feeds, hosts, notices
from tests.clock import Clock
from tests.feedserver import Entry, FeedServer, Trouble
from tests.traps import rss
from tests.wire import Wire, open_wire

pytestmark = pytest.mark.asyncio

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
PAGE = [Entry("News", "Words.", "g1", "http://127.0.0.1/1")]


def redirect(server: FeedServer, old: str, new: str, status: int = 301) -> str:
    """Let the feed `old` lead to the feed `new`; the old address."""
    return server.fail(old, Trouble(status=status, headers={"Location": server.url(new)}))


async def ask(wire: Wire, wait: timedelta = HOUR) -> None:
    """Poll everything, a while later."""
    wire.clock.advance(wait)
    await wire.make_all_due()
    await poll(wire.line)


async def told(database: Database) -> list[str]:
    """The notices' titles."""
    async with database.read() as tx:
        return list((await tx.execute(select(notices.c.title).order_by(notices.c.id))).scalars())


async def test_a_permanent_redirect_is_believed_after_a_week(
    database: Database, clock: Clock, feed_server: FeedServer
) -> None:
    """Until then the old address is asked; then the new one alone, told once, and nothing is news twice."""
    feed_server.publish("new.xml", PAGE)
    url = redirect(feed_server, "old.xml", "new.xml")
    async with open_wire(database, clock, feed_server) as wire:
        await wire.take_urls(url)
        for _ in range(7):
            await ask(wire, DAY)
        assert (None, 7) == ((await wire.feed(url)).address, feed_server.count("old.xml"))
        await ask(wire, DAY)
        assert feed_server.url("new.xml") == (await wire.feed(url)).address
        await ask(wire, DAY)
        assert (8, 9) == (feed_server.count("old.xml"), feed_server.count("new.xml"))
        assert ["A feed has moved"] == await told(database)
        assert 1 == len(await wire.items())
        await wire.take_urls(url)  # the list names the old address still
        assert feed_server.url("new.xml") == (await wire.feed(url)).address


async def test_a_passing_redirect_is_never_believed(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """302 and 307 say that the old address stays."""
    feed_server.publish("new.xml", PAGE)
    url = redirect(feed_server, "old.xml", "new.xml", 302)
    async with open_wire(database, clock, feed_server) as wire:
        await wire.take_urls(url)
        for _ in range(10):
            await ask(wire, DAY)
        assert (None, None) == ((await wire.feed(url)).address, (await wire.feed(url)).moved_to)


async def test_a_portal_that_answers_for_the_feed_is_not_believed(
    database: Database, clock: Clock, feed_server: FeedServer
) -> None:
    """The target must be the same feed: known items or the same title."""
    url = feed_server.publish("old.xml", PAGE)
    async with open_wire(database, clock, feed_server) as wire:
        await wire.take_urls(url)
        await ask(wire)
        redirect(feed_server, "old.xml", "new.xml")
        for day in range(12):
            feed_server.publish("new.xml", [Entry(f"Advert {day}", guid=f"a{day}")], lang="en")
            await ask(wire, DAY)
        assert (None, feed_server.url("new.xml")) == ((await wire.feed(url)).address, (await wire.feed(url)).moved_to)


async def test_a_gone_address_gives_way_to_its_target(
    database: Database, clock: Clock, feed_server: FeedServer
) -> None:
    """Where the old address is 404 or 410 after it redirected, the target is asked at once."""
    feed_server.publish("new.xml", PAGE)
    url = redirect(feed_server, "old.xml", "new.xml")
    async with open_wire(database, clock, feed_server) as wire:
        await wire.take_urls(url)
        await ask(wire)
        feed_server.fail("old.xml", Trouble(status=410))
        await ask(wire)
        row = await wire.feed(url)
        assert ("active", feed_server.url("new.xml")) == (row.state, row.address)
        await ask(wire)
        assert (0, ["A feed has moved"]) == ((await wire.feed(url)).errors, await told(database))


async def test_not_found_for_a_week_is_gone(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """One 404 is an accident; a week of them is not."""
    url = feed_server.fail("wire.xml", Trouble(status=404))
    async with open_wire(database, clock, feed_server) as wire:
        await wire.take_urls(url)
        for _ in range(6):
            await ask(wire, DAY)
        assert "active" == (await wire.feed(url)).state
        await ask(wire, MISSING_FOR - 5 * DAY)
        row = await wire.feed(url)
        assert ("gone", "4xx 7") == (row.state, row.failures)


async def test_a_host_that_asks_for_patience_gets_it_whole(
    database: Database, clock: Clock, feed_server: FeedServer
) -> None:
    """After one Retry-After no other feed of the host is asked before its time."""
    urls = [feed_server.publish(f"{n}.xml", PAGE) for n in range(5)]
    for n in range(5):
        feed_server.fail(f"{n}.xml", Trouble(status=503, headers={"Retry-After": "1800"}))
    async with open_wire(database, clock, feed_server) as wire:
        await wire.take_urls(*urls)
        await poll(wire.line)
        assert 1 == sum(feed_server.count(f"{n}.xml") for n in range(5))
        async with database.read() as tx:
            assert clock() + HOUR / 2 == (await tx.execute(select(hosts.c.ready_at))).scalar_one()
        clock.advance(HOUR / 2)
        await poll(wire.line)
        assert 2 == sum(feed_server.count(f"{n}.xml") for n in range(5))


async def test_a_publisher_is_asked_as_seldom_as_it_likes(
    database: Database, clock: Clock, feed_server: FeedServer
) -> None:
    """Cache-Control and <ttl> lengthen the interval; a 304 leaves what the document said."""
    body = b'<rss version="2.0"><channel><title>T</title><ttl>240</ttl><item><guid>1</guid></item></channel></rss>'
    url = feed_server.serve("wire.xml", body)
    async with open_wire(database, clock, feed_server, adapts=True) as wire:
        await wire.take_urls(url)
        for _ in range(2):
            await ask(wire)
            assert 4 * HOUR <= (await wire.feed(url)).next_poll_at - clock() <= 4.4 * HOUR
        feed_server.fail("wire.xml", Trouble(headers={"Cache-Control": "max-age=43200"}, body=body))
        await ask(wire)
        assert 12 * HOUR <= (await wire.feed(url)).next_poll_at - clock() <= 13.2 * HOUR


async def test_a_lowered_interval_is_meant_as_it_stands(
    database: Database, clock: Clock, feed_server: FeedServer
) -> None:
    """An operator who goes below the default overrules what is written in a feed, not what its server says."""
    body = b'<rss version="2.0"><channel><title>T</title><ttl>240</ttl><item><guid>1</guid></item></channel></rss>'
    url = feed_server.serve("wire.xml", body)
    async with open_wire(database, clock, feed_server, min_interval=timedelta(seconds=1)) as wire:
        await wire.take_urls(url)
        await ask(wire)
        assert (await wire.feed(url)).next_poll_at - clock() <= timedelta(seconds=2)
        feed_server.fail("wire.xml", Trouble(headers={"Cache-Control": "max-age=3600"}, body=body))
        await ask(wire)
        assert HOUR <= (await wire.feed(url)).next_poll_at - clock()


async def test_after_a_long_stop_feeds_are_spread(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """Each overdue feed has its own place within its interval; a short stop changes nothing."""
    async with open_wire(database, clock, feed_server) as wire:
        await wire.take(*(FeedSpec(feed_server.publish(f"{n}.xml", PAGE), interval_s=3600) for n in range(120)))
        assert 0 == await spread_overdue(wire.line)  # never read: as soon as can be
        await poll(wire.line)
        clock.advance(timedelta(minutes=64))
        assert 0 == await spread_overdue(wire.line)
        clock.advance(DAY)
        assert 120 == await spread_overdue(wire.line)
        assert 0 == (await poll(wire.line)).counts["feeds"]
        seen = []
        for _ in range(6):
            clock.advance(timedelta(minutes=10))
            seen.append((await poll(wire.line)).counts["feeds"])
        assert 120 == sum(seen)
        assert max(seen) < 45  # an address has a port of chance: of 40 feeds, 15 do fall together now and then


async def test_a_host_has_the_gap_it_states(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """Gaps are data: set, altered and taken back at each start."""
    async with open_wire(database, clock, feed_server) as wire:
        await wire.take_urls(feed_server.publish("wire.xml", PAGE))
        seen = []
        for gaps in ({"127.0.0.1": 5 * HOUR, "x.example": HOUR}, {"127.0.0.1": HOUR}, {}):
            async with database.write() as tx:
                await host_rows.sync_gaps(tx, gaps, clock())
                rows = (await tx.execute(select(hosts.c.name, hosts.c.gap_s).order_by(hosts.c.name))).all()
            seen.append({row.name: row.gap_s for row in rows})
        assert [{"127.0.0.1": 18000, "x.example": 3600}, {"127.0.0.1": 3600, "x.example": None}] == seen[:2]
        assert {"127.0.0.1": None, "x.example": None} == seen[2]


async def test_politeness_is_owed_to_the_host_that_answers(
    database: Database, clock: Clock, feed_server: FeedServer
) -> None:
    """A feed that redirects to another host waits in that host's queue, and comes back when it no longer does."""
    feed_server.publish("new.xml", PAGE)
    target = feed_server.url("new.xml").replace("127.0.0.1", "localhost")
    url = feed_server.fail("old.xml", Trouble(status=302, headers={"Location": target}))
    async with open_wire(database, clock, feed_server) as wire:
        await wire.take_urls(url)
        names = []
        for _ in range(2):
            await ask(wire)
            async with database.read() as tx:
                query = select(hosts.c.name).join(feeds, feeds.c.host == hosts.c.id)
                names.append((await tx.execute(query)).scalar_one())
            feed_server.publish("old.xml", PAGE)
            feed_server.heal("old.xml")
        assert ["localhost", "127.0.0.1"] == names


async def test_an_address_survives_the_next_list(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """Where a feed moved to is a row: a restart asks there."""
    async with open_wire(database, clock, feed_server) as wire:
        url = feed_server.url("old.xml")
        await wire.take_urls(url)
        async with database.write() as tx:
            await tx.execute(update(feeds).values(address=feed_server.publish("new.xml", PAGE)))
        await poll(wire.line)
        assert (0, 1) == (feed_server.count("old.xml"), feed_server.count("new.xml"))


async def test_words_of_another_home_are_told_and_not_followed(
    database: Database, clock: Clock, feed_server: FeedServer
) -> None:
    """Once for each host, whatever stands on the page; never asked there. Its own host, or what is no host, is none."""
    homes = ["http://localhost/x", "ftp://a.example/", "http://10.0.0.7/copy", "https://new.example/feed?key=secret",
             "https://new.example/feed2", "https://www.other.example/"]  # fmt: skip
    async with open_wire(database, clock, feed_server) as wire:
        for number, home in enumerate(homes):
            head = f'<atom:link xmlns:atom="http://www.w3.org/2005/Atom" href="{home}" rel="self"/>'
            body = rss(f"<title>News {number}</title>", head=head).encode()
            await wire.take_urls(feed_server.serve("wire.xml", body))
            for _ in range(2):
                clock.advance(timedelta(hours=1))
                await wire.make_all_due()
                await poll(wire.line)
        row = await wire.feed(feed_server.url("wire.xml"))
        assert (None, None, "www.other.example") == (row.address, row.moved_to, row.hinted)
        async with database.read() as tx:
            told = (await tx.execute(select(notices).order_by(notices.c.id))).all()
    assert ["A feed may have moved"] * 2 == [notice.title for notice in told]
    assert "Ores says that it lives at https://new.example/feed. Such words are often wrong" in told[0].body
