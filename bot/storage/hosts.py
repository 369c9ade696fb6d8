"""Which hosts may be asked now, and who asks them. Politeness is a row, so it holds across processes and restarts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, func, select, update

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
    window: str = ""
    whole_at: datetime | None = None


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
    numbers = [row.id for row in rows]
    await tx.execute(update(hosts).where(hosts.c.id.in_(numbers)).values(holder=holder.name))
    due_feeds = await _due_feeds(tx, numbers, due_by)
    return [
        HostClaim(
            row.id, row.name, None if row.gap_s is None else timedelta(seconds=row.gap_s), tuple(due_feeds[row.id])
        )
        for row in rows
    ]


async def _due_feeds(tx: Transaction, claimed: Sequence[int], due_by: datetime) -> Mapping[int, list[DueFeed]]:
    """The due feeds of each host, the longest waiting first; one query, however many hosts there are."""
    turn = func.row_number().over(partition_by=feeds.c.host, order_by=(feeds.c.next_poll_at, feeds.c.id))
    is_due = feeds.c.host.in_(claimed), feeds.c.state == "active", feeds.c.next_poll_at <= due_by
    due = select(feeds, turn.label("turn")).where(*is_due).subquery()
    query = select(due).where(due.c.turn <= FEEDS_PER_CLAIM).order_by(due.c.host, due.c.turn)
    found: defaultdict[int, list[DueFeed]] = defaultdict(list)
    for row in (await tx.execute(query)).all():
        found[row.host].append(_due_feed(row))
    return found


def _due_feed(row: Row[Any]) -> DueFeed:
    return DueFeed(
        row.id,
        row.url,
        Validators(row.etag, row.last_modified),
        row.body_hash,
        row.zone,
        row.lang,
        timedelta(seconds=row.interval_s),
        row.seeded_at is not None,
        row.errors,
        row.window,
        row.whole_at,
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
    if ready:
        mine = update(hosts).where(hosts.c.id == bindparam("host"), hosts.c.holder == holder.name)
        rows = [{"host": host, "at": ready_at} for host, ready_at in ready]
        await tx.execute(mine.values(holder=None, ready_at=bindparam("at")), rows)


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
