"""Queries are interned; topics name them; whoever follows a topic by name goes with it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import insert, select

from bot.core.errors import QueryError
from bot.core.model import Topic
from bot.storage import following, places, topics
from bot.storage.database import Database, Transaction
from bot.storage.schema import queries
from bot.storage.schema import topics as topic_table
from tests.clock import Clock

pytestmark = pytest.mark.asyncio

RARE = Topic("rare-earths", "Rare earths", '"rare earth"')
GALLIUM = Topic("gallium", "Gallium", "gallium")


async def make_channel(tx: Transaction, clock: Clock, name: str = "minerals") -> tuple[int, int]:
    """A tenant and its channel."""
    account = await places.ensure_account(tx, "discord", "bot")
    tenant = await places.ensure_tenant(tx, account, name)
    return tenant, (await places.ensure_channel(tx, tenant, name, clock()))[0]


async def test_equal_queries_share_a_number(database: Database) -> None:
    """Space does not count; what cannot be read is refused and leaves nothing."""
    async with database.write() as tx:
        first = await topics.intern_query(tx, "gallium  AND export")
        assert first == await topics.intern_query(tx, " gallium AND export ")
        assert first != await topics.intern_query(tx, "gallium OR export")
        with pytest.raises(QueryError):
            await topics.intern_query(tx, "(gallium")
        assert 2 == len((await tx.execute(select(queries))).all())


async def test_shipped_topics_are_brought_up_to_date(database: Database) -> None:
    """New ones come, titles and queries change, what nobody follows goes; done twice it changes nothing."""
    async with database.write() as tx:
        await topics.sync_shipped(tx, [RARE, GALLIUM])
        before = await topics.list_topics(tx, 1)
        await topics.sync_shipped(tx, [RARE, GALLIUM])
        assert before == await topics.list_topics(tx, 1)
        assert ["Gallium", "Rare earths"] == [topic.title for topic in before]
        await topics.sync_shipped(tx, [replace(RARE, title="Rare earth elements")])
        assert ["Rare earth elements"] == [topic.title for topic in await topics.list_topics(tx, 1)]


async def test_followers_go_with_a_changed_query(database: Database, clock: Clock) -> None:
    """Subscriptions that named the topic follow its new query; those that wrote the old one out keep it."""
    async with database.write() as tx:
        await topics.sync_shipped(tx, [RARE])
        old = await topics.intern_query(tx, RARE.query)
        _, named = await make_channel(tx, clock, "named")
        _, wrote = await make_channel(tx, clock, "wrote")
        _, both = await make_channel(tx, clock, "both")
        changed = replace(RARE, query='"rare earth" OR scandium')
        new = await topics.intern_query(tx, changed.query)
        for channel, query, name in (
            (named, old, RARE.name),
            (wrote, old, RARE.query),
            (both, old, RARE.name),
            (both, new, changed.query),
        ):
            await following.follow(tx, query, channel, name, None, clock())
        await topics.sync_shipped(tx, [changed])
        found = {channel: await following.list_following(tx, channel, clock()) for channel in (named, wrote, both)}
    assert [(new, RARE.name)] == [(row.query, row.name) for row in found[named]]
    assert [(old, RARE.query)] == [(row.query, row.name) for row in found[wrote]]
    assert [(new, changed.query)] == [(row.query, row.name) for row in found[both]]


async def test_a_followed_topic_stays(database: Database, clock: Clock) -> None:
    """What is no longer shipped goes only when the last follower has gone."""
    async with database.write() as tx:
        await topics.sync_shipped(tx, [GALLIUM])
        tenant, channel = await make_channel(tx, clock)
        query = await topics.intern_query(tx, GALLIUM.query)
        await following.follow(tx, query, channel, GALLIUM.name, None, clock())
        await topics.sync_shipped(tx, [])
        assert 1 == len(await topics.list_topics(tx, tenant))
        [row] = await following.list_following(tx, channel, clock())
        await following.unfollow(tx, channel, row.id)
        await topics.sync_shipped(tx, [])
        assert [] == await topics.list_topics(tx, tenant)


async def test_a_tenants_own_topic_hides_the_shipped_one(database: Database, clock: Clock) -> None:
    """It is seen by that tenant alone, and not touched by what is shipped."""
    async with database.write() as tx:
        await topics.sync_shipped(tx, [RARE])
        tenant, _ = await make_channel(tx, clock)
        query = await topics.intern_query(tx, "neodymium")
        own = {"tenant": tenant, "name": RARE.name, "title": "Ours", "query": query}
        await tx.execute(insert(topic_table).values(own))
        await topics.sync_shipped(tx, [RARE])
        assert [("Ours", False)] == [(row.title, row.is_shipped) for row in await topics.list_topics(tx, tenant)]
        assert ["Rare earths"] == [row.title for row in await topics.list_topics(tx, tenant + 1)]


@pytest.mark.parametrize("wanted", ["rare-earths", "RARE EARTHS", "rareearths", '"Rare earths"', "Rare_Earths"])
async def test_a_topic_is_found_however_it_is_written(wanted: str, database: Database) -> None:
    """Case, spaces, hyphens and quotes do not count."""
    async with database.write() as tx:
        await topics.sync_shipped(tx, [RARE])
        topic = await topics.find_topic(tx, 1, wanted)
        assert await topics.find_topic(tx, 1, "rare") is None
    assert topic is not None
    assert topic.name == "rare-earths"
