"""Digests, quiet hours and floods changed at random, while stories come, the process dies and the clock jumps.

The judge reads what the channel saw: each story in one message, and in one only; nothing new in a quiet hour.
"""

from __future__ import annotations

import itertools
import random
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from os import environ
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.core.errors import RetryLater
from bot.core.outbox import Capabilities
from bot.core.pacing import Digest, Quiet, quiet_until
from bot.core.stories.names import story_name
from bot.jobs.deliver import deliver
from bot.jobs.pacing import pass_digests
from bot.jobs.route import route
from bot.storage import pacing
from bot.storage.database import Database
from bot.storage.schema import cards, channels, posts
from tests.bed import Bed, news, open_bed
from tests.clock import Clock

pytestmark = pytest.mark.asyncio
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC")
MINUTE = timedelta(minutes=1)


class World:
    """A bed whose channel changes its mind."""

    def __init__(self, bed: Bed, seed: int) -> None:
        self.bed = bed
        self.chance = random.Random(seed)
        self.numbers, self.names = itertools.count(1), itertools.count(1)
        self.counts: Counter[str] = Counter()
        self.troubles: list[str] = []

    async def run(self, steps: int) -> None:
        """Live through so many steps, then turn everything off and let all out."""
        for _ in range(steps):
            await self._act()
            await self._look()
            self.bed.clock.advance(self._time())
        await self._set(digest=None)
        await self._set(quiet=None)
        await self._set(flood=0)
        for _ in range(20):
            await self._look(is_mortal=False)
            self.bed.clock.advance(10 * MINUTE)

    def _time(self) -> timedelta:
        if self.chance.random() < 0.04:
            self.counts["steps back"] += 1
            return -self.chance.uniform(1, 180) * MINUTE
        return self.chance.choice((0.1, 1, 5, 20, 90, 400)) * MINUTE

    async def _act(self) -> None:
        kind = self.chance.random()
        if kind < 0.55:
            some = self.chance.choice((1, 1, 1, 2, 6))
            await self.bed.tell(*(news(next(self.numbers) * 37) for _ in range(some)))
            self.counts["told"] += some
        elif kind < 0.65:
            at = time(self.chance.randrange(24), self.chance.choice((0, 15, 30)))
            await self._set(digest=self.chance.choice((None, Digest(at), Digest(at, self.chance.randrange(7)))))
        elif kind < 0.75:
            start, end = self.chance.sample(range(24), 2)
            await self._set(quiet=self.chance.choice((None, Quiet(time(start, 15), time(end)))))
        elif kind < 0.8:
            await self._set(flood=self.chance.choice((0, 1, 3)))
        elif kind < 0.83:
            async with self.bed.line.database.write() as tx:
                zone = {"zone": self.chance.choice(ZONES)}
                await tx.execute(update(channels).where(channels.c.id == self.bed.channel).values(zone))
                await pacing.retime(tx, self.bed.channel, self.bed.clock())

    async def _set(self, **changes: object) -> None:
        """One change of the settings, in a transaction of its own."""
        self.counts["changes"] += 1
        async with self.bed.line.database.write() as tx:
            for name, value in changes.items():
                if name == "flood":
                    await pacing.set_flood(tx, self.bed.channel, int(str(value)))
                elif name == "digest":
                    assert value is None or isinstance(value, Digest)
                    await pacing.set_digest(tx, self.bed.channel, value, self.bed.clock())
                else:
                    assert value is None or isinstance(value, Quiet)
                    await pacing.set_quiet(tx, self.bed.channel, value, self.bed.clock())

    async def _look(self, *, is_mortal: bool = True) -> None:
        """Every job, now and then cut short; an answer is lost now and then, after the message was made."""
        line, before = self.bed.line, len(self.bed.shown())
        death = self.chance.choices((0, 1, 2, 3), (20, 1, 1, 1))[0] if is_mortal else 0
        self.bed.platform.after = [RetryLater("lost")] if is_mortal and self.chance.random() < 0.15 else []
        jobs = (self.bed.intake.run, lambda: route(line), lambda: deliver(line), lambda: pass_digests(line))
        for number, job in enumerate(jobs, 1):
            if number == death:
                await self._restart()
                break
            while (await job()).more:
                pass
        await self._judge_quiet(before)

    async def _judge_quiet(self, before: int) -> None:
        async with self.bed.line.database.read() as tx:
            pace = await pacing.read_pace(tx, self.bed.channel)
        came = [row for row in self.bed.shown()[before:] if row["op"] == "post"]
        if came and pace.digest is None and quiet_until(pace.quiet, pace.zone, self.bed.clock()):
            self.troubles.append(f"at night: {came[0]['text'][:80]}")

    async def _restart(self) -> None:
        await self.bed.restart(f"me-{next(self.names)}")
        self.counts["deaths"] += 1

    async def judge(self) -> None:
        """Each story is in one message only, and where its card says."""
        query = (
            select(cards.c.subject_id, cards.c.shown_rev, posts.c.form, posts.c.key)
            .join_from(cards, posts, posts.c.id == cards.c.post, isouter=True)
            .where(cards.c.subject == "story", cards.c.channel == self.bed.channel)
        )
        async with self.bed.line.database.read() as tx:
            rows = (await tx.execute(query)).all()
        texts: dict[str, list[str]] = {}
        for row in self.bed.shown():
            texts.setdefault(row["remote_id"], []).append(row["text"])
        self.counts["messages"] = len(texts)
        self.counts["lost"] = self.counts["told"] - len(rows)
        for row in rows:
            self.counts[f"in {row.form or 'alerts'}"] += 1
            name = story_name(row.subject_id)
            line = re.compile(rf"(?:· |Story ){name}\b")
            inside = {remote for remote, versions in texts.items() if any(map(line.search, versions))}
            if len(inside) > 1:
                self.counts["double"] += 1
                self.troubles.append(f"{name} is in {sorted(inside)}")
            there = f"console-{row.key}"
            is_told = there in inside or any('more: write "more"' in text for text in texts.get(there, ()))
            self.counts["lost"] += not row.shown_rev or not is_told


