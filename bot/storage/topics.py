"""Queries, interned so that each distinct one is matched once, and the topics that name them. Matches nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import ColumnElement, Select, and_, delete, func, insert, or_, select, update

from bot.core.model import Topic
from bot.core.text.hashes import hash64
from bot.core.topics import canonical
from bot.core.topics.fields import Known
from bot.storage.database import Transaction
from bot.storage.following import has_followers
from bot.storage.live_queries import note_change
from bot.storage.schema import channels, queries, subscriptions, topics
from bot.storage.upsert import insert_or

EXAMPLES = 3
"""Headlines that are kept with a shipped topic, to be shown."""


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic as stored. `is_shipped`: it came with the program, not from a tenant."""

    id: int
    name: str
    title: str
    query: int
    expr: str
    is_shipped: bool
    examples: tuple[str, ...] = ()
    titles: str = ""


def title_in(title: str, titles: str, lang: str) -> str:
    """A topic's title in a language, where it is shipped with one. `titles`: as stored."""
    return str(msgspec.json.decode(titles).get(lang, title)) if titles else title


async def intern_query(tx: Transaction, expr: str, known: Known | None = None) -> int:
    """The number of a query; equal queries, however written, share one. Raises QueryError where it cannot be read.

    `known`: the values that its fields may have; without it any is taken.
    """
    normal = canonical(expr, known)
    key = hash64(normal)
    found = select(queries.c.id).where(queries.c.expr_hash == key)
    number = (await tx.execute(found)).scalar()
    if number is None:
        statement = insert_or(tx, queries).values(expr=normal, expr_hash=key).on_conflict_do_nothing()
        number = (await tx.execute(statement.returning(queries.c.id))).scalar()
    if number is None:  # another process was quicker
        number = (await tx.execute(found)).scalar_one()
    return int(number)


async def query_expr(tx: Transaction, query: int) -> str:
    """A query's expression, in its normal form."""
    return str((await tx.execute(select(queries.c.expr).where(queries.c.id == query))).scalar_one())


async def sync_shipped(tx: Transaction, shipped: Sequence[Topic]) -> None:
    """Bring the topics of all to what is shipped. Whoever follows a topic by name follows its new query too.

    A topic that is no longer shipped stays while somebody follows it.
    """
    stored = {topic.name: topic for topic in await _read_topics(tx, topics.c.tenant.is_(None))}
    for topic in shipped:
        await _sync_one(tx, topic, stored.get(topic.name))
    names = {topic.name for topic in shipped}
    await _drop_unfollowed(tx, {name: old for name, old in stored.items() if name not in names})
    if {topic.query for topic in stored.values()} != {
        topic.query for topic in await _read_topics(tx, topics.c.tenant.is_(None))
    }:
        await note_change(tx)


async def _sync_one(tx: Transaction, topic: Topic, old: TopicRow | None) -> None:
    query, examples = await intern_query(tx, topic.query), topic.matches[:EXAMPLES]
    titles = msgspec.json.encode(dict(sorted(topic.titles.items()))).decode() if topic.titles else ""
    values = {"title": topic.title, "titles": titles, "query": query, "examples": "\n".join(examples)}
    if old is None:
        await tx.execute(insert(topics).values(name=topic.name, **values))
    elif (old.title, old.titles, old.query, old.examples) != (topic.title, titles, query, examples):
        await tx.execute(update(topics).where(topics.c.id == old.id).values(values))
    if old is not None and old.query != query:
        await _repoint(tx, topic.name, old.query, query, None)


async def _repoint(tx: Transaction, name: str, old: int, new: int, tenant: int | None) -> None:
    """Move the subscriptions that named a topic to its new query; where a channel has it already, the old one goes.

    Of one tenant, or of all that have no topic of their own by that name.
    """
    named = (
        subscriptions.c.query == old,
        subscriptions.c.name == name,
        subscriptions.c.channel.in_(_channels(name, tenant)),
    )
    has_new = select(subscriptions.c.channel).where(subscriptions.c.query == new)
    await tx.execute(delete(subscriptions).where(*named, subscriptions.c.channel.in_(has_new)))
    await tx.execute(update(subscriptions).where(*named).values(query=new))


def _channels(name: str, tenant: int | None) -> Select[tuple[int]]:
    """The channels for which a topic's name means that topic."""
    if tenant is not None:
        return select(channels.c.id).where(channels.c.tenant == tenant)
    own = select(topics.c.tenant).where(topics.c.name == name, topics.c.tenant.is_not(None))
    return select(channels.c.id).where(channels.c.tenant.not_in(own))


@dataclass(frozen=True, slots=True)
class OwnTopic:
    """A topic that a tenant makes."""

    name: str
    title: str
    query: int


