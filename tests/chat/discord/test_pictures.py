"""Pictures over Discord's wire: the answer's embed shows the file, and its words are there for who cannot see it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest
import pytest_asyncio

from bot.commands.bars import Bars, bars_file
from bot.storage.database import Database
from tests.chat.discord.ears import Ears, open_ears
from tests.clock import Clock
from tests.commands.newsroom import RARE


@pytest_asyncio.fixture
async def ears(database: Database, clock: Clock) -> AsyncIterator[Ears]:
    """The bot in a session, with people in its guild."""
    async with open_ears(database, clock) as opened:
        yield opened


@pytest.mark.asyncio
@pytest.mark.parametrize("look", ["light", "dark"])
async def test_a_trend_is_a_picture_with_its_words(ears: Ears, look: str) -> None:
    """PNG, alternative text, and the same facts as text, in one answer; the wire finds nothing wrong."""
    await asyncio.to_thread(bars_file, Bars("x", [(date(2025, 11, 4), 1)], ()))  # its imports
    for number in range(5):
        await ears.newsroom.tell(f"Rare earth tender {number}", "", on=[RARE], age=timedelta(days=3))
    answer = await ears.ana.answer(await ears.ana.slash("trend", query="rare-earths", days=14, picture=look))
    [sent] = [one for one in ears.fake.state.requests if one.files]
    [told] = sent.body["data"]["attachments"]
    [embed] = answer["data"]["embeds"]
    assert sent.files["files[0]"].startswith(b"\x89PNG")
    assert told["filename"].endswith(".png")
    assert "Stories a day on Rare earths" in told["description"]
    assert "5 on 1 Nov" in told["description"]
    assert embed["image"]["url"] == f"attachment://{told['filename']}"
    assert "**In all:** 5 stories" in embed["description"]
    assert ears.fake.violations() == []


@pytest.mark.asyncio
async def test_a_trend_without_a_picture_is_words_alone(ears: Ears) -> None:
    """Nothing is drawn, and nothing is sent beside the text."""
    for number in range(2):
        await ears.newsroom.tell(f"Rare earth tender {number}", "", on=[RARE], age=timedelta(days=3))
    answer = await ears.ana.answer(await ears.ana.slash("trend", query="rare-earths", picture="off"))
    assert "In all" in answer["data"]["embeds"][0]["description"]
    assert "image" not in answer["data"]["embeds"][0]
    assert [] == [one for one in ears.fake.state.requests if one.files]
