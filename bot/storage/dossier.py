"""All that is known of a story, as one tenant may see it, and finding it by its link or its words. Changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from bot.core.sources import Outlet
from bot.core.stories.alert import Due
from bot.core.text.hashes import hash64
from bot.core.text.urls import canonical_url, shown_url, source_name
from bot.storage.alert_cards import is_alert
from bot.storage.alerts import read_deadlines, stays_here
from bot.storage.archive import StoryHead, is_visible_to, latest_stories
from bot.storage.database import Transaction
from bot.storage.feeds import is_heard_by
from bot.storage.matching import matches_for
from bot.storage.readers import is_kept_from
from bot.storage.schema import (
    cards,
    channels,
    feeds,
    items,
    matches,
    queries,
    stories,
    subscriptions,
    topics,
)
from bot.storage.turns import heir_of, told_as

HEADLINES_TRIED = 500
"""How many of the newest headlines are looked through for a person's words."""


NOBODY = Outlet("", "")


@dataclass(frozen=True, slots=True)
class Telling:
    """One outlet telling the story. `tier` 0 is official; `published` is as stated, `seen` when we met it."""

    feed: str
    tier: int
    title: str
    url: str | None
    text: str
    published: datetime | None
    seen: datetime
    edits: int
    lang: str = ""
    source: str = ""  # the outlet's name and hosts, as queries know it
    outlet: Outlet = NOBODY
    item: int = 0
    is_repeat: bool = False  # old words that were brought again as new


@dataclass(frozen=True, slots=True)
class Matched:
    """A query that a story matched. `title`, `name`: a topic's, or ""; `is_here`: followed here, `since` then.

    `is_shipped`: the topic comes with the program.
    """

    query: int
    expr: str
    name: str
    title: str
    is_here: bool
    since: datetime | None
    is_shipped: bool = False


@dataclass(frozen=True, slots=True)
class Showing:
    """An alert's way into one of the tenant's channels. `shown_at` None: not yet; past `expires_at` it never comes."""

    channel: int
    remote_id: str
    want_rev: int
    shown_rev: int
    due_at: datetime
    shown_at: datetime | None
    expires_at: datetime | None
    is_shown: bool
    bundle: str = ""  # what it waits for until `due_at`: `digest`, `held` for the end of quiet hours, or nothing


@dataclass(frozen=True, slots=True)
class StoryView:
    """A story with its tellings (oldest first), dates, matches and showings."""

    id: int
    rev: int
    headline: str
    summary: str
    url: str | None
    change: str
    silent: bool
    opened_at: datetime
    changed_at: datetime
    tellings: tuple[Telling, ...]
    deadlines: tuple[Due, ...]
    matched: tuple[Matched, ...]
    showings: tuple[Showing, ...]
    weight: int = 0
    asked: int = 0  # the number asked for; another where that story was found to be this one


async def story_view(tx: Transaction, story: int, tenant: int, channel: int) -> StoryView | None:
    """Everything of a story that `tenant` may see, as asked in `channel`; None where there is none for it.

    A story that was merged into another, or is another one for this tenant, gives that other.
    """
    heir = await heir_of(tx, story, tenant)
    row = (await tx.execute(select(stories).where(stories.c.id == heir))).first()
    if row is None or not await may_see(tx, row.id, tenant):
        return None
    return StoryView(
        row.id,
        row.rev,
        row.headline,
        row.summary,
        row.url,
        row.change,
        row.silent,
        row.opened_at,
        row.changed_at,
        await _tellings(tx, await told_as(tx, row.id, tenant), tenant),
        await read_deadlines(tx, row.id, tenant),
        await _matched(tx, row.id, tenant, channel),
        await _showings(tx, row.id, tenant),
        row.weight,
        story,
    )


async def may_see(tx: Transaction, story: int, tenant: int) -> bool:
    """Whether there is such a story for a tenant."""
    query = select(stories.c.id).where(stories.c.id == story, is_visible_to(tenant))
    return (await tx.execute(query)).first() is not None


async def _tellings(tx: Transaction, numbers: Sequence[int], tenant: int) -> tuple[Telling, ...]:
    is_seen = is_heard_by(feeds.c.id, tenant)
    query = (
        select(items, feeds.c.title.label("feed_title"), feeds.c.url.label("feed_url"), feeds.c.tier)
        .add_columns(feeds.c.lang.label("feed_lang"))
        .select_from(items.join(feeds, feeds.c.id == items.c.feed))
        .where(items.c.story.in_(numbers), is_seen, stays_here(tenant))
        .order_by(func.coalesce(items.c.published_at, items.c.seen_at), items.c.id)
    )
    return tuple(
        Telling(
            row.feed_title or shown_url(row.feed_url),
            row.tier,
            row.title,
            row.url,
            row.text,
            row.published_at,
            row.seen_at,
            row.edits,
            row.lang or "",
            source_name(row.feed_title, row.feed_url, row.url),
            Outlet(row.feed_title, row.feed_url, row.lang or row.feed_lang or ""),
            row.id,
            row.repeats is not None,
        )
        for row in (await tx.execute(query)).all()
    )


