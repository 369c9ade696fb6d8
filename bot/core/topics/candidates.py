"""What an index is asked for, so that nothing a query matches is missed: its words, without what the index cannot know.

The law: whatever a query matches, its candidates have in them. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.text.index import All, Either, Phrase, Wanted
from bot.core.text.words import fold
from bot.core.topics.query import And, Not, Or, Query, Term, Word


def candidates(query: Query) -> Wanted | None:
    """What every match has; None where a match need not have any words."""
    if isinstance(query, Term):
        return _of_term(query)
    if isinstance(query, Not):
        return None
    parts = [candidates(part) for part in query.parts]
    known = [part for part in parts if part is not None]
    if isinstance(query, And):
        return _join(All, known)
    assert isinstance(query, Or)
    return _join(Either, known) if len(known) == len(parts) else None


def _join(kind: type[All] | type[Either], parts: Iterable[Wanted]) -> Wanted | None:
    several = tuple(parts)
    if not several:
        return None
    return several[0] if len(several) == 1 else kind(several)


def _of_term(term: Term) -> Wanted:
    if all(not word.is_prefix and not word.is_exact for word in term.words):
        return Phrase(tuple(word.text for word in term.words))
    return _join(All, map(_of_word, term.words)) or Phrase(("",))


def _of_word(word: Word) -> Wanted:
    """One word as the index may have it: an acronym small and singular, a beginning before a plural's ending."""
    if word.is_exact:
        spelt = dict.fromkeys((fold(word.text), fold(f"{word.text}s")))
        return _join(Either, (Phrase((one,)) for one in spelt)) or Phrase((fold(word.text),))
    return Phrase((_shorter(word.text),), is_prefix=True) if word.is_prefix else Phrase((word.text,))


def _shorter(prefix: str) -> str:
    """`batterie*` begins batteries, which is kept as battery."""
    plain = prefix.removesuffix("s") or prefix
    return plain.removesuffix("ie") or plain
