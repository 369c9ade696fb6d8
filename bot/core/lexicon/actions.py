"""Actions as named expressions: `action:export-ban`. Reads the parsed `actions.toml`; what they mean is data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.core.actions import STAGES, Grammar
from bot.core.lexicon.entries import (
    LANGUAGES,
    InAllLanguages,
    any_of,
    only_in,
    read_choice,
    read_expression,
    read_table,
)
from bot.core.topics.query import And, Near, Or, Query, Term

FILE = "actions.toml"

DEEDS = frozenset(
    "export-ban export-licence export-quota tariff sanction stockpile price-floor nationalise strategy list agreement "
    "subsidy permit halt restart".split()
)
"""What somebody does to somebody; the others say only what is spoken of."""


Words = Mapping[str, Mapping[str, tuple[Term, ...]]]
"""What a {mark} stands for, by its name and the language."""


class Action(InAllLanguages, frozen=True, forbid_unknown_fields=True):
    """What an action is called, an expression for each language."""


def action_expressions(tables: Mapping[str, Any]) -> dict[str, Query]:
    """`action:<id>` to what it is looked for by. Raises SettingsError with table, key and place."""
    words = _read_words(tables)
    found = {}
    for name, row in tables.get("action", {}).items():
        action = read_table(Action, row, f"{FILE} [action.{name}]")
        found[f"action:{name}"] = _in_all_languages(action, f"[action.{name}]", words)
    return found


def _in_all_languages(action: Action, table: str, words: Words) -> Query:
    return any_of(
        only_in(lang, _fill_in(_read(getattr(action, lang), f"{FILE} {table} {lang}", words), lang, words))
        for lang in LANGUAGES
    )


def _read(expr: str, place: str, words: Words) -> Query:
    """An expression in which each {mark} is one word, as long as the mark: so that errors keep their places."""
    for name in words:
        expr = expr.replace(f"{{{name}}}", _stand_in(name))
    return read_expression(expr, place)


def _stand_in(name: str) -> str:
    return f"q{name}q"


def _fill_in(query: Query, lang: str, words: Words) -> Query:
    """A query with the words that its marks stand for, such as {metals}."""
    if isinstance(query, (And, Or)):
        return type(query)(tuple(_fill_in(part, lang, words) for part in query.parts))
    if isinstance(query, Near):
        return Near(_fill_side(query.left, lang, words), _fill_side(query.right, lang, words), query.distance)
    return query


def _fill_side(side: Term | Or, lang: str, words: Words) -> Term | Or:
    parts = side.parts if isinstance(side, Or) else (side,)
    marks = {_stand_in(name): row[lang] for name, row in words.items()}
    filled = [word for part in parts for word in (marks.get(str(part)) or (part,))]
    return side if len(filled) == len(parts) else Or(tuple(dict.fromkeys(filled)))


def _read_words(tables: Mapping[str, Any]) -> Words:
    rows = {name: read_table(Action, row, f"{FILE} [words.{name}]") for name, row in tables.get("words", {}).items()}
    return {
        name: {lang: tuple(read_choice(getattr(row, lang), f"{FILE} [words.{name}] {lang}")) for lang in LANGUAGES}
        for name, row in rows.items()
    }


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
