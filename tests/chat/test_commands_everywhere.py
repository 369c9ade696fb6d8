"""What is asked around following, on every platform of the registry: each word of each reply is shown, within limits.

A platform's world says who asks there, where, and how a reply is read: PERSON, PLACE, `read_reply`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
import pytest_asyncio

from bot.chat.registry import PLATFORMS
from bot.commands.command import Reply
from bot.core.messages import Link, Moment
from bot.core.model import FeedSpec
from bot.core.stories.names import story_name
from bot.storage import feeds
from bot.storage.database import Database
from tests.clock import Clock
from tests.commands.newsroom import RARE, WIRE, Newsroom, open_newsroom

WORLDS = {name: import_module(f"tests.chat.{name}_world") for name in PLATFORMS}

CONVERSATION = (
    "follow rare-earths",
    "follow rare-earths weight: notable sources: wire, kremlin languages: en, ru",
    "follow rare-earths weight: urgnt",
    'follow "rare earth" AND export',
    "follow rare erths",
    "following",
    "try rare-earths",
    'try "rare earth" AND (export OR quota) NOT podcast',
    "try (export",
    "search rare earth",
    "search rare earth page:2",
    "search 稀土",
    "latest rare-earths",
    "latest rare-earths 3",
    "why {id}",
    "why https://elsewhere.example/1",
    "mute less {id}",
    "mute less {id} without:podcast",
    "mute {id} 3",
    "mute wire",
    "mute list",
    "mute off wire",
    'topic add "Battery metals" lithium OR cobalt OR nickel',
    "topic show battery-metals",
    "topic edit battery-metals lithium",
    "topic edit gallium tungsten OR gallium",
    "topic remove battery-metals",
    "topic list",
    "unfollow rare-earths NOT podcast",
    "help follow",
    "help mute",
    "help topic",
    "help",
)


async def fill(room: Newsroom) -> str:
    """News enough for two pages, one that is unlike the rest; its name."""
    kremlin = FeedSpec("https://kremlin.example/feed", "Kremlin", lang="ru", tier=0)
    async with room.database.write() as tx:
        await feeds.sync_operator_feeds(tx, [WIRE, kremlin], room.clock())
    await room.tell("The first story kept", age=timedelta(days=60))
    for number in range(12):
        await room.tell(f"Rare earth export quota {number}", "A quota.", on=[RARE], age=timedelta(days=2 * number + 1))
    await room.tell("中国扩大稀土出口管制 @everyone **bold** <b>tag</b>", on=[RARE], age=timedelta(hours=3))
    return story_name(await room.tell("Rare earth podcast", "A podcast.", on=[RARE], age=timedelta(hours=2)))


def said_by(reply: Reply) -> list[str]:
    """Each piece of words in a reply, in order: what must be shown. Times are drawn as each platform draws them."""
    found: list[str] = []
    for section in reply.message.sections:
        found += [section.kicker, section.title]
        for line in (*section.body, *(fact.line for fact in section.facts), *section.lines):
            found += [part.text if isinstance(part, Link) else part for part in line if not isinstance(part, Moment)]
        found.append(section.footer)
    return [" ".join(words.split()) for words in found if words.strip()]


@pytest_asyncio.fixture
async def room(sqlite_url: str, clock: Clock) -> AsyncIterator[Newsroom]:
    """A newsroom. What commands do on both databases is tried in tests/commands."""
    database = await Database.open(sqlite_url)
    yield await open_newsroom(database, clock)
    await database.close()


@pytest.mark.asyncio
@pytest.mark.parametrize("name", sorted(PLATFORMS))
async def test_every_word_is_shown(name: str, room: Newsroom) -> None:
    """On each platform a whole conversation: nothing said is lost, cut or marked up, and each command is understood."""
    world: Any = WORLDS[name]
    story = await fill(room)
    for line in CONVERSATION:
        typed = line.format(id=story)
        reply = await room.ask(typed, world.PERSON, world.PLACE)
        shown = " ".join(world.read_reply(reply).split())
        lost = [words for words in said_by(reply) if words not in shown]
        assert [] == lost, typed
        assert "nobody foresaw" not in shown, typed
        assert [] == [choice for choice in reply.choices if choice not in shown and not reply.page], typed


@pytest.mark.asyncio
@pytest.mark.parametrize("name", sorted(PLATFORMS))
async def test_a_channel_goes_by_its_platforms_word(name: str, room: Newsroom) -> None:
    """A room is a room, a channel a channel; a role is called where there are roles, and else it is said why not."""
    world: Any = WORLDS[name]
    place = replace(world.PLACE, is_direct=False)
    assert f"in this {place.noun}" in await room.said("follow rare-earths", world.PERSON, place)
    said = await room.said("follow gallium ping: 4242", world.PERSON, place)
    assert ("calls a role" if place.has_roles else "There are no roles to call here") in said
