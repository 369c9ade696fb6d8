"""How a list of feeds stands in a terminal, narrow or wide, and in a pipe."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from rich.cells import cell_len

from bot.cli.feed_lines import feed_list
from bot.storage import feeds
from bot.storage.database import Database
from bot.storage.feeds import FeedHealth
from tests.clock import Clock
from tests.commands import healths
from tests.commands.newsroom import open_newsroom

NOW = datetime(2026, 1, 1, 9, tzinfo=UTC)


def feed(number: int, title: str) -> FeedHealth:
    """A feed that is well."""
    return FeedHealth(number, "https://a.example/", title, 2, False, "active", 0, "", NOW, None, NOW)


@pytest.mark.asyncio
@pytest.mark.parametrize("width", [80, 120, None])
async def test_every_kind_of_health_fits(database: Database, clock: Clock, width: int | None) -> None:
    """No line is longer than the terminal, no word is cut but a title, the counts come last; a pipe has a line each."""
    room = await open_newsroom(database, clock)
    tenant = await room.tenant()
    await healths.fill(database, tenant, clock(), shared=5)
    async with database.read() as tx:
        known = await feeds.list_feeds(tx, tenant)
    entries = list(feed_list(known, clock(), width))
    print(*entries, sep="\n")
    lines = [line for entry in entries for line in entry.split("\n")]
    assert max(map(cell_len, lines)) <= (width or 1_000)
    assert width or len(known) + 2 == len(lines)
    text = " ".join(" ".join(lines).split())
    assert "12 feeds: 3 well, 1 waiting for a word, 1 gone, 1 blocked, 1 failing," in text
    assert "7 of them your own. What a line says to write is written in `lodewire chat`." in text
    assert f"blocked: {healths.CHALLENGE} Asked again 11:00 UTC." in text
    assert "moved: it is asked at https://news.argus.example/rss now. Write that into your list." in text


@pytest.mark.parametrize(
    "title", ["商务部公告" * 10, "Ministry of Commerce, announcements and decrees of every kind", "a"]
)
def test_columns_stand_below_each_other(title: str) -> None:
    """A Chinese letter takes two columns; a long title is cut with a sign."""
    lines = list(feed_list([feed(1, title), feed(2, "b" * 40)], NOW, 100))
    assert 1 == len({cell_len(line[: line.index("own")]) for line in lines[:2]})


def test_an_empty_list_says_so() -> None:
    """And nothing is to be written."""
    assert ["No feed is on the list."] == list(feed_list([], NOW, 80))
