"""For whom feeds speak: what only tenants added speaks for them alone. Changes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select

from bot.storage.database import Transaction
from bot.storage.feeds import is_heard_by
from bot.storage.schema import feed_uses, items, stories

Readers = frozenset[int]
"""The tenants for whom alone something is told; none: it is for all."""

FOR_ALL: Readers = frozenset()


def is_kept_from(feed: ColumnElement[Any], tenant: ColumnElement[Any] | int | None) -> ColumnElement[bool]:
    """The condition that a feed, by a column with its number, is others' own; None: that it is anybody's own.

    A feed that nobody uses any more is not.
    """
    return exists(select(1).where(feed_uses.c.feed == feed)) & ~is_heard_by(feed, tenant)


async def own_readers(tx: Transaction, numbers: Collection[int]) -> dict[int, Readers]:
    """Those of these feeds that only tenants use, each with its readers."""
    query = select(feed_uses.c.feed, feed_uses.c.tenant).where(feed_uses.c.feed.in_(numbers))
    users: defaultdict[int, set[int | None]] = defaultdict(set)
    for feed, tenant in (await tx.execute(query)).all() if numbers else ():
        users[feed].add(tenant)
    return {feed: frozenset(some - {None}) for feed, some in users.items() if None not in some}  # type: ignore[arg-type]


async def own_stories(tx: Transaction, numbers: Collection[int]) -> Mapping[int, Readers]:
    """Those of these stories for which a tenant's own feed speaks, each with the feed's readers."""
    query = select(stories.c.id, items.c.feed).join_from(stories, items, items.c.id == stories.c.lead)
    rows = (await tx.execute(query.where(stories.c.id.in_(numbers)))).all() if numbers else ()
    readers = await own_readers(tx, {row.feed for row in rows})
    return {row.id: readers[row.feed] for row in rows if row.feed in readers}


async def own_stories_since(tx: Transaction, since: datetime) -> dict[int, Readers]:
    """The stories that items seen since then lead and that only some tenants have, each with its readers."""
    shared = select(feed_uses.c.feed).where(feed_uses.c.tenant.is_(None))
    own = select(feed_uses.c.feed).where(feed_uses.c.feed.not_in(shared))
    readers = await own_readers(tx, set((await tx.execute(own)).scalars()))
    query = select(stories.c.id, items.c.feed).join_from(items, stories, stories.c.id == items.c.story)
    led = query.where(items.c.seen_at >= since, items.c.feed.in_(readers), stories.c.lead == items.c.id)
    return {row.id: readers[row.feed] for row in (await tx.execute(led)).all()} if readers else {}


async def count_sources(tx: Transaction, story: int, tenant: int) -> int:
    """How many feeds that a tenant hears told a story."""
    told = items.c.story == story, items.c.repeats.is_(None), is_heard_by(items.c.feed, tenant)
    return int((await tx.execute(select(func.count(items.c.feed.distinct())).where(*told))).scalar_one())
