"""The politeness score: a month of two hundred feeds over real HTTP, each request judged. The bar is no fault."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from bot.core.cadence import own_interval
from bot.core.model import FeedSpec
from bot.feeds.reader import FeedReader
from bot.feeds.settings import Polling
from bot.jobs.line import Line, Pace
from bot.jobs.poll import poll, spread_overdue
from bot.storage import feeds, leases
from bot.storage.database import Database
from bot.storage.leases import Holder
from bot.storage.schema import feeds as feed_table
from bot.storage.schema import hosts as host_table
from tests.clock import Clock
from tests.scored import World, make_world, serve_world

pytestmark = pytest.mark.asyncio

SEED = 20251126
FEEDS = 200
STEP = timedelta(minutes=5)
STOP = timedelta(hours=10)
PACE = replace(Pace(), per_host_gap=timedelta(0), adapts=True)


def list_specs() -> list[tuple[str, int, int]]:
    """Names, tiers, and stated intervals in seconds: none for half of them."""
    return [(f"feed{n}", n % 3, (0, 1800, 0, 7200)[n % 4]) for n in range(FEEDS)]


async def enter(database: Database, clock: Clock, origin: str) -> None:
    """The feeds, each on a host of its own, as on the Internet."""
    specs = [FeedSpec(f"{origin}/{name}", tier=tier, interval_s=stated) for name, tier, stated in list_specs()]
    async with database.write() as tx:
        await leases.sign_on(tx, Holder("me", None), clock())
        await feeds.sync_operator_feeds(tx, specs, clock())
        for number in (await tx.execute(select(feed_table.c.id))).scalars().all():
            row = {"name": f"host{number}.example", "ready_at": clock()}
            host = (await tx.execute(insert(host_table).values(row).returning(host_table.c.id))).scalar_one()
            await tx.execute(update(feed_table).where(feed_table.c.id == number).values(host=host))


async def read_for(line: Line, clock: Clock, span: timedelta) -> None:
    """Poll as the runner does, and stop for a night in the middle."""
    until, stop_at = clock() + span, clock() + span / 2
    while clock() < until:
        await poll(line)
        clock.advance(STEP)
        if stop_at <= clock() < stop_at + STEP:
            clock.advance(STOP)
            assert await spread_overdue(line) > FEEDS / 2


async def score(database: Database, clock: Clock, span: timedelta) -> World:
    """Read a world for so long; the world with its scores."""
    owed = [
        (name, own_interval(timedelta(seconds=stated), tier, PACE.min_interval, adapts=True))
        for name, tier, stated in list_specs()
    ]
    world = make_world(clock, SEED, owed)
    async with serve_world(world) as origin, FeedReader(Polling(allow_private_networks=True)) as reader:
        await enter(database, clock, origin)
        line = Line(database, Holder("me", None), clock, reader, {}, lambda: "never", PACE)
        await read_for(line, clock, span)
    return world


def report(world: World, span: timedelta) -> Counter[str]:
    """Print the table; all faults."""
    faults: Counter[str] = Counter({"invented addresses": world.invented})
    for outlet in world.outlets.values():
        faults.update(outlet.faults)
    outlets = world.outlets.values()
    asked, bare = sum(outlet.asked for outlet in outlets), sum(outlet.unconditional for outlet in outlets)
    given = [outlet for outlet in outlets if outlet.validators != "none"]
    again = sum(outlet.unconditional for outlet in given) - len(given)
    after = [count for minute, count in world.by_minute.items() if minute > span / timedelta(minutes=2)]
    table = {
        "requests": asked,
        "requests a feed and day": f"{asked / len(outlets) / (span / timedelta(days=1)):.1f}",
        "unconditional": bare,
        "of them again, though validators were given": again,
        "shortest gap, conditional": min(outlet.shortest[True] for outlet in outlets if True in outlet.shortest),
        "shortest gap, unconditional": min(outlet.shortest[False] for outlet in outlets if False in outlet.shortest),
        "most requests in five minutes after the stop": max(after),
    }
    print(f"{len(outlets)} feeds, {span / timedelta(days=1):g} days, seed {SEED}")
    for name, value in table.items():
        print(f"{name:44} {value}")
    for name, count in sorted(faults.items()):
        print(f"{name:44} {count}")
    return faults


@pytest.mark.timeout(120)
async def test_a_day_without_a_fault(database: Database, clock: Clock) -> None:
    """Gaps, validators, cookies, referer, bursts, invented addresses: each of 200 feeds against its own interval."""
    span = timedelta(days=1)  # twelve hours, a stop of ten, and two hours in which it is all caught up with
    world = await score(database, clock, span)
    assert 0 == report(world, span).total()
    assert min(outlet.asked for outlet in world.outlets.values()) >= 1


@pytest.mark.soak
@pytest.mark.timeout(1800)
async def test_a_month_without_a_fault(database: Database, clock: Clock) -> None:
    """The same for thirty days; the figures are in tests/README.md."""
    month = timedelta(days=30)
    world = await score(database, clock, month)
    assert 0 == report(world, month).total()
