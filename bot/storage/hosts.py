"""Which hosts may be asked now, and who asks them. Politeness is a row, so it holds across processes and restarts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

import msgspec
from sqlalchemy import Row, bindparam, func, select, update

from bot.core.life import Life
from bot.core.model import Recipe, Validators
from bot.storage.database import Transaction
from bot.storage.leases import Holder, is_free, require_alive
from bot.storage.schema import feeds, hosts
from bot.storage.upsert import insert_or

NO_LIFE = Life()
LIFE = tuple(one.name for one in fields(Life))
_LIFE = attrgetter(*LIFE)
CHUNK = 400
HEX_DIGITS = 16  # of one raw item's hash in a window
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
    tier: int = 2
    title: str = ""
    last_ok_at: datetime | None = None
    life: Life = NO_LIFE
    recipe: Recipe | None = None
    full_text: bool = False
    reader: int | None = None

    @property
    def address(self) -> str:
        """Where it is asked: its own address, or where it moved to."""
        return self.life.address or self.url

    def as_seen_by(self, reader: int) -> DueFeed:
        """The feed as this reader knows it: one that asks or reads otherwise than the last asks for all, and reads it.

        To another name or contact a server may send another page, and from the same page another parser may read other
        items: a 304, an equal body or a known raw item says nothing of that.
        """
        if self.reader == reader:
            return self
        return replace(self, reader=reader, validators=Validators(), body_hash=None, window="")

    @property
    def window_length(self) -> int:
        """How many items its last page had; 0 where that is not known."""
        return len(self.window) // HEX_DIGITS


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
        row.tier,
        row.title,
        row.last_ok_at,
        read_life(row),
        read_recipe(row.recipe),
        row.full_text,
        row.reader,
    )


def read_recipe(stored: str) -> Recipe | None:
    """How a web page is read; None for a feed."""
    return msgspec.json.decode(stored, type=Recipe) if stored else None


def read_life(row: Row[Any]) -> Life:
    """What a row of `feeds` says of a feed's life."""
    return Life(*_LIFE(row))


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


async def ensure_hosts(tx: Transaction, names: Iterable[str], now: datetime) -> dict[str, int]:
    """The numbers of these hosts, made where they are missing."""
    rows = [{"name": name, "ready_at": now} for name in sorted(names)]
    if not rows:
        return {}
    await tx.execute(insert_or(tx, hosts).on_conflict_do_nothing(), rows)
    found: dict[str, int] = {}
    for start in range(0, len(rows), CHUNK):
        wanted = [row["name"] for row in rows[start : start + CHUNK]]
        query = select(hosts.c.name, hosts.c.id).where(hosts.c.name.in_(wanted))
        found.update({row.name: row.id for row in (await tx.execute(query)).all()})
    return found


async def sync_gaps(tx: Transaction, gaps: Mapping[str, timedelta], now: datetime) -> None:
    """Let these hosts have gaps of their own, and no others."""
    wanted = {name: gap / timedelta(seconds=1) for name, gap in gaps.items()}
    stored = (await tx.execute(select(hosts.c.name, hosts.c.gap_s).where(hosts.c.gap_s.is_not(None)))).all()
    changed = dict(wanted.items() ^ {(row.name, row.gap_s) for row in stored})
    if changed:
        rows = [{"name": name, "ready_at": now, "gap_s": wanted.get(name)} for name in sorted(changed)]
        statement = insert_or(tx, hosts)
        overwrite = statement.on_conflict_do_update(
            index_elements=[hosts.c.name], set_={"gap_s": statement.excluded.gap_s}
        )
        await tx.execute(overwrite, rows)


@dataclass(frozen=True, slots=True)
class OverdueFeed:
    """A feed whose time has long passed."""

    id: int
    url: str
    tier: int
    interval: timedelta


async def overdue_feeds(tx: Transaction, before: datetime) -> list[OverdueFeed]:
    """The feeds that were read once and should have been asked before then."""
    query = select(feeds.c.id, feeds.c.url, feeds.c.tier, feeds.c.interval_s).where(
        feeds.c.state == "active", feeds.c.next_poll_at < before, feeds.c.last_ok_at.is_not(None)
    )
    rows = (await tx.execute(query.order_by(feeds.c.id))).all()
    return [OverdueFeed(row.id, row.url, row.tier, timedelta(seconds=row.interval_s)) for row in rows]


async def put_off(tx: Transaction, times: Sequence[tuple[int, datetime]]) -> None:
    """Ask these feeds at these times."""
    if times:
        one = update(feeds).where(feeds.c.id == bindparam("feed"))
        await tx.execute(one.values(next_poll_at=bindparam("at")), [{"feed": feed, "at": at} for feed, at in times])
