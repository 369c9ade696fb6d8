"""Column types that mean the same on both databases: identifiers, aware UTC times, words to be looked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Text, TypeDecorator
from sqlalchemy.types import TypeEngine

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

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        """The same few times are stored with thousands of rows: each is made ready once."""
        make_ready = super().bind_processor(dialect)
        return None if make_ready is None else lru_cache(maxsize=256)(make_ready)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Give UTC back."""
        if value is None:
            return None
        stored: datetime = value
        return stored.replace(tzinfo=UTC) if stored.tzinfo is None else stored.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Folded words with blanks between them, as `core/text/index.py` makes them; PostgreSQL keeps their places."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """`tsvector` where there is one."""
        if dialect.name != "postgresql":
            return dialect.type_descriptor(Text())
        from sqlalchemy.dialects.postgresql import TSVECTOR  # here: it is large, and a process has one database

        return dialect.type_descriptor(TSVECTOR())

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """The words as they are, or as the literal of a tsvector."""
        return _tsvector(value) if value is not None and dialect.name == "postgresql" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        """As stored: nobody reads them."""
        return value  # type: ignore[no-any-return]


FURTHEST = 16_383
"""The last place that a tsvector knows."""

MOST_PLACES = 256
"""Places of one word that a tsvector keeps."""


def _tsvector(words: str) -> str:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(words.split()[:FURTHEST], 1):
        places[word].append(place)
    return " ".join(f"{quoted(word)}:{','.join(map(str, at[:MOST_PLACES]))}" for word, at in places.items())


def quoted(word: str) -> str:
    """A word as a lexeme of PostgreSQL's full-text search."""
    doubled = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"
