"""Who follows what: subscriptions of channels to queries, and the card that proves a new one. Sends nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, exists, func, select, update

from bot.storage.database import Transaction
from bot.storage.live_queries import note_change
from bot.storage.schema import cards, channels, matches, queries, subscriptions, topics
from bot.storage.upsert import insert_or


@dataclass(frozen=True, slots=True)
class Following:
    """A subscription of a channel. `shown`: alerts it brought here since the asked time; `title`: a topic's, or ""."""

    id: int
    query: int
    name: str
    title: str
    expr: str
    created_at: datetime
    shown: int


async def follow(tx: Transaction, query: int, channel: int, name: str, person: int | None, now: datetime) -> bool:
    """Let a channel follow a query under the words the person typed. False: it does already.

    A channel that was closed to us is tried again: somebody there has just spoken to us.
    """
    values = {"query": query, "channel": channel, "name": name, "created_by": person, "created_at": now}
    statement = insert_or(tx, subscriptions).values(values).on_conflict_do_nothing().returning(subscriptions.c.id)
    made = (await tx.execute(statement)).scalar() is not None
    closed = channels.c.id == channel, channels.c.state == "gone"
    await tx.execute(update(channels).where(*closed).values(state="open", ready_at=now))
    if made:
        await note_change(tx)
    return made


async def unfollow(tx: Transaction, channel: int, subscription: int) -> bool:
    """End one subscription of a channel. False: it has no such one. What was shown stays."""
    mine = subscriptions.c.id == subscription, subscriptions.c.channel == channel
    is_ended = (await tx.execute(delete(subscriptions).where(*mine))).rowcount == 1
    if is_ended:
        await note_change(tx)
    return is_ended


async def list_following(tx: Transaction, channel: int, since: datetime) -> list[Following]:
    """What a channel follows, oldest first, with the count of alerts each brought here since `since`."""
    shown = (
        select(func.count())
        .select_from(cards.join(matches, matches.c.story == cards.c.subject_id))
        .where(matches.c.query == subscriptions.c.query, is_shown_here(subscriptions.c.channel, since))
        .correlate(subscriptions)
        .scalar_subquery()
    )
    title = (
        select(func.min(topics.c.title))
        .where(topics.c.query == subscriptions.c.query, topics.c.name == subscriptions.c.name)
        .correlate(subscriptions)
        .scalar_subquery()
    )
    query = (
        select(subscriptions, queries.c.expr, shown.label("shown"), title.label("title"))
        .select_from(subscriptions.join(queries, queries.c.id == subscriptions.c.query))
        .where(subscriptions.c.channel == channel)
        .order_by(subscriptions.c.id)
    )
    return [
        Following(row.id, row.query, row.name, row.title or "", row.expr, row.created_at, row.shown)
        for row in (await tx.execute(query)).all()
    ]


def is_shown_here(channel: ColumnElement[int] | int, since: datetime) -> ColumnElement[bool]:
    """The condition that a card is an alert which this channel was shown since then."""
    alert = cards.c.subject == "story", cards.c.slot == "alert"
    return and_(cards.c.channel == channel, *alert, cards.c.post.is_not(None), cards.c.shown_at >= since)


async def count_subscriptions(tx: Transaction, tenant: int) -> int:
    """How many subscriptions all channels of a tenant have together."""
    query = (
        select(func.count())
        .select_from(subscriptions.join(channels, channels.c.id == subscriptions.c.channel))
        .where(channels.c.tenant == tenant)
    )
    return (await tx.execute(query)).scalar_one()


async def show_proof(tx: Transaction, channel: int, story: int, rev: int, now: datetime) -> bool:
    """Ask for a story's own alert in a channel, now. False: the channel has its card already."""
    card = {
        "channel": channel,
        "subject": "story",
        "subject_id": story,
        "slot": "alert",
        "want_rev": rev,
        "due_at": now,
    }
    statement = insert_or(tx, cards).values(card).on_conflict_do_nothing().returning(cards.c.id)
    return (await tx.execute(statement)).scalar() is not None


async def has_followers(tx: Transaction, query: int, name: str) -> bool:
    """Whether anybody follows a query under this name."""
    named = exists(select(1).where(subscriptions.c.query == query, subscriptions.c.name == name))
    return bool((await tx.execute(select(named))).scalar())
