"""Column types that mean the same on both databases: identifiers and aware UTC times."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, TypeDecorator

from bot.core.model import require_aware

Id = BigInteger().with_variant(Integer, "sqlite")
"""A row's number, counted up by the database (SQLite counts only in its own INTEGER)."""

Hash = BigInteger
"""A 64-bit hash as a signed integer."""


class UtcTime(TypeDecorator[datetime]):
    """An aware time in, an aware UTC time out; a naive one raises ValueError before it reaches the database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> datetime | None:
        """Refuse naive times; SQLite, which has no zones, gets the UTC wall time."""
        moment = require_aware(value, "a stored time")
        if moment is None or dialect.name != "sqlite":
            return moment
        return moment.replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Give UTC back."""
        if value is None:
            return None
        stored: datetime = value
        return stored.replace(tzinfo=UTC) if stored.tzinfo is None else stored.astimezone(UTC)
