"""Watched pages in the line: rows become items like a feed's, at most hourly; a rule that finds nothing is an error."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.model import FeedSpec, Recipe
from bot.jobs.poll import poll
from bot.storage.database import Database
from tests.clock import Clock
from tests.feedserver import FeedServer
from tests.wire import open_wire

pytestmark = pytest.mark.asyncio
RULE = Recipe("ul.news > li")


def serve(server: FeedServer, *titles: str, holder: str = "news") -> str:
    rows = "".join(f'<li><a href="/{title}">Gallium: {title}</a></li>' for title in titles)
    page = f"<!doctype html><html><head><title>Press</title></head><ul class={holder}>{rows}</ul></html>"
    return server.serve("press", page.encode(), content_type="text/html")


async def test_new_rows_become_items(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """The first sight is silent, a new row is news, an unchanged page is a 304; never twice within an hour."""
    url = serve(feed_server, "a", "b")
    async with open_wire(database, clock, feed_server, min_interval=timedelta(seconds=1)) as wire:
        await wire.take(FeedSpec(url, "Press", recipe=RULE))
        await poll(wire.line)
        assert {("Gallium: a", True), ("Gallium: b", True)} == {(row.title, row.silent) for row in await wire.items()}
        serve(feed_server, "c", "a", "b")
        clock.advance(timedelta(minutes=59))
        await poll(wire.line)
        assert 1 == feed_server.count("press")
        clock.advance(timedelta(hours=2))
        await poll(wire.line)
        assert ("Gallium: c", False) == [(row.title, row.silent) for row in await wire.items()][-1]
        clock.advance(timedelta(hours=2))
        await poll(wire.line)
        assert [200, 200, 304] == [asked.status for asked in feed_server.asked("press")]


async def test_a_rebuilt_page_is_an_error(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """The rule finds nothing any more: said with the feed, and nothing is lost when the rule is mended."""
    url = serve(feed_server, "a")
    async with open_wire(database, clock, feed_server) as wire:
        await wire.take(FeedSpec(url, "Press", recipe=RULE))
        await poll(wire.line)
        serve(feed_server, "b", "a", holder="new")
        clock.advance(timedelta(hours=2))
        await poll(wire.line)
        row = await wire.feed(url)
        assert ("not-a-feed", 1) == (row.error_class, row.errors)
        assert "finds nothing on the page" in row.error
        await wire.take(FeedSpec(url, "Press", recipe=Recipe("ul.new > li")))
        clock.advance(timedelta(days=1))
        await poll(wire.line)
        assert [("Gallium: a", True), ("Gallium: b", False)] == [(row.title, row.silent) for row in await wire.items()]


async def test_robots_are_asked_before_the_page(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """A site that says no is not read."""
    url = serve(feed_server, "a")
    feed_server.serve("robots.txt", b"User-agent: *\nDisallow: /", content_type="text/plain")
    async with open_wire(database, clock, feed_server) as wire:
        await wire.take(FeedSpec(url, "Press", recipe=RULE))
        await poll(wire.line)
        assert "robots.txt" in (await wire.feed(url)).error
    assert 0 == feed_server.count("press")
