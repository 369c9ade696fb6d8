"""Which hosts may be asked now, and who asks them. Politeness is a row, so it holds across processes and restarts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from bot.core.model import Validators
from bot.storage.database import Transaction
from bot.storage.leases import Holder, is_free, require_alive
from bot.storage.schema import feeds, hosts

FEEDS_PER_CLAIM = 50
"""How many due feeds of one host are taken in one claim; the rest waits for the next."""


@dataclass(frozen=True, slots=True)
class DueFeed:
    """A feed to ask now. `is_seeded`: it has been seen before, so what is new on it is news."""

    id: int
    url: str
    validators: Validators
    body_hash: int | None
    zone: str | None
    lang: str | None
    interval: timedelta
    is_seeded: bool
    errors: int


@dataclass(frozen=True, slots=True)
class HostClaim:
    """A host held by this process, with the feeds to ask one after another, `gap` apart (None: the setting's)."""

    id: int
    name: str
    gap: timedelta | None
    feeds: tuple[DueFeed, ...]


async def claim_hosts(
    tx: Transaction, holder: Holder, now: datetime, limit: int, due_by: datetime | None = None
) -> list[HostClaim]:
    """Take up to `limit` hosts that are ready and have feeds due by now or `due_by`, the longest waiting first."""
    await require_alive(tx, holder, now)
    due_by = due_by or now
    due = (
        select(feeds.c.host, func.min(feeds.c.next_poll_at).label("since"))
        .where(feeds.c.state == "active", feeds.c.next_poll_at <= due_by)
        .group_by(feeds.c.host)
        .subquery()
    )
    ready = (
        select(hosts.c.id, hosts.c.name, hosts.c.gap_s)
        .join(due, due.c.host == hosts.c.id)
        .where(hosts.c.ready_at <= now, is_free(hosts.c.holder, now))
        .order_by(due.c.since, hosts.c.id)
        .limit(limit)
        .with_for_update(of=hosts, skip_locked=True)
    )
    rows = (await tx.execute(ready)).all()
    if not rows:
        return []
    await tx.execute(update(hosts).where(hosts.c.id.in_([row.id for row in rows])).values(holder=holder.name))
    return [
        HostClaim(
            row.id,
            row.name,
            None if row.gap_s is None else timedelta(seconds=row.gap_s),
            await _due_feeds(tx, row.id, due_by),
        )
        for row in rows
    ]


async def _due_feeds(tx: Transaction, host: int, due_by: datetime) -> tuple[DueFeed, ...]:
    query = (
        select(feeds)
        .where(feeds.c.host == host, feeds.c.state == "active", feeds.c.next_poll_at <= due_by)
        .order_by(feeds.c.next_poll_at, feeds.c.id)
        .limit(FEEDS_PER_CLAIM)
    )
    return tuple(
        DueFeed(
            row.id,
            row.url,
            Validators(row.etag, row.last_modified),
            row.body_hash,
            row.zone,
            row.lang,
            timedelta(seconds=row.interval_s),
            row.seeded_at is not None,
            row.errors,
        )
        for row in (await tx.execute(query)).all()
    )


async def next_ready(tx: Transaction, now: datetime, due_by: datetime) -> datetime | None:
    """When the first free host with feeds due by then may be asked again, or None where there is none."""
    query = (
        select(func.min(hosts.c.ready_at))
        .select_from(hosts.join(feeds, feeds.c.host == hosts.c.id))
        .where(feeds.c.state == "active", feeds.c.next_poll_at <= due_by, is_free(hosts.c.holder, now))
    )
    found: datetime | None = (await tx.execute(query)).scalar()
    return found


async def release_hosts(tx: Transaction, holder: Holder, ready: Sequence[tuple[int, datetime]]) -> None:
    """Let hosts go; each may be asked again at its time. A host that is no longer ours is left alone."""
    for host, ready_at in ready:
        mine = update(hosts).where(hosts.c.id == host, hosts.c.holder == holder.name)
        await tx.execute(mine.values(holder=None, ready_at=ready_at))


async def release_all(tx: Transaction, holder: Holder) -> None:
    """Let go of what an earlier, interrupted round of this process still holds."""
    await tx.execute(update(hosts).where(hosts.c.holder == holder.name).values(holder=None))


async def make_all_due(tx: Transaction, now: datetime) -> int:
    """Let every active feed be due now, as `lodewire once --all` asks. Returns how many."""
    due = update(feeds).where(feeds.c.state == "active").values(next_poll_at=now)
    await tx.execute(update(hosts).where(hosts.c.ready_at > now).values(ready_at=now))
    return (await tx.execute(due)).rowcount


async def watching_since(tx: Transaction) -> datetime | None:
    """When the first feed was first seen, or None before that."""
    found: datetime | None = (await tx.execute(select(func.min(feeds.c.seeded_at)))).scalar()
    return found
