"""The words by which minerals and countries are known: they are terms of their own, so as words they count no more.

Of Han and kana it knows nothing: there single characters stand in many words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.core.text.stems import STEMS
from bot.core.text.words import IS_HAN_KANA, bare
from bot.core.topics.concepts import Concepts
from bot.core.topics.query import And, Feature, Near, Or, Query, Term, Word

FIELDS = ("mineral", "country")
AT_LARGE = frozenset({"any", "critical", "ores", "miners", "battery-makers"})
"""Names made of words that mean much else."""

START = 3
"""Letters by which the beginning of a word is filed."""

MOST_KNOWN = 20_000
"""Words remembered, some 4 MB."""


@dataclass(frozen=True, slots=True, eq=False)  # what is known of a word is remembered by this very object
class Spoken:
    """Words as they are compared; beginnings by their first letters."""

    words: frozenset[str]
    beginnings: dict[str, tuple[str, ...]]

    def has(self, raw: str, stem: str) -> bool:
        """Whether a word belongs to the name of a mineral or a country."""
        return _has(self, raw, stem)


@lru_cache(maxsize=MOST_KNOWN)
def _has(spoken: Spoken, raw: str, stem: str) -> bool:
    plain = bare(raw)
    if plain in spoken.words or stem in spoken.words:
        return True
    return plain.startswith(spoken.beginnings.get(plain[:START], ("\0",)))


@cache
def spoken_words(concepts: Concepts) -> Spoken:
    """Those of a lexicon; worked out once."""
    words: set[str] = set()
    beginnings: defaultdict[str, set[str]] = defaultdict(set)
    for word in _all_words(concepts):
        if word.is_prefix:
            beginnings[bare(word.text)[:START]].add(bare(word.text))
        else:
            words.update((bare(word.text), *(stems[word.text] for stems in STEMS.values())))
    return Spoken(frozenset(words), {start: tuple(found) for start, found in beginnings.items()})


def _all_words(concepts: Concepts) -> Iterator[Word]:
    for name in FIELDS:
        for value in concepts.known.get(name, frozenset()) - AT_LARGE:
            query = concepts.query(Feature(name, value))
            if query is not None:
                yield from (word for word in _words(query) if not IS_HAN_KANA(word.text))


def _words(query: Query) -> Iterator[Word]:
    """The words of names: of two that must be near each other the first is one."""
    if isinstance(query, Term):
        yield from query.words
    elif isinstance(query, Near):
        yield from _words(query.left)
    elif isinstance(query, (And, Or)):
        for part in query.parts:
            yield from _words(part)
