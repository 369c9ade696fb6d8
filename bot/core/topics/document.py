"""A piece of news as the matcher sees it: its words, their stems, and which stand side by side.

Built once, used by all that matches. Matches nothing itself. Title and text stand in one row of words, with a break
between that no phrase crosses.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise

from bot.core.text.language import detect_language
from bot.core.text.plain import cut_at_word
from bot.core.text.stems import STEMS, latin_of
from bot.core.text.words import UNSPACED, Token, bare, find_words, raw_words
from bot.core.topics.fields import TIERS, source_words
from bot.core.topics.query import is_character

BREAK = "\n"
"""The word between title and text: as written, and as a stem."""

LONGEST_SOURCE = 8
"""Words of an outlet's name that are looked at."""


OPENING, OPENING_OF_CHARACTERS, OPENING_OFFICIAL = 1_000, 400, 6_000
"""Characters of the text that say what a piece of news is about; of one in Chinese or Japanese; and of an official one,
whose lists of orders and rules mean every line."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand, as positions in the document's row of words, both included."""

    first: int
    last: int


class Document:
    """One item. `lang`: as its feed says (`en`, `pt-BR`), or "": then it is guessed. `tier`: its feed's, or None.

    `source`: the outlet's name and address, in any order.
    """

    def __init__(self, title: str, text: str = "", lang: str = "", source: str = "", tier: int | None = None) -> None:
        self.title = title
        self.text = text
        self.source = source
        self.tier = tier
        head = raw_words(title)
        self.cut = len(head)  # the position of the break
        self.raws = [*head, BREAK, *raw_words(text)]
        self.lang = lang[:2].lower() if lang else detect_language(self.raws)
        self.latin = latin_of(self.lang)
        stems = STEMS[self.latin]
        self.stems = list(map(stems.__getitem__, self.raws))
        self.found: dict[object, frozenset[str]] = {}  # what a set of concepts found in it

    @cached_property
    def opening(self) -> Document:
        """Headline and beginning: what is told further down is seldom what it is about."""
        limit = OPENING_OF_CHARACTERS if self.lang in UNSPACED else OPENING
        limit = OPENING_OFFICIAL if self.tier == 0 else limit
        if len(self.text) <= limit:
            return self
        return Document(self.title, cut_at_word(self.text, limit), self.lang, self.source, self.tier)

    @cached_property
    def words(self) -> frozenset[str]:
        """Its stems."""
        return frozenset(self.stems)

    @cached_property
    def title_words(self) -> frozenset[str]:
        """The stems of the title."""
        return frozenset(self.stems[: self.cut])

    @cached_property
    def pairs(self) -> frozenset[str]:
        """Two stems, a space between, where one follows the other at once or with one word between.

        Two characters are no pair with something between.
        """
        return self.title_pairs.union(self._pairs(self.stems[self.cut + 1 :]))

    def pairs_begun_by(self, firsts: Container[str]) -> set[str]:
        """Those of the pairs that begin with one of these stems: quicker to make than all, where few are wanted."""
        stems, cut = self.stems, self.cut
        found = set()
        for at, stem in enumerate(stems):
            if stem in firsts:
                end = cut if at < cut else len(stems)
                if at + 1 < end:
                    found.add(f"{stem} {stems[at + 1]}")
                if at + 2 < end and not (is_character(stem) and is_character(stems[at + 2])):
                    found.add(f"{stem} {stems[at + 2]}")
        return found

    @cached_property
    def title_pairs(self) -> frozenset[str]:
        """Those of the title."""
        return frozenset(self._pairs(self.stems[: self.cut]))

    def _pairs(self, stems: list[str]) -> Iterator[str]:
        far: Iterable[tuple[str, str]] = zip(stems, stems[2:], strict=False)
        if not (self.title.isascii() and self.text.isascii()):
            far = ((a, b) for a, b in far if not (is_character(a) and is_character(b)))
        return map(" ".join, chain(pairwise(stems), far))

    @cached_property
    def written(self) -> frozenset[str]:
        """Its words as written."""
        return frozenset(self.raws)

    @cached_property
    def title_written(self) -> frozenset[str]:
        """The words of the title as written."""
        return frozenset(self.raws[: self.cut])

    @cached_property
    def bares(self) -> dict[str, str]:
        """Each of its words as written, without case and accents."""
        return {raw: bare(raw) for raw in self.written}

    @cached_property
    def facts(self) -> frozenset[str]:
        """What is known of it besides its words: `lang:ru`, `tier:wire`, `source:metal bulletin`."""
        facts = [f"lang:{self.lang}"] if self.lang else []
        if self.tier is not None and 0 <= self.tier < len(TIERS):
            facts.append(f"tier:{TIERS[self.tier]}")
        words = source_words(self.source)[:LONGEST_SOURCE]
        runs = (words[a:b] for a in range(len(words)) for b in range(a + 1, len(words) + 1))
        return frozenset(chain(facts, ("source:" + " ".join(run) for run in runs)))

    @cached_property
    def stem_places(self) -> dict[str, list[int]]:
        """The positions of each stem, in order."""
        return _places(self.stems)

    @cached_property
    def raw_places(self) -> dict[str, list[int]]:
        """The positions of each word as written, in order."""
        return _places(self.raws)

    @cached_property
    def tokens(self) -> list[Token]:
        """The words with their offsets in title and text, for quoting; the break has none."""
        return [*find_words(self.title), Token(BREAK, BREAK, -1, -1), *find_words(self.text)]

    def is_apart(self, one: int, other: int) -> bool:
        """Whether the break lies between two positions."""
        return (one < self.cut) != (other < self.cut)


def _places(words: list[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for at, word in enumerate(words):
        found.setdefault(word, []).append(at)
    return found
