"""Reminders over two years at random: ten thousand dates, a thousand in each of ten worlds with channels of their own.

`LODEWIRE_DATES` names another count. Statements run in the loop's own thread: nothing else waits here, and the way
through another thread takes longer than what is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from os import environ
from pathlib import Path
from typing import Any

import aiosqlite
import pytest

from bot.storage.database import Database
from tests.bed import open_bed
from tests.clock import Clock
from tests.reminded import DAY, START, simulate

pytestmark = [pytest.mark.asyncio, pytest.mark.soak, pytest.mark.timeout(7200)]

WORLDS, CHANNELS, YEARS = 10, 2, 730 * DAY
COUNT = int(environ.get("LODEWIRE_DATES", "10000"))


@pytest.fixture(autouse=True)
def refuse_blocking() -> Iterator[None]:
    """Let the loop be held: by statements, as above."""
    yield


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run SQLite's statements where they are asked for."""

    async def execute(self: Any, work: Callable[..., object], *values: Any, **named: Any) -> object:
        return work(*values, **named)

    async def connect(self: Any) -> object:
        self._connection = self._connection or self._connector()
        return self

    monkeypatch.setattr(aiosqlite.Connection, "_execute", execute)
    monkeypatch.setattr(aiosqlite.Connection, "_connect", connect)


async def judge_two_years(url: str, folder: Path, clock: Clock, seed: int, count: int) -> None:
    """A world of which nothing is wrong, double or lost."""
    database = await Database.open(url)
    try:
        clock.advance(START - clock())
        counts = await simulate(await open_bed(database, folder, clock), seed, YEARS, count, CHANNELS)
    finally:
        await database.close()
    assert counts["reminders"] > count, counts
    assert [0, 0, 0] == [counts[name] for name in ("wrong", "double", "lost")], counts


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("seed", range(1, WORLDS + 1))
async def test_two_years_at_random(sqlite_url: str, tmp_path: Path, clock: Clock, seed: int) -> None:
    """Each reminder once, in its morning, whatever is told and whenever the process is away."""
    await judge_two_years(f"{sqlite_url}?check_same_thread=false", tmp_path, clock, seed, COUNT // WORLDS)


async def test_two_years_on_postgres(postgres_url: str, tmp_path: Path, clock: Clock) -> None:
    """The same on the other database, with a tenth of the dates."""
    await judge_two_years(postgres_url, tmp_path, clock, 1, COUNT // WORLDS)
