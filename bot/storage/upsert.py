"""INSERT ... ON CONFLICT, which both databases spell alike and SQLAlchemy builds per dialect."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from bot.storage.database import Transaction


def insert_or(tx: Transaction, table: Table) -> Any:
    """An INSERT of `table` that knows `.on_conflict_do_nothing()` and `.on_conflict_do_update()`."""
    return sqlite.insert(table) if tx.dialect.name == "sqlite" else postgresql.insert(table)
