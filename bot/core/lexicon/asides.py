"""The signs of a headline that is about an event rather than of it, from the parsed `stories.toml`: a question, a
look back.

Knows how they are looked for; what they mean for a story is for `core/stories/topical`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.core.errors import SettingsError
from bot.core.lexicon.entries import LANGUAGES, read_table
from bot.core.lexicon.turns import NEVER, Phrases, one_of
from bot.core.text.words import UNSPACED

PARTS = ("opens", "holds")
QUESTION = r"[?？]\W*$"


@dataclass(frozen=True, slots=True)
class Asides:
    """The patterns of all languages."""

    by_language: Mapping[str, re.Pattern[str]] = field(default_factory=dict)

    def has(self, headline: str, lang: str) -> bool:
        """Whether a headline is about an event; in a language of which nothing is known it never is."""
        return self.by_language.get(lang, NEVER).search(headline) is not None


def read_asides(tables: Mapping[str, Any], file: str) -> Asides:
    """The tables `[aside.*]`. Raises SettingsError with file and table."""
    given = tables.get("aside", {})
    if not given:
        return Asides()
    if set(given) != set(PARTS):
        raise SettingsError(f"{file} [aside]: the tables {' and '.join(PARTS)} are wanted.")
    rows = {name: read_table(Phrases, row, f"{file} [aside.{name}]") for name, row in given.items()}
    return Asides(
        {lang: _pattern(getattr(rows["opens"], lang), getattr(rows["holds"], lang), lang) for lang in LANGUAGES}
    )


def _pattern(opens: str, holds: str, lang: str) -> re.Pattern[str]:
    is_glued = lang in UNSPACED
    starts, signs = one_of(opens, is_glued), one_of(holds, is_glued)
    parts = (QUESTION, rf"^\W*{starts}" if starts else "", signs)
    return re.compile("|".join(filter(None, parts)), re.IGNORECASE)
