"""From what somebody typed to a query. By hand, from left to right, once; each error has its place.

    query   = either { OR either }
    either  = factor { [AND] factor }                words side by side mean AND
    factor  = (NOT | "-") factor | near
    near    = unit { NEAR[/n] unit }                 each a term or, in parentheses, terms joined by OR
    unit    = [field ":"] "(" query ")" | [field ":"] ["="] (word | "phrase" ["~" n])

Operators may be written small; NEAR alone may not, near/8 may. No regular expressions.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TypeGuard

from bot.core.errors import QueryError
from bot.core.topics.fields import PLACES, Known, read_feature, require_field
from bot.core.topics.lexer import Lexeme, lex
from bot.core.topics.query import And, Atom, Feature, Near, Not, Or, Query, Term, is_positive, join
from bot.core.topics.terms import read_term

MOST_TERMS = 400
MOST_CHARACTERS = 8_000
GROWS = 8
"""How many times longer a query may be in its normal form: `title:(a b c)`."""

ENDS = ("", "or", ")")
"""Kinds of lexemes before which an AND ends."""

UNITS = ("(", "word", "phrase")

DEEPEST = 20
FARTHEST = 50
"""Words between two that are still near."""


def parse_query(expr: str, known: Known | None = None) -> Query:
    """The query that `expr` writes. Raises QueryError with the place of the first trouble.

    `known`: the values that fields may have; without it any value is taken.
    """
    return _parse_any(expr) if known is None else _parse(expr, known)


@lru_cache(maxsize=2_048)
def _parse_any(expr: str) -> Query:
    return _parse(expr, None)


def parse_once(written: str) -> Atom:
    """The atom that wrote itself so. Remembers nothing. Raises QueryError for whatever is no atom."""
    query = _Parser(written, lex(written), None).read_all()
    if not isinstance(query, (Term, Feature, Near)):
        raise QueryError(f"this is more than one term: {written}", 0)
    return query


def canonical(query: Query | str, known: Known | None = None) -> str:
    """The one way to write a query, written or parsed; parsed again it is the same. Raises QueryError."""
    return str(parse_query(query, known) if isinstance(query, str) else query)


def _parse(expr: str, known: Known | None) -> Query:
    if len(expr) > MOST_CHARACTERS:
        raise QueryError(f"the query is longer than {MOST_CHARACTERS} characters", MOST_CHARACTERS)
    query = _Parser(expr, lex(expr), known).read_all()
    if not is_positive(query):
        raise QueryError("the query says only what is not wanted; add what is wanted", 0)
    if len(expr) > MOST_CHARACTERS // GROWS and len(str(query)) > MOST_CHARACTERS:
        raise QueryError(f"written out the query is longer than {MOST_CHARACTERS} characters", len(expr))
    return query


class _Parser:
    """Walks the lexemes once, from left to right."""

    def __init__(self, expr: str, lexemes: list[Lexeme], known: Known | None) -> None:
        self._expr = expr
        self._lexemes = lexemes
        self._kinds = [lexeme.kind for lexeme in lexemes]
        self._kinds.append("")  # the end
        self._known = known
        self._at = 0
        self._terms = 0

    def read_all(self) -> Query:
        """The whole expression."""
        if not self._lexemes:
            raise QueryError("the query is empty", 0, 'Write words, such as "rare earth" AND export.')
        query = self._read_query(0, "")
        if rest := self._peek():
            raise QueryError(f'")" without "(" at: {self._expr[rest.start :][:20]}', rest.start)
        return query

    def _peek(self) -> Lexeme | None:
        return self._lexemes[self._at] if self._at < len(self._lexemes) else None

    def _is_next(self, kind: str) -> bool:
        return self._kinds[self._at] == kind

    def _read_query(self, depth: int, field: str) -> Query:
        parts = [self._read_either(depth, field)]
        while self._is_next("or"):
            self._at += 1
            parts.append(self._read_either(depth, field))
        return join(Or, parts)

    def _read_either(self, depth: int, field: str) -> Query:
        parts = [self._read_factor(depth, field)]
        while True:
            kind = self._kinds[self._at]
            if kind == "and":
                self._at += 1
            elif kind in ENDS:
                return join(And, parts)
            parts.append(self._read_factor(depth, field))

    def _read_factor(self, depth: int, field: str) -> Query:
        kind = self._kinds[self._at]
        if kind == "word" and not field and depth <= DEEPEST and self._kinds[self._at + 1] != "near":
            lexeme = self._lexemes[self._at]
            if not lexeme.field:  # a word by itself, as most are: nothing of what follows here is asked of it
                self._at += 1
                return self._read_atom(lexeme, "")
        if kind != "not":
            return self._read_near(depth, field)
        self._require_shallow(depth)
        self._at += 1
        inner = self._read_factor(depth + 1, field)
        return inner.part if isinstance(inner, Not) else Not(inner)

    def _read_near(self, depth: int, field: str) -> Query:
        start = self._peek()
        left = self._read_unit(depth, field)
        if self._kinds[self._at] != "near":
            return left
        pairs = []
        while self._is_next("near"):
            operator = self._lexemes[self._at]
            self._at += 1
            if not 1 <= operator.number <= FARTHEST:
                raise QueryError(f"the number must be 1 to {FARTHEST} in: {operator.text}", operator.start)
            right_start = self._peek()
            right = self._read_unit(depth, field)
            pairs.append(Near(_side(left, start), _side(right, right_start), operator.number))
            left, start = right, right_start
        return join(And, list(pairs))

    def _read_unit(self, depth: int, field: str) -> Query:
        self._require_shallow(depth)
        if self._kinds[self._at] not in UNITS:
            raise self._missing_word(self._peek())
        lexeme = self._lexemes[self._at]
        self._at += 1
        if lexeme.field:
            require_field(lexeme)
        if field and lexeme.field and lexeme.field != field:
            raise QueryError(f"{lexeme.field}: cannot stand within {field}:( ) at: {lexeme.text}", lexeme.start)
        if lexeme.kind == "(":
            return self._read_group(depth, lexeme.field or field)
        return self._read_atom(lexeme, lexeme.field or field)

    def _read_group(self, depth: int, field: str) -> Query:
        query = self._read_query(depth + 1, field)
        if not self._is_next(")"):
            raise QueryError(f'missing ")" after: {self._lexemes[self._at - 1].text}', len(self._expr))
        self._at += 1
        return query

    def _read_atom(self, lexeme: Lexeme, field: str) -> Term | Feature:
        self._terms += 1
        if self._terms > MOST_TERMS:
            raise QueryError(f"more than {MOST_TERMS} terms", lexeme.start)
        return read_term(lexeme, field) if not field or field in PLACES else read_feature(lexeme, field, self._known)

    def _require_shallow(self, depth: int) -> None:
        if depth > DEEPEST:
            following = self._peek()
            place = following.start if following else len(self._expr)
            raise QueryError(f"parentheses deeper than {DEEPEST}", place)

    def _missing_word(self, lexeme: Lexeme | None) -> QueryError:
        before = self._lexemes[self._at - 1] if self._at else None
        place = f"after: {before.text}" if before else f"before: {lexeme.text if lexeme else ''}"
        if lexeme is None and before is not None and before.kind == "(":
            return QueryError(f'missing ")" {place}', len(self._expr))
        return QueryError(f"a word is missing {place}", lexeme.start if lexeme else len(self._expr))


def _side(query: Query, lexeme: Lexeme | None) -> Term | Or:
    """What may be near. Raises QueryError."""
    if isinstance(query, Term) or _is_choice(query):
        return query
    at = lexeme.start if lexeme else 0
    raise QueryError("beside NEAR must stand a word, a phrase, or some of them in ( ) joined by OR", at)


def _is_choice(query: Query) -> TypeGuard[Or]:
    return isinstance(query, Or) and all(isinstance(part, Term) for part in query.parts)
