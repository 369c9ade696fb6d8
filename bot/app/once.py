"""One round by hand: poll what is due, decide, route, deliver, count. The demo pumps the same way."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from bot.app.build import App
from bot.jobs.articles import read_articles
from bot.jobs.line import Job
from bot.jobs.poll import poll_round
from bot.jobs.table import list_jobs
from bot.storage import hosts, outbox, stories

RUNS_THAT_CAN_WAIT = 25
"""Runs of a job that a round gives to what nobody waits for: five thousand items of first sights, the rest later."""

REPORTED = ("feeds", "fetched", "not_modified", "failed", "items_new", "items_changed", "matches", "posts_sent")


def jobs_by_name(app: App) -> Mapping[str, Job]:
    """The table, to be run by hand: polling goes round once, instead of for as long as anything is due, and all
    articles that may be read soon are."""
    jobs = {job.name: job for job in list_jobs(app.line, zone=app.settings.operator.zone)}
    by_hand = {"poll": poll_round, "articles": read_articles}
    return jobs | {name: replace(jobs[name], run=partial(run, app.line)) for name, run in by_hand.items()}


async def run_round(jobs: Mapping[str, Job]) -> Counter[str]:
    """Poll once, then run each next job until it has nothing more to do."""
    counts: Counter[str] = Counter()
    counts.update((await jobs["poll"].run()).counts)
    counts.update((await jobs["articles"].run()).counts)
    steps = ("intake", "remind", "route", "deliver", "retell", "route", "digests")
    counts.update(await run_until_idle(jobs, steps))
    return counts


async def run_until_idle(jobs: Mapping[str, Job], names: Sequence[str]) -> Counter[str]:
    """Run each job in turn until it has nothing more to do now, or only what can wait and has had its share.

    What they did.
    """
    counts: Counter[str] = Counter()
    for name in names:
        is_done, left = False, RUNS_THAT_CAN_WAIT
        while not is_done:
            report = await jobs[name].run()
            counts.update(report.counts)
            left -= report.can_wait
            is_done = not report.more or left == 0
    return counts


async def run_once(app: App, *, poll_all: bool = False) -> dict[str, float]:
    """One round and its report. `poll_all`: ask every feed, due or not."""
    started = time.monotonic()
    if poll_all:
        async with app.line.database.write() as tx:
            await hosts.make_all_due(tx, app.line.now())
    counts = await run_round(jobs_by_name(app))
    async with app.line.database.read() as tx:
        pending = await outbox.count_pending(tx, app.line.now())
        unread = await stories.count_waiting(tx)
    report: dict[str, float] = {name: counts[name] for name in REPORTED}
    extra = {name: count for name, count in sorted(counts.items()) if name not in report and name.startswith("posts_")}
    waiting = {"items_pending": unread, "posts_pending": pending}
    return report | extra | waiting | {"seconds": round(time.monotonic() - started, 3)}
