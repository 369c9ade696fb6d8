"""Which queries are filed under an atom, each with what is asked of it there. Flat rows, gone through in C.

Atoms are numbered from 0 without large gaps, so that rows stand in lists: a place is found quicker than a key.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain, compress
from operator import itemgetter, not_
from typing import Any

FREE, ONE, ALL, ANY, BARRED, NONE = KINDS = range(6)
"""What is asked: nothing; one atom more; all of some; any of some; that one is not there; that none of some is.

One atom is an int, some are a tuple.
"""

Ask = int | tuple[int, ...]
Picker = Callable[[list[Any]], tuple[Any, ...]]
AHEAD = 64
"""Atoms for which room is made at once."""

FEW = 8
"""Places of a row that a tuple has, which is small; a longer one is a list, which grows quicker."""


class Shelves:
    """Atoms to the queries filed under them: for each kind a row of queries, each followed by what is asked."""

    def __init__(self) -> None:
        self._rows: tuple[list[tuple[Any, ...] | list[Any]], ...] = tuple([] for _ in KINDS)

    def reach(self, atoms: int) -> None:
        """Make room for atoms up to this number."""
        missing = atoms - len(self._rows[FREE])
        if missing > 0:
            for rows in self._rows:
                rows.extend([()] * max(missing, AHEAD))

    def put(self, atom: int, query: int, kind: int, ask: Ask) -> None:
        """File a query, which is not there yet, under an atom."""
        rows = self._rows[kind]
        if atom >= len(rows):
            self.reach(atom + 1)
        row = rows[atom]
        entry: tuple[Ask, ...] = (query,) if kind == FREE else (query, ask)
        if not row:
            rows[atom] = entry
        elif isinstance(row, list):
            row += entry
        else:
            rows[atom] = (*row, *entry) if len(row) < FEW else [*row, *entry]

    def pull(self, atom: int, query: int, kind: int) -> None:
        """Undo `put`."""
        rows = self._rows[kind]
        row, (at, width) = list(rows[atom]), self._find(atom, query, kind)
        del row[at : at + width]
        rows[atom] = row if len(row) > FEW else tuple(row)

    def _find(self, atom: int, query: int, kind: int) -> tuple[int, int]:
        row = self._rows[kind][atom]
        return (row.index(query), 1) if kind == FREE else (2 * row[::2].index(query), 2)

    def ask(self, atom: int, query: int) -> tuple[int, Ask]:
        """The kind that a query is filed by under an atom, and what is asked."""
        for kind, rows in enumerate(self._rows):
            row = rows[atom]
            if query in (row if kind == FREE else row[::2]):
                at, width = self._find(atom, query, kind)
                return kind, () if width == 1 else row[at + 1]
        raise KeyError(query)

    def meet(self, found: set[int], atoms: int) -> set[int]:
        """The queries under any of these atoms for which what is asked is so; these are all there are.

        `atoms`: the number below which all atoms are.
        """
        self.reach(atoms)
        pick: Picker = itemgetter(0, 0, *found)  # 0 is no atom; a getter of one place gives no tuple
        met = set(chain.from_iterable(pick(self._rows[FREE])))
        self._ask(met, pick, ONE, found.__contains__)
        self._ask(met, pick, ALL, found.issuperset)
        self._ask(met, pick, NONE, found.isdisjoint)
        self._ask(met, pick, ANY, found.isdisjoint, is_good=False)
        self._ask(met, pick, BARRED, found.__contains__, is_good=False)
        return met

    def _ask(
        self, met: set[int], pick: Picker, kind: int, answer: Callable[[Any], bool], *, is_good: bool = True
    ) -> None:
        """Add the queries of one kind whose answer is yes, or no where that is good."""
        flat = list(chain.from_iterable(pick(self._rows[kind])))
        if flat:
            answers = map(answer, flat[1::2])
            met.update(compress(flat[::2], answers if is_good else map(not_, answers)))
