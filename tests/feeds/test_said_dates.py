"""An item's date is kept as it was published, whatever was made of it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.core.model import DATE_LIMIT, FeedSpec, Item, Page, Recipe
from bot.feeds.parse import parse
from bot.feeds.webpage import read_page
from bot.jobs.poll import poll
from bot.storage.database import Database
from bot.storage.schema import items as item_table
from tests.clock import Clock
from tests.feedserver import FeedServer
from tests.traps import rss
from tests.wire import open_wire

URL = "https://wire.example/feed"


def only(body: bytes) -> Item:
    """The one item of a document."""
    [item] = parse(Page(URL, body)).items
    return item


@pytest.mark.parametrize("raw", ["Wed, 18 Feb 2026 10:00:00 MSK", "the day before yesterday", "32.13.2026"])
def test_a_date_of_rss_is_kept_as_said(raw: str) -> None:
    """Also where it means nothing to us."""
    assert raw == only(rss(f"<pubDate> {raw}\n</pubDate>").encode()).date_said


def test_other_formats_keep_theirs() -> None:
    """Atom's published before updated, JSON Feed's, and a web page's machine-readable one."""
    when = "2026-02-18T10:00:00+03:00"
    entry = f"<entry><title>t</title><id>1</id><updated>2027-01-01</updated><published>{when}</published></entry>"
    assert when == only(f'<feed xmlns="http://www.w3.org/2005/Atom"><title>f</title>{entry}</feed>'.encode()).date_said
    row = '{"id": "1", "title": "t", "date_modified": "2026-02-18T10:00:00+03:00"}'
    assert when == only(f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{row}]}}'.encode()).date_said
    html = f"<li><a href=/1>Gallium</a><time datetime='{when}'>today</time></li>"
    [item] = read_page(Page(URL, html.encode(), "text/html"), Recipe("li")).items
    assert (when, True) == (item.date_said, item.published is not None)


def test_a_date_has_its_bound() -> None:
    """A novel is no date; what a database cannot hold is left out."""
    assert DATE_LIMIT == len(only(rss(f"<pubDate>{'x' * 5_000}</pubDate>").encode()).date_said)
    row = '{"id": "1", "title": "t", "date_published": "\\u0000\\ud800 soon"}'
    assert "soon" == only(f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{row}]}}'.encode()).date_said


@pytest.mark.asyncio
async def test_it_is_stored_with_the_item(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """Beside the time that was read out of it, or was not."""
    url = feed_server.serve("wire.xml", rss("<title>Gallium</title><pubDate>18th of Brumaire</pubDate>").encode())
    async with open_wire(database, clock, feed_server) as wire:
        await wire.take(FeedSpec(url))
        await poll(wire.line)
        async with database.read() as tx:
            [row] = (await tx.execute(select(item_table))).all()
        assert (None, "18th of Brumaire") == (row.published_at, row.date_said)
