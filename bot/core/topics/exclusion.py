"""A query with something taken out of it: `(what it was) NOT word`. Pure."""

from __future__ import annotations

from bot.core.errors import QueryError
from bot.core.text.words import find_words
from bot.core.topics.concepts import Concepts
from bot.core.topics.document import Document
from bot.core.topics.evidence import find_evidence
from bot.core.topics.judge import is_met
from bot.core.topics.likeness import covers
from bot.core.topics.parser import parse_query


def without(expr: str, words: str) -> str:
    """The query that leaves out what says these words side by side."""
    return f'({expr}) NOT "{words}"'


def looks_for(expr: str, words: str, concepts: Concepts) -> bool:
    """Whether whatever a query matches says these words: to leave them out would end it."""
    return bool(find_words(words)) and covers(f'"{words}"', expr, concepts)


def matched_words(expr: str, document: Document, concepts: Concepts) -> frozenset[str]:
    """The folded words by which a query matches a document."""
    try:
        query = parse_query(expr)
    except QueryError:
        return frozenset()
    if not is_met(query, document, concepts.find(document)):
        return frozenset()
    hits = find_evidence(query, document, concepts).hits
    return frozenset(token.word for hit in hits for token in find_words(hit.quote))


def has_word(words: str, document: Document) -> bool:
    """Whether a document says these words side by side, as a query would find them."""
    return bool(find_words(words)) and is_met(parse_query(f'"{words}"'), document)
