"""Routing makes a card for each channel that should show a story, and for no other."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import select

from bot.core.model import FeedSpec
from bot.jobs.route import route
from bot.storage import announcements as announcement_rows
from bot.storage import feeds, following, places, topics
from bot.storage.database import Database
from bot.storage.schema import announcements, cards
from tests.bed import RARE, Bed, news, open_bed
from tests.clock import Clock

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def bed(database: Database, tmp_path: Path, clock: Clock) -> Bed:
    """A line of real parts."""
    return await open_bed(database, tmp_path, clock)


async def route_all(bed: Bed) -> list[int]:
    """Take in and route all there is; the cards dealt with in each run."""
    while (await bed.intake.run()).more:
        pass
    dealt = []
    while (report := await route(bed.line)).more:
        dealt.append(report.counts["cards"])
    return dealt


async def shown_in(database: Database) -> list[tuple[int, int, int]]:
    """The cards as (channel, story, wanted revision)."""
    async with database.read() as tx:
        rows = (await tx.execute(select(cards).order_by(cards.c.subject_id, cards.c.channel))).all()
    return [(row.channel, row.subject_id, row.want_rev) for row in rows]


async def other_tenant(bed: Bed, name: str) -> tuple[int, int]:
    """Another tenant of the same account, with a channel that follows the same; both numbers."""
    async with bed.line.database.write() as tx:
        tenant = await places.ensure_tenant(tx, bed.account, name)
        channel, _ = await places.ensure_channel(tx, tenant, name, bed.clock())
        query = await topics.intern_query(tx, RARE)
        await following.follow(tx, query, channel, RARE, None, bed.clock())
    return tenant, channel


async def test_more_channels_than_a_chunk(bed: Bed, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A long list of channels is dealt with in several transactions, each channel once."""
    monkeypatch.setattr(announcement_rows, "CHANNELS_PER_CHUNK", 3)
    channels = [bed.channel]
    for number in range(6):
        channels.append(await bed.open_channel(f"channel {number}"))
        await bed.follow(RARE, channels[-1])
    await bed.tell(news(1))
    assert [3, 3, 1] == await route_all(bed)
    assert sorted(channels) == [channel for channel, _, _ in await shown_in(database)]
    await bed.tell(news(1, "Corrected words."))
    assert 7 == sum(await route_all(bed))
    assert {2} == {rev for _, _, rev in await shown_in(database)}


async def test_a_chunk_ends_where_it_is_full(bed: Bed, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Several announcements share a transaction until their cards make a chunk; the rest waits for the next run."""
    monkeypatch.setattr(announcement_rows, "CHANNELS_PER_CHUNK", 4)
    await other_tenant(bed, "other")
    await bed.tell(news(1), news(2), news(3))
    assert [4, 2] == await route_all(bed)
    assert 6 == len(await shown_in(database))


async def test_nothing_is_left_to_route(bed: Bed, database: Database) -> None:
    """An announcement is ended by its last chunk, also where no channel follows it."""
    await bed.tell(news(1))
    await bed.intake.run()
    async with database.write() as tx:
        [mine] = await following.list_following(tx, bed.channel, bed.clock())
        await following.unfollow(tx, bed.channel, mine.id)
    await route_all(bed)
    async with database.read() as tx:
        assert [bed.clock()] == list((await tx.execute(select(announcements.c.done_at))).scalars())
    assert [] == await shown_in(database)


async def test_a_tenants_own_feed_shows_nowhere_else(bed: Bed, database: Database) -> None:
    """A feed that one tenant added is news for that tenant alone, whatever others follow."""
    tenant, channel = await other_tenant(bed, "other")
    async with database.write() as tx:
        await feeds.sync_operator_feeds(tx, [], bed.clock())
        bed.feed, _ = await feeds.add_feed(tx, tenant, FeedSpec("https://own.example/feed.xml"), bed.clock())
    await bed.tell(news(1))
    await route_all(bed)
    assert [channel] == [shown for shown, _, _ in await shown_in(database)]


async def test_two_tenants_with_the_same_feed_both_see_it(bed: Bed, database: Database) -> None:
    """A feed is polled once, whoever added it; each of its users sees its news."""
    one, first = await other_tenant(bed, "one")
    two, second = await other_tenant(bed, "two")
    async with database.write() as tx:
        await feeds.sync_operator_feeds(tx, [], bed.clock())
        for tenant in (one, two):
            bed.feed, _ = await feeds.add_feed(tx, tenant, FeedSpec("https://own.example/feed.xml"), bed.clock())
    await bed.tell(news(1))
    await route_all(bed)
    assert [first, second] == [shown for shown, _, _ in await shown_in(database)]


async def test_a_late_subscription_is_not_shown_older_stories(bed: Bed, database: Database) -> None:
    """Whoever follows after a story was opened is not told it, nor its later changes."""
    await bed.tell(news(1))
    await bed.intake.run()
    bed.clock.advance(timedelta(minutes=1))
    await other_tenant(bed, "late")
    await route_all(bed)
    await bed.tell(news(1, "Corrected words."))
    await route_all(bed)
    assert [bed.channel] == [channel for channel, _, _ in await shown_in(database)]
    await bed.tell(news(2))
    await route_all(bed)
    assert 3 == len(await shown_in(database))


async def test_who_unfollows_still_gets_the_correction(bed: Bed, database: Database) -> None:
    """A card that exists is kept right, whether or not the channel follows still."""
    await bed.tell(news(1))
    await route_all(bed)
    async with database.write() as tx:
        [mine] = await following.list_following(tx, bed.channel, bed.clock())
        await following.unfollow(tx, bed.channel, mine.id)
    await bed.tell(news(1, "Corrected words."))
    await route_all(bed)
    assert [2] == [rev for _, _, rev in await shown_in(database)]


async def test_two_queries_make_one_card(bed: Bed, database: Database) -> None:
    """A channel that follows a story twice over shows it once."""
    await bed.follow("news")
    await bed.tell(news(1))
    await route_all(bed)
    assert 1 == len(await shown_in(database))
