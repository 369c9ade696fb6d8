"""Lives of dates, each a short script of its own in `lives/`: what is told and done, and what must come of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.storage.database import Database
from tests.clock import Clock
from tests.lives import play, read_lives

LIVES = read_lives(Path(__file__).parent / "lives")


@pytest.mark.asyncio
@pytest.mark.parametrize("name", LIVES)
async def test_a_life(name: str, sqlite_url: str, tmp_path: Path, clock: Clock) -> None:
    """States, edits, short answers and reminders are those that the script expects, and no others."""
    database = await Database.open(sqlite_url)
    try:
        await play(LIVES[name], database, tmp_path, clock)
    finally:
        await database.close()


def test_there_are_many() -> None:
    """At least sixty, and none of them expects nothing."""
    assert len(LIVES) >= 60
    assert all("\n= " in life for life in LIVES.values())
