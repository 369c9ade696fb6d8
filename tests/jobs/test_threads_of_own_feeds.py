"""What a tenant's own feed says becomes of no story that others see: neither denied, nor old, for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.model import FeedSpec, Item
from bot.storage import feeds, places
from bot.storage.database import Database
from tests.bed import Bed, open_bed
from tests.clock import Clock

pytestmark = pytest.mark.asyncio

TEXT = "China bans exports of gallium, the commerce ministry in Beijing is said to have decided late on Monday."


async def open_two(database: Database, folder: Path, clock: Clock) -> tuple[Bed, Bed, int]:
    """A bed whose console and another tenant's channel follow gallium; the same with that tenant's own feed."""
    bed = await open_bed(database, folder, clock)
    bed.group()
    async with database.write() as tx:
        tenant = await places.ensure_tenant(tx, bed.account, "other")
        channel, _ = await places.ensure_channel(tx, tenant, "other-channel", clock())
        await feeds.add_feed(tx, tenant, FeedSpec("https://own.example/feed", "Own", tier=2), clock())
        own = next(one.id for one in await feeds.list_feeds(tx, tenant) if one.title == "Own")
    for place in (bed.channel, channel):
        await bed.follow("gallium", place)
    return bed, replace(bed, feed=own), channel


def item(bed: Bed, number: int, title: str, text: str) -> Item:
    """A piece of news of now."""
    return Item(f"g{number}", f"https://news.example/{number}", title, text, bed.clock())


async def test_its_denial_is_told_to_its_tenant_alone(database: Database, tmp_path: Path, clock: Clock) -> None:
    """There the alert says so, with an answer; elsewhere no word of it."""
    bed, own, _ = await open_two(database, tmp_path, clock)
    await bed.tell(item(bed, 1, "China bans gallium exports", TEXT))
    await bed.pump()
    clock.advance(timedelta(hours=2))
    denial = "The commerce ministry said reports of a ban on exports of gallium from China were untrue."
    await own.tell(item(bed, 2, "Beijing denies ban on gallium exports", denial))
    await bed.pump()
    posted = {row["remote_id"]: row for row in bed.shown() if row["op"] == "post"}
    answers = [row for row in bed.shown() if row["op"] == "reply"]
    denied = {row["of"] for row in bed.shown() if row["op"] == "edit" and "Denied" in row["text"]}
    assert (2, 1) == (len(posted), len(answers))
    assert {answers[0]["of"]} == denied
    assert not any("denied" in row["text"].lower() for row in bed.shown() if row["of"] not in denied)


async def test_what_it_told_long_ago_is_news_to_others(database: Database, tmp_path: Path, clock: Clock) -> None:
    """The same words by a feed of all, a month later, bring the alert; by the own feed again they do not."""
    bed, own, _ = await open_two(database, tmp_path, clock)
    await own.tell(item(bed, 1, "China bans gallium exports", TEXT))
    await bed.pump()
    assert 1 == len(bed.posts())
    clock.advance(timedelta(days=30))
    await own.tell(item(bed, 2, "China bans gallium exports", TEXT))
    await bed.pump()
    assert 1 == len(bed.posts())
    clock.advance(timedelta(days=5))
    await bed.tell(item(bed, 3, "China bans gallium exports", TEXT))
    await bed.pump()
    assert 3 == len(bed.posts())
