"""A query with something taken out of it: `(what it was) NOT word`. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.errors import QueryError
from bot.core.text.words import find_words, fold
from bot.core.topics.concepts import Concepts
from bot.core.topics.document import Document
from bot.core.topics.judge import is_met
from bot.core.topics.parser import parse_query
from bot.core.topics.query import Feature, Near, Or, Query, Term, wanted_atoms


def without(expr: str, words: str) -> str:
    """The query that leaves out what says these words side by side."""
    return f'({expr}) NOT "{words}"'


def positive_words(expr: str, concepts: Concepts) -> frozenset[str]:
    """The folded words by which a query matches: to leave one out would end it."""
    try:
        terms = list(_terms(parse_query(expr), concepts))
    except QueryError:
        return frozenset()
    return frozenset(fold(word.text) for term in terms for word in term.words)


def _terms(query: Query, concepts: Concepts) -> Iterator[Term]:
    for atom in wanted_atoms(query):
        if isinstance(atom, Term):
            yield atom
        elif isinstance(atom, Feature):
            inner = concepts.query(atom)
            yield from _terms(inner, concepts) if inner is not None else ()
        elif isinstance(atom, Near):
            yield from _terms(Or((atom.left, atom.right)), concepts)


def has_word(words: str, document: Document) -> bool:
    """Whether a document says these words side by side, as a query would find them."""
    return bool(find_words(words)) and is_met(parse_query(f'"{words}"'), document)
