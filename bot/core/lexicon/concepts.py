"""The lexicon as what queries may speak of by name: minerals, actions, countries and topics together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.core.errors import QueryError, SettingsError
from bot.core.lexicon.actions import action_expressions
from bot.core.lexicon.countries import country_expressions
from bot.core.lexicon.minerals import mineral_expressions, mineral_groups, read_lexicon
from bot.core.model import Topic
from bot.core.topics.concepts import Concepts
from bot.core.topics.query import Query


def read_concepts(
    minerals: Mapping[str, Any], actions: Mapping[str, Any], countries: Mapping[str, Any], topics: Iterable[Topic]
) -> Concepts:
    """The concepts of three parsed files and the topics. Raises SettingsError with file, table, key and place."""
    lexicon = read_lexicon(minerals)
    expressions: dict[str, str | Query] = {
        **mineral_expressions(lexicon),
        **action_expressions(actions),
        **country_expressions(countries),
        **{f"topic:{topic.name}": topic.query for topic in topics},
    }
    try:
        return Concepts(expressions, mineral_groups(lexicon))
    except QueryError as error:
        _, name, said = error.message.split(":", 2)  # all else was read by the readers of its own file
        place = f"topics.toml [{name}]: query, character {error.position + 1}"
        raise SettingsError(f"{place}: {said.strip()}.", error.todo) from error
