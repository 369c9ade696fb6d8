"""topic add, edit, remove, show: a tenant's own topics, and what becomes of those who follow them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.commands.limits import Limits
from bot.core.model import Topic
from bot.storage import topics
from bot.storage.database import Database
from tests.clock import Clock
from tests.commands.newsroom import ANA, CHEN, DIRECT, GALLIUM, GUILD, OTHER, RARE, open_newsroom

pytestmark = pytest.mark.asyncio

SECOND = type(GUILD)("guild", "elsewhere")


async def test_a_topic_is_made_followed_and_changed(database: Database, clock: Clock) -> None:
    """It is tried at once; whoever follows it follows its new query, under the same name."""
    room = await open_newsroom(database, clock)
    await room.tell("Permanent magnet plant opens", age=timedelta(days=1))
    await room.tell("Tungsten quota cut", age=timedelta(days=2))
    said = await room.said('topic add "Magnet makers" "permanent magnet" OR NdFeB')
    assert "Magnet makers is made" in said
    assert "Name: magnet-makers" in said
    assert "Permanent magnet plant opens" in said
    await room.said("follow magnet makers")
    await room.said("follow magnet-makers", CHEN, SECOND)
    said = await room.said("topic edit magnet-makers tungsten")
    assert "2 channels follow it, this one among them. They follow the new query." in said
    assert "Tungsten quota cut" in said
    assert "Magnet makers (magnet-makers)" in await room.said("following")
    assert "Tungsten quota cut" in await room.said("latest magnet-makers")


async def test_a_topic_is_its_tenants_own(database: Database, clock: Clock) -> None:
    """Another server neither sees it nor is hindered by its name."""
    room = await open_newsroom(database, clock)
    await room.said("topic add magnets NdFeB")
    assert "magnets" not in await room.said("topic list", CHEN, OTHER)
    assert 'There is no topic "magnets".' in await room.said("topic show magnets", CHEN, OTHER)
    assert "magnets is made" in await room.said("topic add magnets tungsten", CHEN, OTHER)
    assert "Query: NdFeB" in await room.said("topic show magnets") or "ndfeb" in await room.said("topic show magnets")
    await room.said("follow magnets", CHEN, OTHER)
    await room.said("topic remove magnets")
    assert "magnets" in await room.said("following", CHEN, OTHER)


async def test_a_name_in_use_is_said(database: Database, clock: Clock) -> None:
    """Of a shipped topic, of an own one; a name of signs is none."""
    room = await open_newsroom(database, clock)
    said = await room.said("topic add Gallium tungsten")
    assert "Gallium and germanium comes with Lodewire" in said
    assert "topic edit gallium <query>" in said
    await room.said("topic add magnets NdFeB")
    assert "There is a topic called magnets here already." in await room.said("topic add Magnets tungsten")
    assert "is no name for a topic" in await room.said('topic add "!" tungsten')


async def test_an_own_version_hides_the_shipped_one(database: Database, clock: Clock) -> None:
    """Here its followers follow the own query, elsewhere nothing changes; removed, the shipped one is back."""
    room = await open_newsroom(database, clock)
    for place in (GUILD, OTHER):
        await room.said("follow gallium", CHEN, place)
    said = await room.said("topic edit gallium gallium AND export")
    assert "takes the place of the one that comes with Lodewire" in said
    assert "It is followed here alone. It follows the new query." in said
    assert "gallium AND export" in await room.said("topic show gallium")
    assert "Query: gallium\n" in await room.said("topic show gallium", CHEN, OTHER)
    async with database.write() as tx:  # a newer program ships another query
        await topics.sync_shipped(tx, [RARE, Topic("gallium", "Gallium and germanium", "gallium OR germanium")])
    assert "gallium AND export" in await room.said("topic show gallium")
    assert "followed, 0 alerts" in await room.said("topic show gallium")
    assert "What follows it will follow the one that comes with Lodewire" in await room.said("topic remove gallium")
    assert "means what comes with Lodewire again" in await room.said("topic remove gallium confirm:yes")
    assert "gallium OR germanium" in await room.said("topic show gallium")
    assert "followed, 0 alerts" in await room.said("topic show gallium")


async def test_removing_says_who_follows(database: Database, clock: Clock) -> None:
    """First a question; then the subscriptions end with it. A shipped topic cannot be removed."""
    room = await open_newsroom(database, clock)
    await room.said("topic add magnets NdFeB")
    await room.said("follow magnets")
    reply = await room.ask("topic remove magnets")
    assert ("topic remove magnets confirm:yes",) == reply.choices
    assert "magnets" in await room.said("following")
    assert "1 subscription to it ended." in await room.said("topic remove magnets confirm:yes")
    assert "Nothing is followed" in await room.said("following")
    assert "comes with Lodewire and cannot be removed" in await room.said("topic remove gallium")


async def test_topics_are_for_moderators_to_change(database: Database, clock: Clock) -> None:
    """A member sees them; in their own direct chat everybody makes their own."""
    room = await open_newsroom(database, clock)
    for line in ("topic add magnets NdFeB", "topic edit gallium tungsten", "topic remove gallium"):
        assert "is for moderators here. Nothing was changed." in await room.said(line, ANA)
    assert "magnets is made" in await room.said("topic add magnets NdFeB", ANA, DIRECT)
    assert "magnets" not in await room.said("topic list")


async def test_topics_have_a_limit(database: Database, clock: Clock) -> None:
    """The limit is said with what to do."""
    room = await open_newsroom(database, clock, Limits(commands_per_minute=1000, topics=1))
    await room.said("topic add one NdFeB")
    assert "1 topics were made here" in await room.said("topic add two NdFeB")
    assert "no more are allowed" in await room.said("topic edit gallium tungsten")


async def test_a_long_topic_is_shown_in_outline(database: Database, clock: Clock) -> None:
    """A few words in each script, how many there are, headlines that it matches, and its latest stories."""
    words = " OR ".join(f"mineral{number}" for number in range(60))
    long = Topic("minerals", "Minerals", f"{words} OR 稀土 OR редкоземельн*", ("Mineral1 is up", "稀土出口"))
    room = await open_newsroom(database, clock, shipped=(long, GALLIUM))
    await room.tell("Mineral1 quota", on=[long])
    said = await room.said("topic show minerals")
    assert "Terms: 62, of which some:" in said
    assert "mineral0, mineral1" in said and "+52" in said
    assert "Cyrillic: редкоземельн*" in said
    assert "- Mineral1 is up" in said
    assert "Mineral1 quota" in said
    assert "Here: not followed" in said
