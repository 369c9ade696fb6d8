"""Actions as named expressions: `action:export-ban`. Reads the parsed `actions.toml`; what they mean is data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from bot.core.actions import STAGES, Grammar
from bot.core.lexicon.entries import LANGUAGES, any_of, only_in, read_choice, read_expression, read_table
from bot.core.topics.query import Query

FILE = "actions.toml"

DEEDS = ("export-ban", "export-licence", "export-quota", "tariff", "sanction", "stockpile", "price-floor", "nationalise",
         "strategy", "list", "agreement", "subsidy", "permit", "halt", "restart")  # fmt: skip
"""What somebody does to somebody; the others say only what is spoken of."""


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
    words = {f"{{{name}}}": row for name, row in tables.get("words", {}).items()}
    found = {}
    for name, row in tables.get("action", {}).items():
        action = read_table(Action, row, f"{FILE} [action.{name}]")
        found[f"action:{name}"] = _in_all_languages(action, f"[action.{name}]", words)
    return found


def _in_all_languages(action: Action, table: str, words: Mapping[str, Mapping[str, str]]) -> Query:
    return any_of(
        only_in(lang, read_expression(_fill_in(getattr(action, lang), words, lang), f"{FILE} {table} {lang}"))
        for lang in LANGUAGES
    )


def _fill_in(expr: str, words: Mapping[str, Mapping[str, str]], lang: str) -> str:
    """An expression with the words that `{metals}` stands for."""
    for mark, row in words.items():
        expr = expr.replace(mark, row[lang])
    return expr


def read_grammar(tables: Mapping[str, Any], countries: Mapping[str, Query]) -> Grammar:
    """What `core.actions` reads sentences with. Raises SettingsError with table, key and place."""
    stages = {
        stage: _in_all_languages(read_table(Action, tables.get("stage", {}).get(stage), f"{FILE} [stage.{stage}]"),
                                 f"[stage.{stage}]", {})
        for stage in STAGES
    }  # fmt: skip
    marks = read_table(Action, tables.get("target"), f"{FILE} [target]")
    return Grammar(
        actions={name.partition(":")[2]: query for name, query in action_expressions(tables).items()
                 if name.partition(":")[2] in DEEDS},
        stages=stages,
        countries={name.partition(":")[2]: query for name, query in countries.items()},
        targets={lang: tuple(read_choice(getattr(marks, lang), f"{FILE} [target] {lang}")) for lang in LANGUAGES},
    )  # fmt: skip
