"""Shipped topics: data with examples of their own. Reads parsed TOML; the file itself is read elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from bot.core.errors import QueryError, SettingsError
from bot.core.model import Topic
from bot.core.topics import no_concepts
from bot.core.topics.parser import parse_query

if TYPE_CHECKING:
    from bot.core.topics.concepts import Concepts

KEYS = ("title", "titles", "query", "matches", "rejects")


class _Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    query: str
    matches: tuple[str, ...] = ()
    rejects: tuple[str, ...] = ()
    titles: Mapping[str, str] = {}


def read_topics(tables: Mapping[str, object]) -> tuple[Topic, ...]:
    """The topics of a parsed `topics.toml`, one a table. Raises SettingsError with the table and the nearest key."""
    return tuple(_read_topic(name, table) for name, table in tables.items())


def _read_topic(name: str, table: object) -> Topic:
    if not isinstance(table, Mapping):
        raise SettingsError(f"topics.toml: {name} is no table.", f"Write [{name}] with {', '.join(KEYS)}.")
    for key in table:
        if key not in KEYS:
            import difflib

            near = difflib.get_close_matches(str(key), KEYS, n=1)
            raise SettingsError(f"topics.toml [{name}]: unknown key {key}.", f"Did you mean {(near or KEYS)[0]}?")
    try:
        written = msgspec.convert(table, _Written)
        parse_query(written.query)
    except msgspec.ValidationError as error:
        raise SettingsError(f"topics.toml [{name}]: {error}.") from error
    except QueryError as error:
        raise SettingsError(f"topics.toml [{name}]: query, character {error.position + 1}: {error.message}.") from error
    query = " ".join(written.query.split())
    return Topic(name, written.title, query, written.matches, written.rejects, written.titles)


def check_examples(topic: Topic, concepts: Concepts | None = None) -> tuple[str, ...]:
    """What is wrong with a topic's own examples, in words: one that should match and does not, or the other way."""
    from bot.core.topics.matcher import Document, Matcher  # here: reading topics at a start loads no stemmer

    matcher = Matcher(concepts or no_concepts())
    matcher.add(0, topic.query)

    def is_met(example: str) -> bool:
        title, _, text = example.partition("\n")
        return bool(matcher.match(Document(title, text)))

    missed = [f"does not match: {example}" for example in topic.matches if not is_met(example)]
    caught = [f"matches and should not: {example}" for example in topic.rejects if is_met(example)]
    return (*missed, *caught)
