"""All queries against one document at once: each is filed under the clause of it that is met least often, and asked
for the rest only where that is met.

The law: what `match` finds is what each query, judged by itself, finds. Adding and removing a query touches its own
atoms and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from itertools import chain
from typing import NamedTuple

from bot.core.errors import QueryError
from bot.core.topics.atoms import Atoms, Clause
from bot.core.topics.document import Document
from bot.core.topics.homes import Homes
from bot.core.topics.parser import parse_query
from bot.core.topics.query import Atom, Query
from bot.core.topics.shelves import ALL, ANY, BARRED, FREE, NONE, ONE, Ask, Shelves
from bot.core.topics.stored import read_flat, read_stored
from bot.core.topics.tree import Branch, Parts, Tree, is_true, leaves, number_query, sort_parts


class Filed(NamedTuple):
    """A query as it is filed: under each atom of `home`; the rest is asked when one of them is there."""

    home: Clause
    all_of: Clause = ()  # that must be there, too
    any_of: Clause = ()  # of which one must be
    none_of: Clause = ()  # that must not
    trees: tuple[Tree, ...] = ()  # whatever else must be true
    is_whole: bool = False  # the trees hold all of it, home and all

    def first_ask(self) -> tuple[int, Ask, bool]:
        """What its shelf asks, and whether that is all there is to ask."""
        if self.all_of:
            is_all = not (self.any_of or self.none_of or self.trees)
            return (ONE, self.all_of[0], is_all) if len(self.all_of) == 1 else (ALL, self.all_of, is_all)
        if self.any_of:
            return ANY, self.any_of, not (self.none_of or self.trees)
        if len(self.none_of) == 1:
            return BARRED, self.none_of[0], not self.trees
        return (NONE, self.none_of, not self.trees) if self.none_of else (FREE, (), not self.trees)

    def holds(self, found: set[int]) -> bool:
        """Whether all is so that is asked besides the home and what must be there."""
        if self.any_of and found.isdisjoint(self.any_of):
            return False
        return found.isdisjoint(self.none_of) and all(is_true(tree, found) for tree in self.trees)


Reader = Callable[[str, list[int]], Filed | None]
"""From a query as written to where it is filed; what atoms were taken is told in any case."""


class Index:
    """Queries by number."""

    def __init__(self) -> None:
        self._atoms = Atoms()
        self._homes = Homes()
        self._shelves = Shelves()
        self._more: dict[int, Filed] = {}  # those of which more is asked than their shelf tells

    def __len__(self) -> int:
        return len(self._homes)

    def __contains__(self, number: int) -> bool:
        return number in self._homes

    def add(self, number: int, query: Query) -> None:
        """Add a query, or replace the one with this number."""
        self.remove(number)
        self._put(number, self._file(number_query(query, self._atoms.take)))

    def add_stored(self, number: int, expr: str) -> None:
        """Add a query in its normal form, which is read quicker. Raises QueryError."""
        filed = self._file_as(self._file_flat, expr) or self._file_as(self._file_nested, expr)
        if filed is None:
            self.add(number, parse_query(expr))
            return
        if number in self._homes:
            self.remove(number)
        self._put(number, filed)

    def _file_as(self, read: Reader, expr: str) -> Filed | None:
        """Where a query belongs in the eyes of one reader; where it is none for him, nothing of it is held."""
        taken: list[int] = []
        try:
            filed = read(expr, taken)
        except QueryError:
            filed = None
        if filed is None:
            for atom in taken:
                self._atoms.let_go(atom)
        return filed

    def _file_flat(self, expr: str, taken: list[int]) -> Filed | None:
        """Where a query of one level in its normal form belongs; None: it is none. Tells what was taken in any case."""
        flat = read_flat(expr)
        if flat is None:
            return None
        take = self._atoms.take_all
        single = take(flat.single, taken)
        if not flat.choices and not flat.barred:
            return self._file_all(single)
        choices = [take(choice, taken) for choice in flat.choices]
        barred = take(flat.barred, taken)
        if not single and len(choices) == 1:
            return Filed(choices[0], none_of=barred)
        apart = [(atom,) for atom in single]
        return _ask(self._rarest([*apart, *choices]), Parts(apart, choices, barred, ()))

    def _file_all(self, atoms: Clause) -> Filed:
        """Where a query belongs that wants some atoms, all of them."""
        if len(atoms) == 1:
            return Filed(atoms)
        home = min(atoms, key=self._atoms.costs.__getitem__)
        return Filed((home,), tuple([atom for atom in atoms if atom != home]))

    def _file_nested(self, expr: str, taken: list[int]) -> Filed | None:
        """The same of a query of any depth."""

        def take(written: str) -> int:
            taken.append(self._atoms.take_written(written))
            return taken[-1]

        tree = read_stored(expr, take)
        filed = None if tree is None else self._file(tree)
        return filed if filed is not None and filed.home else None  # without a home it says only what is not wanted

    def _put(self, number: int, filed: Filed) -> None:
        kind, ask, is_all = filed.first_ask()
        for atom in filed.home:
            self._shelves.put(atom, number, kind, ask)
        self._homes.put(number, filed.home[0] if len(filed.home) == 1 else filed.home)
        if not is_all:
            self._more[number] = filed

    def remove(self, number: int) -> None:
        """Remove a query; no such query is no error."""
        if number in self._homes:
            for atom in self._taken(self._pull(number)):
                self._atoms.let_go(atom)

    def _pull(self, number: int) -> Filed:
        """What is filed of a query, which is taken out; its atoms are held on."""
        filed = self._read(number)
        kind = filed.first_ask()[0]
        for atom in filed.home:
            self._shelves.pull(atom, number, kind)
        self._homes.drop(number)
        self._more.pop(number, None)
        return filed

    def _read(self, number: int) -> Filed:
        if number in self._more:
            return self._more[number]
        home = self._homes[number]
        atoms = (home,) if isinstance(home, int) else home
        kind, ask = self._shelves.ask(atoms[0], number)
        several = (ask,) if isinstance(ask, int) else ask
        return Filed(
            atoms,
            several if kind in (ONE, ALL) else (),
            several if kind == ANY else (),
            several if kind in (BARRED, NONE) else (),
        )

    def _taken(self, filed: Filed) -> Iterable[int]:
        """The atoms that a query holds, as often as it does."""
        rest: Iterable[int] = chain(
            filed.all_of, filed.any_of, filed.none_of, (leaf for tree in filed.trees for leaf in leaves(tree))
        )
        return rest if filed.is_whole else chain(filed.home, rest)

    def wanted(self, number: int) -> list[Atom]:
        """The atoms that speak for a query that is in the index."""
        filed = self._read(number)
        rest = (leaf for tree in filed.trees for leaf in leaves(tree, skips="not"))
        return [self._atoms.read(atom) for atom in dict.fromkeys((*filed.home, *filed.all_of, *filed.any_of, *rest))]

    def match(self, document: Document, concepts: Set[str] = frozenset()) -> set[int]:
        """The queries that a document meets, in which these concepts were found."""
        found = self._atoms.find(document, concepts)
        met = self._shelves.meet(found, len(self._atoms.costs))
        for number in self._more.keys() & met:
            if not self._more[number].holds(found):
                met.discard(number)
        return met

    def _file(self, tree: Tree) -> Filed:
        """Where a query belongs, by what is known of how often its atoms are met."""
        if isinstance(tree, int):
            return Filed((tree,))
        parts = tree.parts if tree.kind == "and" else (tree,)
        sorted_parts = sort_parts(parts)
        home = self._rarest([*sorted_parts.single, *sorted_parts.choices])
        if not sorted_parts.rest:
            return _ask(home, sorted_parts)
        clause = self._clause_of(Branch("and", sorted_parts.rest))
        if home and (not clause or self._cost(home) <= self._cost(clause)):
            return _ask(home, sorted_parts)
        return Filed(clause, trees=parts, is_whole=True)

    def _rarest(self, clauses: Sequence[Clause]) -> Clause:
        if len(clauses) == 1:
            return clauses[0]
        return min(clauses, key=self._cost, default=())

    def _clause_of(self, tree: Tree, is_wanted: bool = True) -> Clause:
        """A clause that must be met for a tree to hold, or not to hold: the rarest, or () where there is none."""
        if isinstance(tree, int):
            return (tree,) if is_wanted else ()
        if tree.kind == "not":
            return self._clause_of(tree.parts[0], not is_wanted)
        clauses = [self._clause_of(part, is_wanted) for part in tree.parts]
        if (tree.kind == "and") == is_wanted:
            return min(filter(None, clauses), key=self._cost, default=())
        return tuple(dict.fromkeys(atom for clause in clauses for atom in clause)) if all(clauses) else ()

    def _cost(self, clause: Clause) -> float:
        costs = self._atoms.costs
        return costs[clause[0]] if len(clause) == 1 else sum(map(costs.__getitem__, clause))


def _ask(home: Clause, parts: Parts) -> Filed:
    """What is asked besides the home, each part as what is asked soonest."""
    all_of = tuple([atom for (atom,) in parts.single if (atom,) != home])
    choices = [choice for choice in parts.choices if choice != home]
    rest = (*map(_either, choices[1:]), *parts.rest)
    return Filed(home, all_of, choices[0] if choices else (), tuple(parts.barred), rest)


def _either(atoms: Clause) -> Branch:
    return Branch("or", atoms)
