"""What tells events apart, from the parsed `stories.toml`: kinds of events, names in all scripts, and common words.

Knows how each is looked for, and nothing of likeness: `core/stories` weighs what is found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from bot.core.errors import SettingsError
from bot.core.lexicon.asides import Asides, read_asides
from bot.core.lexicon.entries import LANGUAGES, InAllLanguages, read_table
from bot.core.lexicon.turns import Turns, read_turns
from bot.core.text.stems import STEMS, latin_of
from bot.core.text.words import IS_HAN_KANA, UNSPACED, bare

FILE = "stories.toml"
START = 2
"""Letters by which a name or the beginning of a word is filed."""

ANY = "*"
SHORTEST_STEM = 5
"""Letters of a Russian name that is met in all its cases."""

LEVELS = 8
"""Of how common a word is: of this level is what stands in one of 256 items or fewer."""

TRADE_LEVEL = 3

MOST_KNOWN = 50_000
"""Words remembered, of all languages."""


class Kind(InAllLanguages, frozen=True, forbid_unknown_fields=True):
    """The words of one kind of event, by language; `contrary`: kinds it is the contrary of, or *."""

    contrary: str = ""


@dataclass(frozen=True, slots=True, eq=False)  # what is known of a word is remembered by this very object
class Words:
    """Words of one language, each with what it stands for: by stem, by beginning, or, glued, by first character."""

    stems: Mapping[str, tuple[str, ...]]
    beginnings: Mapping[str, tuple[tuple[str, str], ...]]

    def find(self, raw: str, stem: str) -> tuple[str, ...]:
        """What a word stands for."""
        return _find(self, raw, stem)

    def find_at(self, text: str, at: int) -> Iterator[str]:
        """What begins at a place of a text without spaces."""
        for word, kind in self.beginnings.get(text[at], ()):
            if text.startswith(word, at):
                yield kind


@lru_cache(maxsize=MOST_KNOWN)
def _find(words: Words, raw: str, stem: str) -> tuple[str, ...]:
    plain = bare(raw)
    begun = words.beginnings.get(plain[:START], ())
    return (*words.stems.get(stem, ()), *(kind for beginning, kind in begun if plain.startswith(beginning)))


@dataclass(frozen=True, slots=True)
class Events:
    """The whole file. `names`: first letters to (name, meaning, whether it is whole). `same`: stem to stem."""

    kinds: Mapping[str, Words]
    contraries: Mapping[str, frozenset[str]]
    names: Mapping[str, tuple[tuple[str, str, bool], ...]]
    levels: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    turns: Turns = field(default_factory=Turns)
    same: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    famous: tuple[str, ...] = ()
    asides: Asides = field(default_factory=Asides)

    @property
    def size(self) -> int:
        """How many names it has, each spelling counted."""
        return sum(map(len, self.names.values()))

    def find_name(self, text: str, start: int) -> Iterable[tuple[str, int]]:
        """What is named at this place, and where the name ends; at most places nothing is."""
        begun = self.names.get(text[start : start + START])
        return self._find_names(begun, text, start) if begun else ()

    def _find_names(self, begun: Iterable[tuple[str, str, bool]], text: str, start: int) -> Iterator[tuple[str, int]]:
        for name, meaning, is_whole in begun:
            if text.startswith(name, start):
                end = start + len(name)
                if not is_whole or not text[end : end + 1].isalnum() or IS_HAN_KANA(name[-1]):
                    yield meaning, end

    def level(self, stem: str, lang: str) -> int:
        """How rare a stem is, from 0 (everywhere) to 8."""
        return self.levels.get(lang, {}).get(stem, LEVELS)

    def is_unheard(self, stem: str, lang: str) -> bool:
        """Whether a stem is none of those that are known to stand in news at large."""
        return stem not in self.levels.get(lang, {})


def read_events(tables: Mapping[str, Any]) -> Events:
    """The lexicon of a parsed `stories.toml`. Raises SettingsError with table and key."""
    kinds = {name: read_table(Kind, row, f"{FILE} [kind.{name}]") for name, row in tables.get("kind", {}).items()}
    for name, kind in kinds.items():
        for other in kind.contrary.split():
            if other != ANY and other not in kinds:
                raise SettingsError(f"{FILE} [kind.{name}] contrary: there is no kind {other}.")
    return Events(
        {lang: _words(kinds, lang) for lang in LANGUAGES},
        {name: frozenset(kind.contrary.split()) for name, kind in kinds.items() if kind.contrary},
        _names(tables),
        _levels(tables),
        read_turns(tables, FILE),
        {lang: _same(rows, lang) for lang, rows in tables.get("same", {}).items()},
        tuple(tables.get("famous", {}).get("names", "").split()),
        read_asides(tables, FILE),
    )


def _same(rows: Iterable[str], lang: str) -> Mapping[str, str]:
    """Stems of words of one meaning, each with the first of its row."""
    stems = STEMS[latin_of(lang)]
    found: dict[str, str] = {}
    for row in rows:
        first, *_ = words = [stems[word] for word in row.split()]
        for word in words:
            found.setdefault(word, first)
    return found


def _words(kinds: Mapping[str, Kind], lang: str) -> Words:
    stems: defaultdict[str, dict[str, None]] = defaultdict(dict)
    beginnings: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for name, kind in kinds.items():
        for word in getattr(kind, lang).split():
            if lang in UNSPACED:
                beginnings[word[0]].append((word, name))
            elif word.endswith("*"):
                plain = bare(word[:-1])
                beginnings[plain[:START]].append((plain, name))
            else:
                stems[STEMS[latin_of(lang)][word]][name] = None
    return Words(
        {stem: tuple(found) for stem, found in stems.items()},
        {start: tuple(found) for start, found in beginnings.items()},
    )


def _names(tables: Mapping[str, Any]) -> Mapping[str, tuple[tuple[str, str, bool], ...]]:
    found: defaultdict[str, list[tuple[str, str, bool]]] = defaultdict(list)
    for table, field_ in (("names", "name"), ("places", "place"), ("people", "country"), ("ways", "country")):
        for meaning, names in tables.get(table, {}).items():
            for name in _require_words(names, f"{FILE} [{table}] {meaning}"):
                first, *_ = spellings = name.split("|")
                said = f"{field_}:{meaning} {first}" if field_ == "place" else f"{field_}:{meaning}"
                for written, is_whole in map(_as_written, spellings):
                    found[written[:START]].append((written, said, is_whole))
    return {start: tuple(sorted(rows, key=lambda row: -len(row[0]))) for start, rows in found.items()}


def _require_words(names: object, place: str) -> Iterable[str]:
    if not isinstance(names, list) or not all(
        isinstance(name, str) and all(one.strip("*") for one in name.split("|")) for name in names
    ):
        raise SettingsError(f"{place}: a list of names is wanted.")
    return names


def _as_written(name: str) -> tuple[str, bool]:
    """A name as it is looked for, and whether the word ends with it: a Russian one has its cases."""
    if name.endswith("*"):
        return name[:-1], False
    if "\u0400" <= name[-1] <= "\u04ff" and len(name) >= SHORTEST_STEM and not name.isupper():
        return name.rstrip("аяьйео"), False
    return name, True


def _levels(tables: Mapping[str, Any]) -> Mapping[str, Mapping[str, int]]:
    from bot.core.text.language import COMMON

    levels: dict[str, dict[str, int]] = {}
    for lang in LANGUAGES:
        stems = STEMS[latin_of(lang)]
        known = levels.setdefault(lang, {})
        for level, words in tables.get("background", {}).items() if lang == "en" else ():
            known.update(dict.fromkeys(words.split(), int(level)))
        for word in tables.get("trade", {}).get(lang, "").split():
            known[stems[word]] = min(TRADE_LEVEL, known.get(stems[word], LEVELS))
        for word in (*COMMON.get(lang, "").split(), *tables.get("common", {}).get(lang, "").split()):
            known[stems[word]] = 0
    for lang in COMMON.keys() - levels.keys():  # of these only the commonest words are known
        stems = STEMS[latin_of(lang)]
        levels[lang] = {stems[word]: 0 for word in COMMON[lang].split()}
    return levels
