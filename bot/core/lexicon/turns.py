"""The signs of a turn, from the parsed `stories.toml`: that an earlier report is denied, corrected or taken back.

Knows how the words are looked for; what they mean for a story is for `core/stories/turning`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.core.errors import SettingsError
from bot.core.lexicon.entries import LANGUAGES, InAllLanguages, read_table
from bot.core.text.words import UNSPACED

KINDS = ("retracted", "denied", "corrected")
"""Which is believed where a report has several: what takes more back first."""

PARTS = (*KINDS, "denier", "before", "after", "other")
WORDS_BETWEEN, CHARACTERS_BETWEEN = 3, 4
"""How far from a sign a word may stand that takes its force."""


class Phrases(InAllLanguages, frozen=True, forbid_unknown_fields=True):
    """The phrases of one table, by language."""


@dataclass(frozen=True, slots=True)
class Signs:
    """One language's patterns; one that never matches where a language has no such phrases.

    `before` is held against what stands before a sign, up to its end; `after` and `other` against what follows.
    """

    kinds: Mapping[str, re.Pattern[str]]
    denier: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    other: re.Pattern[str]


NEVER = re.compile(r"(?!)")
NO_SIGNS = Signs(dict.fromkeys(KINDS, NEVER), NEVER, NEVER, NEVER, NEVER)


@dataclass(frozen=True, slots=True)
class Turns:
    """The signs of all languages."""

    by_language: Mapping[str, Signs] = field(default_factory=dict)

    def of(self, lang: str) -> Signs:
        """Those of one language; of another they are the English ones."""
        return self.by_language.get(lang) or self.by_language.get("en", NO_SIGNS)


def read_turns(tables: Mapping[str, Any], file: str) -> Turns:
    """The tables `[turn.*]`. Raises SettingsError with file and table."""
    given = tables.get("turn", {})
    if not given:
        return Turns()
    missing = [name for name in PARTS if name not in given]
    if missing or len(given) > len(PARTS):
        strange = [f"unknown table {name}" for name in given if name not in PARTS]
        raise SettingsError(f"{file} [turn]: {f'{missing[0]} is missing' if missing else strange[0]}.")
    rows = {name: read_table(Phrases, row, f"{file} [turn.{name}]") for name, row in given.items()}
    return Turns({lang: _signs({name: getattr(row, lang) for name, row in rows.items()}, lang) for lang in LANGUAGES})


def _signs(phrases: Mapping[str, str], lang: str) -> Signs:
    is_glued = lang in UNSPACED
    between = rf".{{0,{CHARACTERS_BETWEEN}}}" if is_glued else rf"\W*(?:[\w’'-]+\W+){{0,{WORDS_BETWEEN}}}"
    words = {name: one_of(said, is_glued) for name, said in phrases.items()}
    return Signs(
        {kind: _compile(words[kind], "{}") for kind in KINDS},
        _compile(words["denier"], "{}"),
        _compile(words["before"], "{}" + (".?" if is_glued else between) + "$"),
        _compile(words["after"], "^" + between + "{}"),
        _compile(words["other"], "^" + between + "{}"),
    )


def _compile(words: str, form: str) -> re.Pattern[str]:
    return re.compile(form.replace("{}", words), re.IGNORECASE) if words else NEVER


def one_of(said: str, is_glued: bool) -> str:
    """A pattern that meets any of these phrases, which | parts; "" of none."""
    phrases = [phrase.strip() for phrase in said.split("|") if phrase.strip()]
    return f"(?:{'|'.join(_phrase(one, is_glued) for one in phrases)})" if phrases else ""


def _phrase(phrase: str, is_glued: bool) -> str:
    written = re.escape(phrase).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
    if is_glued:
        return written
    is_ending = phrase in ("n't", "n’t")
    start = r"(?<!\w)" if phrase[0].isalpha() and not is_ending else ""
    return f"{start}{written}" + (r"(?!\w)" if phrase[-1].isalpha() else "")
