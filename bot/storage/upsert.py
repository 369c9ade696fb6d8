"""Inserting where the two databases differ: INSERT ... ON CONFLICT, and the numbers of many new rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Executable, Table, func, insert, select

from bot.storage.database import Transaction

ROWS_AT_ONCE = 100


def insert_or(tx: Transaction, table: Table) -> Any:
    """An INSERT of `table` that knows `.on_conflict_do_nothing()` and `.on_conflict_do_update()`."""
    if tx.dialect.name == "sqlite":
        from sqlalchemy.dialects import sqlite

        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # here: each is large, and a process has one database

    return postgresql.insert(table)


async def execute_rows(tx: Transaction, statement: Executable, rows: Sequence[Mapping[str, object]]) -> None:
    """One statement with many rows, so many at a time that making them ready does not hold the event loop."""
    for start in range(0, len(rows), ROWS_AT_ONCE):
        await tx.execute(statement, rows[start : start + ROWS_AT_ONCE])


async def insert_in_order(tx: Transaction, table: Table, rows: Sequence[Mapping[str, object]]) -> Sequence[int]:
    """Insert rows, each with the same keys; their numbers, in the order given.

    SQLite gives each new row the highest number and one, and has one writer: its numbers are known without asking for
    each, for which SQLAlchemy would make a statement a row.
    """
    if not rows:
        return []
    if tx.dialect.name == "sqlite":
        await execute_rows(tx, insert(table), rows)
        last = (await tx.execute(select(func.max(table.c.id)))).scalar_one()
        return range(last - len(rows) + 1, last + 1)
    statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    numbers: list[int] = []
    for start in range(0, len(rows), ROWS_AT_ONCE):
        numbers += (await tx.execute(statement, rows[start : start + ROWS_AT_ONCE])).scalars().all()
    return numbers
