"""By what old words are known again: a few hashes of each item's words, and the items that have them. Compares none."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import or_, select, update

from bot.core.stories.recycled import Told
from bot.storage.archive import news_time
from bot.storage.database import Transaction
from bot.storage.feeds import is_heard_by
from bot.storage.schema import items, prints
from bot.storage.upsert import execute_rows, insert_or

MOST_TOLD = 20
"""Items with one of the hashes that are looked at, the oldest first: boilerplate is in many."""


async def save_prints(tx: Transaction, hashes: Mapping[int, Sequence[int]]) -> None:
    """Keep the hashes of items."""
    rows = [{"hash": one, "item": item} for item, some in hashes.items() for one in some]
    await execute_rows(tx, insert_or(tx, prints).on_conflict_do_nothing(), rows)


async def told_before(tx: Transaction, hashes: Collection[int], feed: int, before: datetime) -> list[Told]:
    """The oldest items that share one of these hashes and were news before then, with the stories they tell.

    What a tenant's own feed told is old for that feed alone: others may never have seen it.
    """
    mine = select(prints.c.item).where(prints.c.hash.in_(hashes))
    is_public = is_heard_by(items.c.feed, None)
    query = (
        select(items, news_time().label("told_at"))
        .where(items.c.id.in_(mine), items.c.story.is_not(None), items.c.copy_of.is_(None), news_time() <= before)
        .where(or_(is_public, items.c.feed == feed))
        .order_by(items.c.id)
        .limit(MOST_TOLD)
    )
    return [
        Told(row.id, row.story, row.title, row.text, row.lang or "", row.told_at)
        for row in (await tx.execute(query)).all()
    ]


async def save_repeats(tx: Transaction, repeats: Mapping[int, Told]) -> None:
    """Items that say again what others said: they are of those's stories, and nobody is told."""
    for item, told in repeats.items():
        taken = {"story": told.story, "repeats": told.item, "state": "taken"}
        await tx.execute(update(items).where(items.c.id == item).values(taken))
