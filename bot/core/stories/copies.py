"""What is the same beyond doubt as another piece of news: the link, the headline, or most of the words.

Looked up by a few numbers each, so the cost does not grow with what is held. Rules nothing out itself.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator

from bot.core.stories.gist import Candidate
from bot.core.stories.rows import Rows
from bot.core.stories.runs import Runs
from bot.core.stories.sketch import WIDTH, likeness, unpack

COPY = 0.6
"""The likeness of word pairs from which one text is the other's copy."""

SMALLEST_HASHES = 4
"""Hashes of a sketch by which a copy is looked up: with 0.6 likeness one of four is shared 39 times of 40."""

NEWEST = 200
"""Items looked at of one key."""


class Copies:
    """Items by number, in order of arrival."""

    def __init__(self) -> None:
        self._runs = Runs()
        self._oldest = 0
        self._links, self._titles, self._sketches = array("I"), array("I"), Rows()

    def put(self, item: int, one: Candidate) -> None:
        """Take in an item, whose number is one more than the one before."""
        self._runs.put(item, _keys(one))
        self._sketches.append(unpack(one.sketch))
        self._links.append(one.link)
        self._titles.append(one.title)

    def find(self, one: Candidate) -> Iterator[tuple[int, str, float]]:
        """The items that are the same, the latest first: number, why, and how alike."""
        mine = unpack(one.sketch)
        words, least = frozenset(mine), COPY * len(mine)
        for item in sorted(self._runs.find(_keys(one), NEWEST), reverse=True):
            at = item - self._oldest
            if at < 0:
                return  # the rest is forgotten
            if one.link and self._links[at] == one.link:
                yield item, "link", 1.0
            elif one.title and self._titles[at] == one.title:
                yield item, "headline", 1.0
            elif (
                len(words.intersection(other := self._sketches[item])) >= least
                and (share := likeness(mine, other, COPY)) >= COPY
            ):
                yield item, "copy", share

    def forget_before(self, item: int) -> None:
        """Drop all items with lesser numbers."""
        self._runs.forget_before(item)
        self._sketches.forget_before(item)
        for column in (self._links, self._titles):
            del column[: item - self._oldest]
        self._oldest = item


def _keys(one: Candidate) -> list[int]:
    smallest = unpack(one.sketch[: WIDTH * SMALLEST_HASHES])
    return list(dict.fromkeys((*filter(None, (one.link, one.title)), *smallest)))
