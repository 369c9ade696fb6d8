"""What a tick of `remind` costs over 100,000 open dates and a million cards: nothing due, and a hundred due.

`python -m tests.bench.reminding`; a minute or two. CPU is that of this process; PostgreSQL has its own, which
shows in the wall time. The last line of the output is one JSON object.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

import click
from sqlalchemy import Table, insert, literal, select, text, update

from bot.jobs.remind import remind
from bot.jobs.route import route
from bot.storage import lives
from bot.storage.database import Database
from bot.storage.schema import cards, channels, deadlines, stories
from bot.storage.types import UtcTime
from bot.storage.upgrade import upgrade
from tests.bed import Bed, open_bed
from tests.clock import Clock
from tests.databases import run_postgres

CHANNELS, DUE = 100, 100
FIRST = 1_000
"""Numbers from which the rows of the benchmark begin, clear of those of the bed."""


async def fill(bed: Bed, dates: int, shown: int) -> None:
    """Open dates whose next step is weeks away, each of a story of its own, and cards that were shown long ago."""
    later = literal(bed.clock() + timedelta(days=20), UtcTime)
    now = literal(bed.clock(), UtcTime)
    due = (bed.clock() + timedelta(days=50)).date()
    async with bed.line.database.write() as tx:
        for number in range(CHANNELS):
            values = {"id": FIRST + number, "tenant": bed.tenant, "remote_id": f"b{number}", "ready_at": bed.clock()}
            await tx.execute(insert(channels).values(values))
        await fill_table(tx, stories, dates, {"opened_at": now, "changed_at": now, "headline": literal("Rare earth")})
        named = {"due_on": literal(due), "confidence": literal(0.9), "next_step_at": later}
        await fill_table(tx, deadlines, dates, named, story=lambda n: n)
        places = {"subject": literal("deadline"), "slot": literal("T-30"), "due_at": now, "shown_rev": literal(1)}
        for number in range(CHANNELS):
            mine = places | {"channel": literal(FIRST + number)}
            each = shown // CHANNELS
            await fill_table(tx, cards, each, mine, start=FIRST + number * each, subject_id=lambda n: n % dates + FIRST)
        alerts = {"subject": literal("story"), "slot": literal("alert"), "due_at": now, "shown_rev": literal(1)}
        alerts |= {"channel": literal(FIRST), "shown_at": now}
        await fill_table(tx, cards, dates, alerts, start=FIRST + shown, subject_id=lambda n: n - shown)
        await lives.note_read(tx, FIRST + dates)
    async with bed.line.database.write() as tx:
        await tx.execute(text("ANALYZE"))


async def fill_table(tx: Any, table: Table, count: int, same: dict[str, Any], start: int = FIRST, **by: Any) -> None:
    """So many rows made inside the database: equal values, and some reckoned from the row's number."""
    numbers = select(literal(start).label("n")).cte("numbers", recursive=True)
    numbers = numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < start + count - 1))
    columns = {"id": numbers.c.n, **same, **{name: make(numbers.c.n) for name, make in by.items()}}
    await tx.execute(insert(table).from_select(list(columns), select(*columns.values()).select_from(numbers)))


async def measure(bed: Bed, runs: int) -> dict[str, float]:
    """Milliseconds of CPU, and by the clock: a tick with nothing due, one with a hundred, and routing those."""
    idle = [await timed(remind, bed) for _ in range(runs)]
    busy, routed = [], []
    for run in range(3):
        first = FIRST + 1 + run * DUE
        some = deadlines.c.id.between(first, first + DUE - 1)
        due = (bed.clock() + timedelta(days=7)).date()
        async with bed.line.database.write() as tx:
            await tx.execute(update(deadlines).where(some).values(next_step_at=bed.clock(), due_on=due))
        busy.append(await timed(remind, bed))
        routed.append(await timed(route, bed))
    return {
        f"{name}_{unit}": round(median(one[place] for one in times) * 1000, 2)
        for name, times in (("idle", idle), ("due", busy), ("route", routed))
        for place, unit in enumerate(("cpu_ms", "wall_ms"))
    }


async def timed(job: Any, bed: Bed) -> tuple[float, float]:
    """Seconds of CPU and by the clock."""
    cpu, wall = time.process_time(), time.perf_counter()
    await job(bed.line)
    return time.process_time() - cpu, time.perf_counter() - wall


async def run_on(url: str, dates: int, shown: int, runs: int) -> dict[str, float]:
    """Fill and measure one database."""
    await asyncio.to_thread(upgrade, url)
    database = await Database.open(url)
    try:
        with tempfile.TemporaryDirectory() as folder:
            bed = await open_bed(database, Path(folder), Clock())
            bed.line = replace(bed.line)
            await fill(bed, dates, shown)
            return await measure(bed, runs)
    finally:
        await database.close()


@click.command()
@click.option("--dates", default=100_000, show_default=True)
@click.option("--cards", "shown", default=1_000_000, show_default=True)
@click.option("--runs", default=30, show_default=True)
def main(dates: int, shown: int, runs: int) -> None:
    """A tick of remind at volume, on SQLite and on PostgreSQL."""
    found: dict[str, Any] = {"dates": dates, "cards": shown}
    with tempfile.TemporaryDirectory() as folder:
        found["sqlite"] = asyncio.run(run_on(f"sqlite:///{folder}/bench.db", dates, shown, runs))
    click.echo(f"sqlite: {found['sqlite']}")
    with run_postgres() as postgres:
        found["postgres"] = asyncio.run(run_on(postgres.url(postgres.create()), dates, shown, runs))
    click.echo(f"postgres: {found['postgres']}")
    click.echo(json.dumps(found))


if __name__ == "__main__":
    main()
