"""Queries, interned so that each distinct one is matched once, and the topics that name them. Matches nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, insert, or_, select, update

from bot.core.model import Topic
from bot.core.text.hashes import hash64
from bot.core.topics import canonical
from bot.core.topics.fields import Known
from bot.storage.database import Transaction
from bot.storage.following import has_followers
from bot.storage.live_queries import note_change
from bot.storage.schema import queries, subscriptions, topics
from bot.storage.upsert import insert_or


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic as stored. `is_shipped`: it came with the program, not from a tenant."""

    id: int
    name: str
    title: str
    query: int
    expr: str
    is_shipped: bool


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
    query = await intern_query(tx, topic.query)
    if old is None:
        await tx.execute(insert(topics).values(name=topic.name, title=topic.title, query=query))
    elif (old.title, old.query) != (topic.title, query):
        await tx.execute(update(topics).where(topics.c.id == old.id).values(title=topic.title, query=query))
    if old is not None and old.query != query:
        await _repoint(tx, topic.name, old.query, query)


async def _repoint(tx: Transaction, name: str, old: int, new: int) -> None:
    """Move the subscriptions that named a topic to its new query; where a channel has it already, the old one goes."""
    named = subscriptions.c.query == old, subscriptions.c.name == name
    has_new = select(subscriptions.c.channel).where(subscriptions.c.query == new)
    await tx.execute(delete(subscriptions).where(*named, subscriptions.c.channel.in_(has_new)))
    await tx.execute(update(subscriptions).where(*named).values(query=new))


async def _drop_unfollowed(tx: Transaction, gone: Mapping[str, TopicRow]) -> None:
    for name, topic in gone.items():
        if not await has_followers(tx, topic.query, name):
            await tx.execute(delete(topics).where(topics.c.id == topic.id))


async def list_topics(tx: Transaction, tenant: int) -> list[TopicRow]:
    """The topics a tenant can follow, by title: shipped ones and its own, which hide shipped ones of the same name."""
    rows = await _read_topics(tx, or_(topics.c.tenant.is_(None), topics.c.tenant == tenant))
    by_name = {topic.name: topic for topic in sorted(rows, key=lambda topic: not topic.is_shipped)}
    return sorted(by_name.values(), key=lambda topic: topic.title.casefold())


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
        TopicRow(row.id, row.name, row.title, row.query, row.expr, row.tenant is None)
        for row in (await tx.execute(query.order_by(topics.c.id))).all()
    ]
