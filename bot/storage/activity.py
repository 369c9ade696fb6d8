"""The numbers of `status`: what is polled, what came, what waits, and how long news took. Changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, FromClause, and_, exists, func, or_, select

from bot.storage.database import Transaction
from bot.storage.schema import cards, feeds, items, post_cards, posts, stories, subscriptions

SAMPLE = 10_000
"""Rows from which a delay is taken, the newest of the day."""


@dataclass(frozen=True, slots=True)
class Delay:
    """How long something took over `count` cases; both None where there was none."""

    count: int = 0
    median: timedelta | None = None
    p95: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Activity:
    """Counts now (feeds, stories, waiting, open) and since a time (items, alerts), and two delays since then."""

    feeds: dict[str, int] = field(default_factory=dict)  # by state
    failing: int = 0
    failures: dict[str, int] = field(default_factory=dict)  # by class, of the feeds that fail now
    last_poll_at: datetime | None = None
    items: int = 0
    stories: int = 0
    shown: int = 0
    waiting_cards: int = 0
    open_posts: int = 0
    to_seen: Delay = Delay()  # from published to seen
    to_posted: Delay = Delay()  # from seen to posted


async def read_activity(tx: Transaction, now: datetime, over: timedelta = timedelta(days=1)) -> Activity:
    """The numbers of the last `over`, for the whole process."""
    since = now - over
    is_failing = and_(feeds.c.state == "active", feeds.c.errors > 0)
    is_alert = posts.c.op == "post", posts.c.state == "shown", posts.c.settled_at >= since
    lives = or_(cards.c.expires_at.is_(None), cards.c.expires_at > now)
    return Activity(
        feeds=await _count_by(tx, feeds.c.state, feeds.c.id.is_not(None)),
        failing=await _count(tx, feeds, is_failing),
        failures=await _count_by(tx, feeds.c.error_class, and_(is_failing, feeds.c.error_class.is_not(None))),
        last_poll_at=(await tx.execute(select(func.max(feeds.c.last_ok_at)))).scalar(),
        items=await _count(tx, items, items.c.seen_at >= since),
        stories=await _count(tx, stories, stories.c.opened_at >= since),
        shown=await _count(tx, posts, and_(*is_alert)),
        waiting_cards=await _count(tx, cards, and_(cards.c.want_rev > cards.c.shown_rev, lives)),
        open_posts=await _count(tx, posts, posts.c.state == "open"),
        to_seen=await _delay_to_seen(tx, since),
        to_posted=await _delay_to_posted(tx, since),
    )


async def _count(tx: Transaction, table: FromClause, condition: ColumnElement[bool]) -> int:
    return (await tx.execute(select(func.count()).select_from(table).where(condition))).scalar_one()


async def _count_by(tx: Transaction, column: ColumnElement[str], condition: ColumnElement[bool]) -> dict[str, int]:
    query = select(column, func.count()).where(condition).group_by(column).order_by(column)
    return {row[0]: row[1] for row in (await tx.execute(query)).all()}


async def _delay_to_seen(tx: Transaction, since: datetime) -> Delay:
    query = (
        select(items.c.published_at, items.c.seen_at)
        .where(items.c.seen_at >= since, items.c.silent.is_(False), items.c.published_at.is_not(None))
        .order_by(items.c.seen_at.desc())
        .limit(SAMPLE)
    )
    return measure_delay([row.seen_at - row.published_at for row in (await tx.execute(query)).all()])


async def _delay_to_posted(tx: Transaction, since: datetime) -> Delay:
    """From a story's first sight to its alert, without the proofs that `follow` shows of older stories."""
    first_seen = (
        select(func.min(items.c.seen_at)).where(items.c.story == stories.c.id).correlate(stories).scalar_subquery()
    )
    is_proof = exists(
        select(1).where(
            subscriptions.c.channel == cards.c.channel,
            subscriptions.c.created_at == cards.c.due_at,
            subscriptions.c.created_at > stories.c.opened_at,
        )
    )
    query = (
        select(func.coalesce(first_seen, stories.c.opened_at).label("seen_at"), posts.c.settled_at)
        .select_from(
            posts.join(post_cards, post_cards.c.post == posts.c.id)
            .join(cards, cards.c.id == post_cards.c.card)
            .join(stories, and_(cards.c.subject == "story", stories.c.id == cards.c.subject_id))
        )
        .where(posts.c.op == "post", posts.c.state == "shown", posts.c.settled_at >= since, ~is_proof)
        .where(stories.c.silent.is_(False), cards.c.slot == "alert")
        .order_by(posts.c.settled_at.desc())
        .limit(SAMPLE)
    )
    return measure_delay([row.settled_at - row.seen_at for row in (await tx.execute(query)).all()])


def measure_delay(waits: Sequence[timedelta]) -> Delay:
    """Median and 95th percentile (nearest rank). A negative wait, of a clock that runs ahead, counts as none."""
    if not waits:
        return Delay()
    ordered = sorted(max(wait, timedelta(0)) for wait in waits)
    count = len(ordered)
    return Delay(count, ordered[(count - 1) // 2], ordered[-(-count * 95 // 100) - 1])
