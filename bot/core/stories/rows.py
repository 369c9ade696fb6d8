"""Rows of numbers, one after the other in one array: of a hundred thousand rows an object each would weigh more than
what they hold. Knows nothing of what the numbers mean.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable


class Rows:
    """Numbered in the order in which they come; each holds numbers from 0 to 2**32 - 1."""

    def __init__(self) -> None:
        self._numbers = array("I")
        self._ends = array("I", (0,))  # of each row, after the start of the first
        self._first = 0

    def append(self, row: Iterable[int]) -> None:
        """Take in the next row."""
        self._numbers.extend(row)
        self._ends.append(len(self._numbers))

    def __getitem__(self, row: int) -> array[int]:
        """The numbers of a row that is still there."""
        at = row - self._first
        return self._numbers[self._ends[at] : self._ends[at + 1]]

    def __contains__(self, row: int) -> bool:
        return 0 <= row - self._first < len(self._ends) - 1

    def forget_before(self, row: int) -> None:
        """Drop the rows with lesser numbers."""
        count = row - self._first
        cut = self._ends[count]
        del self._numbers[:cut]
        self._ends = array("I", (end - cut for end in self._ends[count:]))
        self._first = row
