"""Dates that a calendar may still hold as they were: taken back, or moved beyond what is listed. Changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import and_, exists, or_, select

from bot.storage.database import Transaction
from bot.storage.deadlines import Ahead, dates_where
from bot.storage.schema import deadlines

TAKEN_BACK = ("withdrawn", "denied", "dismissed")

_before = deadlines.alias("before")


async def dates_gone(
    tx: Transaction, tenant: int, queries: Sequence[int], first: date, last: date, listed: Collection[int]
) -> list[Ahead]:
    """What was a date from `first` on and is none now, or one after `last`; each date once, as it stands now.

    `listed`: the first rows of dates that are shown anyhow, which are left out.
    """
    is_off = and_(deadlines.c.state.in_(TAKEN_BACK), deadlines.c.due_on >= first)
    follows = or_(deadlines.c.copy_of.is_not(None), exists(select(1).where(_before.c.replaced_by == deadlines.c.id)))
    is_far = and_(deadlines.c.state == "open", deadlines.c.due_on > last, follows)
    found: dict[int, Ahead] = {}
    for one in await dates_where(tx, tenant, queries, or_(is_off, is_far)):
        known = found.get(one.lineage.first, one)
        if one.lineage.first not in listed:
            found[one.lineage.first] = max(known, one, key=_stands)
    return sorted(found.values(), key=lambda one: (one.dated.due_on, one.dated.id))


def _stands(one: Ahead) -> tuple[bool, int]:
    """Which of two rows of a date says how it stands: the open one, else the newest."""
    return one.dated.state == "open", one.dated.id
