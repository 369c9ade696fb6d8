"""settings style and language: who may, how it is typed, and what is said of what it does not change."""

from __future__ import annotations

import pytest

from bot.storage import places
from bot.storage.database import Database
from tests.clock import Clock
from tests.commands.newsroom import ANA, DIRECT, GUILD, Newsroom, open_newsroom

pytestmark = pytest.mark.asyncio


async def manner(room: Newsroom) -> tuple[str, str]:
    """What holds in the guild's channel."""
    channel = await room.channel(GUILD)
    async with room.database.read() as tx:
        return await places.read_manner(tx, channel)


async def test_style_and_language_are_set_and_shown(database: Database, clock: Clock) -> None:
    """By moderators, and by anybody in a direct chat; one leaves the other as it is."""
    room = await open_newsroom(database, clock)
    assert "Style: full" in await room.said("settings", ANA)
    assert "for its moderators" in await room.said("settings style compact", ANA)
    assert ("full", "en") == await manner(room)
    assert "Style: compact" in await room.said("settings style compact")
    said = await room.said("settings language ru")
    assert "Language: Russian (ru)" in said
    assert "Alerts and reminders are in Russian." in said
    assert "Commands, digests and other lists still answer in English." in said
    assert ("compact", "ru") == await manner(room)
    assert "still answer" not in await room.said("settings language en")
    assert "Language: German (de)" in await room.said("settings language de", ANA, DIRECT)
    assert ("compact", "en") == await manner(room)


@pytest.mark.parametrize(
    "typed",
    ["settings style compact", "settings style:compact", "settings style: compact", "settings STYLE Compact",
     "settings zone Berlin style compact", "settings Berlin style=compact", "settings style compact zone: Berlin"],
)  # fmt: skip
async def test_a_setting_is_typed_as_people_would(database: Database, clock: Clock, typed: str) -> None:
    """Its name and its value, with or without a colon, beside other settings."""
    room = await open_newsroom(database, clock)
    said = await room.said(typed)
    assert "Style: compact" in said
    assert ("Europe/Berlin" in said) == ("berlin" in typed.casefold())


async def test_what_is_no_style_is_refused(database: Database, clock: Clock) -> None:
    """With what there is, and the nearest; nothing is changed."""
    room = await open_newsroom(database, clock)
    await room.said("about")
    assert "style can be full or compact" in await room.said("settings style small")
    said = await room.said("settings language klingon")
    assert "language can be en" in said
    assert "settings needs" not in await room.said("settings style")
    assert ("full", "en") == await manner(room)
