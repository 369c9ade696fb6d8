"""Articles: the page behind a teaser is read politely, and whatever goes wrong, the item goes on with its teaser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.core.articles import ARTICLE_WAIT, TRY_AGAIN
from bot.core.model import FeedSpec
from bot.feeds.settings import Polling
from bot.jobs.articles import HOLD, read_article, read_articles
from bot.jobs.intake import Intake
from bot.jobs.poll import poll
from bot.storage import articles, floods, hosts, stories
from bot.storage.database import Database
from bot.storage.schema import articles as article_table
from bot.storage.schema import hosts as host_table
from bot.storage.schema import items as item_table
from tests.clock import Clock
from tests.feedserver import Entry, FeedServer, Trouble
from tests.wire import POLLING, Wire, open_wire

pytestmark = pytest.mark.asyncio

TITLE = "China puts gallium exports under licence"
TEASER = "The ministry of commerce named seven minerals on Thursday."
BODY = (
    "The ministry of commerce said on Thursday that exports of gallium and six other minerals need a licence from 1 "
    "December. Companies must apply sixty days before they ship, and name the final user of each delivery. "
)
CONSENT = "We value your privacy. We and our partners store and access information on a device, such as cookies. " * 20


def article(words: str = BODY) -> bytes:
    """A page as outlets make them."""
    told = "".join(f"<p>{words} Paragraph {number} of the report.</p>" for number in range(5))
    frame = "<nav><ul><li><a href=/>Home</a></li><li><a href=/sport>Sport</a></li></ul></nav>"
    head = f"<!doctype html><html lang=en><head><title>{TITLE}</title></head>"
    return f"{head}<body>{frame}<main><article><h1>{TITLE}</h1>{told}</article></main></body></html>".encode()


@asynccontextmanager
async def open_teasers(
    database: Database,
    clock: Clock,
    server: FeedServer,
    polling: Polling = POLLING,
    count: int = 1,
    before: int = 0,
    **pace: Any,
) -> AsyncIterator[Wire]:
    """A wire whose feed, seen before, has just brought so many teasers, with a page behind each.

    `before`: how many it had that are gone now.
    """
    old = Entry("Old news", "Old words.", "old", server.url("old"))
    gone = [Entry(f"Gone {n}", "Old words.", f"gone{n}", server.url(f"gone{n}")) for n in range(before)]
    for number in range(count):
        server.serve(f"page{number}", article(), content_type="text/html")
    async with open_wire(database, clock, server, polling, **pace) as wire:
        await wire.take(FeedSpec(server.publish("wire.xml", [old, *gone]), "Wire", full_text=True))
        await poll(wire.line)
        fresh = [Entry(f"{TITLE} {n}", TEASER, f"g{n}", server.url(f"page{n}")) for n in range(count)]
        server.publish("wire.xml", [*fresh, old])
        await wire.make_all_due()
        clock.advance(timedelta(seconds=10))
        await poll(wire.line)
        clock.advance(timedelta(seconds=10))
        yield wire


async def texts(wire: Wire) -> list[str]:
    """The texts of what is news, as they stand."""
    return [row.text for row in await wire.items() if not row.silent]


async def waiting(wire: Wire) -> list[str]:
    """The texts that intake would take in now."""
    async with wire.line.database.read() as tx:
        return [item.text for item in await stories.waiting_items(tx, 100, wire.clock()) if not item.silent]


async def turns(wire: Wire, count: int = 2) -> None:
    """So many requests, ten seconds apart: the rules of the site, and a page."""
    for _ in range(count):
        await read_article(wire.line)
        wire.clock.advance(timedelta(seconds=10))


async def test_the_article_takes_the_teasers_place(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """Intake waits for it; the page's frame is left out; a first sight is not read, nor what is read read again."""
    async with open_teasers(database, clock, feed_server) as wire:
        assert [] == await waiting(wire)
        await turns(wire, 5)
        [text] = await waiting(wire)
        assert text.count(BODY.strip()) == 5
        assert "Sport" not in text
        await Intake(wire.line).run()
        await wire.make_all_due()
        await poll(wire.line)
        await turns(wire)
        assert (1, 0) == (feed_server.count("page0"), feed_server.count("old"))
        assert "taken" == (await wire.items())[-1].state


