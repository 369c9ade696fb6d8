"""Items that wait for the operator's word, because their feed brought too many at once. Posts nothing itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from bot.core.articles import ARTICLE_WAIT
from bot.storage.articles import want_articles
from bot.storage.database import Transaction
from bot.storage.schema import feeds, items


@dataclass(frozen=True, slots=True)
class HeldFeed:
    """A feed of which items are held, the first of them since `held_at`."""

    id: int
    url: str
    title: str
    items: int
    held_at: datetime


async def list_held(tx: Transaction) -> list[HeldFeed]:
    """The feeds of which items are held, the longest waiting first."""
    since = func.min(items.c.seen_at).label("since")
    query = (
        select(feeds.c.id, feeds.c.url, feeds.c.title, since, func.count(items.c.id).label("items"))
        .join(items, items.c.feed == feeds.c.id)
        .where(items.c.state == "held")
        .group_by(feeds.c.id)
        .order_by(since, feeds.c.id)
    )
    return [HeldFeed(row.id, row.url, row.title, row.items, row.since) for row in (await tx.execute(query)).all()]


async def accept_held(tx: Transaction, feed: int, now: datetime) -> int:
    """Take a feed's held items for news: how many. As many at once are let in without a question from now on."""
    wanted = select(items.c.id).join(feeds, feeds.c.id == items.c.feed)
    numbers = (
        await tx.execute(wanted.where(items.c.feed == feed, items.c.state == "held", feeds.c.full_text))
    ).scalars()
    count = await _release(tx, feed, is_silent=False)
    await want_articles(tx, numbers.all(), now, now + ARTICLE_WAIT)
    if count:
        await tx.execute(update(feeds).where(feeds.c.id == feed, feeds.c.burst < count).values(burst=count))
    return count


async def skip_held(tx: Transaction, feed: int, now: datetime) -> int:
    """Take a feed's held items for old ones: how many. They are remembered, found in the archive, and not told."""
    return await _release(tx, feed, is_silent=True)


async def _release(tx: Transaction, feed: int, *, is_silent: bool) -> int:
    """Hand them to intake in the order they were saved, and let the feed be held anew one day."""
    held = update(items).where(items.c.feed == feed, items.c.state == "held")
    count = (await tx.execute(held.values(state="new", silent=is_silent))).rowcount
    await tx.execute(update(feeds).where(feeds.c.id == feed).values(held_at=None))
    return count
