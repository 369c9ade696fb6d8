"""Lives of a channel's pace, each a short script in `paces/`: what is told and said, and which messages came when."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.pacing import Digest
from bot.storage import pacing
from bot.storage.database import Database
from tests.bed import news, open_bed
from tests.clock import Clock
from tests.lives import read_lives
from tests.paces import play

PACES = read_lives(Path(__file__).parent / "paces")


@pytest.mark.asyncio
@pytest.mark.parametrize("name", PACES)
async def test_a_pace(name: str, database: Database, tmp_path: Path, clock: Clock) -> None:
    """Each message came at its minute, and no other did: none lost, none twice."""
    await play(PACES[name], database, tmp_path, clock)


@pytest.mark.asyncio
async def test_making_a_digest_moves_its_hour_on(database: Database, tmp_path: Path, clock: Clock) -> None:
    """In the same transaction: a clock that is set back before anything else has run makes no second one."""
    bed = await open_bed(database, tmp_path, clock)
    async with database.write() as tx:
        await pacing.set_digest(tx, bed.channel, Digest(), clock())
    await bed.tell(news(1))
    await bed.pump()
    clock.advance(timedelta(hours=23))
    await bed.pump()
    clock.advance(-timedelta(minutes=30))
    await bed.tell(news(2))
    clock.advance(timedelta(minutes=31))
    await bed.pump()
    assert ["1 story, Wed 5 Nov 2025"] == bed.posts()
