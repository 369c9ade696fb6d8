"""The queries that are matched: those that somebody follows or a topic names. And a number that tells of each change.

Whoever keeps them in memory compares the number first: it is one row, and it is written with the change.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import literal, or_, select, union

from bot.storage.database import Transaction
from bot.storage.schema import queries, subscriptions, topics, versions
from bot.storage.upsert import insert_or

NAME = "queries"
MOVED_ITEMS = "items moved between stories"
"""The name under which whoever is not intake says that it moved items between stories, which intake has in memory."""

AT_ONCE = 500


async def note_change(tx: Transaction, name: str = NAME) -> None:
    """Say that what is followed or named by a topic has changed, or may have; or what else goes by that name."""
    statement = insert_or(tx, versions).values(name=name, number=1)
    more = {"number": versions.c.number + 1}
    await tx.execute(statement.on_conflict_do_update(index_elements=["name"], set_=more))


async def read_version(tx: Transaction, name: str = NAME) -> int:
    """How often that was said."""
    return (await tx.execute(select(versions.c.number).where(versions.c.name == name))).scalar() or 0


async def live_numbers(tx: Transaction) -> set[int]:
    """The numbers of the queries that are matched."""
    return set((await tx.execute(union(select(subscriptions.c.query), select(topics.c.query)))).scalars().all())


async def is_live(tx: Transaction, query: int) -> bool:
    """Whether a query is among them."""
    followed = select(subscriptions.c.id).where(subscriptions.c.query == query).exists()
    named = select(topics.c.id).where(topics.c.query == query).exists()
    return (await tx.execute(select(literal(1)).where(or_(followed, named)))).first() is not None


async def read_expressions(tx: Transaction, numbers: Collection[int]) -> list[tuple[int, str]]:
    """Some queries, as (number, expression in its normal form)."""
    wanted = sorted(numbers)
    found: list[tuple[int, str]] = []
    for start in range(0, len(wanted), AT_ONCE):
        query = select(queries.c.id, queries.c.expr).where(queries.c.id.in_(wanted[start : start + AT_ONCE]))
        found += [(row.id, row.expr) for row in (await tx.execute(query)).all()]
    return found
