"""Which items have a key, for keys that few items share: sorted runs of numbers instead of a dictionary, a sixth of it.

What comes is filed in a dictionary first; each few thousand items that becomes a run, where bisection finds it (the
levels of a log-structured merge tree, O'Neil 1996, of which one is enough here). Decides nothing.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable

RUN = 8_192
"""Items whose keys are one run: sorting it takes some 20 ms."""

SHIFT = 32
ITEM = (1 << SHIFT) - 1


class Runs:
    """Keys and items are numbers below 2**32; a later item has a greater number."""

    def __init__(self) -> None:
        self._young: dict[int, list[int]] = {}
        self._since = 0  # the first item that is in no run
        self._runs: list[array[int]] = []
        self._ends: list[int] = []  # the item after the last of each run

    def put(self, item: int, keys: Iterable[int]) -> None:
        """File an item, whose number is greater than all before."""
        if item - self._since >= RUN:
            rows = self._young.items()
            self._runs.append(array("Q", sorted([key << SHIFT | one for key, items in rows for one in items])))
            self._ends.append(item)
            self._young, self._since = {}, item
        for key in keys:
            self._young.setdefault(key, []).append(item)

    def find(self, keys: Iterable[int], newest: int) -> set[int]:
        """The items that have any of these keys; of each key no more than so many, the newest."""
        found: set[int] = set()
        for key in keys:
            items = self._young.get(key, [])[-newest:]
            for run in reversed(self._runs):
                if len(items) >= newest:
                    break
                at, end = bisect_left(run, key << SHIFT), 0
                if at < len(run) and run[at] >> SHIFT == key:
                    end = bisect_left(run, key + 1 << SHIFT, at)
                    items += [one & ITEM for one in run[max(at, end - newest + len(items)) : end]]
            found.update(items)
        return found

    def forget_before(self, item: int) -> None:
        """Drop the items with lesser numbers, but for those in a run with later ones: they may still be found."""
        gone = sum(end <= item for end in self._ends)
        del self._runs[:gone], self._ends[:gone]
