"""Queries in their normal form, as they are stored, read at a tenth of the parser's cost.

The normal form joins one way on a level and puts everything else in parentheses, so that lexemes are all there is to
see. What is not of that form is left to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from bot.core.topics.parser import parse_once
from bot.core.topics.query import Atom, Term, Word
from bot.core.topics.tree import Branch, Tree

LEXEME = re.compile(r'(?:[a-z]+:)?=?"[^"]*"(?:~\d+)?|[()]|[^\s()"]+')
JOINS = {"AND": "and", "OR": "or"}
SIGNS = frozenset((*JOINS, "NOT", "(", ")"))
PLAIN = re.compile(r"[a-z0-9]*[a-z][a-z0-9]*")
PLAIN_ATOM = re.compile(rf'{PLAIN.pattern}|"({PLAIN.pattern}) ({PLAIN.pattern})"')
"""A word, or a phrase of two, that no more than its stems are asked of."""


class Flat(NamedTuple):
    """The parts of an AND of one level, as written."""

    single: list[str]  # atoms that must be there
    choices: list[list[str]]  # atoms of which one must be
    barred: list[str]  # atoms that must not


def read_flat(expr: str) -> Flat | None:
    """The parts of a query in its normal form, if it has one level. None: look closer.

    It is cut where AND and OR stand, be it within quotes or parentheses. Where that was wrong, a piece is no atom.
    """
    if " " not in expr:
        return Flat([expr], [], [])
    flat = Flat([], [], [])
    pieces = expr.split(" AND ")
    for piece in pieces:
        is_barred = piece.startswith("NOT ")
        wanted = piece[4:] if is_barred else piece
        if wanted.startswith("("):
            if not wanted.endswith(")"):
                return None
            atoms = wanted[1:-1].split(" OR ")
        elif " OR " in wanted:
            if is_barred or len(pieces) > 1:
                return None
            atoms = wanted.split(" OR ")
        else:
            (flat.barred if is_barred else flat.single).append(wanted)
            continue
        if is_barred:
            flat.barred.extend(atoms)
        else:
            flat.choices.append(atoms)
    return flat if flat.single or flat.choices else None


def read_stored(expr: str, take: Callable[[str], int]) -> Tree | None:
    """The tree of a query in its normal form; `take` gives the number of an atom as written. None: it is in another."""
    if "NEAR" in expr or expr.count('"') % 2:
        return None  # it joins atoms to one, which is the parser's work
    level = _Level()
    for lexeme in LEXEME.findall(expr):
        if lexeme not in SIGNS:
            if not level.is_open:
                return None
            level.is_open = False
            level.parts.append(take(lexeme))
        elif lexeme == ")":
            if level.outer is None or level.is_open:
                return None
            level.outer.parts.append(level.tree())
            level = level.outer
        elif lexeme in JOINS:
            if level.is_open or level.kind not in ("", JOINS[lexeme]):
                return None
            level.kind, level.is_open = JOINS[lexeme], True
        elif not level.is_open or (lexeme == "NOT" and len(level.parts) in level.bars):
            return None
        elif lexeme == "NOT":
            level.bars.add(len(level.parts))
        else:
            level.is_open = False
            level = _Level(level)
    return level.tree() if level.outer is None and not level.is_open else None


class _Level:
    """What stands within one pair of parentheses. `is_open`: a part must follow; `bars`: which parts are barred."""

    __slots__ = ("bars", "is_open", "kind", "outer", "parts")

    def __init__(self, outer: _Level | None = None) -> None:
        self.outer = outer
        self.parts: list[Tree] = []
        self.bars: set[int] = set()
        self.kind = ""
        self.is_open = True

    def tree(self) -> Tree:
        parts = self.parts
        if self.bars:
            parts = [Branch("not", (part,)) if at in self.bars else part for at, part in enumerate(parts)]
        return Branch(self.kind, tuple(parts)) if self.kind else parts[0]


def read_atom(written: str) -> Atom:
    """The atom that wrote itself so; plain words and phrases of them without the parser."""
    text = written.strip('"')
    words = text.split(" ")
    if len(written) - len(text) == (2 if len(words) > 1 else 0) and all(map(PLAIN.fullmatch, words)):
        return Term(tuple([Word(word) for word in words]))
    return parse_once(written)
