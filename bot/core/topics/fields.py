"""What may stand before a colon in a query, and what may stand after it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from bot.core.errors import QueryError
from bot.core.text.words import bare, raw_words
from bot.core.topics.lexer import Lexeme
from bot.core.topics.query import Feature

PLACES = ("title",)
"""Where a term must stand."""

CONCEPTS = ("mineral", "action", "country", "topic")
"""Features found by expressions of their own: see `concepts`."""

FIELDS = (*PLACES, "source", "lang", "country", "mineral", "action", "topic", "tier")

TIERS = ("official", "wire", "trade")
"""The names of a feed's tiers 0, 1 and 2."""

LANGUAGES = {"english": "en", "german": "de", "french": "fr", "spanish": "es", "russian": "ru", "chinese": "zh",
             "japanese": "ja", "italian": "it", "portuguese": "pt", "korean": "ko", "ukrainian": "uk"}  # fmt: skip

Known = Mapping[str, Collection[str]]
"""The values that a field may have, by field."""


def read_feature(lexeme: Lexeme, field: str, known: Known | None) -> Feature:
    """`field:value` with the value in its normal form. Raises QueryError, with the nearest value that there is."""
    read = {"source": _read_source, "lang": _read_lang, "tier": _read_tier}.get(field)
    if read is not None:
        return Feature(field, read(lexeme))
    value = " ".join(lexeme.value.casefold().replace('"', " ").split())
    if not any(map(str.isalnum, value)):
        raise QueryError(f"no letters or digits in: {lexeme.text}", lexeme.start)
    if known is None or value == "any":
        return Feature(field, value)
    by_name = {_plain(name): name for name in known.get(field, ())}
    found = by_name.get(_plain(value))
    if found is None:
        raise QueryError(f"unknown {field}: {lexeme.value}{suggest(value, by_name.values())}", lexeme.start)
    return Feature(field, found)


def require_field(lexeme: Lexeme) -> None:
    """Raises QueryError for a field that there is not."""
    if lexeme.field and lexeme.field not in FIELDS:
        near = suggest(lexeme.field, FIELDS, mark=":", cutoff=0.7) or f"; there are {': '.join(FIELDS)}:"
        quoted = '"' + lexeme.text.replace('"', "") + '"'
        said = f"unknown field {lexeme.field}: at: {lexeme.text}{near}"
        raise QueryError(said, lexeme.start, f"As plain words, write {quoted}.")


def suggest(word: str, among: Iterable[str], mark: str = "", cutoff: float = 0.7) -> str:
    """`; did you mean gallium?`, or "" where nothing is near."""
    import difflib  # here: only who errs pays for it

    near = difflib.get_close_matches(word, list(among), n=1, cutoff=cutoff)
    return f"; did you mean {near[0]}{mark}?" if near else ""


def _plain(name: str) -> str:
    return "".join(filter(str.isalnum, bare(name)))


def _read_source(lexeme: Lexeme) -> str:
    words = source_words(lexeme.value)
    if not words:
        raise QueryError(f"no letters or digits in: {lexeme.text}", lexeme.start)
    return " ".join(words)


def source_words(name: str) -> list[str]:
    """The words of an outlet's name or address as they are compared: without case and accents, in full."""
    words = [word for raw in raw_words(name) if (word := bare(raw)).isalnum()]
    return words if name.isascii() or words == raw_words(name) else source_words(" ".join(words))


def _read_lang(lexeme: Lexeme) -> str:
    value = lexeme.value.strip().casefold()
    value = LANGUAGES.get(value, value)
    if not re.fullmatch(r"[a-z]{2,3}", value):
        near = suggest(value, LANGUAGES)
        raise QueryError(f"unknown language: {lexeme.value}{near}", lexeme.start, "Write two letters: en, ru, zh.")
    return value


def _read_tier(lexeme: Lexeme) -> str:
    value = lexeme.value.strip().casefold()
    if value in TIERS:
        return value
    if value in ("0", "1", "2"):
        return TIERS[int(value)]
    raise QueryError(f"unknown tier: {lexeme.value}{suggest(value, TIERS)}", lexeme.start, f"Write {', '.join(TIERS)}.")
