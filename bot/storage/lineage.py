"""Which rows of dates are one date over time: moved, set aside, set anew by moderators. Changes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import or_, select

from bot.storage.database import Transaction
from bot.storage.schema import deadlines


@dataclass(frozen=True, slots=True)
class Lineage:
    """`first`: the row a date began as; `changes`: how often it changed since, which never falls."""

    first: int
    changes: int


async def lineages(tx: Transaction, stories: Collection[int], tenant: int) -> dict[int, Lineage]:
    """The lineage of each date of these stories that the tenant could see, by row."""
    if not stories:
        return {}
    columns = deadlines.c.id, deadlines.c.replaced_by, deadlines.c.copy_of, deadlines.c.rev
    seen = or_(deadlines.c.tenant.is_(None), deadlines.c.tenant == tenant)
    query = select(*columns).where(deadlines.c.story.in_(stories), seen).order_by(deadlines.c.id)
    rows = (await tx.execute(query)).all()
    first = {row.id: row.id for row in rows}
    for row in rows:
        for other in (row.replaced_by, row.copy_of):
            if other in first:
                _join(first, row.id, other)
    changes: defaultdict[int, int] = defaultdict(int)
    for row in rows:
        changes[_root(first, row.id)] += row.rev
    return {row.id: Lineage(root := _root(first, row.id), changes[root] - 1) for row in rows}


def _join(first: dict[int, int], one: int, other: int) -> None:
    low, high = sorted((_root(first, one), _root(first, other)))
    first[high] = low


def _root(first: dict[int, int], number: int) -> int:
    while first[number] != number:
        number = first[number]
    return number
