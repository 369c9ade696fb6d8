"""What polling makes of an answer: 304, a page seen first, news, a page gone for good."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.cadence import next_poll
from bot.core.model import FeedSpec
from bot.jobs.poll import poll
from bot.storage.database import Database
from tests.clock import Clock
from tests.feedserver import Entry, FeedServer, Trouble
from tests.wire import open_wire

pytestmark = pytest.mark.asyncio

HOUR = timedelta(hours=1)


def entry(number: int, text: str = "Words.") -> Entry:
    """A dateless item: its place on the page is all that tells its age."""
    return Entry(f"News {number}", text, f"g{number}", f"http://127.0.0.1/{number}", date=None)


async def test_what_has_not_changed_is_not_sent_again(
    database: Database, clock: Clock, feed_server: FeedServer
) -> None:
    """Both validators go back byte for byte; a 304 changes no item and keeps them."""
    url = feed_server.publish("wire.xml", [entry(1)])
    async with open_wire(database, clock, feed_server) as wire:
        await wire.take_urls(url)
        await poll(wire.line)
        before = await wire.feed(url)
        await wire.make_all_due()
        report = await poll(wire.line)
        assert (1, 0) == (report.counts["not_modified"], report.counts["items_new"])
        asked = feed_server.asked("wire.xml")
        assert [200, 304] == [one.status for one in asked]
        sent = asked[1].headers
        assert (before.etag, before.last_modified) == (sent["if-none-match"], sent["if-modified-since"])
        after = await wire.feed(url)
        assert (before.etag, before.last_modified) == (after.etag, after.last_modified)
        assert 1 == len(await wire.items())


async def test_the_same_bytes_are_not_read_again(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """A server without validators sends the same page: it counts as fetched, and nothing is new."""
    async with open_wire(database, clock, feed_server) as wire:
        url = feed_server.publish("wire.xml", [entry(1)])
        feed_server.fail("wire.xml", Trouble())  # the same body at 200 whatever is asked
        await wire.take_urls(url)
        await poll(wire.line)
        await wire.make_all_due()
        report = await poll(wire.line)
        assert {"feeds": 1, "fetched": 1} == dict(report.counts)
        assert 1 == len(await wire.items())


async def test_first_sight_is_remembered_silently(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """What a feed holds when it is first read is silent; what comes later is not."""
    url = feed_server.publish("wire.xml", [entry(1)])
    async with open_wire(database, clock, feed_server) as wire:
        await wire.take_urls(url)
        await poll(wire.line)
        assert clock() == (await wire.feed(url)).seeded_at
        feed_server.publish("wire.xml", [entry(2), entry(1)])
        clock.advance(HOUR)
        await poll(wire.line)
        assert [("News 1", True), ("News 2", False)] == [(item.title, item.silent) for item in await wire.items()]


async def test_an_empty_first_page_is_a_first_sight(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """A feed may begin empty: its first item is news. And a page that loses its items removes nothing."""
    url = feed_server.publish("wire.xml", [])
    async with open_wire(database, clock, feed_server) as wire:
        await wire.take_urls(url)
        await poll(wire.line)
        for page in ([entry(1)], [], [entry(1)]):
            feed_server.publish("wire.xml", page)
            clock.advance(HOUR)
            await poll(wire.line)
        assert [("News 1", False, 0)] == [(item.title, item.silent, item.edits) for item in await wire.items()]


async def test_news_is_saved_oldest_first(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """Feeds write the newest on top; it is told last."""
    url = feed_server.publish("wire.xml", [entry(3), entry(2), entry(1)])
    async with open_wire(database, clock, feed_server) as wire:
        await wire.take_urls(url)
        await poll(wire.line)
        assert ["News 1", "News 2", "News 3"] == [item.title for item in await wire.items()]


async def test_a_changed_text_is_a_change_not_news(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """The same identity with other words alters the stored item."""
    url = feed_server.publish("wire.xml", [entry(1)])
    async with open_wire(database, clock, feed_server) as wire:
        await wire.take_urls(url)
        await poll(wire.line)
        feed_server.publish("wire.xml", [entry(1, "Other words.")])
        clock.advance(HOUR)
        report = await poll(wire.line)
        assert (0, 1) == (report.counts["items_new"], report.counts["items_changed"])
        assert [("Other words.", 1)] == [(item.text, item.edits) for item in await wire.items()]


async def test_the_next_poll_outlives_the_process(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """When a feed is asked again is a row: a new process asks nothing before its time."""
    url = feed_server.publish("wire.xml", [entry(1)])
    spec = FeedSpec(url, interval_s=7200)
    async with open_wire(database, clock, feed_server) as wire:
        await wire.take(spec)
        await poll(wire.line)
        due = next_poll(url, clock(), 2 * HOUR)
        assert due == (await wire.feed(url)).next_poll_at
    async with open_wire(database, clock, feed_server) as wire:
        await wire.take(spec)
        clock.advance(due - clock() - timedelta(seconds=1))
        assert 0 == (await poll(wire.line)).counts["feeds"]
        clock.advance(timedelta(seconds=1))
        assert 1 == (await poll(wire.line)).counts["feeds"]


async def test_a_server_may_ask_for_patience(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """A Retry-After longer than our own wait is kept."""
    url = feed_server.fail("wire.xml", Trouble(status=429, headers={"Retry-After": "86400"}))
    async with open_wire(database, clock, feed_server) as wire:
        await wire.take_urls(url)
        await poll(wire.line)
        row = await wire.feed(url)
        assert ("429", clock() + timedelta(days=1)) == (row.error_class, row.next_poll_at)


async def test_gone_is_for_good(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """After a 410 the feed is `gone` and never asked again."""
    url = feed_server.fail("wire.xml", Trouble(status=410))
    async with open_wire(database, clock, feed_server) as wire:
        await wire.take_urls(url)
        await poll(wire.line)
        assert "gone" == (await wire.feed(url)).state
        clock.advance(timedelta(days=60))
        await wire.make_all_due()
        assert 0 == (await poll(wire.line)).counts["feeds"]
        assert 1 == feed_server.count("wire.xml")
