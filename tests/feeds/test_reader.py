"""A reader of feeds as the jobs see it: over real HTTP, with parsing beside the event loop."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from email.utils import format_datetime

import pytest

from bot.core.errors import FeedError, FeedTrouble
from bot.core.model import Item, NotModified, Page, Validators
from bot.feeds.reader import FeedReader
from bot.feeds.settings import Polling
from tests.feedserver import Entry, FeedServer, Trouble
from tests.feedxml import FIRST

POLLING = Polling(allow_private_networks=True, timeout_s=5)
NEWS = Entry("Gallium curbs", "<p>From Monday.</p>", "urn:1", "https://a.example/1", date=FIRST)


@pytest.mark.asyncio
@pytest.mark.parametrize("form", ["rss", "atom"])
async def test_from_an_address_to_items(feed_server: FeedServer, form: str) -> None:
    """Asked, read, asked again: a page of items, then that nothing changed."""
    url = feed_server.publish("ores", [NEWS], form=form)  # type: ignore[arg-type]
    async with FeedReader(POLLING) as reader:
        page = await reader.fetch(url, Validators(), "Asia/Tokyo")
        assert isinstance(page, Page)
        feed = await reader.parse(page)
        again = await reader.fetch(url, page.validators)
    updated, said = (FIRST, FIRST.isoformat()) if form == "atom" else (None, format_datetime(FIRST))
    item = Item("urn:1", "https://a.example/1", "Gallium curbs", "From Monday.", FIRST, updated, date_said=said)
    assert (item,) == feed.items
    assert NotModified(page.validators) == again


@pytest.mark.asyncio
async def test_parsing_does_not_hold_the_loop(feed_server: FeedServer) -> None:
    """While a page of thousands of items is read, the loop turns; pages wait for each other and keep their order."""
    entries = [Entry(f"Title {number}", "<p>Text</p> " * 20, f"urn:{number}") for number in range(1_500)]
    page = Page("https://a.example/", b"")
    async with FeedReader(POLLING) as reader:
        large = await reader.fetch(feed_server.publish("ores", entries), Validators())
        assert isinstance(large, Page)
        reading = [asyncio.ensure_future(reader.parse(one)) for one in (large, page)]
        turns = 0
        while not reading[0].done():
            await asyncio.sleep(0.005)
            turns += 1
        feeds = await asyncio.gather(*reading)
    assert turns > 3
    assert [1_500, 0] == [len(feed.items) for feed in feeds]


@pytest.mark.asyncio
async def test_a_large_feed_computes_beside_the_loop(feed_server: FeedServer) -> None:
    """While 1.5 MB are read, the loop's own thread computes next to nothing, and never for long at once."""
    entries = [Entry(f"Title {number}", "<p>Text &amp; more</p> " * 180, f"urn:{number}") for number in range(400)]
    held: list[float] = []
    async with FeedReader(POLLING) as reader:
        large = await reader.fetch(feed_server.publish("ores", entries), Validators())
        assert isinstance(large, Page) and len(large.body) > 1_500_000
        reading = asyncio.ensure_future(reader.parse(large))
        while not reading.done():
            before = time.thread_time()
            await asyncio.sleep(0.002)
            held.append(time.thread_time() - before)
        feed = await reading
    assert 400 == len(feed.items)
    assert max(held) < 0.05


@pytest.mark.asyncio
async def test_a_body_that_comes_again_is_not_read(feed_server: FeedServer) -> None:
    """Byte for byte the last one: nothing is parsed. One byte more, and it is."""
    async with FeedReader(POLLING) as reader:
        page = await reader.fetch(feed_server.publish("ores", [NEWS]), Validators())
        assert isinstance(page, Page)
        first = await reader.parse(page)
        again = await reader.parse(replace(page, body_hash=first.body_hash))
        other = await reader.parse(replace(page, body=page.body + b"\n", body_hash=first.body_hash))
    assert (False, 1) == (first.is_same, len(first.items))
    assert (True, ()) == (again.is_same, again.items)
    assert (False, 1) == (other.is_same, len(other.items))


@pytest.mark.asyncio
async def test_a_reader_is_cautious_by_default(feed_server: FeedServer) -> None:
    """Without settings it does not go to private networks."""
    url = feed_server.publish("ores", [NEWS])
    async with FeedReader() as reader:
        with pytest.raises(FeedError) as caught:
            await reader.fetch(url, Validators())
    assert (FeedTrouble.REFUSED, 0) == (caught.value.trouble, feed_server.count("ores"))


@pytest.mark.asyncio
async def test_a_failure_leaves_the_reader_whole(feed_server: FeedServer) -> None:
    """One server's failure and one broken page do not touch the next."""
    bad = feed_server.fail("bad", Trouble(raw=b"not HTTP"))
    good = feed_server.publish("good", [NEWS])
    async with FeedReader(POLLING) as reader:
        with pytest.raises(FeedError):
            await reader.fetch(bad, Validators())
        assert "" == (await reader.parse(Page(bad, b"\xff\x00<"))).format
        page = await reader.fetch(good, Validators())
        assert isinstance(page, Page)
        assert ["Gallium curbs"] == [item.title for item in (await reader.parse(page)).items]


@pytest.mark.asyncio
async def test_a_cancelled_request_ends_at_once(feed_server: FeedServer) -> None:
    """When the program stops, nobody waits for a slow server; it is no failure of the feed."""
    url = feed_server.fail("slow", Trouble(delay=30))
    async with FeedReader(POLLING) as reader:
        asking = asyncio.ensure_future(reader.fetch(url, Validators()))
        await asyncio.sleep(0.1)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking


@pytest.mark.asyncio
async def test_a_closed_reader_reads_no_more() -> None:
    """Its thread is gone: an error, not a page that never comes."""
    reader = FeedReader(POLLING)
    async with reader:
        pass
    with pytest.raises(RuntimeError):
        await reader.parse(Page("https://a.example/", b"<rss/>"))
