"""All queries against one document at once: each is filed under the clause that is met least often, and only looked at
where that is met.

The law: what `match` finds is what each query, judged by itself, finds. Adding and removing a query touches its own
atoms and nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any, NamedTuple

from bot.core.topics.atoms import Atoms, Clause
from bot.core.topics.document import Document
from bot.core.topics.query import And, Atom, Feature, Near, Not, Query, Term


class Branch(NamedTuple):
    """A query with atoms as numbers: "and", "or" or "not", and what it joins."""

    kind: str
    parts: tuple[Tree, ...]


Tree = int | Branch


@dataclass(frozen=True, slots=True)
class Check:
    """What is left to be asked of a query once the clause it is filed under is met."""

    all_of: Clause = ()
    none_of: Clause = ()
    trees: tuple[Tree, ...] = ()


class Index:
    """Queries by number."""

    def __init__(self) -> None:
        self._atoms = Atoms()
        self._homes: dict[int, int | Clause] = {}  # query -> the atom, or atoms, it is filed under
        self._ready: dict[int, set[int]] = {}  # atom -> queries that it meets
        self._all: dict[int, dict[int, Clause]] = {}  # atom -> query -> atoms that must be there, too
        self._none: dict[int, dict[int, Clause]] = {}  # atom -> query -> atoms that must not
        self._rest: dict[int, dict[int, Check]] = {}  # atom -> query -> any check

    def __len__(self) -> int:
        return len(self._homes)

    def __contains__(self, number: int) -> bool:
        return number in self._homes

    def add(self, number: int, query: Query) -> None:
        """Add a query, or replace the one with this number."""
        self.remove(number)
        home, check = self._file(self._number(query))
        for atom in home:
            self._shelve(atom, number, check)
        self._homes[number] = home[0] if len(home) == 1 else home

    def _shelve(self, atom: int, number: int, check: Check) -> None:
        if not check.trees and not (check.all_of and check.none_of):
            if check.all_of:
                self._all.setdefault(atom, {})[number] = check.all_of
            elif check.none_of:
                self._none.setdefault(atom, {})[number] = check.none_of
            else:
                self._ready.setdefault(atom, set()).add(number)
        else:
            self._rest.setdefault(atom, {})[number] = check

    def remove(self, number: int) -> None:
        """Remove a query; no such query is no error."""
        if number not in self._homes:
            return
        home, check = self._home(number), self._check(number)
        del self._homes[number]
        for atom in home:
            self._unshelve(atom, number)
        leaves = (leaf for tree in check.trees for leaf in _leaves(tree))
        for atom in (*home, *check.all_of, *check.none_of, *leaves):
            self._atoms.let_go(atom)

    def _unshelve(self, atom: int, number: int) -> None:
        ready = self._ready.get(atom, set())
        ready.discard(number)
        if not ready:
            self._ready.pop(atom, None)
        shelves: tuple[dict[int, dict[int, Any]], ...] = (self._all, self._none, self._rest)
        for shelf in shelves:
            shelf.get(atom, {}).pop(number, None)
            if atom in shelf and not shelf[atom]:
                del shelf[atom]

    def match(self, document: Document, concepts: Collection[str] = ()) -> set[int]:
        """The queries that a document meets, in which these concepts were found."""
        found = self._atoms.find(document, concepts)
        met: set[int] = set()
        for atom in self._ready.keys() & found:
            met |= self._ready[atom]
        for shelves, holds in ((self._all, found.issuperset), (self._none, found.isdisjoint)):
            for atom in shelves.keys() & found:
                shelf = shelves[atom]
                met.update(compress(shelf, map(holds, shelf.values())))
        for atom in self._rest.keys() & found:
            for number, check in self._rest[atom].items():
                if number not in met and _holds(check, found):
                    met.add(number)
        return met

    def wanted(self, number: int) -> list[Atom]:
        """The atoms that speak for a query that is in the index."""
        home, check = self._home(number), self._check(number)
        leaves = (leaf for tree in check.trees for leaf in _leaves(tree, skips="not"))
        return [self._atoms.read(atom) for atom in dict.fromkeys((*home, *check.all_of, *leaves))]

    def _home(self, number: int) -> Clause:
        home = self._homes[number]
        return (home,) if isinstance(home, int) else home

    def _check(self, number: int) -> Check:
        atom = self._home(number)[0]
        if number in self._ready.get(atom, ()):
            return Check()
        if number in self._all.get(atom, ()):
            return Check(all_of=self._all[atom][number])
        if number in self._none.get(atom, ()):
            return Check(none_of=self._none[atom][number])
        return self._rest[atom][number]

    def _number(self, query: Query) -> Tree:
        """The tree of a query; its atoms are taken."""
        if isinstance(query, (Term, Feature, Near)):
            return self._atoms.take(query)
        if isinstance(query, Not):
            return Branch("not", (self._number(query.part),))
        return Branch("and" if isinstance(query, And) else "or", tuple(map(self._number, query.parts)))

    def _file(self, tree: Tree) -> tuple[Clause, Check]:
        """The clause that a query is filed under, and what is to be checked besides."""
        parts = tree.parts if isinstance(tree, Branch) and tree.kind == "and" else (tree,)
        home = min(filter(None, map(self._clause_of, parts)), key=self._cost)
        itself = home[0] if len(home) == 1 else Branch("or", home)
        if itself in parts:
            return home, _check_of([part for part in parts if part != itself])
        for atom in home:
            self._atoms.hold(atom)  # it is let go with the rest, and is in no other part by itself
        return home, _check_of(parts)

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
        return sum(map(self._atoms.cost, clause))


def _check_of(parts: Sequence[Tree]) -> Check:
    all_of = tuple(part for part in parts if isinstance(part, int))
    barred = [_barred(part) for part in parts]
    none_of = tuple(dict.fromkeys(atom for atoms in barred for atom in atoms))
    trees = (part for part, atoms in zip(parts, barred, strict=True) if isinstance(part, Branch) and not atoms)
    return Check(all_of, none_of, tuple(trees))


def _barred(tree: Tree) -> Clause:
    """The atoms none of which may be there, where that is all a tree says; else ()."""
    if isinstance(tree, int) or tree.kind != "not":
        return ()
    [part] = tree.parts
    atoms = part.parts if isinstance(part, Branch) and part.kind == "or" else (part,)
    numbers = tuple(atom for atom in atoms if isinstance(atom, int))
    return numbers if len(numbers) == len(atoms) else ()


def _holds(check: Check, found: set[int]) -> bool:
    if not found.issuperset(check.all_of) or not found.isdisjoint(check.none_of):
        return False
    return all(_is_true(tree, found) for tree in check.trees)


def _is_true(tree: Tree, found: set[int]) -> bool:
    if isinstance(tree, int):
        return tree in found
    if tree.kind == "not":
        return not _is_true(tree.parts[0], found)
    met = (_is_true(part, found) for part in tree.parts)
    return all(met) if tree.kind == "and" else any(met)


def _leaves(tree: Tree, skips: str = "") -> Iterator[int]:
    if isinstance(tree, int):
        yield tree
    elif tree.kind != skips:
        for part in tree.parts:
            yield from _leaves(part, skips)
