"""A query with its atoms as numbers."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from typing import NamedTuple

from bot.core.topics.query import And, Atom, Feature, Near, Not, Query, Term


class Branch(NamedTuple):
    """What joins: `kind` is "and", "or" or "not"."""

    kind: str
    parts: tuple[Tree, ...]


Tree = int | Branch


def number_query(query: Query, take: Callable[[Atom], int]) -> Tree:
    """The tree of a query; `take` gives the number of an atom."""
    if isinstance(query, (Term, Feature, Near)):
        return take(query)
    if isinstance(query, Not):
        return Branch("not", (number_query(query.part, take),))
    return Branch("and" if isinstance(query, And) else "or", tuple(number_query(part, take) for part in query.parts))


def is_true(tree: Tree, found: Container[int]) -> bool:
    """Whether a tree holds where these atoms were found."""
    if isinstance(tree, int):
        return tree in found
    if tree.kind == "not":
        return not is_true(tree.parts[0], found)
    met = (is_true(part, found) for part in tree.parts)
    return all(met) if tree.kind == "and" else any(met)


def leaves(tree: Tree, skips: str = "") -> Iterator[int]:
    """The atoms of a tree, as often as it has them; nothing under branches of one kind."""
    if isinstance(tree, int):
        yield tree
    elif tree.kind != skips:
        for part in tree.parts:
            yield from leaves(part, skips)


class Parts(NamedTuple):
    """The parts of an AND, by what they are."""

    single: Sequence[tuple[int]]  # atoms that must be there
    choices: Sequence[tuple[int, ...]]  # atoms of which one must be
    barred: Sequence[int]  # atoms that must not
    rest: tuple[Branch, ...]  # whatever else


def sort_parts(parts: tuple[Tree, ...]) -> Parts:
    """The parts of an AND, sorted."""
    single: list[tuple[int]] = []
    choices: list[tuple[int, ...]] = []
    barred: list[int] = []
    rest: list[Branch] = []
    for part in parts:
        if isinstance(part, int):
            single.append((part,))
        elif part.kind == "or" and (atoms := _numbers(part.parts)):
            choices.append(atoms)
        elif part.kind == "not" and (atoms := _barred(part.parts[0])):
            barred += atoms
        else:
            rest.append(part)
    return Parts(single, choices, barred, tuple(rest))


def _barred(tree: Tree) -> tuple[int, ...]:
    """The atoms of which none may be there, where that is all a NOT says; else ()."""
    if isinstance(tree, int):
        return (tree,)
    return _numbers(tree.parts) if tree.kind == "or" else ()


def _numbers(parts: tuple[Tree, ...]) -> tuple[int, ...]:
    numbers = tuple([part for part in parts if isinstance(part, int)])
    return numbers if len(numbers) == len(parts) else ()
