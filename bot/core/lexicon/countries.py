"""Countries as named expressions: `country:china` by name, adjective or seat of government, in seven languages.

Reads the parsed `countries.toml`. Never says who does what to whom: `core/actions` does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from bot.core.lexicon.entries import LANGUAGES, OWN_SIGNS, any_of, only_in, read_expression, read_table
from bot.core.text.words import UNSPACED
from bot.core.topics.query import Query

FILE = "countries.toml"

CASES = {
    "ия": ("ия", "ии", "ию", "ией"),
    "а": ("а", "ы", "и", "е", "у", "ой"),
    "я": ("я", "и", "е", "ю", "ей"),
    "й": ("й", "я", "ю", "ем", "е"),
    "ь": ("ь", "я", "ю", "ём", "ем", "е", "и"),
}
"""Endings of Russian names by the ending of the first case. Some that come of it are no words; nobody writes them."""

HARD = "бвгджзклмнпрстфхцчшщ"


class Country(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a country is called, by language."""

    en: tuple[str, ...]
    ru: tuple[str, ...]
    zh: tuple[str, ...]
    de: tuple[str, ...]
    fr: tuple[str, ...]
    es: tuple[str, ...]
    ja: tuple[str, ...]


def country_expressions(tables: Mapping[str, Any]) -> dict[str, Query]:
    """`country:<id>` to what it is looked for by. Raises SettingsError with table, key and entry."""
    found = {}
    for name, row in tables.get("country", {}).items():
        place = f"{FILE} [country.{name}]"
        country = read_table(Country, row, place)
        found[f"country:{name}"] = any_of(
            only_in(lang, any_of(_names(getattr(country, lang), lang, f"{place} {lang}"))) for lang in LANGUAGES
        )
    return found


def _names(names: tuple[str, ...], lang: str, place: str) -> Iterator[Query]:
    for name in names:
        for written in _written(name, lang):
            yield read_expression(written, f"{place}, {name}")


def _written(name: str, lang: str) -> Iterator[str]:
    """A name in the query language. With a capital it is looked for as it stands: Polish is no polish, and the Russian
    Germany no germanium."""
    if any(sign in name for sign in OWN_SIGNS) or " NOT " in name:
        yield name
    elif lang in UNSPACED or not name[:1].isupper() or (lang == "ru" and " " in name):
        yield f'"{name}"'
    elif lang == "ru":
        yield from (f'="{form}"' for form in _russian_cases(name))
    else:
        yield f'="{name}"'


def _russian_cases(name: str) -> Iterator[str]:
    for ending, cases in CASES.items():
        if name.endswith(ending) and not name.isupper():
            yield from (name.removesuffix(ending) + case for case in cases)
            return
    yield name
    if name[-1:] in HARD:
        yield from (name + case for case in ("а", "у", "ом", "е"))
