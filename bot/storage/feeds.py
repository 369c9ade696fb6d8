"""Which feeds are polled, and for whom: the operator's list and each tenant's own. Each is polled once for all.

A feed that nobody uses is kept, `unused` and not polled: its stories and validators are there when it comes back. One
that all its users have paused is `paused`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import msgspec
from sqlalchemy import ColumnElement, Row, and_, case, delete, exists, func, insert, null, or_, select, update

from bot.core.life import Standing, trouble_of
from bot.core.model import FeedSpec
from bot.core.text.urls import host_of, shown_url
from bot.storage.database import Transaction
from bot.storage.hosts import ensure_hosts, read_life
from bot.storage.schema import feed_uses, feeds
from bot.storage.upsert import insert_or

CHUNK = 400
LONG_REST = timedelta(days=1)
"""After such a rest a feed's page is a first sight again: remembered, not posted."""

DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class FeedHealth:
    """A feed as a moderator sees it. `is_shared`: the operator's, for all. `errors`: failures in a row.

    `state` is "paused" where it is so for this tenant; `held_at`: since when items of it wait for a decision;
    `trouble`: as `core/life.py` names it; `address`: where it is asked since it moved.
    """

    id: int
    url: str
    title: str
    tier: int
    is_shared: bool
    state: str
    errors: int
    error: str
    last_ok_at: datetime | None
    last_new_at: datetime | None
    next_poll_at: datetime
    held_at: datetime | None = None
    lang: str | None = None
    is_page: bool = False
    full_text: bool = False
    trouble: str = ""
    address: str | None = None


def normal_url(url: str) -> str:
    """A feed's address as stored: scheme and host in lower case, no default port, no fragment. Idempotent."""
    parts = urlsplit(url.strip())
    scheme, host = parts.scheme.lower(), (parts.hostname or "").lower()
    host = f"[{host}]" if ":" in host else host
    port = f":{parts.port}" if parts.port not in (None, DEFAULT_PORTS.get(scheme)) else ""
    login = f"{parts.netloc.rpartition('@')[0]}@" if "@" in parts.netloc else ""
    return urlunsplit((scheme, f"{login}{host}{port}", parts.path or "/", parts.query, ""))


async def sync_operator_feeds(tx: Transaction, specs: Sequence[FeedSpec], now: datetime) -> None:
    """Bring the operator's list to `specs`: new feeds are due now, changed ones altered, absent ones lose that use."""
    wanted = {normal_url(spec.url): spec for spec in specs}
    known = await _stored(tx, wanted)
    for url, (number, stored) in known.items():
        values = _values(wanted[url], str(stored["title"]))
        if values != stored:  # at most starts nothing has changed, and a statement a feed is most of their time
            await _alter(tx, number, values)
    await _insert(tx, {url: spec for url, spec in wanted.items() if url not in known}, now)
    numbers = set((await _numbers(tx, wanted)).values())
    listed = set((await tx.execute(select(feed_uses.c.feed).where(feed_uses.c.tenant.is_(None)))).scalars())
    for number in sorted(listed - numbers):
        await tx.execute(delete(feed_uses).where(feed_uses.c.feed == number, feed_uses.c.tenant.is_(None)))
    fresh = [{"feed": number, "tenant": None} for number in sorted(numbers - listed)]
    if fresh:
        await tx.execute(insert(feed_uses), fresh)
    await _settle_states(tx, now)


async def add_feed(
    tx: Transaction, tenant: int, spec: FeedSpec, now: datetime, channel: int | None = None
) -> tuple[int, bool]:
    """Let a tenant use a feed; its number, and False where it sees it already. A known feed keeps its settings.

    `channel`: where that was asked for, and where questions about it go.
    """
    url = normal_url(spec.url)
    number = (await _numbers(tx, [url])).get(url)
    if number is None:
        await _insert(tx, {url: spec}, now)
        number = (await _numbers(tx, [url]))[url]
    else:
        await _read_anew(tx, number, spec)
    seen = select(feed_uses.c.id).where(feed_uses.c.feed == number, is_for(tenant))
    if (await tx.execute(seen)).first() is not None:
        return number, False
    use = insert_or(tx, feed_uses).values(feed=number, tenant=tenant, channel=channel)
    await tx.execute(use.on_conflict_do_nothing())
    await _settle_states(tx, now, number)
    return number, True


