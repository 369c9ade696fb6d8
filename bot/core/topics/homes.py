"""Where each query is filed, by its number.

Numbers as a database gives them stand close together: a place in a block costs 9 bytes, one in a dictionary some forty.
"""

from __future__ import annotations

SHIFT, PLACES = 6, 64

Home = int | tuple[int, ...]
"""An atom, or several: under each of them."""


class Homes:
    """Numbers of queries, 0 or more, to their homes."""

    def __init__(self) -> None:
        self._blocks: dict[int, list[Home | None]] = {}
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def __contains__(self, number: int) -> bool:
        block = self._blocks.get(number >> SHIFT)
        return block is not None and block[number % PLACES] is not None

    def __getitem__(self, number: int) -> Home:
        home = self._blocks[number >> SHIFT][number % PLACES]
        if home is None:
            raise KeyError(number)
        return home

    def put(self, number: int, home: Home) -> None:
        """Note the home of a query that has none."""
        block = self._blocks.get(number >> SHIFT)
        if block is None:
            block = self._blocks[number >> SHIFT] = [None] * PLACES
        block[number % PLACES] = home
        self._count += 1

    def drop(self, number: int) -> None:
        """Undo `put`."""
        block = self._blocks[number >> SHIFT]
        block[number % PLACES] = None
        self._count -= 1
        if block.count(None) == PLACES:
            del self._blocks[number >> SHIFT]
