"""The heartbeat: a process that lives keeps what it holds; one taken for dead signs on again with empty hands."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.errors import LeaseLost
from bot.jobs.heartbeat import heartbeat
from bot.storage import leases
from bot.storage.database import Database
from bot.storage.leases import Holder
from tests.bed import Bed, news, open_bed
from tests.clock import Clock

pytestmark = pytest.mark.asyncio

LASTS = timedelta(seconds=30)


async def require_alive(bed: Bed) -> None:
    """Raise unless the bed's process counts as living."""
    async with bed.line.database.write() as tx:
        await leases.require_alive(tx, bed.line.holder, bed.clock())


async def test_a_beat_in_time_keeps_a_process_alive(database: Database, tmp_path: Path, clock: Clock) -> None:
    """Each beat counts from itself: three beats, each just in time, are nearly three leases."""
    bed = await open_bed(database, tmp_path, clock, lasts=LASTS)
    for _ in range(3):
        clock.advance(LASTS - timedelta(seconds=1))
        await heartbeat(bed.line)
    await require_alive(bed)


async def test_a_process_taken_for_dead_signs_on_again(
    database: Database, tmp_path: Path, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    """After its lease ran out its work is refused; the next beat signs it on, says so, and it works again."""
    bed = await open_bed(database, tmp_path, clock, lasts=LASTS)
    await bed.tell(news(1))
    clock.advance(LASTS)
    with pytest.raises(LeaseLost, match="taken for dead"):
        await require_alive(bed)
    with caplog.at_level(logging.WARNING):
        await heartbeat(bed.line)
    assert "taken for dead" in caplog.text
    assert 1 == (await bed.pump())["posts_sent"]


async def test_another_beat_clears_the_dead(database: Database, tmp_path: Path, clock: Clock) -> None:
    """The living forget the dead; a dead one's beat does not bring back what it held."""
    first = await open_bed(database, tmp_path, clock, lasts=LASTS, name="first")
    second = await open_bed(database, tmp_path, clock, lasts=10 * LASTS, name="second")
    async with database.write() as tx:
        assert 1 == await leases.take(tx, "intake", first.line.holder, clock())
    clock.advance(LASTS)
    await heartbeat(second.line)
    async with database.write() as tx:
        assert 2 == await leases.take(tx, "intake", second.line.holder, clock())
    await heartbeat(first.line)
    await require_alive(first)
    async with database.write() as tx:
        assert await leases.take(tx, "intake", first.line.holder, clock()) is None


async def test_alone_on_its_file_a_process_never_dies(database: Database, tmp_path: Path, clock: Clock) -> None:
    """On SQLite a file lock tells who lives: the lease has no end."""
    bed = await open_bed(database, tmp_path, clock)
    clock.advance(timedelta(days=4000))
    await heartbeat(bed.line)
    await require_alive(bed)
    assert Holder("me", None) == bed.line.holder
