"""How each feed fares, and what was told of it. Changes nothing but that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select, true, update

from bot.core.life import Standing
from bot.core.text.urls import shown_url
from bot.storage.database import Transaction
from bot.storage.hosts import read_life
from bot.storage.schema import channels, feed_uses, feeds

ADDED_THERE = 0  # lower than any number of a row


@dataclass(frozen=True, slots=True)
class Watched:
    """A feed under watch. `told`: the trouble that was told and is not over; `own`: a channel of each tenant that
    added it, where the operator did not list it."""

    id: int
    name: str
    error: str
    standing: Standing
    told: str = ""
    own: tuple[int, ...] = ()


async def read_standings(tx: Transaction) -> list[Watched]:
    """Every feed that is asked, or was until it was gone."""
    own = await own_channels(tx)
    query = select(feeds).where(feeds.c.state.in_(("active", "gone"))).order_by(feeds.c.id)
    return [
        Watched(
            row.id,
            row.title or shown_url(row.url),
            row.error,
            Standing(read_life(row), row.state, row.error_class, row.last_ok_at, row.last_new_at),
            row.trouble,
            own.get(row.id, ()),
        )
        for row in (await tx.execute(query)).all()
    ]


async def own_channels(tx: Transaction, wanted: Collection[int] | None = None) -> dict[int, tuple[int, ...]]:
    """For each feed (of those wanted) that only tenants use, the channel where each added it, else its first one."""
    shared = select(feed_uses.c.feed).where(feed_uses.c.tenant.is_(None))
    chosen = func.min(case((channels.c.id == feed_uses.c.channel, ADDED_THERE), else_=channels.c.id)).label("chosen")
    query = (
        select(feed_uses.c.feed, feed_uses.c.channel, chosen)
        .join(channels, channels.c.tenant == feed_uses.c.tenant)
        .where(channels.c.state == "open", feed_uses.c.feed.not_in(shared))
        .where(true() if wanted is None else feed_uses.c.feed.in_(wanted))
        .group_by(feed_uses.c.feed, feed_uses.c.tenant, feed_uses.c.channel)
    )
    found: defaultdict[int, list[int]] = defaultdict(list)
    for row in (await tx.execute(query)).all():
        found[row.feed].append(row.channel if row.chosen == ADDED_THERE else row.chosen)
    return {feed: tuple(sorted(numbers)) for feed, numbers in found.items()}


async def note_troubles(tx: Transaction, troubles: Sequence[tuple[int, str]], now: datetime) -> None:
    """Remember what was told of these feeds; "" where it is over."""
    for feed, trouble in troubles:
        values = {"trouble": trouble, "trouble_at": now if trouble else None}
        await tx.execute(update(feeds).where(feeds.c.id == feed).values(values))