async def _read_anew(tx: Transaction, number: int, spec: FeedSpec) -> None:
    """What nobody uses is read as whoever comes wants it, and its first page is a first sight."""
    idle = feeds.c.id == number, feeds.c.state == "unused"
    await tx.execute(update(feeds).where(*idle).values(full_text=spec.full_text))
    forgotten = dict.fromkeys(("seeded_at", "reader", "etag", "last_modified", "body_hash"))
    another = update(feeds).where(*idle, feeds.c.recipe != _recipe(spec))
    await tx.execute(another.values(recipe=_recipe(spec), window="", **forgotten))


async def remove_feed(tx: Transaction, tenant: int, wanted: str | int, now: datetime) -> FeedHealth | None:
    """Take a feed from a tenant's own list, by address or number. None: not on it, as the operator's feeds are not."""
    own = [feed for feed in await list_feeds(tx, tenant) if not feed.is_shared]
    url = wanted if isinstance(wanted, int) else normal_url(wanted)
    feed = next((feed for feed in own if url in (feed.id, feed.url)), None)
    if feed is not None:
        await tx.execute(delete(feed_uses).where(feed_uses.c.feed == feed.id, feed_uses.c.tenant == tenant))
        await _settle_states(tx, now, feed.id)
    return feed


async def list_feeds(tx: Transaction, tenant: int) -> list[FeedHealth]:
    """All feeds that are polled for a tenant: its own first, then those in trouble, then by title."""
    shared = func.max(case((feed_uses.c.tenant.is_(None), 1), else_=0)).label("shared")
    wanted = func.max(case((feed_uses.c.state == "active", 1), else_=0)).label("wanted")
    query = (
        select(feeds, shared, wanted)
        .join(feed_uses, feed_uses.c.feed == feeds.c.id)
        .where(is_for(tenant))
        .group_by(feeds.c.id)
    )
    found = [_health(row) for row in (await tx.execute(query)).all()]
    return sorted(found, key=lambda feed: (feed.is_shared, -feed.errors, feed.title.casefold(), feed.id))


def _health(row: Row[Any]) -> FeedHealth:
    return FeedHealth(
        row.id,
        row.url,
        row.title or shown_url(row.url),
        row.tier,
        bool(row.shared),
        row.state if row.wanted or row.state == "gone" else "paused",
        row.errors,
        row.error,
        row.last_ok_at,
        row.last_new_at,
        row.next_poll_at,
        row.held_at,
        row.lang,
        row.recipe != "",
        row.full_text,
        trouble_of(Standing(read_life(row), row.state, row.error_class, row.last_ok_at, row.last_new_at), row.trouble),
        row.address,
    )


async def set_paused(tx: Transaction, tenant: int | None, feed: int, now: datetime, *, is_paused: bool) -> None:
    """Let a feed rest for a tenant, or for all (None: the operator's use of it), or end that rest.

    Others who use it see no difference. One that was gone is asked again.
    """
    whose = feed_uses.c.tenant.is_(None) if tenant is None else feed_uses.c.tenant == tenant
    state = "paused" if is_paused else "active"
    await tx.execute(update(feed_uses).where(feed_uses.c.feed == feed, whose).values(state=state))
    if not is_paused:
        await tx.execute(update(feeds).where(feeds.c.id == feed, feeds.c.state == "gone").values(state="paused"))
    await _settle_states(tx, now, feed)


async def has_other_users(tx: Transaction, tenant: int, feed: int) -> bool:
    """Whether anybody but this tenant uses a feed."""
    others = or_(feed_uses.c.tenant.is_(None), feed_uses.c.tenant != tenant)
    query = select(feed_uses.c.id).where(feed_uses.c.feed == feed, others).limit(1)
    return (await tx.execute(query)).first() is not None


async def count_feeds(tx: Transaction, tenant: int) -> int:
    """How many feeds a tenant has of its own."""
    query = select(func.count()).select_from(feed_uses).where(feed_uses.c.tenant == tenant)
    return (await tx.execute(query)).scalar_one()


