"""Remind: announce the steps of dates that are ahead, and look for what came of those that are past. Sends nothing.

The rows say when: each date carries the moment of its next step, and a step is one announcement, made once.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core.outcomes import best_answer
from bot.core.reminders import FOUND, OUTCOME, SURE, WATCHED, Rung, next_rung, opens_at
from bot.jobs.line import Line, Report
from bot.storage import deadlines, leases
from bot.storage.database import Transaction
from bot.storage.deadlines import Dated

LOOKED_BACK = timedelta(days=21)
"""How long before a date the thing that is due may already have been published."""

LOOKS_EVERY = timedelta(hours=6)
FOLLOWED_UP = ("deadline", "event")
"""Kinds of which the day after says what came of them; a rule in force or a term that ended needs no answer."""


async def remind(line: Line) -> Report:
    """Take the next step of each date that has one due."""
    report, now = Report(), line.now()
    async with line.database.write() as tx:
        due = await deadlines.due_steps(tx, now)
        if not due:
            return report
        await leases.require_alive(tx, line.holder, now)
        leads = await deadlines.all_leads(tx)
        for dated in due:
            report.counts["steps"] += await _step(tx, dated, leads, now)
    report.more = len(due) == deadlines.STEPS_AT_ONCE
    line.wake("route")
    return report


async def _step(tx: Transaction, dated: Dated, leads: frozenset[int], now: datetime) -> bool:
    """Announce what a date has to say now, or note when it has; whether it was announced."""
    if dated.state != "open" or dated.confidence < SURE or dated.type == "target":
        await deadlines.wait_until(tx, dated.id, None)
        return False
    rung = next_rung(dated.due_on, leads, now, dated.steps)
    if rung is None:
        return await _look_again(tx, dated, now)
    if opens_at(rung.on) > now:
        await deadlines.wait_until(tx, dated.id, opens_at(rung.on))
        return False
    if rung.slot == OUTCOME:
        return await _tell_outcome(tx, dated, now)
    following = next_rung(dated.due_on, leads, now, (*dated.steps, rung.slot))
    await deadlines.take_step(tx, dated, rung.slot, _opening(following, now))
    return True


def _opening(rung: Rung | None, now: datetime) -> datetime:
    return now if rung is None else max(opens_at(rung.on), now)


async def _tell_outcome(tx: Transaction, dated: Dated, now: datetime) -> bool:
    if dated.type not in FOLLOWED_UP:
        await deadlines.answer(tx, dated.id, "met", None)
        return False
    found = await _find_answer(tx, dated, now)
    await deadlines.take_step(tx, dated, OUTCOME, now + LOOKS_EVERY)
    if found is not None:
        await deadlines.answer(tx, dated.id, "met", found)
    return True


async def _look_again(tx: Transaction, dated: Dated, now: datetime) -> bool:
    """After the day: something found later is told to those who were told that nothing was."""
    found = await _find_answer(tx, dated, now)
    if found is not None:
        await deadlines.take_step(tx, dated, FOUND, None)
        await deadlines.answer(tx, dated.id, "met", found)
        return True
    if now.date() > dated.due_on + WATCHED:
        await deadlines.answer(tx, dated.id, "silent", None)
    else:
        await deadlines.wait_until(tx, dated.id, now + LOOKS_EVERY)
    return False


async def _find_answer(tx: Transaction, dated: Dated, now: datetime) -> int | None:
    since = opens_at(dated.due_on) - LOOKED_BACK
    later = await deadlines.candidates(tx, dated, since)
    return best_answer(dated.what, [(one.story, f"{one.headline} {one.summary}") for one in later])
