"""Reading new stories for what they say of dates ahead: met, moved, withdrawn, denied, confirmed. Sends nothing.

A part of `remind`; each story is read once, in order.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, datetime

from bot.core.outcome_signs import MISSED
from bot.core.outcomes import ENOUGH, Fate, Later, find_fate, says_an_end, share_named
from bot.core.reminders import OUTCOME, SURE
from bot.jobs.line import Line, Report
from bot.storage import leases, lives
from bot.storage.database import Transaction
from bot.storage.deadlines import Dated


async def read_on(line: Line, report: Report) -> None:
    """Read the next stories."""
    now = line.now()
    async with line.database.read() as tx:
        later = await lives.unread_stories(tx)
    if not later:
        return
    worth = await asyncio.to_thread(_worth, later)
    async with line.database.write() as tx:
        await leases.require_alive(tx, line.holder, now)
        for one in worth:
            report.counts["changes"] += await _read(line, tx, one, now)
        await lives.note_read(tx, later[-1].story)
    report.more = report.more or len(later) == lives.AT_ONCE
    line.wake("route")


def _worth(later: Sequence[Later]) -> list[Later]:
    """Those that may say something of a date: public ones with a sign of an end, or with days of their own."""
    return [one for one in later if one.summary and (one.days or says_an_end(one.headline, one.summary))]


async def _read(line: Line, tx: Transaction, one: Later, now: datetime) -> int:
    dates = [dated for dated in await lives.dates_akin(tx, one.story) if OUTCOME not in dated.steps]
    if not dates:
        return 0
    sure = await lives.sure_days(tx, one.story) if one.days else set()
    found = await asyncio.to_thread(_judge, one, dates)
    changes = [(dated, fate) for dated, fate in found if not await is_elsewhere(line, tx, dated.story, fate.story)]
    for dated, fate in changes:
        await lives.apply_fate(tx, dated, fate, now)
    ended = {dated.id for dated, _ in changes}
    confirmed = [dated for dated in dates if dated.id not in ended and _confirms(one, dated, sure)]
    for dated in confirmed:
        await lives.confirm(tx, dated, now)
    return len(changes) + len(confirmed)


async def is_elsewhere(line: Line, tx: Transaction, story: int, later: int) -> bool:
    """Whether two stories name countries, and none in common: each country has a roadmap of its own."""
    told = await lives.words_of(tx, (story, later))
    first, second = await asyncio.to_thread(_countries, line, told)
    return bool(first and second) and first.isdisjoint(second)


def _countries(line: Line, told: Sequence[tuple[str, str, str]]) -> list[set[str]]:
    from bot.core.topics.document import Document  # here: most rounds find nothing, and load no stemmer

    found = (line.concepts().find(Document(headline, summary, lang, "", None)) for headline, summary, lang in told)
    return [{name for name in names if name.startswith("country:") and name != "country:any"} for names in found]


def _judge(one: Later, dates: Sequence[Dated]) -> list[tuple[Dated, Fate]]:
    found = ((dated, find_fate(dated.what, dated.due_on, [one])) for dated in dates)
    return [(dated, fate) for dated, fate in found if fate is not None and fate.word != MISSED]


def _confirms(one: Later, dated: Dated, sure: set[tuple[date, str]]) -> bool:
    """Whether a story says for sure what another one was not sure of."""
    if dated.confidence >= SURE or (dated.due_on, dated.type) not in sure:
        return False
    return share_named(dated.what, f"{one.headline} {one.summary}") >= ENOUGH
