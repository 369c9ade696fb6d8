"""A word or phrase of a query as words to be looked for."""

from __future__ import annotations

from bot.core.errors import QueryError
from bot.core.text.words import WORD, bare, raw_places, surface
from bot.core.topics.lexer import Lexeme
from bot.core.topics.query import USUAL_SLOP, Term, Word, acronym_of

SHORTEST_PREFIX = 2
MOST_WORDS = 20
LARGEST_SLOP = 10


def read_term(lexeme: Lexeme, field: str) -> Term:
    """The term a lexeme writes. Raises QueryError."""
    value = lexeme.value
    if lexeme.number < 0 and not lexeme.is_exact and value.isalpha() and value.isascii() and value.islower():
        return Term((Word(value),), field)
    words = tuple([_read_word(lexeme, raw, end) for raw, end in raw_places(lexeme.value)])
    if not words:
        raise QueryError(f"no letters or digits in: {lexeme.text}", lexeme.start)
    if len(words) > MOST_WORDS:
        raise QueryError(f"more than {MOST_WORDS} words in: {lexeme.text[:40]}", lexeme.start)
    slop = lexeme.number if lexeme.number >= 0 else 0 if lexeme.is_exact else USUAL_SLOP
    if slop > LARGEST_SLOP:
        raise QueryError(f"the number must be 0 to {LARGEST_SLOP} in: ~{slop}", lexeme.start)
    return Term(words, field, slop if len(words) > 1 else USUAL_SLOP)


def _read_word(lexeme: Lexeme, raw: str, end: int) -> Word:
    if lexeme.is_exact:
        return Word(acronym_of(raw) or raw, is_exact=True)
    if lexeme.value[end : end + 1] == "*":
        return _read_prefix(lexeme, raw)
    exact = "" if raw.islower() and raw.isalpha() and raw.isascii() else acronym_of(raw)
    return Word(exact, is_exact=True) if exact else Word(surface(raw))


def _read_prefix(lexeme: Lexeme, raw: str) -> Word:
    plain = bare(raw)
    text = plain if bare(plain) == plain and WORD.fullmatch(plain) else raw
    if len(text) < SHORTEST_PREFIX and text < "\u0250":  # one Latin letter; a character of Chinese says more
        raise QueryError(f"at least {SHORTEST_PREFIX} letters before * in: {lexeme.text}", lexeme.start)
    return Word(text, is_prefix=True)