def is_for(tenant: ColumnElement[Any] | int | None) -> ColumnElement[bool]:
    """The condition that a row of `feed_uses` is the operator's, or a tenant's own; None: the operator's alone."""
    shared = feed_uses.c.tenant.is_(None)
    return shared if tenant is None else or_(shared, feed_uses.c.tenant == tenant)


def is_heard_by(feed: ColumnElement[Any], tenant: ColumnElement[Any] | int | None) -> ColumnElement[bool]:
    """The condition that a feed, by a column with its number, is polled for a tenant; None: for all."""
    return exists(select(1).where(feed_uses.c.feed == feed, is_for(tenant)))


async def _numbers(tx: Transaction, urls: Iterable[str]) -> dict[str, int]:
    wanted, found = sorted(urls), {}
    for start in range(0, len(wanted), CHUNK):
        query = select(feeds.c.url, feeds.c.id).where(feeds.c.url.in_(wanted[start : start + CHUNK]))
        found.update({row.url: row.id for row in (await tx.execute(query)).all()})
    return found


async def _stored(tx: Transaction, urls: Iterable[str]) -> dict[str, tuple[int, dict[str, object]]]:
    """The number of each feed that is known, and what an operator may have said of it."""
    wanted, found = sorted(urls), {}
    said = [feeds.c[name] for name in _values(FeedSpec(""), "")]
    for start in range(0, len(wanted), CHUNK):
        query = select(feeds.c.url, feeds.c.id, *said).where(feeds.c.url.in_(wanted[start : start + CHUNK]))
        found.update(
            {
                url: (number, dict(zip([c.name for c in said], rest, strict=True)))
                for url, number, *rest in (await tx.execute(query)).all()
            }
        )
    return found


def _values(spec: FeedSpec, title: str) -> dict[str, object]:
    """What an operator says of a feed, by column. `title`: what it is called where they say nothing."""
    return {
        "lang": spec.lang,
        "tier": spec.tier,
        "zone": spec.zone,
        "interval_s": spec.interval_s,
        "title": spec.title or title,
        "recipe": _recipe(spec),
        "full_text": spec.full_text,
    }


async def _alter(tx: Transaction, number: int, values: dict[str, object]) -> None:
    await tx.execute(update(feeds).where(feeds.c.id == number).values(values))


def _recipe(spec: FeedSpec) -> str:
    return msgspec.json.encode(spec.recipe).decode() if spec.recipe else ""


async def _insert(tx: Transaction, fresh: dict[str, FeedSpec], now: datetime) -> None:
    if not fresh:
        return
    numbers = await ensure_hosts(tx, {host_of(url) for url in fresh}, now)
    rows = [
        {
            "url": url,
            "host": numbers[host_of(url)],
            "title": spec.title,
            "lang": spec.lang,
            "tier": spec.tier,
            "zone": spec.zone,
            "interval_s": spec.interval_s,
            "recipe": _recipe(spec),
            "full_text": spec.full_text,
            "next_poll_at": now,
        }
        for url, spec in fresh.items()
    ]
    await tx.execute(insert_or(tx, feeds).on_conflict_do_nothing(), rows)


async def _settle_states(tx: Transaction, now: datetime, feed: int | None = None) -> None:
    """A feed that nobody wants now rests; one wanted again is due now, in silence if all on it will be new."""
    which = feeds.c.id.is_not(None) if feed is None else feeds.c.id == feed
    is_used = exists(select(1).where(feed_uses.c.feed == feeds.c.id))
    is_wanted = exists(select(1).where(feed_uses.c.feed == feeds.c.id, feed_uses.c.state == "active"))
    for state, condition in (("unused", ~is_used), ("paused", and_(is_used, ~is_wanted))):
        await tx.execute(update(feeds).where(which, condition, feeds.c.state != state).values(state=state))
    seeded = case((feeds.c.last_ok_at < now - LONG_REST, null()), else_=feeds.c.seeded_at)
    back = update(feeds).where(which, is_wanted, feeds.c.state.in_(("unused", "paused")))
    await tx.execute(back.values(state="active", next_poll_at=now, errors=0, seeded_at=seeded))
