"""The buttons of a reminder on Discord, pressed over the wire: snooze for whoever asks, the others for moderators."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import insert, select

from bot.storage.database import Database
from bot.storage.schema import cards, channels, deadlines, reminders
from tests.chat.discord.ears import Ears, open_ears
from tests.chat.discord_world import words_of
from tests.clock import Clock
from tests.commands.newsroom import RARE


@pytest_asyncio.fixture
async def ears(sqlite_url: str, clock: Clock) -> AsyncIterator[Ears]:
    """The bot, hearing."""
    database = await Database.open(sqlite_url)
    async with open_ears(database, clock) as opened:
        yield opened
    await database.close()


async def remind(ears: Ears) -> None:
    """Follow, tell a story with a date, and count its reminder as shown by the post `r-key`."""
    await ears.chen.answer(await ears.chen.slash("follow", what="rare-earths"))
    story = await ears.newsroom.tell("Rare earth roadmap ordered", on=[RARE])
    await ears.newsroom.date(story, date(2025, 12, 1), "rare earth roadmap")
    async with ears.newsroom.database.write() as tx:
        number = (await tx.execute(select(deadlines.c.id))).scalar_one()
        channel = (await tx.execute(select(channels.c.id).order_by(channels.c.id))).scalars().first()
        now = ears.newsroom.office.now()
        card = {"channel": channel, "subject": "deadline", "subject_id": number, "slot": "T-7"}
        await tx.execute(insert(cards).values(card | {"due_at": now, "shown_rev": 1}))
    await ears.deliver("r-key")


async def states(ears: Ears) -> list[str]:
    """What became of the date, the tenant's own row last."""
    async with ears.newsroom.database.read() as tx:
        return list((await tx.execute(select(deadlines.c.state).order_by(deadlines.c.id))).scalars())


def said_in(answer: dict[str, Any]) -> str:
    """The words of what came back."""
    return words_of({"content": "", **answer["data"]})


@pytest.mark.asyncio
async def test_snooze_is_for_whoever_presses(ears: Ears) -> None:
    """A day later, in the presser's own direct chat; the date itself stays as it is."""
    await remind(ears)
    assert "I will remind you" in said_in(await ears.ana.answer(await ears.ana.press("lw:snooze:r-key")))
    assert await states(ears) == ["open"]
    async with ears.newsroom.database.read() as tx:
        assert len((await tx.execute(select(reminders))).all()) == 1


@pytest.mark.asyncio
@pytest.mark.parametrize(("name", "state"), [("done", "done"), ("wrong", "dismissed")])
async def test_done_and_wrong_date_are_for_moderators(ears: Ears, name: str, state: str) -> None:
    """Whoever may not is told so and changes nothing; a moderator ends the date for this server alone."""
    await remind(ears)
    assert "moderators" in said_in(await ears.ana.answer(await ears.ana.press(f"lw:{name}:r-key")))
    assert await states(ears) == ["open"]
    assert "1 Dec 2025" in said_in(await ears.chen.answer(await ears.chen.press(f"lw:{name}:r-key")))
    assert await states(ears) == ["open", state]
