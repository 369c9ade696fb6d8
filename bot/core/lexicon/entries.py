"""One entry of the lexicon as a query, with errors that name file, table, key and place.

An entry is a word, several words (a phrase) or an expression. Knows no mineral and no file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import msgspec

from bot.core.errors import QueryError, SettingsError
from bot.core.topics.parser import parse_query
from bot.core.topics.query import Or, Query, Term, join

LANGUAGES = ("en", "ru", "zh", "de", "fr", "es", "ja")
"""The languages in which the lexicon knows every name."""

OWN_SIGNS = '"=('
"""An entry with one of these is written in the query language already."""

Table = TypeVar("Table", bound=msgspec.Struct)


def read_table(kind: type[Table], row: object, place: str) -> Table:
    """A parsed table as a struct; `place` is file and table, for the error. Raises SettingsError."""
    if isinstance(row, Mapping):
        for key in row:
            _require_known(str(key), kind, place)
    try:
        return msgspec.convert(row, kind)
    except msgspec.ValidationError as error:
        raise SettingsError(f"{place}: {error}.") from error


def _require_known(key: str, kind: type[msgspec.Struct], place: str) -> None:
    keys = kind.__struct_fields__
    if key not in keys:
        import difflib  # here: only who errs pays for it

        near = difflib.get_close_matches(key, keys, n=1)
        raise SettingsError(f"{place}: unknown key {key}.", f"Did you mean {near[0]}?" if near else "")


def read_expression(expr: str, place: str) -> Query:
    """An expression as a query. Raises SettingsError with `place` and the character."""
    try:
        return parse_query(expr)
    except QueryError as error:
        raise SettingsError(f"{place}, character {error.position + 1}: {error.message}.", error.todo) from error


def read_terms(entries: Iterable[str], place: str) -> list[Term]:
    """Words and phrases as terms. Raises SettingsError with `place` and the entry."""
    found = []
    for entry in entries:
        term = read_expression(entry if any(sign in entry for sign in OWN_SIGNS) else f'"{entry}"', f"{place}, {entry}")
        if not isinstance(term, Term):
            raise SettingsError(f"{place}, {entry}: one word or phrase is wanted.")
        found.append(term)
    return found


def read_choice(expr: str, place: str) -> list[Term]:
    """Words and phrases joined by OR, as terms. Raises SettingsError with `place`."""
    query = read_expression(expr, place)
    parts = query.parts if isinstance(query, Or) else (query,)
    terms = [part for part in parts if isinstance(part, Term)]
    if len(terms) != len(parts):
        raise SettingsError(f"{place}: only words and phrases joined by OR are wanted.")
    return terms


def any_of(parts: Iterable[Any]) -> Query:
    """Queries of which one must hold; there must be one."""
    return join(Or, list(parts))
