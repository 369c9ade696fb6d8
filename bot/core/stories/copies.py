"""What is the same beyond doubt as another piece of news: the link, the headline, or most of the words.

Looked up by a few numbers each, so the cost does not grow with what is held. Rules nothing out itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.stories.gist import Candidate
from bot.core.stories.shelf import Shelf
from bot.core.stories.sketch import WIDTH, likeness, unpack

COPY = 0.6
"""The likeness of word pairs from which one text is the other's copy."""

SMALLEST_HASHES = 4
"""Hashes of a sketch by which a copy is looked up: with 0.6 likeness one of four is shared 39 times of 40."""


class Copies:
    """Items by number, in order of arrival."""

    def __init__(self) -> None:
        self._shelf = Shelf()
        self._links: dict[int, int] = {}
        self._titles: dict[int, int] = {}
        self._sketches: dict[int, bytes] = {}

    def put(self, item: int, one: Candidate) -> None:
        """Take in an item, whose number is greater than all before."""
        self._shelf.put(item, _keys(one))
        self._sketches[item] = one.sketch
        if one.link:
            self._links[item] = one.link
        if one.title:
            self._titles[item] = one.title

    def find(self, one: Candidate) -> Iterator[tuple[int, str, float]]:
        """The items that are the same, the latest first: number, why, and how alike."""
        mine = unpack(one.sketch)
        for item in sorted(self._shelf.find(_keys(one)), reverse=True):
            if one.link and self._links.get(item) == one.link:
                yield item, "link", 1.0
            elif one.title and self._titles.get(item) == one.title:
                yield item, "headline", 1.0
            elif (share := likeness(mine, unpack(self._sketches.get(item, b"")), COPY)) >= COPY:
                yield item, "copy", share

    def forget_before(self, item: int) -> None:
        """Drop all items with lesser numbers."""
        self._shelf.forget_before(item)
        for known in (self._links, self._titles, self._sketches):
            for number in [number for number in known if number < item]:
                del known[number]


def _keys(one: Candidate) -> list[int]:
    smallest = unpack(one.sketch[: WIDTH * SMALLEST_HASHES])
    return list(dict.fromkeys((*filter(None, (one.link, one.title)), *smallest)))
