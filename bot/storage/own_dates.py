"""Dates that a tenant's own feed told of a story that is for all: rows of that tenant, of which others see nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from bot.storage.database import Transaction
from bot.storage.schema import deadlines
from bot.storage.upsert import execute_rows

if TYPE_CHECKING:
    from bot.core.deadlines import Deadline


def row_of(story: int, told: Deadline, now: datetime) -> dict[str, Any]:
    """A date as a text tells it, as a row."""
    return {
        "story": story,
        "due_on": told.due,
        "due_time": f"{told.at:%H:%M}" if told.at else None,
        "due_zone": told.zone or None,
        "precision": told.precision,
        "type": told.type,
        "what": told.what,
        "who": told.who,
        "evidence": told.evidence,
        "confidence": told.confidence,
        "next_step_at": now,
    }


async def add_for(
    tx: Transaction, story: int, tenants: Collection[int], told: Sequence[Deadline], now: datetime
) -> bool:
    """Give tenants these dates, but for those that they see already; whether there were others."""
    known = select(deadlines.c.tenant, deadlines.c.due_on, deadlines.c.type).where(deadlines.c.story == story)
    seen = {tuple(row) for row in (await tx.execute(known)).all()} if told else set()
    rows = [
        {**row_of(story, one, now), "tenant": tenant, "said_at": now}
        for one in told
        for tenant in sorted(tenants)
        if seen.isdisjoint({(None, one.due, one.type), (tenant, one.due, one.type)})
    ]
    await execute_rows(tx, insert(deadlines), rows)
    return bool(rows)


async def leave_all(tx: Transaction, readers: Mapping[int, Collection[int]]) -> None:
    """Let the dates that these stories' texts told be some tenants' alone, with all that was announced of them."""
    for story, tenants in readers.items():
        await _leave_to(tx, story, tenants)


async def _leave_to(tx: Transaction, story: int, tenants: Collection[int]) -> None:
    first, *others = sorted(tenants)
    told = deadlines.c.story == story, deadlines.c.tenant.is_(None)
    rows = (await tx.execute(select(deadlines).where(*told, deadlines.c.state == "open"))).mappings().all()
    for tenant in others:
        copies = [{name: value for name, value in row.items() if name != "id"} | {"tenant": tenant} for row in rows]
        await execute_rows(tx, insert(deadlines), copies)
    await tx.execute(update(deadlines).where(*told).values(tenant=first))


async def stand_for(tx: Transaction, numbers: Collection[int]) -> None:
    """Where the text of a story tells a date that a tenant had before, the tenant's row stands in its place."""
    own = deadlines.alias("own_date")
    told = select(own.c.id).where(own.c.story == deadlines.c.story, own.c.tenant.is_(None))
    same = told.where(own.c.due_on == deadlines.c.due_on, own.c.type == deadlines.c.type).limit(1)
    mine = deadlines.c.story.in_(numbers), deadlines.c.tenant.is_not(None), deadlines.c.copy_of.is_(None)
    its = same.correlate(deadlines).scalar_subquery()
    if numbers:
        await tx.execute(update(deadlines).where(*mine).values(copy_of=its))
