"""feed list, add, remove: a tenant's own feeds, beside the operator's, with their health."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import update

from bot.commands.limits import Limits
from bot.core.messages import as_text
from bot.storage.database import Database
from bot.storage.schema import feeds
from tests.clock import Clock
from tests.commands import healths
from tests.commands.newsroom import ANA, CHEN, OTHER, open_newsroom

pytestmark = pytest.mark.asyncio


async def test_feeds_are_for_moderators(database: Database, clock: Clock) -> None:
    """A member may neither see nor change them."""
    room = await open_newsroom(database, clock)
    for text in ("feed list", "feeds", "feed add https://a.example/feed", "feed remove Wire"):
        assert "is for moderators. Nothing was changed." in await room.said(text, ANA)


async def test_a_feed_is_added_for_one_tenant(database: Database, clock: Clock) -> None:
    """It is listed there as its own, and nowhere else; however it is written, it is the same feed."""
    room = await open_newsroom(database, clock)
    assert "Feed added" in await room.said("feed add <https://A.example/feed.xml#top> Paper A")
    assert "polled for this place already" in await room.said("feed add https://a.example:443/feed.xml")
    said = await room.said("feed list")
    assert "Paper A · own · not read yet" in said
    assert "2 feeds: 2 not read yet." in said
    assert "Paper A" not in await room.said("feed list", CHEN, OTHER)


async def test_the_operators_feeds_are_everybodys(database: Database, clock: Clock) -> None:
    """They need not be added, and cannot be removed."""
    room = await open_newsroom(database, clock)
    assert "already" in await room.said("feed add https://wire.example/feed.xml")
    for name in ("Wire", "https://WIRE.example/feed.xml"):
        assert "polled for everybody by the operator, and only the operator may" in await room.said(
            f"feed remove {name}"
        )


async def test_a_feed_is_removed_by_address_or_title(database: Database, clock: Clock) -> None:
    """The reply offers the way back; a name that is not on the list is asked about."""
    room = await open_newsroom(database, clock)
    await room.said("feed add https://a.example/feed.xml Paper A")
    assert ("feed remove https://a.example/feed.xml",) == (await room.ask("feed remove Paper B")).choices
    reply = await room.ask("feed remove Paper A")
    assert "Paper A is no longer polled" in as_text(reply.message)
    assert "feed add https://a.example/feed.xml" in reply.choices
    assert "is not on the list" in await room.said("feed remove https://a.example/feed.xml")


async def test_only_web_addresses_are_feeds(database: Database, clock: Clock) -> None:
    """Another scheme, or words, are refused with the reason."""
    room = await open_newsroom(database, clock)
    for wrong in ("file:///etc/passwd", "javascript:alert(1)", "wire"):
        assert "is no web address" in await room.said(f"feed add {wrong}")


async def test_own_feeds_have_a_limit(database: Database, clock: Clock) -> None:
    """The operator's feeds do not count."""
    room = await open_newsroom(database, clock, Limits(commands_per_minute=1000, feeds=1))
    assert "Feed added" in await room.said("feed add https://a.example/feed.xml")
    assert "no more are allowed" in await room.said("feed add https://b.example/feed.xml")


async def test_the_list_says_what_fails(database: Database, clock: Clock) -> None:
    """A failing feed tells how often, why, and when it is tried again."""
    room = await open_newsroom(database, clock)
    async with database.write() as tx:
        await tx.execute(update(feeds).values(errors=3, error="The server answers 503."))
    said = await room.said("feed list")
    assert "1 feed: 1 failing." in said
    assert "Wire · shared · failed 3 times in a row: The server answers 503. Next try 09:00 UTC." in said


async def test_every_kind_of_health_is_counted_and_says_what_to_do(database: Database, clock: Clock) -> None:
    """In words, those that want a person first; for whoever may decide, with the line to write."""
    room = await open_newsroom(database, clock)
    await healths.fill(database, await room.tenant(), clock())
    pages = [await room.said("feed list"), await room.said("feed list page:2")]
    print(*pages, sep="\n\n")
    for page in pages:
        assert healths.COUNTED in page
    lines = [line for page in pages for line in page.splitlines() if line.startswith("- ")]
    assert healths.IN_ORDER == [line[2:].partition(" · ")[0] for line in lines]
    said = dict(zip(healths.IN_ORDER, lines, strict=True))
    for name, words in healths.SAID.items():
        assert words in re.sub(r"\d+ to ", "N to ", said[name]), name


async def test_feeds_come_in_pages_of_ten(database: Database, clock: Clock) -> None:
    """The count is of all."""
    room = await open_newsroom(database, clock)
    for number in range(10):
        await room.said(f"feed add https://a{number}.example/feed.xml")
    reply = await room.ask("feed list")
    assert reply.page is not None
    assert (11, "feed list page:2") == (reply.page.total, reply.page.next)