async def test_we_say_who_we_are(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """An article is asked for as a feed is: our name and contact, no cookies, no Referer."""
    polling = Polling(allow_private_networks=True, contact="desk@example.org")
    async with open_teasers(database, clock, feed_server, polling) as wire:
        await turns(wire)
    [asked] = feed_server.asked("page0")
    assert "desk@example.org" in asked.headers["user-agent"]
    assert not {"cookie", "referer"} & set(asked.headers)


async def test_robots_txt_is_heeded(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """A site that keeps programs out is not read, and the teaser goes on at once."""
    feed_server.serve("robots.txt", b"User-agent: *\nDisallow: /page", content_type="text/plain")
    async with open_teasers(database, clock, feed_server) as wire:
        await turns(wire)
        assert ([TEASER], 0) == (await waiting(wire), feed_server.count("page0"))


async def test_the_pause_that_a_site_asks_for_is_kept(
    database: Database, clock: Clock, feed_server: FeedServer
) -> None:
    """Its Crawl-delay, where it is longer than our gap."""
    feed_server.serve("robots.txt", b"User-agent: *\nCrawl-delay: 25", content_type="text/plain")
    async with open_teasers(database, clock, feed_server, count=2) as wire:
        counts = []
        for _ in range(6):
            await turns(wire, 1)
            counts.append(feed_server.count("page0") + feed_server.count("page1"))
        assert [0, 0, 0, 1, 1, 1] == counts
        await turns(wire, 1)
        assert 2 == feed_server.count("page0") + feed_server.count("page1")


async def test_rules_hold_for_where_a_link_leads(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """A redirect is not followed to a page that robots.txt forbids."""
    feed_server.serve("robots.txt", b"User-agent: *\nDisallow: /secret", content_type="text/plain")
    feed_server.serve("secret", article(), content_type="text/html")
    async with open_teasers(database, clock, feed_server) as wire:
        feed_server.fail("page0", Trouble(status=302, headers={"Location": feed_server.url("secret")}))
        await turns(wire)
        assert ([TEASER], 0) == (await waiting(wire), feed_server.count("secret"))


@pytest.mark.parametrize(
    "trouble",
    [
        Trouble(status=404),
        Trouble(status=403),
        Trouble(body=b"<!doctype html><title>Just a moment...</title>"),
        Trouble(body=f"<!doctype html><html><body><p>{CONSENT}</p></body></html>".encode()),
        Trouble(body=b"<!doctype html><html></html>"),
        Trouble(body=b"%PDF-1.7 gallium", content_type="application/pdf"),
        Trouble(body=b"", content_type="text/html"),
        Trouble(status=302, headers={"Location": "javascript:alert(1)"}),
    ],
    ids=["404", "403", "challenge", "consent", "empty page", "pdf", "nothing", "nowhere"],
)
async def test_the_teaser_goes_on(database: Database, clock: Clock, feed_server: FeedServer, trouble: Trouble) -> None:
    """What is no article of this item never takes the teaser's place, and is asked for once."""
    async with open_teasers(database, clock, feed_server) as wire:
        feed_server.fail("page0", trouble)
        await turns(wire, 3)
        assert ([TEASER], 1) == (await waiting(wire), feed_server.count("page0"))


async def test_a_huge_page_is_not_read(sqlite_url: str, clock: Clock, feed_server: FeedServer) -> None:
    """Fifty megabytes: left at the bound that holds for feeds."""
    database = await Database.open(sqlite_url)
    polling = Polling(allow_private_networks=True, max_bytes=1_000_000)
    async with open_teasers(database, clock, feed_server, polling) as wire:
        feed_server.fail("page0", Trouble(body=b"<!doctype html><p>gallium</p>" + b" " * 50_000_000))
        await turns(wire)
        assert [TEASER] == await waiting(wire)
    await database.close()


async def test_a_page_that_drips_is_tried_again(sqlite_url: str, clock: Clock, feed_server: FeedServer) -> None:
    """A page that never ends is left after the time of a request, asked for again later, and not for ever."""
    database = await Database.open(sqlite_url)
    polling = Polling(allow_private_networks=True, timeout_s=0.3)
    async with open_teasers(database, clock, feed_server, polling) as wire:
        feed_server.fail("page0", Trouble(body=b"<!doctype html><p>gal", endless=True, pause=0.05, times=1))
        await turns(wire)
        assert [] == await waiting(wire)
        clock.advance(TRY_AGAIN)
        await turns(wire)
        [text] = await waiting(wire)
        assert BODY.strip() in text
    await database.close()


async def test_tries_have_an_end(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """Three failures that may pass, then the teaser goes on."""
    async with open_teasers(database, clock, feed_server) as wire:
        feed_server.fail("page0", Trouble(status=500))
        await turns(wire, 1)
        for _ in range(5):
            await turns(wire, 1)
            clock.advance(TRY_AGAIN)
        assert ([TEASER], 3) == (await waiting(wire), feed_server.count("page0"))


async def test_a_site_may_ask_for_patience(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """Retry-After holds for the whole host; an article that could only come too late is not waited for."""
    async with open_teasers(database, clock, feed_server, count=2) as wire:
        feed_server.fail("page1", Trouble(status=429, headers={"Retry-After": "1800"}))
        await turns(wire, 5)
        assert (1, 0) == (feed_server.count("page1"), feed_server.count("page0"))
        clock.advance(ARTICLE_WAIT)
        assert [TEASER, TEASER] == await waiting(wire)
        await wire.make_all_due()
        async with database.read() as tx:
            assert await articles.has_wanted(tx)
        await read_article(wire.line)
        async with database.read() as tx:
            assert not await articles.has_wanted(tx)


async def test_no_item_waits_for_a_process(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """Where nobody reads articles, the teaser goes on after ten minutes."""
    async with open_teasers(database, clock, feed_server) as wire:
        clock.advance(ARTICLE_WAIT)
        assert [TEASER] == await waiting(wire)


async def test_an_address_of_our_own_network_is_not_visited(
    database: Database, clock: Clock, feed_server: FeedServer
) -> None:
    """A link to this machine gets no connection: not for the page, and not for robots.txt."""
    async with open_teasers(database, clock, feed_server) as wire:
        before = sum(len(feed_server.asked(name)) for name in ("page0", "robots.txt"))
        async with open_wire(database, clock, feed_server, Polling()) as guarded:
            guarded.line.holder = wire.line.holder
            await turns(guarded, 3)
            assert [TEASER] == await waiting(guarded)
        assert before == sum(len(feed_server.asked(name)) for name in ("page0", "robots.txt"))


async def test_a_host_is_asked_one_thing_at_a_time(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """Its gap lies between any two requests, robots.txt included; feeds of the host wait, too, and it for them."""
    async with open_teasers(database, clock, feed_server, count=3, per_host_gap=timedelta(seconds=2)) as wire:
        await read_article(wire.line)
        assert not (await read_article(wire.line)).more
        async with database.write() as tx:
            assert [] == await hosts.claim_hosts(tx, wire.line.holder, clock(), 5, clock() + timedelta(days=1))
        clock.advance(timedelta(seconds=2))
        async with database.write() as tx:
            [claim] = await hosts.claim_hosts(tx, wire.line.holder, clock(), 5, clock() + timedelta(days=1))
        assert not (await read_article(wire.line)).more
        async with database.write() as tx:
            await hosts.release_hosts(tx, wire.line.holder, [(claim.id, clock())])
        assert (await read_article(wire.line)).more
        assert not (await read_article(wire.line)).more


async def test_a_round_by_hand_keeps_the_gap(sqlite_url: str, feed_server: FeedServer) -> None:
    """`lodewire once` reads what waits, on the real clock, with the host's pause between its requests."""
    database, clock = await Database.open(sqlite_url), Clock()
    async with open_teasers(database, clock, feed_server, count=3, per_host_gap=timedelta(seconds=0.3)) as wire:
        wire.reader.spans.clear()
        wire.line.now = clock_from(clock)
        report = await read_articles(wire.line)
        assert 3 == report.counts["articles_read"]
        assert min(wire.reader.gaps()) >= 0.29
        assert 4 == len(wire.reader.spans)
    await database.close()


async def test_a_redirect_burdens_the_host_that_answers(
    database: Database, clock: Clock, feed_server: FeedServer
) -> None:
    """Both rest: the one that was asked and the one that had the page."""
    async with open_teasers(database, clock, feed_server, per_host_gap=timedelta(seconds=2)) as wire:
        there = feed_server.serve("there", article(), content_type="text/html").replace("127.0.0.1", "localhost")
        feed_server.fail("page0", Trouble(status=302, headers={"Location": there}))
        await turns(wire, 1)
        await read_article(wire.line)
        async with database.read() as tx:
            rests = (await tx.execute(select(host_table.c.name, host_table.c.ready_at))).all()
        assert {("127.0.0.1", clock() + timedelta(seconds=2)), ("localhost", clock() + timedelta(seconds=2))} == {
            (row.name, row.ready_at) for row in rests
        }
        [text] = await waiting(wire)
        assert BODY.strip() in text


async def test_only_the_newest_are_read(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """Of thirty news at once, twenty pages are asked for; the others go on as they are."""
    async with open_teasers(database, clock, feed_server, count=30, flood_limit=0) as wire:
        assert 10 == len(await waiting(wire))
        async with database.read() as tx:
            assert 20 == len((await tx.execute(select(article_table))).all())


async def test_what_was_held_is_read_when_it_is_let_in(
    database: Database, clock: Clock, feed_server: FeedServer
) -> None:
    """A flood costs the site nothing; the operator's yes does, for the newest twenty."""
    async with open_teasers(database, clock, feed_server, count=30, before=30), database.write() as tx:
        assert not await articles.has_wanted(tx)
        [held] = await floods.list_held(tx)
        assert 30 == await floods.accept_held(tx, held.id, clock())
        assert 20 == len((await tx.execute(select(article_table))).all())


async def test_an_edited_teaser_is_read_again(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """The article takes its place again, so that a post does not lose words by a correction of the title."""
    async with open_teasers(database, clock, feed_server) as wire:
        await turns(wire)
        await Intake(wire.line).run()
        edited = Entry(f"{TITLE}: update", TEASER, "g0", feed_server.url("page0"))
        feed_server.publish("wire.xml", [edited])
        await wire.make_all_due()
        await poll(wire.line)
        clock.advance(timedelta(seconds=10))
        assert [] == await waiting(wire)
        await turns(wire)
        [text] = await waiting(wire)
        assert (BODY.strip() in text, feed_server.count("page0")) == (True, 2)


async def test_a_claim_ends_with_its_process(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """Killed after the request and before the commit: the next process reads the page, and nothing is lost."""
    async with open_teasers(database, clock, feed_server) as wire:
        await turns(wire, 1)
        async with database.write() as tx:
            assert await articles.claim_article(tx, clock(), clock() + HOLD)
        assert not (await read_article(wire.line)).more
        clock.advance(HOLD)
        await turns(wire, 1)
        [text] = await waiting(wire)
        assert BODY.strip() in text


async def test_what_changed_meanwhile_is_kept(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """A teaser that was corrected, or an item that went on, while its page was read is not overwritten."""
    async with open_teasers(database, clock, feed_server) as wire:
        async with database.write() as tx:
            wanted = await articles.claim_article(tx, clock(), clock())
            assert wanted is not None
            await tx.execute(item_table.update().where(item_table.c.id == wanted.item).values(text="Corrected."))
            assert not await articles.settle_article(tx, wanted, "The article. " * 50)
        assert ["Corrected."] == await waiting(wire)


def clock_from(start: Clock) -> Clock:
    """The real time, from where a test's clock stands on."""
    import time

    began = time.monotonic()
    return lambda: start() + timedelta(seconds=time.monotonic() - began)  # type: ignore[return-value]
