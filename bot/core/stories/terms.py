"""Terms as numbers: each is kept, weighed and taken apart once, however many items have it. Compares nothing."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from bot.core.lexicon.events import Events
from bot.core.stories.spelling import skeleton
from bot.core.stories.topical import is_own
from bot.core.stories.weights import FAMOUS, weigh_term

ENTITIES = frozenset({"mineral", "country", "name", "place", "sound", "pair"})


class Term(NamedTuple):
    """A term of one language. `field` and `value`: what stands around the colon, if there is one.

    `is_who`: it says who, where or of what metal; `is_own`: and tells one thing from all others.
    """

    word: str
    weight: float
    field: str
    value: str
    is_who: bool
    is_own: bool


class Terms:
    """Numbers are given in order of first sight, and never given back: a window's words are few."""

    def __init__(self, events: Events) -> None:
        self._events = events
        self._famous = frozenset(map(skeleton, events.famous)) - {""}
        self._numbers: defaultdict[str, dict[str, int]] = defaultdict(dict)  # by language, as words weigh by it
        self._terms: list[Term] = []

    def numbers(self, words: Iterable[str], lang: str) -> array[int]:
        """The numbers of terms."""
        known = self._numbers[lang]
        return array("I", [known[word] if word in known else self._add(word, lang) for word in words])

    def _add(self, word: str, lang: str) -> int:
        number = self._numbers[lang][word] = len(self._terms)
        field, colon, value = word.partition(":")
        weight = FAMOUS if field == "sound" and value in self._famous else weigh_term(word, lang, self._events)
        name = field if colon else ""
        self._terms.append(Term(word, weight, name, value, name in ENTITIES, is_own(name, weight)))
        return number

    def look_up(self, numbers: Iterable[int]) -> list[Term]:
        """The terms of these numbers."""
        return [self._terms[number] for number in numbers]
