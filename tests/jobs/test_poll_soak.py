"""Two hundred days of two hundred feeds that fail in every way drawn: nothing lost, nothing double, nobody hurried."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.core.model import FeedSpec
from bot.feeds.worker import Parser
from bot.jobs.line import Line, Pace
from bot.jobs.poll import poll
from bot.storage import feeds, floods, leases
from bot.storage.database import Database
from bot.storage.leases import Holder
from bot.storage.schema import feeds as feed_table
from bot.storage.schema import items as item_table
from tests.clock import Clock
from tests.outlets import WINDOW, Newsstand, open_stand

pytestmark = pytest.mark.asyncio

SEED = 20251126
STEP = timedelta(minutes=30)
PACE = replace(Pace(), per_host_gap=timedelta(0), adapts=True)


def tier_of(number: int) -> int:
    """One in ten is official, the rest is not."""
    return 2 if number % 10 else 0


async def live(database: Database, clock: Clock, days: int, count: int) -> Counter[str]:
    """Let the outlets publish and fail while they are polled; then let each heal, and count."""
    parser = Parser()
    stand = open_stand(clock, SEED, count, parser)
    line = Line(database, Holder("me", None), clock, stand, {}, lambda: "never", PACE)
    async with database.write() as tx:
        await leases.sign_on(tx, line.holder, clock())
        specs = [FeedSpec(one.url, tier=tier_of(number)) for number, one in enumerate(stand.outlets.values())]
        await feeds.sync_operator_feeds(tx, specs, clock())
    for number, one in enumerate(stand.outlets.values()):  # a gap halves what the tier says
        stand.shortest[one.name] = timedelta(minutes=30 if tier_of(number) else 7.5)
    until = clock() + timedelta(days=days)
    while clock() < until:
        for one in stand.outlets.values():
            if fault := one.live(clock()):
                stand.counts[fault] += 1
        await poll(line)
        clock.advance(STEP)
    parser_counts = await settle_down(line, clock, stand)
    parser.close()
    return parser_counts


async def settle_down(line: Line, clock: Clock, stand: Newsstand) -> Counter[str]:
    """Everything heals, is polled for a day more, the operator accepts what is held; the counts."""
    for one in stand.outlets.values():
        one.fault, one.fault_until = "", None
    for _ in range(60):
        clock.advance(STEP)
        await poll(line)
    async with line.database.write() as tx:
        held = await floods.list_held(tx)
        stand.counts["held"] = sum([await floods.accept_held(tx, feed.id, clock()) for feed in held])
    async with line.database.read() as tx:
        found = await tx.execute(select(item_table.c.title, item_table.c.silent))
        rows = [(row.title, row.silent) for row in found.all()]
        stand.counts["moved for good"] = len(
            (await tx.execute(select(feed_table.c.id).where(feed_table.c.address.is_not(None)))).all()
        )
        stand.counts["gaps"] = sum((await tx.execute(select(feed_table.c.gaps))).scalars())
    return count(stand, rows)


def count(stand: Newsstand, rows: list[tuple[str, bool]]) -> Counter[str]:
    """Lost, double, and silent though they were news.

    All news could be had: no fault lasts longer than six items take, and a page holds twenty. A reader that waits a day
    after each of a few short faults loses some all the same. What stood there before anybody read is no news, and may
    leave a page that fails from the first day on.
    """
    times = Counter(row[0] for row in rows)
    published = [entry.title for one in stand.outlets.values() for entry in one.published]
    counts = stand.counts
    counts["items"] = len(published)
    news = [entry.title for one in stand.outlets.values() for entry in one.published[one.seeds :]]
    missing = [title for title in news if not times[title]]
    counts["lost"] = len(missing)
    counts["old ones never seen"] = sum(not times[title] for title in published) - len(missing)
    for title in missing:
        tell_of(stand, title)
    is_silent = dict(rows)
    counts["silenced"] = sum(is_silent.get(title, False) for title in news)
    counts["double"] = sum(number - 1 for number in times.values())
    counts["too soon"] = stand.too_soon
    return counts


def tell_of(stand: Newsstand, title: str) -> None:
    """What happened around an item that never came: half a page of news before it and a page after."""
    name, _, number = title.split()
    told = stand.outlets[name].told
    first, last = (_place(told, int(number) + by) for by in (-WINDOW // 2, WINDOW + 2))
    print(title, *told[first:last], sep="\n  ")


def _place(told: list[str], number: int) -> int | None:
    return next((place for place, line in enumerate(told) if line.endswith(f"news {number}")), None)


def judge(counts: Counter[str], days: int, feeds: int) -> None:
    """The promise, in figures."""
    print(f"seed {SEED}, {days} days, {feeds} feeds")
    print(dict(sorted(counts.items())))
    assert (0, 0) == (counts["lost"], counts["double"])
    assert (0, 0) == (counts["silenced"], counts["too soon"])
    assert counts["requests"] <= 12 * feeds * days  # a slow feed is asked once a day, a fast one every hour


@pytest.mark.timeout(120)
async def test_days_of_faults(database: Database, clock: Clock) -> None:
    """Ten days of forty feeds."""
    judge(await live(database, clock, 10, 40), 10, 40)


@pytest.mark.soak
@pytest.mark.timeout(3600)
async def test_two_hundred_days_of_faults(database: Database, clock: Clock) -> None:
    """Two hundred days of two hundred feeds; the counts are in tests/README.md."""
    judge(await live(database, clock, 200, 200), 200, 200)
