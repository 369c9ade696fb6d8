"""Who follows what: subscriptions of channels to queries, and the card that proves a new one. Sends nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select, update

from bot.core.sources import Filters, read_filters
from bot.storage.alert_cards import is_alert
from bot.storage.database import Transaction
from bot.storage.live_queries import note_change
from bot.storage.matching import matches_for
from bot.storage.places import tenant_of
from bot.storage.schema import cards, channels, matches, queries, subscriptions, topics
from bot.storage.upsert import insert_or


@dataclass(frozen=True, slots=True)
class Options:
    """What a subscription shows: stories of at least this weight, by these filters; `ping`: the role it calls."""

    least: int = 0
    filters: Filters = field(default_factory=Filters)
    ping: str = ""

    def shows_all_of(self, other: Options) -> bool:
        """Whether nothing is kept away by these that those let through."""
        return self.least <= other.least and self.filters in (Filters(), other.filters)


PLAIN = Options()

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


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
    options: Options = PLAIN


async def follow(
    tx: Transaction,
    query: int,
    channel: int,
    name: str,
    person: int | None,
    now: datetime,
    options: Options = PLAIN,
) -> bool:
    """Let a channel follow a query under the words the person typed. False: it does already, as it did.

    A channel that was closed to us is tried again: somebody there has just spoken to us.
    """
    values = {"query": query, "channel": channel, "name": name, "created_by": person, "created_at": now}
    wanted = insert_or(tx, subscriptions).values(values | _columns(options))
    statement = wanted.on_conflict_do_nothing().returning(subscriptions.c.id)
    made = (await tx.execute(statement)).scalar() is not None
    await reopen(tx, channel, now)
    if made:
        await note_change(tx)
    return made


async def reopen(tx: Transaction, channel: int, now: datetime) -> None:
    """Try a channel again that was closed to us."""
    closed = channels.c.id == channel, channels.c.state == "gone"
    await tx.execute(update(channels).where(*closed).values(state="open", ready_at=now))


def _columns(options: Options) -> dict[str, object]:
    return {"least": options.least, "filters": options.filters.written(), "ping": options.ping}


async def set_options(tx: Transaction, channel: int, subscription: int, options: Options) -> None:
    """Let a subscription of a channel show other stories from now on."""
    mine = subscriptions.c.id == subscription, subscriptions.c.channel == channel
    await tx.execute(update(subscriptions).where(*mine).values(_columns(options)))


async def set_query(tx: Transaction, channel: int, subscription: int, query: int, name: str) -> bool:
    """Let a subscription of a channel follow another query in its place. False: the channel follows that already."""
    taken = select(subscriptions.c.id).where(subscriptions.c.channel == channel, subscriptions.c.query == query)
    if (await tx.execute(taken)).first() is not None:
        return False
    mine = subscriptions.c.id == subscription, subscriptions.c.channel == channel
    is_set = (await tx.execute(update(subscriptions).where(*mine).values(query=query, name=name))).rowcount == 1
    await note_change(tx)
    return is_set


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
        .where(matches_for(tenant_of(channel)))
        .correlate(subscriptions)
        .scalar_subquery()
    )
    title = (
        select(func.min(topics.c.title))
        .where(topics.c.query == subscriptions.c.query, topics.c.name == subscriptions.c.name)
        .where(or_(topics.c.tenant.is_(None), topics.c.tenant == channels.c.tenant))
        .correlate(subscriptions, channels)
        .scalar_subquery()
    )
    query = (
        select(subscriptions, queries.c.expr, shown.label("shown"), title.label("title"))
        .join_from(subscriptions, queries, queries.c.id == subscriptions.c.query)
        .join(channels, channels.c.id == subscriptions.c.channel)
        .where(subscriptions.c.channel == channel)
        .order_by(subscriptions.c.id)
    )
    return [
        Following(
            row.id,
            row.query,
            row.name,
            row.title or "",
            row.expr,
            row.created_at,
            row.shown,
            Options(row.least, read_filters(row.filters), row.ping),
        )
        for row in (await tx.execute(query)).all()
    ]


async def subscriptions_of(tx: Transaction, channel: int, story: int) -> list[Following]:
    """The subscriptions of a channel that a story matches."""
    query = select(matches.c.query).where(matches.c.story == story, matches_for(tenant_of(channel)))
    matched = set((await tx.execute(query)).scalars())
    return [row for row in await list_following(tx, channel, LONG_AGO) if row.query in matched]


def is_shown_here(channel: ColumnElement[int] | int, since: datetime) -> ColumnElement[bool]:
    """The condition that a card is an alert which this channel was shown since then."""
    return and_(cards.c.channel == channel, is_alert(), cards.c.post.is_not(None), cards.c.shown_at >= since)


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
        "bundle": "now",  # somebody has just asked for it: no digest and no quiet hours keep it
    }
    statement = insert_or(tx, cards).values(card).on_conflict_do_nothing().returning(cards.c.id)
    return (await tx.execute(statement)).scalar() is not None


async def has_followers(tx: Transaction, query: int, name: str) -> bool:
    """Whether anybody follows a query under this name."""
    named = exists(select(1).where(subscriptions.c.query == query, subscriptions.c.name == name))
    return bool((await tx.execute(select(named))).scalar())
