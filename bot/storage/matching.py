"""Which queries a story matches, and for whom: what only an own feed's item matches is for those who hear the feed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, or_

from bot.storage.database import Transaction
from bot.storage.feeds import is_heard_by
from bot.storage.schema import matches
from bot.storage.upsert import execute_rows, insert_or

Match = tuple[int, int, int | None]
"""A story, a query, and the own feed by which alone they match; None: they match for all."""


def matches_for(tenant: ColumnElement[Any] | int) -> ColumnElement[bool]:
    """The condition that a row of `matches` holds for a tenant."""
    return or_(matches.c.feed.is_(None), is_heard_by(matches.c.feed, tenant))


async def save_matches(tx: Transaction, found: Sequence[Match]) -> None:
    """Note which stories match which queries. What matched by one own feed alone stays so until it matches for all."""
    for_all = insert_or(tx, matches)
    for_all = for_all.on_conflict_do_update(
        index_elements=["story", "query"], set_={"feed": None}, where=matches.c.feed.is_not(None)
    )
    rows = [{"story": story, "query": query, "feed": feed} for story, query, feed in found]
    await execute_rows(tx, for_all, [row for row in rows if row["feed"] is None])
    own = insert_or(tx, matches).on_conflict_do_nothing()
    await execute_rows(tx, own, [row for row in rows if row["feed"] is not None])
