"""Actions as named expressions: `action:export-ban`. Reads the parsed `actions.toml`; what they mean is data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from bot.core.lexicon.entries import LANGUAGES, any_of, read_expression, read_table
from bot.core.topics.query import Query

FILE = "actions.toml"


class Action(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an action is called, an expression for each language."""

    en: str
    ru: str
    zh: str
    de: str
    fr: str
    es: str
    ja: str


def action_expressions(tables: Mapping[str, Any]) -> dict[str, Query]:
    """`action:<id>` to what it is looked for by. Raises SettingsError with table, key and place."""
    found = {}
    for name, row in tables.get("action", {}).items():
        action = read_table(Action, row, f"{FILE} [action.{name}]")
        found[f"action:{name}"] = any_of(
            read_expression(getattr(action, lang), f"{FILE} [action.{name}] {lang}") for lang in LANGUAGES
        )
    return found
