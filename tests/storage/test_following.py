"""Subscriptions of channels, their counts, and the card that proves a new one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from bot.storage import following, matching, places, topics
from bot.storage.database import Database, Transaction
from bot.storage.schema import cards, channels, stories
from tests.clock import Clock

pytestmark = pytest.mark.asyncio


async def make_channel(tx: Transaction, clock: Clock, name: str = "minerals") -> tuple[int, int]:
    """A tenant called "guild" and one of its channels."""
    account = await places.ensure_account(tx, "discord", "bot")
    tenant = await places.ensure_tenant(tx, account, "guild")
    return tenant, (await places.ensure_channel(tx, tenant, name, clock()))[0]


async def make_story(tx: Transaction, clock: Clock, query: int) -> int:
    """A story that matches a query."""
    made = insert(stories).values(headline="News", opened_at=clock(), changed_at=clock()).returning(stories.c.id)
    story: int = (await tx.execute(made)).scalar_one()
    await matching.save_matches(tx, [(story, query, None)])
    return story


async def test_a_channel_follows_a_query_once(database: Database, clock: Clock) -> None:
    """The second time says so; another channel of the tenant is another subscription."""
    async with database.write() as tx:
        tenant, channel = await make_channel(tx, clock)
        _, other = await make_channel(tx, clock, "other")
        query = await topics.intern_query(tx, "gallium")
        assert await following.follow(tx, query, channel, "gallium", None, clock())
        assert not await following.follow(tx, query, channel, "Ga", None, clock())
        assert await following.follow(tx, query, other, "gallium", None, clock())
        assert 2 == await following.count_subscriptions(tx, tenant)
        [row] = await following.list_following(tx, channel, clock())
        assert not await following.unfollow(tx, other, row.id)
        assert await following.unfollow(tx, channel, row.id)
        assert not await following.unfollow(tx, channel, row.id)
        assert 1 == await following.count_subscriptions(tx, tenant)


async def test_following_reopens_a_closed_channel(database: Database, clock: Clock) -> None:
    """Also where it is followed already."""
    async with database.write() as tx:
        _, channel = await make_channel(tx, clock)
        query = await topics.intern_query(tx, "gallium")
        for _ in range(2):
            await tx.execute(update(channels).values(state="gone"))
            await following.follow(tx, query, channel, "gallium", None, clock())
            assert "open" == (await tx.execute(select(channels.c.state))).scalar()


async def test_only_shown_alerts_count(database: Database, clock: Clock) -> None:
    """Of this channel, of this query, shown since then."""
    async with database.write() as tx:
        _, channel = await make_channel(tx, clock)
        _, other = await make_channel(tx, clock, "other")
        query = await topics.intern_query(tx, "gallium")
        await following.follow(tx, query, channel, "gallium", None, clock())
        for place, age, is_shown in ((channel, 1, True), (channel, 9, True), (channel, 1, False), (other, 1, True)):
            story = await make_story(tx, clock, query)
            assert await following.show_proof(tx, place, story, 1, clock())
            if is_shown:
                shown = {"post": 1, "shown_rev": 1, "shown_at": clock() - timedelta(days=age)}
                await tx.execute(update(cards).where(cards.c.subject_id == story).values(shown))
        [row] = await following.list_following(tx, channel, clock() - timedelta(days=7))
    assert 1 == row.shown


async def test_a_proof_is_asked_for_once(database: Database, clock: Clock) -> None:
    """A channel that has the story's card, shown or not, gets no other."""
    async with database.write() as tx:
        _, channel = await make_channel(tx, clock)
        story = await make_story(tx, clock, await topics.intern_query(tx, "gallium"))
        assert await following.show_proof(tx, channel, story, 3, clock())
        assert not await following.show_proof(tx, channel, story, 4, clock())
        [row] = (await tx.execute(select(cards))).all()
    assert ("story", story, "alert", 3, 0) == (row.subject, row.subject_id, row.slot, row.want_rev, row.shown_rev)
