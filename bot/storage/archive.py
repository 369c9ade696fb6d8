"""Stories as people look them up, each only where it may be seen: through the operator's feeds or the tenant's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, case, exists, func, or_, select

from bot.core.text.urls import shown_url
from bot.storage.database import Transaction
from bot.storage.feeds import is_for, is_heard_by
from bot.storage.matching import matches_for
from bot.storage.schema import feed_uses, feeds, items, matches, stories

_lead = items.alias("leading")
"""Made once: an alias copies every column of its table, at each call if made there."""


@dataclass(frozen=True, slots=True)
class StoryHead:
    """A story in one line. `told_at`: when its newest item was published; `source`: the first feed a tenant may see."""

    id: int
    rev: int
    headline: str
    url: str | None
    opened_at: datetime
    told_at: datetime
    source: str


def is_visible_to(tenant: ColumnElement[Any] | int, *, is_alert: bool = False) -> ColumnElement[bool]:
    """The condition that a row of `stories` may be shown to a tenant: the operator's feeds or its own told it.

    Not while another tenant's own feed speaks for it. `is_alert`: unasked, for which a feed that is paused there does
    not count.
    """
    allowed = is_for(tenant)
    if is_alert:
        allowed = and_(allowed, feed_uses.c.state == "active")
    told_by = items.join(feed_uses, feed_uses.c.feed == items.c.feed)
    is_theirs = or_(stories.c.tenant.is_(None), stories.c.tenant == tenant)
    is_told = exists(select(1).select_from(told_by).where(and_(items.c.story == stories.c.id, allowed)))
    return and_(is_theirs, is_told, ~is_led_apart(stories, tenant))


def is_led_apart(story: FromClause, tenant: ColumnElement[Any] | int) -> ColumnElement[bool]:
    """The condition that others' own feed speaks for a row of `stories`, or of an alias of it.

    One level deep: in a deeper one a tenant's column would not be that of the row.
    """
    users = select(1).select_from(_lead.join(feed_uses, feed_uses.c.feed == _lead.c.feed))
    users = users.where(_lead.c.id == story.c.lead)
    return exists(users) & ~exists(users.where(is_for(tenant)))


def news_time() -> ColumnElement[Any]:
    """When an item was news: its published time, unless it has none or it lies in the future."""
    return case((items.c.published_at < items.c.seen_at, items.c.published_at), else_=items.c.seen_at)


def _told_at(tenant: int) -> ColumnElement[Any]:
    """When the newest item was news, among those that the tenant may see."""
    newest = select(func.max(news_time())).where(items.c.story == stories.c.id, items.c.repeats.is_(None))
    newest = newest.where(is_heard_by(items.c.feed, tenant))
    return func.coalesce(
        newest.correlate(stories).scalar_subquery(), stories.c.opened_at, type_=stories.c.opened_at.type
    )


def _source(tenant: int) -> ColumnElement[Any]:
    """The first feed that told a story, among those the tenant may see."""
    first = (
        select(case((feeds.c.title != "", feeds.c.title), else_=feeds.c.url))
        .select_from(items.join(feeds, feeds.c.id == items.c.feed))
        .where(items.c.story == stories.c.id)
        .where(is_heard_by(feeds.c.id, tenant))
        .order_by(items.c.id)
        .limit(1)
    )
    return first.correlate(stories).scalar_subquery()


def _outlet(source: str | None) -> str:
    """A feed's title as it stands; an address in place of one without what may be secret in it."""
    return shown_url(source) if source and source.startswith(("http://", "https://")) else source or ""


def _heads(tenant: int) -> Select[Any]:
    columns = stories.c.id, stories.c.rev, stories.c.headline, stories.c.url, stories.c.opened_at
    return (
        select(*columns, _told_at(tenant).label("told_at"), _source(tenant).label("source"))
        .select_from(stories)
        .where(stories.c.merged_into.is_(None), is_visible_to(tenant))
    )


async def _read_heads(tx: Transaction, query: Select[Any]) -> list[StoryHead]:
    rows = (await tx.execute(query)).all()
    return [
        StoryHead(row.id, row.rev, row.headline, row.url, row.opened_at, row.told_at, _outlet(row.source))
        for row in rows
    ]


def _has_match(queries: Sequence[int], tenant: int) -> ColumnElement[bool]:
    found = matches.c.story == stories.c.id, matches.c.query.in_(queries)
    return exists(select(1).where(*found, matches_for(tenant)))


async def latest_stories(
    tx: Transaction, tenant: int, queries: Sequence[int] | None, limit: int, offset: int = 0
) -> list[StoryHead]:
    """The newest stories first; of these queries, or of all (`None`: then in the order they came in)."""
    if queries is not None:
        return await heads_where(tx, tenant, _has_match(queries, tenant), limit, offset)
    return await _read_heads(tx, _heads(tenant).order_by(stories.c.id.desc()).limit(limit).offset(offset))


async def heads_where(
    tx: Transaction, tenant: int, condition: ColumnElement[bool], limit: int, offset: int = 0
) -> list[StoryHead]:
    """The newest stories first, of those that meet a condition on `stories`."""
    query = _heads(tenant).where(condition).order_by(_told_at(tenant).desc(), stories.c.id.desc())
    return await _read_heads(tx, query.limit(limit).offset(offset))


async def count_stories(tx: Transaction, tenant: int, queries: Sequence[int]) -> int:
    """How many stories of these queries a tenant may see."""
    query = (
        select(func.count()).select_from(stories).where(stories.c.merged_into.is_(None), _has_match(queries, tenant))
    )
    return (await tx.execute(query.where(is_visible_to(tenant)))).scalar_one()


async def latest_match(tx: Transaction, tenant: int, query: int, since: datetime) -> StoryHead | None:
    """The newest story of one query that was news since then, or None."""
    newest = (
        _heads(tenant)
        .where(_has_match([query], tenant), _told_at(tenant) >= since)
        .order_by(_told_at(tenant).desc(), stories.c.id.desc())
        .limit(1)
    )
    return next(iter(await _read_heads(tx, newest)), None)


async def count_matches(tx: Transaction, tenant: int, query: int, since: datetime) -> int:
    """How many alerts a query would have brought a tenant since then; what came silently at first sight is none."""
    counted = (
        select(func.count())
        .select_from(stories)
        .where(stories.c.silent.is_(False), stories.c.opened_at >= since, stories.c.merged_into.is_(None))
        .where(_has_match([query], tenant), is_visible_to(tenant))
    )
    return (await tx.execute(counted)).scalar_one()


async def has_matches(tx: Transaction, query: int) -> bool:
    """Whether any story is stored as matching a query, visible or not."""
    return (await tx.execute(select(matches.c.story).where(matches.c.query == query).limit(1))).first() is not None


async def archive_start(tx: Transaction) -> datetime | None:
    """When the oldest story that is kept was opened, or None where there is none."""
    oldest: datetime | None = (await tx.execute(select(func.min(stories.c.opened_at)))).scalar()
    return oldest
