"""The weekly line: once a week, whatever restarts, and never of a week that nobody watched."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.core.errors import FeedTrouble
from bot.jobs.watch import Watch, describe_week, week_start
from bot.storage.activity import Activity
from bot.storage.database import Database
from bot.storage.schema import feeds, notices
from tests.bed import Bed, news, open_bed
from tests.clock import Clock

MONDAY = datetime(2025, 11, 10, 8, 0, tzinfo=UTC)  # the first after the clock's start, a Tuesday


async def watched_since(database: Database, moment: datetime) -> None:
    """Let the one feed have been seen first at `moment`."""
    async with database.write() as tx:
        await tx.execute(update(feeds).values(seeded_at=moment))


async def keys(database: Database) -> list[str]:
    """The troubles that were told."""
    async with database.read() as tx:
        return list((await tx.execute(select(notices.c.key).order_by(notices.c.id))).scalars())


async def line(database: Database, folder: Path, clock: Clock) -> Bed:
    """A process that has just started."""
    return await open_bed(database, folder, clock)


@pytest.mark.asyncio
async def test_the_weekly_line_is_told_once_over_restarts(database: Database, tmp_path: Path, clock: Clock) -> None:
    """Monday at eight it is told; later runs of this and of new processes that week say nothing."""
    bed = await line(database, tmp_path, clock)
    await watched_since(database, clock())
    assert {} == dict((await Watch(bed.line, "UTC").run()).counts)
    clock.now = MONDAY
    assert 1 == (await Watch(bed.line, "UTC").run()).counts["told"]
    for hours in (0, 1, 100):
        clock.now = MONDAY + timedelta(hours=hours)
        bed = await line(database, tmp_path, clock)
        assert {} == dict((await Watch(bed.line, "UTC").run()).counts)
    clock.now = MONDAY + timedelta(days=7)
    assert 1 == (await Watch(bed.line, "UTC").run()).counts["told"]
    assert ["weekly:2025-W46", "weekly:2025-W47"] == await keys(database)
    await bed.pump()
    assert ["The week", "The week"] == bed.posts()


@pytest.mark.asyncio
async def test_a_week_that_nobody_watched_is_not_told(database: Database, tmp_path: Path, clock: Clock) -> None:
    """A program that was first started on a Monday afternoon has nothing to say of the week before."""
    bed = await line(database, tmp_path, clock)
    clock.now = MONDAY + timedelta(hours=7)
    assert {} == dict((await Watch(bed.line, "UTC").run()).counts)
    await watched_since(database, clock())
    assert {} == dict((await Watch(bed.line, "UTC").run()).counts)
    assert [] == await keys(database)


@pytest.mark.asyncio
async def test_the_line_counts_what_happened(database: Database, tmp_path: Path, clock: Clock) -> None:
    """Stories, alerts, feeds that fail: as the rows say."""
    bed = await line(database, tmp_path, clock)
    await bed.tell(news(1), news(2, title="Football"))
    await bed.pump()
    async with database.write() as tx:
        values = {"seeded_at": clock(), "errors": 3, "error_class": FeedTrouble.SERVER.value}
        await tx.execute(update(feeds).values(values))
    clock.now = MONDAY
    await Watch(bed.line, "UTC").run()
    async with database.read() as tx:
        [body] = (await tx.execute(select(notices.c.body))).scalars()
    words = "1 feeds, 1 failing; 2 stories and 1 alerts in the last 7 days; nothing waits."
    assert f"Please look at this: {words}" == body


@pytest.mark.parametrize(
    ("now", "zone", "monday"),
    [
        (MONDAY, "UTC", MONDAY),
        (MONDAY - timedelta(seconds=1), "UTC", MONDAY - timedelta(days=7)),
        (MONDAY + timedelta(days=6, hours=23), "UTC", MONDAY),
        (MONDAY, "America/New_York", datetime(2025, 11, 3, 13, 0, tzinfo=UTC)),
        (MONDAY, "Asia/Tokyo", datetime(2025, 11, 9, 23, 0, tzinfo=UTC)),
        (datetime(2026, 3, 30, 12, 0, tzinfo=UTC), "Europe/Berlin", datetime(2026, 3, 30, 6, 0, tzinfo=UTC)),
    ],
)
def test_the_week_starts_on_monday_at_eight_where_the_operator_is(now: datetime, zone: str, monday: datetime) -> None:
    """The last Monday 08:00 that is not ahead, in the operator's zone, on both sides of a clock change."""
    assert monday == week_start(now, zone)


def test_a_quarter_of_failing_feeds_is_still_well() -> None:
    """Some feed always fails: more than a quarter, or anything that waits, asks for a look."""
    assert describe_week(Activity(feeds={"active": 4}, failing=1)).startswith("All is well")
    assert describe_week(Activity(feeds={"active": 4}, failing=2)).startswith("Please look at this")
    assert "3 alerts wait" in describe_week(Activity(feeds={"active": 4}, waiting_cards=3))
