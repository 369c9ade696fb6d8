"""Stories found by their words, each only where it may be seen. Finds candidates; what matches, the matcher says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from bot.core.text.index import Wanted
from bot.core.text.urls import source_name
from bot.storage.archive import StoryHead, heads_where, news_time
from bot.storage.database import Transaction
from bot.storage.feeds import is_heard_by
from bot.storage.fulltext import has_words
from bot.storage.matching import matches_for
from bot.storage.readers import own_readers
from bot.storage.schema import feeds, items, matches, stories


@dataclass(frozen=True, slots=True)
class StoryText:
    """What a query is tried on: one item of a story. `source`: the outlet's name and hosts."""

    story: int
    title: str
    text: str
    lang: str = ""
    source: str = ""
    tier: int | None = None
    own: int | None = None  # the feed, where only some tenants hear it


@dataclass(frozen=True, slots=True)
class TextFound:
    """One item as a query is tried on it, with the story it tells and who told it, when."""

    item: int
    story: int
    title: str
    text: str
    lang: str
    url: str
    feed_title: str
    feed_url: str
    tier: int
    told_at: datetime
    weight: int
    is_silent: bool

    @property
    def source(self) -> str:
        """The outlet's name and hosts, as queries know it."""
        return source_name(self.feed_title, self.feed_url, self.url)


def _is_item_visible(tenant: int) -> ColumnElement[bool]:
    """The condition that a tenant may see an item itself, not only its story through somebody else's."""
    return is_heard_by(items.c.feed, tenant)


def _tells(tx: Transaction, tenant: int, wanted: Wanted, since: datetime) -> ColumnElement[bool]:
    told = select(items.c.story).where(has_words(tx, wanted), _is_item_visible(tenant), news_time() >= since)
    return stories.c.id.in_(told)


async def search_stories(
    tx: Transaction, tenant: int, wanted: Wanted, since: datetime, limit: int, offset: int = 0
) -> list[StoryHead]:
    """The stories with what is wanted in an item told since then, newest first."""
    return await heads_where(tx, tenant, _tells(tx, tenant, wanted, since), limit, offset)


async def count_found(tx: Transaction, tenant: int, wanted: Wanted, since: datetime) -> int:
    """How many there are."""
    query = select(func.count()).select_from(stories).where(stories.c.merged_into.is_(None))
    return (await tx.execute(query.where(_tells(tx, tenant, wanted, since)))).scalar_one()


def _texts(tenant: int, since: datetime, limit: int) -> Select[Any]:
    """The newest items told since then, with who told them."""
    return (
        select(items, feeds.c.title.label("feed_title"), feeds.c.url.label("feed_url"), feeds.c.tier)
        .add_columns(news_time().label("told_at"), feeds.c.lang.label("feed_lang"))
        .add_columns(stories.c.weight, stories.c.silent.label("is_silent"))
        .join_from(items, feeds, feeds.c.id == items.c.feed)
        .join(stories, stories.c.id == items.c.story)
        .where(_is_item_visible(tenant), news_time() >= since)
        .order_by(items.c.id.desc())
        .limit(limit)
    )


async def _read_texts(tx: Transaction, query: Select[Any]) -> list[TextFound]:
    return [
        TextFound(
            row.id,
            row.story,
            row.title,
            row.text,
            row.lang or row.feed_lang or "",
            row.url or "",
            row.feed_title,
            row.feed_url,
            row.tier,
            row.told_at,
            row.weight,
            row.is_silent,
        )
        for row in (await tx.execute(query)).all()
    ]


async def candidate_texts(
    tx: Transaction, tenant: int, wanted: Wanted | None, since: datetime, limit: int, before: int = 0
) -> list[TextFound]:
    """The newest items told since then that may match, `limit` at most; `None`: any may. `before`: an item's number."""
    query = _texts(tenant, since, limit)
    if before:
        query = query.where(items.c.id < before)
    return await _read_texts(tx, query if wanted is None else query.where(has_words(tx, wanted)))


async def matching_texts(tx: Transaction, tenant: int, query: int, since: datetime, limit: int) -> list[TextFound]:
    """The newest items, told since then, of stories that match a stored query."""
    told = select(matches.c.story).where(matches.c.query == query, matches_for(tenant))
    return await _read_texts(tx, _texts(tenant, since, limit).where(items.c.story.in_(told)))


async def recent_texts(tx: Transaction, wanted: Wanted | None, since: datetime, limit: int) -> list[StoryText]:
    """The newest items of stories opened since then that may match. Of all tenants: not for showing."""
    query = (
        select(items, feeds.c.title.label("outlet"), feeds.c.url.label("feed_url"), feeds.c.tier)
        .select_from(items.join(stories, stories.c.id == items.c.story).join(feeds, feeds.c.id == items.c.feed))
        .where(stories.c.opened_at >= since, stories.c.merged_into.is_(None))
        .order_by(items.c.id.desc())
        .limit(limit)
    )
    if wanted is not None:
        query = query.where(has_words(tx, wanted))
    rows = (await tx.execute(query)).all()
    own = await own_readers(tx, {row.feed for row in rows})
    return [
        StoryText(
            row.story,
            row.title,
            row.text,
            row.lang or "",
            source_name(row.outlet, row.feed_url, row.url),
            row.tier,
            row.feed if row.feed in own else None,
        )
        for row in rows
    ]


async def heads_of(tx: Transaction, tenant: int, numbers: Sequence[int]) -> list[StoryHead]:
    """These stories, newest first, as far as the tenant may see them."""
    return await heads_where(tx, tenant, stories.c.id.in_(numbers), len(numbers)) if numbers else []
