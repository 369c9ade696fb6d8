"""Reminders over months at random: `tests/reminded.py` is the world and the judge."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.storage.database import Database
from tests.bed import open_bed
from tests.clock import Clock
from tests.reminded import DAY, START, simulate

pytestmark = pytest.mark.asyncio


@pytest.mark.timeout(180)
@pytest.mark.parametrize("seed", [8, 11])
async def test_some_months_at_random(database: Database, tmp_path: Path, clock: Clock, seed: int) -> None:
    """Whatever is told, moved and taken back, and whenever the process is away: each reminder once, in its morning."""
    clock.advance(START - clock())
    counts = await simulate(await open_bed(database, tmp_path, clock), seed, 75 * DAY, 40, 3)
    assert counts["reminders"] > 40, counts
    assert [0, 0, 0] == [counts[name] for name in ("wrong", "double", "lost")], counts
