"""One entry of the lexicon as a query, with errors that name file, table, key and place.

An entry is a word, several words (a phrase) or an expression. Knows no mineral and no file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import msgspec

from bot.core.errors import QueryError, SettingsError
from bot.core.topics.parser import parse_query
from bot.core.topics.query import And, Feature, Not, Or, Query, Term, join

LANGUAGES = ("en", "ru", "zh", "de", "fr", "es", "ja")
"""The languages in which the lexicon knows every name."""

STEMMED_ALONE = ("de", "fr", "es")
"""Languages whose words, cut to stems, become words of another one: `Mangan` is no mango, an `accord` not according."""

LONG = 9
"""Letters of a beginning that is a word of one language only."""

OWN_SIGNS = '"=('
"""An entry with one of these is written in the query language already."""


class InAllLanguages(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a table says in each of them."""

    en: str
    ru: str
    zh: str
    de: str
    fr: str
    es: str
    ja: str


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


def read_names(names: Iterable[str], place: str) -> list[Term]:
    """Proper names as terms: in Latin letters just as they are written, in others with their endings."""
    exact = (
        f'="{name}"' if name.isascii() and not any(sign in name for sign in ('"', "*")) else name for name in names
    )
    return read_terms(exact, place)


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


def only_in(lang: str, query: Query) -> Query:
    """A query in the words of one language, for documents in it. English also stands for what is in none of ours.

    Long beginnings of words, and words just as they stand, mean the same in any language, so they count in all: not
    every feed says which it is in.
    """
    if lang not in (*STEMMED_ALONE, "en"):
        return query
    parts = query.parts if isinstance(query, Or) else (query,)
    stemmed = [part for part in parts if not _is_unstemmed(part)]
    others = tuple(Feature("lang", other) for other in STEMMED_ALONE)
    home: Query = Not(Or(others)) if lang == "en" else Feature("lang", lang)
    free = [part for part in parts if _is_unstemmed(part)]
    return any_of([*free, And((home, any_of(stemmed)))] if stemmed else free)


def _is_unstemmed(query: Query) -> bool:
    return isinstance(query, Term) and all(
        len(word.text) >= LONG if word.is_prefix else word.is_exact for word in query.words
    )
