"""A process that stays: rounds in one event loop, its memory after each, and how long the loop was held.

`python -m tests.bench.staying CONFIG FEEDS ROUNDS` prints one line of JSON. ROUNDS 0 only ticks for five seconds:
what the machine itself adds.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from contextlib import suppress
from pathlib import Path

import uvloop

from bot.app.build import open_app
from bot.app.once import jobs_by_name, run_round
from bot.app.settings import load_settings
from bot.app.shipped import read_feeds
from bot.storage import hosts

TICK_S = 0.002
IDLE_S = 5.0


class Ticker:
    """Wakes every two milliseconds; what is more than that, the loop was held.

    By the clock, and by what this process computed meanwhile, in all its threads: where other programs want the
    processor too, only the second tells what the program does to its loop.
    """

    def __init__(self) -> None:
        self.late: list[tuple[float, float]] = []

    async def tick(self) -> None:
        """Until cancelled."""
        while True:
            before, computed = time.monotonic(), time.process_time()
            await asyncio.sleep(TICK_S)
            late = time.monotonic() - before - TICK_S
            self.late.append((min(late, time.process_time() - computed), late))

    def figures(self) -> dict[str, float]:
        """The longest holds in milliseconds, and how many were over 50."""
        computed, wall = zip(*self.late, strict=True)
        return {
            "held_ms": round(max(computed) * 1000, 1),
            "held_over_50_ms": sum(held > 0.05 for held in computed),
            "held_wall_ms": round(max(wall) * 1000, 1),
            "ticks": len(wall),
        }


def resident_mb() -> float:
    """The memory of this process now (Linux)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6


async def stay(config: Path, feeds: Path, rounds: int) -> dict[str, object]:
    """Ask all feeds, `rounds` times."""
    memory = []
    ticker = Ticker()
    async with open_app(load_settings(config), feeds=read_feeds(str(feeds))[0]) as app:
        jobs = jobs_by_name(app)
        ticking = asyncio.create_task(ticker.tick())
        for _ in range(rounds):
            async with app.line.database.write() as tx:
                await hosts.make_all_due(tx, app.line.now())
            counts = await run_round(jobs)
            assert not counts["failed"], counts
            memory.append(round(resident_mb(), 1))
        ticking.cancel()
        with suppress(asyncio.CancelledError):
            await ticking
    return {"memory_mb": memory, **ticker.figures()}


async def only_tick() -> dict[str, object]:
    """What a loop that does nothing sees."""
    ticker = Ticker()
    with suppress(TimeoutError):
        await asyncio.wait_for(ticker.tick(), IDLE_S)
    return dict(ticker.figures())


if __name__ == "__main__":
    count = int(sys.argv[3])
    print(json.dumps(uvloop.run(stay(Path(sys.argv[1]), Path(sys.argv[2]), count) if count else only_tick())))
