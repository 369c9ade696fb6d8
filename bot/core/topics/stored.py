"""Queries in their normal form, as they are stored, read at a tenth of the parser's cost.

The normal form joins one way on a level and puts everything else in parentheses, so that lexemes are all there is to
see. What is not of that form is left to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.core.topics.parser import parse_once
from bot.core.topics.query import Atom, Term, Word
from bot.core.topics.tree import Branch, Tree

LEXEME = re.compile(r'(?:[a-z]+:)?=?"[^"]*"(?:~\d+)?|[()]|[^\s()"]+')
JOINS = {"AND": "and", "OR": "or"}
SIGNS = frozenset((*JOINS, "NOT", "(", ")"))
PLAIN = re.compile(r"[a-z0-9]*[a-z][a-z0-9]*")


def read_stored(expr: str, take: Callable[[str], int]) -> Tree | None:
    """The tree of a query in its normal form; `take` gives the number of an atom as written. None: it is in another."""
    if "NEAR" in expr:
        return None  # it joins atoms to one, which is the parser's work
    level = _Level()
    for lexeme in LEXEME.findall(expr):
        if lexeme not in SIGNS:
            level.add(take(lexeme))
        elif lexeme == "NOT":
            level.is_barred = True
        elif lexeme == "(":
            level = _Level(level)
        elif lexeme == ")":
            if level.outer is None:
                return None
            level.outer.add(level.tree())
            level = level.outer
        elif level.kind in ("", JOINS[lexeme]):
            level.kind = JOINS[lexeme]
        else:
            return None
    return level.tree() if level.outer is None and level.parts else None


class _Level:
    """What stands within one pair of parentheses."""

    __slots__ = ("is_barred", "kind", "outer", "parts")

    def __init__(self, outer: _Level | None = None) -> None:
        self.outer = outer
        self.parts: list[Tree] = []
        self.kind = ""
        self.is_barred = False

    def add(self, tree: Tree) -> None:
        if self.is_barred:
            self.is_barred = False
            tree = Branch("not", (tree,))
        self.parts.append(tree)

    def tree(self) -> Tree:
        return Branch(self.kind, tuple(self.parts)) if self.kind else self.parts[0]


def read_atom(written: str) -> Atom:
    """The atom that wrote itself so; plain words and phrases of them without the parser."""
    text = written.strip('"')
    words = text.split(" ")
    if len(written) - len(text) == (2 if len(words) > 1 else 0) and all(map(PLAIN.fullmatch, words)):
        return Term(tuple([Word(word) for word in words]))
    return parse_once(written)
