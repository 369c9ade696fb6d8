"""A query with something taken out of it: `(what it was) NOT word`. Pure."""

from __future__ import annotations

from bot.core.errors import QueryError
from bot.core.text.words import find_words
from bot.core.topics.matcher import Matcher
from bot.core.topics.query import parse_query, terms_of


def without(expr: str, words: str) -> str:
    """The query that leaves out what says these words side by side."""
    return f'({expr}) NOT "{words}"'


def positive_words(expr: str) -> frozenset[str]:
    """The folded words by which a query matches: to leave one out would end it."""
    try:
        terms = terms_of(parse_query(expr))
    except QueryError:
        return frozenset()
    return frozenset(word.text.casefold() for term in terms for word in term.words)


def has_word(words: str, title: str, text: str) -> bool:
    """Whether a title or text says these words side by side, as a query would find them."""
    matcher = Matcher()
    matcher.add(0, f'"{words}"')
    return bool(find_words(words)) and bool(matcher.match(title, text))