async def _matched(tx: Transaction, story: int, tenant: int, channel: int) -> tuple[Matched, ...]:
    """The matching queries that a tenant may know of: its topics and its own subscriptions, not what others typed."""
    here = and_(subscriptions.c.query == queries.c.id, subscriptions.c.channel == channel)
    named = and_(topics.c.query == queries.c.id, or_(topics.c.tenant.is_(None), topics.c.tenant == tenant))
    query = (
        select(
            queries.c.id,
            queries.c.expr,
            topics.c.name,
            topics.c.title,
            topics.c.tenant,
            subscriptions.c.id.label("subscription"),
            subscriptions.c.created_at,
        )
        .select_from(
            matches.join(queries, queries.c.id == matches.c.query)
            .outerjoin(topics, named)
            .outerjoin(subscriptions, here)
        )
        .where(matches.c.story == story, matches_for(tenant))
        .where(or_(topics.c.id.is_not(None), subscriptions.c.id.is_not(None)))
        .order_by(queries.c.id, topics.c.id)
    )
    found: dict[int, Matched] = {}
    for row in (await tx.execute(query)).all():
        is_here = row.subscription is not None
        is_shipped = row.name is not None and row.tenant is None
        said = Matched(row.id, row.expr, row.name or "", row.title or "", is_here, row.created_at, is_shipped)
        found.setdefault(row.id, said)
    return tuple(found.values())


async def _showings(tx: Transaction, story: int, tenant: int) -> tuple[Showing, ...]:
    query = (
        select(cards, channels.c.remote_id)
        .select_from(cards.join(channels, channels.c.id == cards.c.channel))
        .where(is_alert(story), channels.c.tenant == tenant)
        .order_by(cards.c.id)
    )
    return tuple(
        Showing(
            row.channel,
            row.remote_id,
            row.want_rev,
            row.shown_rev,
            row.due_at,
            row.shown_at,
            row.expires_at,
            row.post is not None,
            row.bundle,
        )
        for row in (await tx.execute(query)).all()
    )


async def story_by_link(tx: Transaction, tenant: int, url: str) -> int | None:
    """The newest story that a page with this address told, as the tenant hears it, or None."""
    link = canonical_url(url)
    if not link:
        return None
    query = (
        select(stories.c.id)
        .select_from(items.join(stories, stories.c.id == items.c.story))
        .where(items.c.link_hash == hash64(link), is_visible_to(tenant), ~is_kept_from(items.c.feed, tenant))
        .order_by(stories.c.id.desc())
        .limit(1)
    )
    found: int | None = (await tx.execute(query)).scalar()
    return found


async def stories_by_words(tx: Transaction, tenant: int, words: Sequence[str], limit: int) -> list[StoryHead]:
    """The newest stories whose headline holds all these words, whatever their case."""
    wanted = [word.casefold() for word in words]
    tried = await latest_stories(tx, tenant, None, HEADLINES_TRIED)
    return [head for head in tried if wanted and all(word in head.headline.casefold() for word in wanted)][:limit]


async def has_active_feed(tx: Transaction, story: int, tenant: int) -> bool:
    """Whether a feed tells it that is not paused for the tenant."""
    query = select(stories.c.id).where(stories.c.id == story, is_visible_to(tenant, is_alert=True))
    return (await tx.execute(query)).first() is not None


@dataclass(frozen=True, slots=True)
class Waiting:
    """An item that intake has not dealt with. `is_held`: until somebody decides; else it is next."""

    title: str
    feed: str
    is_held: bool


async def waiting_by_link(tx: Transaction, tenant: int, url: str) -> Waiting | None:
    """An item with this address that waits, or None."""
    link = canonical_url(url)
    return await _waiting(tx, tenant, items.c.link_hash == hash64(link)) if link else None


async def waiting_by_words(tx: Transaction, tenant: int, words: Sequence[str]) -> Waiting | None:
    """A waiting item with all these words in its title, or None."""
    wanted = (func.lower(items.c.title).contains(word.lower(), autoescape=True) for word in words)
    return await _waiting(tx, tenant, and_(*wanted)) if words else None


async def _waiting(tx: Transaction, tenant: int, condition: ColumnElement[bool]) -> Waiting | None:
    query = (
        select(items.c.title, items.c.state, feeds.c.title.label("feed"), feeds.c.url)
        .join_from(items, feeds, feeds.c.id == items.c.feed)
        .where(items.c.state.in_(("held", "new")), condition)
        .where(is_heard_by(feeds.c.id, tenant))
        .limit(1)
    )
    row = (await tx.execute(query)).first()
    return Waiting(row.title, row.feed or shown_url(row.url), row.state == "held") if row else None