async def make_topic(tx: Transaction, tenant: int, topic: OwnTopic) -> bool:
    """Make a tenant's own topic. False: it has one of that name.

    Its channels that followed a shipped topic by that name follow the new one.
    """
    shipped = await _read_topics(tx, topics.c.tenant.is_(None) & (topics.c.name == topic.name))
    row = {"tenant": tenant, "name": topic.name, "title": topic.title, "query": topic.query}
    statement = insert_or(tx, topics).values(row).on_conflict_do_nothing().returning(topics.c.id)
    if (await tx.execute(statement)).scalar() is None:
        return False
    for hidden in shipped:
        await _repoint(tx, topic.name, hidden.query, topic.query, tenant)
    await note_change(tx)
    return True


async def change_topic(tx: Transaction, tenant: int, topic: TopicRow, query: int) -> None:
    """Give a tenant's own topic another query, and its followers with it."""
    mine = topics.c.id == topic.id, topics.c.tenant == tenant
    await tx.execute(update(topics).where(*mine).values(query=query))
    await _repoint(tx, topic.name, topic.query, query, tenant)
    await note_change(tx)


async def remove_topic(tx: Transaction, tenant: int, topic: TopicRow) -> TopicRow | None:
    """Remove a tenant's own topic, and the subscriptions to it; the shipped one that it hid takes its place."""
    await tx.execute(delete(topics).where(topics.c.id == topic.id, topics.c.tenant == tenant))
    await note_change(tx)
    hidden = await _read_topics(tx, topics.c.tenant.is_(None) & (topics.c.name == topic.name))
    shipped = next(iter(hidden), None)
    if shipped is not None:
        await _repoint(tx, topic.name, topic.query, shipped.query, tenant)
        return shipped
    inside = subscriptions.c.channel.in_(_channels(topic.name, tenant))
    await tx.execute(delete(subscriptions).where(_is_named(topic), inside))
    return None


def _is_named(topic: TopicRow) -> ColumnElement[bool]:
    return and_(subscriptions.c.query == topic.query, subscriptions.c.name == topic.name)


async def followers_of(tx: Transaction, tenant: int, topic: TopicRow) -> list[int]:
    """The tenant's channels that follow a topic by its name."""
    query = select(subscriptions.c.channel).where(_is_named(topic))
    inside = query.where(subscriptions.c.channel.in_(_channels(topic.name, tenant)))
    return list((await tx.execute(inside.order_by(subscriptions.c.id))).scalars())


async def shipped_names(tx: Transaction) -> frozenset[str]:
    """The names of the topics that come along."""
    return frozenset((await tx.execute(select(topics.c.name).where(topics.c.tenant.is_(None)))).scalars())


async def count_own(tx: Transaction, tenant: int) -> int:
    """How many topics a tenant has made."""
    query = select(func.count()).select_from(topics).where(topics.c.tenant == tenant)
    return (await tx.execute(query)).scalar_one()


async def _drop_unfollowed(tx: Transaction, gone: Mapping[str, TopicRow]) -> None:
    for name, topic in gone.items():
        if not await has_followers(tx, topic.query, name):
            await tx.execute(delete(topics).where(topics.c.id == topic.id))


async def list_topics(tx: Transaction, tenant: int) -> list[TopicRow]:
    """The topics a tenant can follow, by title: its own first, which hide shipped ones of the same name."""
    rows = await _read_topics(tx, or_(topics.c.tenant.is_(None), topics.c.tenant == tenant))
    by_name = {topic.name: topic for topic in sorted(rows, key=lambda topic: not topic.is_shipped)}
    return sorted(by_name.values(), key=lambda topic: (topic.is_shipped, topic.title.casefold()))


async def find_topic(tx: Transaction, tenant: int, wanted: str) -> TopicRow | None:
    """The topic called `wanted` by name or title; case, spaces, hyphens and quotes do not count."""
    key = plain_name(wanted)
    for topic in await list_topics(tx, tenant):
        if key in (plain_name(topic.name), plain_name(topic.title)):
            return topic
    return None


def plain_name(text: str) -> str:
    """A name as it is compared: letters and digits only, without case."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


async def _read_topics(tx: Transaction, condition: ColumnElement[bool]) -> list[TopicRow]:
    query = select(topics, queries.c.expr).join(queries, queries.c.id == topics.c.query).where(condition)
    return [
        TopicRow(
            row.id,
            row.name,
            row.title,
            row.query,
            row.expr,
            row.tenant is None,
            tuple(row.examples.splitlines()),
            row.titles,
        )
        for row in (await tx.execute(query.order_by(topics.c.id))).all()
    ]
