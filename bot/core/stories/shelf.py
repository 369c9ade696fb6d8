"""Which pieces of news may be of the same event as another: an inverted index over telling keys. Decides nothing.

Common terms stand in too much of the news to be looked up alone, so a country is filed together with a mineral or a
kind of event. A key is a number; of a key that many items have only the newest are looked at.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import product
from typing import TypeAlias
from zlib import crc32

from bot.core.lexicon.events import Events
from bot.core.stories.gist import Gist

NEWEST = 200
"""Items looked at of one key."""

MOST_WORDS, MOST_OF_FIELD = 8, 4
RARE = 7
"""The level from which a word is a key."""

SINGLE = frozenset({"name", "place", "sound", "number"})
FAINT = frozenset({"mineral:ores", "mineral:miners", "mineral:battery-makers"})
Row: TypeAlias = "int | array[int]"


def keys(gist: Gist, events: Events) -> Iterable[int]:
    """The keys of a piece of news."""
    terms = (*gist.title, *gist.text)
    return dict.fromkeys(crc32(key.encode("utf-8", "surrogatepass")) for key in _keys(gist, terms, events))


def _keys(gist: Gist, terms: tuple[str, ...], events: Events) -> Iterator[str]:
    found = {"mineral": list[str](), "country": list[str](), "kind": list[str]()}
    words: list[str] = []
    for term in terms:
        field, colon, value = term.partition(":")
        if not colon:
            if len(words) < MOST_WORDS and events.level(term, gist.lang) >= RARE:
                words.append(term)
        elif field in SINGLE or (field == "date" and "-" in value):
            yield term
        elif field in found and term not in FAINT:
            found[field].append(term)
    minerals, countries, kinds = (some[:MOST_OF_FIELD] for some in found.values())
    for one, other in ((minerals, countries), (minerals, kinds), (countries, kinds)):
        yield from map(" ".join, product(one, other))
    yield from (f"{gist.lang} {word}" for word in words)


class Shelf:
    """Items by number, in order of arrival: a later one has a greater number."""

    def __init__(self) -> None:
        self._rows: dict[int, Row] = {}

    def put(self, item: int, its_keys: Iterable[int]) -> None:
        """File an item, whose number is greater than all before."""
        rows = self._rows
        for key in its_keys:
            row = rows.get(key)
            if row is None:
                rows[key] = item
            elif isinstance(row, int):
                rows[key] = array("I", (row, item))
            else:
                row.append(item)

    def find(self, its_keys: Iterable[int]) -> Counter[int]:
        """The items that share keys, with how many; the newest of each key."""
        found: Counter[int] = Counter()
        for key in its_keys:
            row = self._rows.get(key)
            if isinstance(row, int):
                found[row] += 1
            elif row is not None:
                found.update(row[-NEWEST:])
        return found

    def forget_before(self, item: int) -> None:
        """Drop all items with lesser numbers."""
        kept: dict[int, Row] = {}
        for key, row in self._rows.items():
            if isinstance(row, int):
                if row >= item:
                    kept[key] = row
            elif rest := row[bisect_left(row, item) :]:
                kept[key] = rest
        self._rows = kept
