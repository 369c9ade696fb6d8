"""What an alert is made of, read for one story and one channel. Composes nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select

from bot.core.agreeing import read_sayings
from bot.core.reminders import SURE
from bot.core.sources import read_filters
from bot.core.stories.alert import Due, Source
from bot.core.text.urls import shown_url
from bot.storage.archive import is_led_apart
from bot.storage.barriers import outlets_of
from bot.storage.database import Transaction
from bot.storage.deadlines import is_seen_by, said_time
from bot.storage.feeds import is_heard_by
from bot.storage.matching import matches_for
from bot.storage.places import tenant_of
from bot.storage.schema import (
    channels,
    deadlines,
    feeds,
    items,
    matches,
    queries,
    retellings,
    stories,
    subscriptions,
    topics,
)
from bot.storage.topics import title_in

_before = stories.alias("before")
"""Made once: an alias copies every column of its table, at each call if made there."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A query that a channel follows and the story matched: what it is called here, and its expression."""

    title: str
    expr: str


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A story as it stands, with the words of the item that speaks for it."""

    id: int
    rev: int
    headline: str
    summary: str
    url: str | None
    change: str
    changed_at: datetime
    text: str
    lang: str
    weight: int
    parent: tuple[int, str] | None = None  # the story that it follows: number and headline
    merged_into: int | None = None


async def read_story(tx: Transaction, story: int, tenant: int) -> StoryRow:
    """The story called by number, as a tenant may see it.

    Raises sqlalchemy.exc.NoResultFound through the transaction if it was pruned.
    """
    speaks = and_(items.c.story == stories.c.id, (items.c.id == stories.c.lead) | is_heard_by(items.c.feed, tenant))
    query = (
        select(stories, items.c.text, _before.c.headline.label("headline_before"), retellings.c.told)
        .select_from(
            stories.outerjoin(items, speaks)
            .outerjoin(_before, and_(_before.c.id == stories.c.parent, ~is_led_apart(_before, tenant)))
            .outerjoin(retellings, is_of_words_shown())
        )
        .where(stories.c.id == story)
        .order_by(items.c.id != stories.c.lead, items.c.id)
        .limit(1)
    )
    row = (await tx.execute(query)).one()
    shown = row.id, row.rev, row.headline, row.told or row.summary, row.url, row.change, row.changed_at
    parent = None if row.headline_before is None else (row.parent, row.headline_before)
    return StoryRow(*shown, row.text or "", row.lang or "", row.weight, parent, row.merged_into)


def is_of_words_shown() -> ColumnElement[bool]:
    """The condition that a retelling is of the story's summary as it stands."""
    return and_(retellings.c.story == stories.c.id, retellings.c.summary == stories.c.summary)


def stays_here(tenant: int) -> ColumnElement[bool]:
    """The condition that a tenant's moderators did not split an item off from the story with which it is stored."""
    copy, own = items.alias("its_copy"), stories.alias("own_story")
    mine = copy.c.copy_of == items.c.id, own.c.tenant == tenant
    return ~exists(select(1).select_from(copy.join(own, own.c.id == copy.c.story)).where(*mine))


async def read_sources(tx: Transaction, numbers: Collection[int], tenant: int) -> tuple[Source, ...]:
    """The outlets that told any of these stories as a tenant sees them, first one first."""
    query = (
        select(feeds.c.title, feeds.c.url.label("feed_url"), feeds.c.tier, items.c.url, items.c.published_at)
        .add_columns(items.c.seen_at)
        .select_from(items.join(feeds, feeds.c.id == items.c.feed))
        .where(items.c.story.in_(numbers), items.c.repeats.is_(None))
        .where(is_heard_by(feeds.c.id, tenant), stays_here(tenant))
        .order_by(items.c.id)
    )
    rows = (await tx.execute(query)).all()
    return tuple(
        Source(row.title or shown_url(row.feed_url), row.tier, row.url, row.published_at or row.seen_at) for row in rows
    )


async def read_deadlines(tx: Transaction, story: int, tenant: int) -> tuple[Due, ...]:
    """The open dates it sets, as a tenant sees them, soonest first."""
    query = (
        select(deadlines)
        .where(deadlines.c.story == story, deadlines.c.state == "open", is_seen_by(tenant))
        .order_by(deadlines.c.due_on, deadlines.c.id)
    )
    return tuple(
        Due(
            row.due_on,
            row.type,
            row.what,
            row.who,
            row.confidence >= SURE,
            said_time(row.due_time, row.due_zone),
            row.sources,
            read_sayings(row.sayings),
        )
        for row in (await tx.execute(query)).all()
    )


async def read_followed(tx: Transaction, story: int, channel: int, lang: str = "en") -> tuple[Followed, ...]:
    """The queries by which the story came to the channel, in the order they were followed.

    A topic goes by its title, in the language where it has one; the tenant's own one before a shipped one of the same
    query.
    """
    query = (
        select(subscriptions.c.id, subscriptions.c.name, topics.c.title, topics.c.titles, queries.c.expr)
        .select_from(
            matches.join(subscriptions, subscriptions.c.query == matches.c.query)
            .join(queries, queries.c.id == matches.c.query)
            .join(channels, channels.c.id == subscriptions.c.channel)
            .outerjoin(topics, and_(topics.c.query == queries.c.id, is_known_to(channels.c.tenant)))
        )
        .where(matches.c.story == story, subscriptions.c.channel == channel, matches_for(channels.c.tenant))
        .order_by(subscriptions.c.id, topics.c.name != subscriptions.c.name, topics.c.tenant.is_(None))
    )
    found: dict[int, Followed] = {}
    for row in (await tx.execute(query)).all():
        title = title_in(row.title, row.titles, lang) if row.title else row.name
        found.setdefault(row.id, Followed(title, row.expr))
    return tuple(found.values())


def is_known_to(tenant: ColumnElement[int]) -> ColumnElement[bool]:
    """The condition that a topic is shipped, or this tenant's own."""
    return or_(topics.c.tenant.is_(None), topics.c.tenant == tenant)


async def read_calls(tx: Transaction, story: int, channel: int) -> tuple[str, ...]:
    """The roles that a channel's subscriptions call for a story: those that it came by, and no others."""
    query = (
        select(subscriptions.c.ping, subscriptions.c.filters)
        .join_from(matches, subscriptions, subscriptions.c.query == matches.c.query)
        .join(stories, stories.c.id == matches.c.story)
        .join(channels, channels.c.id == subscriptions.c.channel)
        .where(matches.c.story == story, subscriptions.c.channel == channel, subscriptions.c.ping != "")
        .where(matches_for(channels.c.tenant))
        .where(subscriptions.c.least <= stories.c.weight)
        .order_by(subscriptions.c.id)
    )
    rows = (await tx.execute(query)).all()
    outlets = await outlets_of(tx, story, tenant_of(channel)) if rows else []
    calling = (row.ping for row in rows if read_filters(row.filters).passes(outlets))
    return tuple(dict.fromkeys(ping.partition(" ")[0] for ping in calling))