async def judge_a_run(database: Database, folder: Path, clock: Clock, seed: int, steps: int) -> None:
    """A run of which nothing is lost, double or at night."""
    clock.advance(datetime(2025, 10, 20, 5, tzinfo=UTC) - clock())  # the clocks change in the first days
    bed = await open_bed(database, folder, clock)
    bed.line.pace = replace(bed.line.pace, edit_interval=MINUTE)
    bed.platform.capabilities = Capabilities(alerts_per_post=3, replaces=True, characters=900)
    world = World(bed, seed)
    await world.run(steps)
    await world.judge()
    print(f"seed {seed}: {dict(world.counts)}", *world.troubles[:5], sep="\n")
    assert [0, 0] == [world.counts[name] for name in ("lost", "double")], world.counts
    assert world.troubles == []
    assert world.counts["told"] > steps // 3


@pytest.mark.timeout(180)
@pytest.mark.parametrize("seed", [3, 4])
async def test_some_days_at_random(database: Database, tmp_path: Path, clock: Clock, seed: int) -> None:
    """Whatever is chosen and whenever the process dies: each story once, and none at night."""
    await judge_a_run(database, tmp_path, clock, seed, 90)


@pytest.mark.soak
@pytest.mark.timeout(3600)
async def test_months_at_random(sqlite_url: str, tmp_path: Path, clock: Clock) -> None:
    """The same for `LODEWIRE_STEPS` steps, four thousand unless said."""
    database = await Database.open(sqlite_url)
    try:
        await judge_a_run(database, tmp_path, clock, 20251126, int(environ.get("LODEWIRE_STEPS", "4000")))
    finally:
        await database.close()
