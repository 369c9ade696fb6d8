"""What a feed puts under every item is left out of what is stored, and changes nothing about which item is which."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.jobs.poll import poll
from bot.storage.database import Database
from bot.storage.schema import feeds
from tests.clock import Clock
from tests.feedserver import Entry, FeedServer
from tests.wire import Wire, open_wire

pytestmark = pytest.mark.asyncio

FOOTER = "<p>Subscribe to the daily letter of the paper.</p>"
WORDS = ["gallium", "lithium", "cobalt", "nickel", "graphite", "tungsten", "antimony", "yttrium", "tin", "copper"]


def entry(number: int, words: str = "rose", footer: str = FOOTER) -> Entry:
    """An item with the paper's footer."""
    word = WORDS[number]
    return Entry(
        f"{word} {words}", f"<p>The price of {word} {words}.</p>{footer}", f"g{number}", f"http://127.0.0.1/{word}"
    )


async def ask(wire: Wire, *entries: Entry) -> tuple[int, int]:
    """Publish and poll an hour later; how many were new, and how many had changed."""
    await wire.take_urls(wire.server.publish("wire.xml", entries))
    wire.clock.advance(timedelta(hours=1))
    await wire.make_all_due()
    report = await poll(wire.line)
    return report.counts["items_new"], report.counts["items_changed"]


async def texts(wire: Wire) -> list[str]:
    """All that is stored, in the order of the words."""
    rows = sorted(await wire.items(), key=lambda row: WORDS.index(row.title.split()[0]))
    return [row.text for row in rows]


async def test_a_footer_is_learned_and_left_out(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """From the first page on, and of the one item of a later page that is read in part; of an edited one, too."""
    async with open_wire(database, clock, feed_server) as wire:
        assert (8, 0) == await ask(wire, *map(entry, range(8)))
        assert (1, 0) == await ask(wire, *map(entry, range(9)))
        assert 1 == len(wire.reader.read[-1].items)
        assert (0, 1) == await ask(wire, *map(entry, range(8)), entry(8, "fell"))
        assert [f"The price of {word} rose." for word in WORDS[:8]] + ["The price of tin fell."] == await texts(wire)


async def test_a_footer_that_comes_or_goes_changes_no_item(
    database: Database, clock: Clock, feed_server: FeedServer
) -> None:
    """What is known to be repeated is no part of an item's identity: a page that is the same is the same."""
    async with open_wire(database, clock, feed_server) as wire:
        await ask(wire, *map(entry, range(8)))
        for repeats in ("", "0123456789abcdef"):
            async with database.write() as tx:
                await tx.execute(update(feeds).values(repeats=repeats, window="", body_hash=None, etag=None))
            assert (0, 0) == await ask(wire, *map(entry, range(8)))


async def test_a_page_read_in_part_stores_what_a_whole_one_does(
    database: Database, clock: Clock, feed_server: FeedServer
) -> None:
    """Field by field, whichever way the second page was read."""
    stored = []
    async with open_wire(database, clock, feed_server) as wire:
        for name, window in (("a.xml", True), ("b.xml", False)):
            url = feed_server.publish(name, [entry(n) for n in range(8)])
            await wire.take_urls(url)
            await poll(wire.line)
            if not window:
                async with database.write() as tx:
                    await tx.execute(update(feeds).where(feeds.c.url == url).values(window="", body_hash=None))
            feed_server.publish(name, [entry(n) for n in range(10)])
            await wire.make_all_due()
            await poll(wire.line)
            assert (2 if window else 10) == len(wire.reader.read[-1].items)
            number = (await wire.feed(url)).id
            rows = [row for row in await wire.items() if row.feed == number]
            stored.append({(row.title, row.text, row.content_hash, row.silent) for row in rows})
    assert stored[0] == stored[1]
    assert 10 == len(stored[0])
