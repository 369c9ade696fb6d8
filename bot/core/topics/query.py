"""The query language: words, "phrases", AND OR NOT, parentheses, prefix*, title: .

Parsed by hand, with places in errors.

    query   = either { OR either }
    either  = factor { [AND] factor }          words side by side mean AND
    factor  = NOT factor | "(" query ")" | [field ":"] word | [field ":"] "phrase"

Operators may be written small. A word in capitals (REE, APT) is matched in capitals only. No regular expressions.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from bot.core.errors import QueryError
from bot.core.text.words import find_words
from bot.core.topics.lexer import Lexeme, lex

MOST_TERMS = 400
MOST_CHARACTERS = 8_000
DEEPEST = 20
FIELDS = ("title",)
SHORTEST_PREFIX = 2
ACRONYM = range(2, 7)
"""Lengths of a word in capitals that is taken for an acronym."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a term, folded. `is_exact`: an acronym, `text` in capitals, that must stand so."""

    text: str
    is_prefix: bool = False
    is_exact: bool = False

    def __str__(self) -> str:
        return f"{self.text}*" if self.is_prefix else self.text


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must stand side by side; in the title, where `field` says so."""

    words: tuple[Word, ...]
    field: str = ""

    def __str__(self) -> str:
        text = " ".join(map(str, self.words))
        is_plain = len(self.words) == 1 and text.casefold() not in ("and", "or", "not")
        quoted = text if is_plain else '"' + text + '"'
        return f"{self.field}:{quoted}" if self.field else quoted


@dataclass(frozen=True, slots=True)
class And:
    """All of them."""

    parts: tuple[Query, ...]

    def __str__(self) -> str:
        return " AND ".join(f"({part})" if isinstance(part, (And, Or)) else str(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Or:
    """Any of them."""

    parts: tuple[Query, ...]

    def __str__(self) -> str:
        return " OR ".join(f"({part})" if isinstance(part, (And, Or)) else str(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Not:
    """Not this."""

    part: Query

    def __str__(self) -> str:
        return f"NOT ({self.part})" if isinstance(self.part, (And, Or)) else f"NOT {self.part}"


Query = Term | And | Or | Not


@lru_cache(maxsize=4_096)
def parse_query(expr: str) -> Query:
    """The query that `expr` writes. Raises QueryError with the place of the first trouble."""
    if len(expr) > MOST_CHARACTERS:
        raise QueryError(f"the query is longer than {MOST_CHARACTERS} characters", MOST_CHARACTERS)
    parser = _Parser(expr, lex(expr))
    query = parser.read_all()
    if not _is_positive(query):
        raise QueryError("the query says only what is not wanted; add what is wanted", 0)
    return query


def canonical(query: Query | str) -> str:
    """The one way to write a query, written or parsed; parsed again it is the same. Raises QueryError."""
    return str(parse_query(query) if isinstance(query, str) else query)


def terms_of(query: Query) -> list[Term]:
    """Every term that speaks for a match: those under NOT are left out."""
    if isinstance(query, Term):
        return [query]
    if isinstance(query, Not):
        return []
    return [term for part in query.parts for term in terms_of(part)]


def _is_positive(query: Query) -> bool:
    if isinstance(query, And):
        return any(map(_is_positive, query.parts))
    return all(map(_is_positive, query.parts)) if isinstance(query, Or) else isinstance(query, Term)


class _Parser:
    """Walks the lexemes once, from left to right."""

    def __init__(self, expr: str, lexemes: list[Lexeme]) -> None:
        self._expr = expr
        self._lexemes = lexemes
        self._at = 0
        self._terms = 0

    def read_all(self) -> Query:
        """The whole expression."""
        if not self._lexemes:
            raise QueryError("the query is empty", 0, 'Write words, such as "rare earth" AND export.')
        query = self._read_query(0)
        if rest := self._peek():
            raise QueryError(f'")" without "(" at: {self._expr[rest.start :][:20]}', rest.start)
        return query

    def _peek(self) -> Lexeme | None:
        return self._lexemes[self._at] if self._at < len(self._lexemes) else None

    def _is_next(self, kind: str) -> bool:
        following = self._peek()
        return following is not None and following.kind == kind

    def _read_query(self, depth: int) -> Query:
        parts = [self._read_either(depth)]
        while self._is_next("or"):
            self._at += 1
            parts.append(self._read_either(depth))
        return _join(Or, parts)

    def _read_either(self, depth: int) -> Query:
        parts = [self._read_factor(depth)]
        while True:
            if self._is_next("and"):
                self._at += 1
            elif self._peek() is None or self._is_next("or") or self._is_next(")"):
                return _join(And, parts)
            parts.append(self._read_factor(depth))

    def _read_factor(self, depth: int) -> Query:
        lexeme = self._peek()
        if depth > DEEPEST:
            raise QueryError(f"parentheses deeper than {DEEPEST}", lexeme.start if lexeme else len(self._expr))
        if lexeme is None or lexeme.kind in ("and", "or", ")"):
            before = self._lexemes[self._at - 1] if self._at else None
            place = f"after: {before.text}" if before else f"before: {lexeme.text if lexeme else ''}"
            raise QueryError(f"a word is missing {place}", lexeme.start if lexeme else len(self._expr))
        self._at += 1
        if lexeme.kind == "not":
            inner = self._read_factor(depth + 1)
            return inner.part if isinstance(inner, Not) else Not(inner)
        if lexeme.kind == "(":
            return self._read_group(depth)
        return self._read_term(lexeme)

    def _read_group(self, depth: int) -> Query:
        query = self._read_query(depth + 1)
        if not self._is_next(")"):
            raise QueryError(f'missing ")" after: {self._lexemes[self._at - 1].text}', len(self._expr))
        self._at += 1
        return query

    def _read_term(self, lexeme: Lexeme) -> Term:
        self._terms += 1
        if self._terms > MOST_TERMS:
            raise QueryError(f"more than {MOST_TERMS} terms", lexeme.start)
        if lexeme.field and lexeme.field not in FIELDS:
            known = ", ".join(f"{field}:" for field in FIELDS)
            raise QueryError(f"unknown field {lexeme.field}: at: {lexeme.text}; known is {known}", lexeme.start)
        words = tuple(_read_words(lexeme))
        if not words:
            raise QueryError(f"no letters or digits in: {lexeme.text}", lexeme.start)
        return Term(words, lexeme.field)


def _join(kind: type[And] | type[Or], parts: list[Query]) -> Query:
    """One part stands for itself; parts of the same kind are laid flat."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, kind) else (part,))]
    return flat[0] if len(flat) == 1 else kind(tuple(flat))


def _read_words(lexeme: Lexeme) -> list[Word]:
    words = []
    for token in find_words(lexeme.value):
        is_prefix = lexeme.value[token.end : token.end + 1] == "*"
        if is_prefix:
            if len(token.raw) < SHORTEST_PREFIX:
                raise QueryError(f"at least {SHORTEST_PREFIX} letters before * in: {lexeme.text}", lexeme.start)
            words.append(Word(_fold_prefix(token.raw, token.word), is_prefix=True))
        elif token.raw.isupper() and token.raw.isascii() and len(token.raw) in ACRONYM and token.raw.isalpha():
            words.append(Word(token.raw, is_exact=True))
        else:
            words.append(Word(token.word))
    return words


def _fold_prefix(raw: str, folded: str) -> str:
    """A prefix keeps its last letter: `ss*` of a stem is no plural."""
    return raw.lower() if raw.isascii() else folded
