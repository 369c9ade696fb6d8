"""Which queries are filed under an atom, each with what is asked of it there. Flat lists, gone through in C."""

from __future__ import annotations

from itertools import chain, compress
from operator import not_
from typing import Any

FREE, ONE, ALL, ANY, NONE = KINDS = range(5)
"""What is asked: nothing; one more atom; some more, all; some of which one must be there; some of which none may."""

Ask = int | tuple[int, ...]
NOTHING: list[Ask] = []
"""What a shelf without queries of a kind holds. Never changed."""


class Shelves:
    """Atoms to the queries that are filed under them: a list a kind, of queries, each followed by what is asked."""

    def __init__(self) -> None:
        self._shelves: dict[int, list[list[Ask]]] = {}

    def put(self, atom: int, query: int, kind: int, ask: Ask) -> None:
        """File a query, which is not there yet, under an atom."""
        shelf = self._shelves.get(atom)
        if shelf is None:
            shelf = self._shelves[atom] = [NOTHING] * len(KINDS)
        entry: list[Ask] = [query] if kind == FREE else [query, ask]
        if shelf[kind]:
            shelf[kind] += entry
        else:
            shelf[kind] = entry

    def pull(self, atom: int, query: int, kind: int) -> None:
        """Undo `put`."""
        shelf = self._shelves[atom]
        at, width = _find(shelf[kind], query, kind)
        del shelf[kind][at : at + width]
        if not shelf[kind]:
            shelf[kind] = NOTHING
        if not any(shelf):
            del self._shelves[atom]

    def ask(self, atom: int, query: int) -> tuple[int, Ask]:
        """The kind a query is filed by under an atom, and what is asked."""
        for kind, entries in enumerate(self._shelves[atom]):
            if query in (entries if kind == FREE else entries[::2]):
                at, width = _find(entries, query, kind)
                return kind, () if width == 1 else entries[at + 1]
        raise KeyError(query)

    def meet(self, found: set[int]) -> set[int]:
        """The queries under any of these atoms for which what is asked is so; these are all the atoms there are."""
        shelves = self._shelves
        columns = list(zip(*map(shelves.__getitem__, shelves.keys() & found), strict=True))
        if not columns:
            return set()
        met: set[Any] = set(chain.from_iterable(columns[FREE]))
        flat: list[Any]
        for kind, holds in ((ONE, found.__contains__), (ALL, found.issuperset), (NONE, found.isdisjoint)):
            flat = list(chain.from_iterable(columns[kind]))
            met.update(compress(flat[::2], map(holds, flat[1::2])))
        flat = list(chain.from_iterable(columns[ANY]))
        met.update(compress(flat[::2], map(not_, map(found.isdisjoint, flat[1::2]))))
        return met

    def held(self, atom: int) -> list[Any]:
        """The queries under one atom."""
        shelf = self._shelves.get(atom, ())
        return [query for kind, flat in enumerate(shelf) for query in (flat if kind == FREE else flat[::2])]


def _find(entries: list[Ask], query: int, kind: int) -> tuple[int, int]:
    return (entries.index(query), 1) if kind == FREE else (2 * entries[::2].index(query), 2)
