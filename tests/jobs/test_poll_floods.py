"""Polling asks before it posts a flood, and tells items apart by the rule their feed needs."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.jobs.poll import poll
from bot.storage import floods
from bot.storage.database import Database
from bot.storage.schema import notices
from tests.clock import Clock
from tests.feedserver import Entry, FeedServer
from tests.wire import Wire, open_wire

pytestmark = pytest.mark.asyncio

HOUR = timedelta(hours=1)


def entries(numbers: range, mark: str = "") -> list[Entry]:
    """Undated items; `mark` alters guid, link and words alike."""
    return [
        Entry(f"News {n}", f"Words {mark}.", f"g{mark}{n}", f"http://127.0.0.1/{mark}{n}") for n in reversed(numbers)
    ]


def moved(page: list[Entry], mark: str) -> list[Entry]:
    """The same words under other guids and links."""
    return [replace(entry, guid=f"{mark}{entry.guid}", link=f"http://{mark}.example/{entry.guid}") for entry in page]


async def step(wire: Wire, *pages: list[Entry]) -> None:
    """Publish and poll each page in turn, an hour apart."""
    for page in pages:
        wire.server.publish("wire.xml", page)
        wire.clock.advance(HOUR)
        await poll(wire.line)


async def states(wire: Wire) -> Counter[tuple[str, bool]]:
    """How many items are in each state, silent or not."""
    return Counter((item.state, item.silent) for item in await wire.items())


async def told(database: Database) -> list[str]:
    """The notices' titles."""
    async with database.read() as tx:
        return [row.title for row in (await tx.execute(select(notices).order_by(notices.c.id))).all()]


async def test_new_guids_on_old_links_are_nothing_new(
    database: Database, clock: Clock, feed_server: FeedServer
) -> None:
    """A feed that numbers its items anew posts nothing and asks nothing."""
    async with open_wire(database, clock, feed_server) as wire:
        url = feed_server.publish("wire.xml", entries(range(20)))
        await wire.take_urls(url)
        renumbered = [Entry(e.title, e.text, f"new-{e.guid}", e.link) for e in entries(range(20))]
        await step(wire, entries(range(20)), renumbered)
        assert Counter({("new", True): 20}) == await states(wire)
        assert [] == await told(database)


