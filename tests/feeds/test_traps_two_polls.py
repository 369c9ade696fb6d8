"""What feeds in the wild get wrong from one poll to the next: each by the real job, over real HTTP, on a real database.

What a page is has been seen in `test_traps.py`; here is what becomes news of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.jobs.poll import poll_round
from bot.storage.database import Database
from tests.clock import Clock
from tests.feedserver import FeedServer, Trouble
from tests.traps import ATOM_10, rss
from tests.wire import Wire, open_wire

pytestmark = pytest.mark.asyncio

HOUR = timedelta(hours=1)


async def poll_bodies(wire: Wire, bodies: Sequence[str], name: str = "ores") -> list[tuple[int, int]]:
    """Serve one body after the other as the same feed, an hour apart: the new and the changed items of each."""
    told = []
    await wire.take_urls(wire.server.url(name))
    for body in bodies:
        wire.server.serve(name, body.encode())
        await wire.make_all_due()
        counts = (await poll_round(wire.line)).counts
        told.append((counts["items_new"], counts["items_changed"]))
        wire.clock.advance(HOUR)
    return told


def item(title: str = "Gallium", link: str = "https://a.example/1", guid: str = "urn:1", date: str = "") -> str:
    """The inside of an item; what is empty is left out."""
    parts = {"title": title, "link": link, "guid": guid, "pubDate": date}
    return "".join(f"<{name}>{value}</{name}>" for name, value in parts.items() if value)


ONE = item()
TWO = item("Germanium", "https://a.example/2", "urn:2")
LINK = item(guid="")
GUID = item(link="", guid="https://a.example/1")
SAME = [(1, 0), (0, 0)]
EDITED = [(1, 0), (0, 1)]
BACK = [(1, 0), (1, 0), (0, 0)]
DAYS = ("Wed, 18 Feb 2026 10:00:00 GMT", "Thu, 19 Feb 2026 10:00:00 GMT")
PACKINGS = ("a &amp;amp; b", "<![CDATA[<p>a &amp; b</p>]]>")

TRAPS = {
    "the guid changes, the link stays": ([rss(ONE), rss(item(guid="urn:2"))], SAME),
    "the guid counts edits": ([rss(item(link="", guid=f"https://a.example/1#{n}")) for n in "01"], SAME),
    "the link changes, the guid stays": ([rss(ONE), rss(item(link="https://a.example/moved"))], SAME),
    "http becomes https": ([rss(LINK.replace("https", "http")), rss(LINK)], SAME),
    "http becomes https in the guid": ([rss(GUID.replace("https", "http")), rss(GUID)], SAME),
    "www and a last slash come": ([rss(LINK), rss(item(link="https://www.a.example/1/", guid=""))], SAME),
    "a fragment comes": ([rss(LINK), rss(item(link="https://a.example/1#xtor=RSS-1", guid=""))], SAME),
    "tracking changes": ([rss(item(link=f"https://a.example/1?maca={n}&amp;at_x={n}", guid="")) for n in "ab"], SAME),
    "tracking in the guid changes": ([rss(item(link="", guid=f"https://a.example/1?utm_id={n}")) for n in "ab"], SAME),
    "a guid is emptied": ([rss(ONE), rss(ONE.replace("urn:1", ""))], SAME),
    "empty guids are not one item": ([rss("<guid/>" + LINK), rss("<guid/>" + TWO.replace("urn:2", ""))], [(1, 0)] * 2),
    "a guid of 0 is one": ([rss(item(link="", guid="0")), rss(item("Other words", link="", guid="0"))], EDITED),
    "neither guid nor link": ([rss(item(link="", guid="")), rss(item(link="", guid=""), head="<ttl>9</ttl>")], SAME),
    "the headline is rewritten": ([rss(ONE), rss(item("Gallium curbs widen"))], EDITED),
    "an outlet's suffix comes": ([rss(ONE), rss(item("Gallium - Reuters") + "<source>Reuters</source>")], SAME),
    "the date is bumped": ([rss(item(date=day)) for day in DAYS], SAME),
    "the channel's date moves": ([rss(ONE, head=f"<lastBuildDate>{day}</lastBuildDate>") for day in DAYS], SAME),
    "the packing changes": ([rss(f"{ONE}<description>{text}</description>") for text in PACKINGS], SAME),
    "the label changes": ([rss(item("Ores–"), encoding=label) for label in ("utf-8", "windows-1251")], SAME),
    "the format changes": ([rss(ONE), ATOM_10], SAME),
    "an item leaves and comes back": ([rss(ONE), rss(TWO), rss(ONE)], BACK),
    "the feed is emptied and filled again": ([rss(ONE), rss(), rss(ONE)], [(1, 0), (0, 0), (0, 0)]),
    "an old item is pinned on top": ([rss(ONE), rss(TWO, ONE), rss(ONE, TWO)], BACK),
}


async def test_what_is_known_is_not_news(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """New and changed items of each poll, a feed a trap."""
    async with open_wire(database, clock, feed_server) as wire:
        told = {
            trap: await poll_bodies(wire, bodies, f"feed{number}")
            for number, (trap, (bodies, _)) in enumerate(TRAPS.items())
        }
    assert {trap: expected for trap, (_, expected) in TRAPS.items()} == told


async def test_a_cut_answer_is_asked_for_again(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """Its whole items are news at once; its validators are not kept, so that the rest comes with the next poll."""
    whole = rss(ONE, item("Germanium", "https://a.example/2", "urn:2"))
    async with open_wire(database, clock, feed_server) as wire:
        assert [(1, 0), (1, 0)] == await poll_bodies(wire, [whole[: whole.index("anium")], whole])
    assert "if-none-match" not in feed_server.asked("ores")[1].headers


ETAG = {"ETag": '"bad"'}
NO_FEEDS = {
    "a challenge": (Trouble(body=b"<html><title>Just a moment...</title>", headers=ETAG), "blocked"),
    "a challenge as 202": (Trouble(202, body=b"<html><title>Just a moment...</title>", headers=ETAG), "blocked"),
    "a web page": (Trouble(body=b"<!doctype html><html>", headers=ETAG), "not-a-feed"),
    "nothing at all": (Trouble(body=b"", headers=ETAG), "empty"),
    "a bomb": (Trouble(body=b'<!DOCTYPE r [<!ENTITY a "b">]><rss>&a;</rss>', headers=ETAG), "not-a-feed"),
}


async def test_validators_of_what_is_no_feed_are_not_kept(
    database: Database, clock: Clock, feed_server: FeedServer
) -> None:
    """Each failure has its name; the old validators are sent again, never those of the bad answer; nothing is lost."""
    url = feed_server.url("ores")
    async with open_wire(database, clock, feed_server) as wire:
        await poll_bodies(wire, [rss(ONE)])
        good = (await wire.feed(url)).etag
        for trap, (trouble, error) in NO_FEEDS.items():
            feed_server.fail("ores", trouble)
            await wire.make_all_due()
            await poll_round(wire.line)
            row = await wire.feed(url)
            assert (error, good, 1) == (row.error_class, row.etag, len(await wire.items())), trap
            clock.advance(timedelta(days=1))
        feed_server.heal("ores")
        await wire.make_all_due()
        assert 1 == (await poll_round(wire.line)).counts["not_modified"]
    assert good == feed_server.asked("ores")[-1].headers["if-none-match"]


async def test_dates_that_cannot_be_are_not_kept(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """Missing, of 1970, or more than a day ahead: the item's time is when it was seen. A clock may be an hour wrong."""
    soon = f"{clock() + HOUR:%a, %d %b %Y %H:%M:%S} GMT"
    dates = {"none": "", "epoch": "Thu, 01 Jan 1970 00:00:00 GMT", "far": "Fri, 01 Jan 2999 00:00:00 GMT", "soon": soon}
    async with open_wire(database, clock, feed_server) as wire:
        seen = clock().replace(microsecond=0)
        await poll_bodies(wire, [rss(*(item(name, "", name, date) for name, date in dates.items()))])
        kept = {row.title: row.published_at for row in await wire.items()}
    assert {"none": None, "epoch": None, "far": None, "soon": seen + HOUR} == kept


async def test_new_items_are_taken_in_by_their_dates(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """However a feed orders them: a pinned one does not come last."""
    days = (20, 18, 19)
    body = rss(*(item(f"{day}", "", f"{day}", f"{day} Feb 2026 10:00:00 GMT") for day in days))
    async with open_wire(database, clock, feed_server) as wire:
        clock.advance(timedelta(days=400))
        await poll_bodies(wire, [body])
        assert ["18", "19", "20"] == [row.title for row in await wire.items()]
