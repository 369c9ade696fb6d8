"""Remind: announce the steps of dates that are ahead, and look for what came of them, before and after. Sends nothing.

The rows say when: each date carries the moment of its next step, and a step is one announcement, made once.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from bot.core.outcomes import Fate, best_answer
from bot.core.reminders import FOUND, OUTCOME, SURE, WATCHED, Rung, is_over, next_rung, opens_at
from bot.jobs.line import Line, Report
from bot.jobs.outcomes import is_elsewhere, read_on
from bot.storage import deadlines, leases
from bot.storage.database import Transaction
from bot.storage.deadlines import Dated

LOOKS_EVERY = timedelta(hours=6)
FOLLOWED_UP = ("deadline", "event")
"""Kinds of which the day after says what came of them; a rule in force or a term that ended needs no answer."""


async def remind(line: Line) -> Report:
    """Take the next step of each date that has one due."""
    report, now = Report(), line.now()
    await read_on(line, report)
    async with line.database.write() as tx:
        due = await deadlines.due_steps(tx, now)
        if not due:
            return report
        await leases.require_alive(tx, line.holder, now)
        ladders = await deadlines.all_ladders(tx)
        for dated in due:
            report.counts["steps"] += await _step(line, tx, dated, ladders, now)
    report.more = True  # a date may have more than one step due: the next tick finds nothing, and ends
    line.wake("route")
    return report


async def _step(line: Line, tx: Transaction, dated: Dated, ladders: frozenset[tuple[int, ...]], now: datetime) -> bool:
    """Announce what a date has to say now, or note when it has; whether it was announced."""
    if dated.state != "open" or dated.confidence < SURE or dated.type == "target":
        await deadlines.wait_until(tx, dated.id, None)
        return False
    rung = next_rung(dated.due_on, ladders, now, dated.steps)
    if rung is None:
        return await _look_again(line, tx, dated, now)
    if opens_at(rung.on) > now:
        await deadlines.wait_until(tx, dated.id, opens_at(rung.on))
        return False
    if rung.slot == OUTCOME:
        return await _tell_outcome(line, tx, dated, now)
    following = next_rung(dated.due_on, ladders, now, (*dated.steps, rung.slot))
    await deadlines.take_step(tx, dated, rung.slot, _opening(following, now))
    return True


def _opening(rung: Rung | None, now: datetime) -> datetime:
    return now if rung is None else max(opens_at(rung.on), now)


async def _tell_outcome(line: Line, tx: Transaction, dated: Dated, now: datetime) -> bool:
    if dated.type not in FOLLOWED_UP:
        await _close(tx, dated, now)
        return False
    found = await _find_answer(line, tx, dated, now)
    await deadlines.take_step(tx, dated, OUTCOME, now + LOOKS_EVERY)
    if found is not None:
        await deadlines.answer(tx, dated.id, found.word, found.story)
    return True


async def _close(tx: Transaction, dated: Dated, now: datetime) -> None:
    """A date of which nothing is asked afterwards is past once its day is over everywhere."""
    after = dated.due_on + timedelta(days=1)
    if is_over(after, now):
        await deadlines.answer(tx, dated.id, "met", None)
    else:
        await deadlines.wait_until(tx, dated.id, now + LOOKS_EVERY)


async def _look_again(line: Line, tx: Transaction, dated: Dated, now: datetime) -> bool:
    """After the day: something found later is told to those who were told that nothing was."""
    found = await _find_answer(line, tx, dated, now)
    if found is not None:
        await deadlines.take_step(tx, dated, FOUND, None)
        await deadlines.answer(tx, dated.id, found.word, found.story)
        return True
    if now.date() > dated.due_on + WATCHED:
        await deadlines.answer(tx, dated.id, "silent", None)
    else:
        await deadlines.wait_until(tx, dated.id, now + LOOKS_EVERY)
    return False


async def _find_answer(line: Line, tx: Transaction, dated: Dated, now: datetime) -> Fate | None:
    later = await deadlines.candidates(tx, dated, opens_at(dated.due_on))  # those of before were read when they came
    found = await asyncio.to_thread(best_answer, dated.what, later)
    return None if found is None or await is_elsewhere(line, tx, dated.story, found.story) else found