async def test_a_flood_is_held_and_asked_about_once(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """Guids and links all new: kept, not posted; one question; what comes one by one meanwhile is news."""
    async with open_wire(database, clock, feed_server) as wire:
        url = feed_server.publish("wire.xml", entries(range(20)))
        await wire.take_urls(url)
        other = entries(range(20), "moved-")
        await step(wire, entries(range(20)), other, other, [*entries(range(50, 52)), *other], entries(range(20), "m3-"))
        assert Counter({("new", True): 20, ("held", False): 40, ("new", False): 2}) == await states(wire)
        assert ["A feed waits for your word"] == await told(database)
        row = await wire.feed(url)
        async with database.read() as tx:
            [held] = await floods.list_held(tx)
        assert (row.id, 40, row.held_at) == (held.id, held.items, held.held_at)


@pytest.mark.parametrize("size", [3, 10, 30])
async def test_a_page_that_moved_house_is_known_by_its_words(
    database: Database, clock: Clock, feed_server: FeedServer, size: int
) -> None:
    """Guids and links all new, and dates: nothing is news or asked about; from then on the new keys are known."""
    async with open_wire(database, clock, feed_server) as wire:
        url = feed_server.publish("wire.xml", entries(range(size)))
        await wire.take_urls(url)
        page = [replace(entry, date=clock()) for entry in moved(entries(range(size)), "new")]
        rewritten = [replace(entry, text="Other words.") for entry in page]
        await step(wire, entries(range(size)), page, rewritten)
        assert Counter({("new", True): size}) == await states(wire)
        assert {1} == {item.edits for item in await wire.items()}
        assert [] == await told(database)


@pytest.mark.parametrize(
    ("trap", "first", "then", "news"),
    [
        (
            "what is new beside what moved",
            entries(range(8)),
            [*entries(range(8, 11)), *moved(entries(range(8)), "m")],
            3,
        ),
        ("less than half of it moved", entries(range(3)), [*entries(range(3, 8)), *moved(entries(range(3)), "m")], 8),
        ("a notice given every day", entries(range(1)), moved(entries(range(1)), "m"), 1),
        ("titles alone tell nothing", [Entry(f"{n}", guid=f"{n}") for n in range(4)], [], 4),
        ("nor do words that all bear", [Entry("Fix", "Up.", f"{n}", f"http://f.example/{n}") for n in range(4)], [], 4),
        (
            "one that came back beside known ones",
            entries(range(6)),
            [*moved(entries(range(3)), "m"), *entries(range(6))],
            3,
        ),
    ],
)
async def test_words_tell_only_what_moved_as_a_page(
    database: Database,
    clock: Clock,
    feed_server: FeedServer,
    trap: str,
    first: list[Entry],
    then: list[Entry],
    news: int,
) -> None:
    """Most of a page of three or more, with title and text, none of its keys known: all else is news as ever."""
    async with open_wire(database, clock, feed_server) as wire:
        url = feed_server.publish("wire.xml", first)
        await wire.take_urls(url)
        await step(wire, first, then or moved(first, "m"))
        assert news == (await states(wire))["new", False], trap


@pytest.mark.parametrize("is_accepted", [True, False])
async def test_the_word_is_kept(database: Database, clock: Clock, feed_server: FeedServer, is_accepted: bool) -> None:
    """Accepted items are news, and as many are let in from then on; skipped ones are silent, and asked about anew."""
    async with open_wire(database, clock, feed_server) as wire:
        url = feed_server.publish("wire.xml", entries(range(20)))
        await wire.take_urls(url)
        await step(wire, entries(range(20)), entries(range(20), "a"))
        number = (await wire.feed(url)).id
        release = floods.accept_held if is_accepted else floods.skip_held
        async with database.write() as tx:
            assert 20 == await release(tx, number, clock())
            assert 0 == await release(tx, number, clock())
        assert Counter({("new", True): 20}) + Counter({("new", not is_accepted): 20}) == await states(wire)
        assert (None, 20 if is_accepted else 0) == ((await wire.feed(url)).held_at, (await wire.feed(url)).burst)
        await step(wire, entries(range(20), "b"))
        assert (0 if is_accepted else 20) == (await states(wire))["held", False]
        assert (1 if is_accepted else 2) == len(await told(database))


async def test_one_guid_for_all_loses_no_news(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """The rule is chosen at first sight, stored, and each later item is news of its own."""
    async with open_wire(database, clock, feed_server) as wire:
        same = [Entry(e.title, e.text, "same", e.link) for e in entries(range(8))]
        url = feed_server.publish("wire.xml", same[4:])
        await wire.take_urls(url)
        await step(wire, same[4:], same[3:], same[1:])
        assert "link@1" == (await wire.feed(url)).id_rule
        assert Counter({("new", True): 4, ("new", False): 3}) == await states(wire)


async def test_a_rule_that_changes_reposts_nothing(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """Stored items get keys under the new rule: what comes back is known, what is new is news."""
    async with open_wire(database, clock, feed_server) as wire:
        url = feed_server.publish("wire.xml", entries(range(6)))
        await wire.take_urls(url)
        front = [Entry(e.title, e.text, "same", "http://127.0.0.1/") for e in entries(range(6, 10))]
        await step(wire, entries(range(6)), [*front, *entries(range(6))])
        assert "link+title@1" == (await wire.feed(url)).id_rule
        assert Counter({("new", True): 6, ("new", False): 4}) == await states(wire)
        renumbered = [Entry(e.title, "Words, altered.", f"x{e.guid}", e.link) for e in [*front, *entries(range(6))]]
        await step(wire, renumbered)
        assert Counter({("new", True): 6, ("new", False): 4}) == await states(wire)


async def test_a_gap_shortens_the_interval(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """A page that begins after the last poll: counted, and asked twice as often for a week."""
    async with open_wire(database, clock, feed_server, min_interval=HOUR) as wire:
        url = feed_server.publish("wire.xml", entries(range(3)))
        await wire.take_urls(url)
        await poll(wire.line)
        later = clock() + timedelta(minutes=90)
        feed_server.publish("wire.xml", [Entry(f"Late {n}", guid=f"l{n}", date=later) for n in range(3)])
        clock.advance(2 * HOUR)
        await poll(wire.line)
        row = await wire.feed(url)
        assert (1, clock()) == (row.gaps, row.gapped_at)
        assert HOUR / 2 <= row.next_poll_at - clock() <= 0.6 * HOUR


async def test_old_news_is_stored_and_not_told(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """What is dated long before the last poll comes silently; an impossible date counts as none."""
    async with open_wire(database, clock, feed_server) as wire:
        url = feed_server.publish("wire.xml", [])
        await wire.take_urls(url)
        dates = {"old": clock() - timedelta(days=30), "new": clock() - HOUR, "ahead": clock() + timedelta(days=40)}
        await step(wire, [], [Entry(name, guid=name, date=date) for name, date in dates.items()])
        found = {item.title: (item.silent, item.published_at) for item in await wire.items()}
        assert {"old": (True, dates["old"]), "new": (False, dates["new"]), "ahead": (False, None)} == found


async def test_an_aggregators_rotating_links_are_one_item(
    database: Database, clock: Clock, feed_server: FeedServer
) -> None:
    """Outlet and title tell its items apart, whatever guid and link it makes up today."""
    async with open_wire(database, clock, feed_server) as wire:

        def page(day: int, *titles: str) -> list[Entry]:
            return [
                Entry(f"{title} - Paper {n}", guid=f"{day}-{n}", link=f"http://h{n}.example/{day}")
                for n, title in enumerate(titles)
            ]

        titles = [f"Story {n}" for n in range(12)]
        url = feed_server.publish("wire.xml", page(0, *titles))
        await wire.take_urls(url)
        await step(wire, page(0, *titles), page(1, *titles), page(2, *titles, "Gallium up"))
        assert "source+title@1" == (await wire.feed(url)).id_rule
        assert Counter({("new", True): 12, ("new", False): 1}) == await states(wire)


async def test_a_guid_that_turns_out_to_be_shared_loses_no_news(
    database: Database, clock: Clock, feed_server: FeedServer
) -> None:
    """One item at first sight, then another under the same guid beside it: the whole page is read, and it is news."""
    async with open_wire(database, clock, feed_server) as wire:
        same = [Entry(e.title, e.text, "same", e.link) for e in entries(range(4))]
        url = feed_server.publish("wire.xml", same[3:])
        await wire.take_urls(url)
        await step(wire, same[3:], same[2:], same[1:], same)
        assert "link@1" == (await wire.feed(url)).id_rule
        assert Counter({("new", True): 1, ("new", False): 3}) == await states(wire)
        assert [0, 0, 0, 0] == [item.edits for item in await wire.items()]
