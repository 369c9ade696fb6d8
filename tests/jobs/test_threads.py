"""Threads of stories after they were told, each a short script of its own in `threads/`, by many outlets."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.storage.database import Database
from tests.clock import Clock
from tests.lives import read_lives
from tests.threads import play_thread

THREADS = read_lives(Path(__file__).parent / "threads")


@pytest.mark.asyncio
@pytest.mark.parametrize("name", THREADS)
async def test_a_thread(name: str, sqlite_url: str, tmp_path: Path, clock: Clock) -> None:
    """Alerts, edits, short answers and reminders are those that the script expects, and no others."""
    database = await Database.open(sqlite_url)
    try:
        await play_thread(THREADS[name], database, tmp_path, clock)
    finally:
        await database.close()


def test_there_are_many() -> None:
    """At least forty, and none of them expects nothing."""
    assert len(THREADS) >= 40
    assert all("\n= " in thread for thread in THREADS.values())
