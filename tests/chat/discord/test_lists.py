"""Long lists on Discord: a page of ten within an embed's bounds, a button to the next."""

from __future__ import annotations

import pytest

from bot.storage.database import Database
from tests.chat.discord.ears import open_ears
from tests.chat.discord_world import words_of
from tests.clock import Clock
from tests.commands import healths
from tests.commands.newsroom import Newsroom
from tests.fakediscord.state import GUILD, MINERALS


async def tenant_of(room: Newsroom) -> int:
    """The number of the fake's server."""
    from bot.storage import places

    async with room.database.write() as tx:
        tenant = await places.ensure_tenant(tx, room.account, str(GUILD))
        await places.ensure_channel(tx, tenant, str(MINERALS), room.clock())
    return tenant


@pytest.mark.asyncio
async def test_feeds_in_every_kind_of_health(sqlite_url: str, clock: Clock) -> None:
    """Who manages the server is told of all, ten a page, each with what to write; then of an import."""
    database = await Database.open(sqlite_url)
    async with open_ears(database, clock) as ears:
        await healths.fill(database, await tenant_of(ears.newsroom), clock())
        answers = [
            await ears.chen.answer(await ears.chen.slash("feed", "list")),
            await ears.chen.answer(await ears.chen.slash("feed", "list", page=2)),
            await ears.chen.answer(await ears.chen.slash("opml", "import", feeds=healths.PASTED)),
        ]
    await database.close()
    said = [words_of({"content": "", **answer["data"]}) for answer in answers]
    print(*said, sep="\n\n")
    for words in said[:2]:
        assert healths.COUNTED in words
    assert [10, 3] == [words.count("\n- ") for words in said[:2]]
    assert healths.IMPORTED in said[2]
    assert "Page 2 of 2" in str(answers[0]["data"]["components"])
