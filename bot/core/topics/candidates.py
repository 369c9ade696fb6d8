"""What an index is asked for, so that nothing a query matches is missed: its words, without what the index cannot know.

The law: whatever a query matches, its candidates have in them. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.core.text.index import All, Either, Phrase, Wanted, beginning, in_any_language, join
from bot.core.topics.concepts import NO_CONCEPTS, Concepts
from bot.core.topics.query import And, Feature, Near, Not, Query, Term, Word, is_character, wanted_atoms

MOST_ATOMS = 3_000
"""Of a part of a query that is looked up; what has more, such as any mineral at all, is left to the matcher."""


def candidates(query: Query, concepts: Concepts = NO_CONCEPTS) -> Wanted | None:
    """What every match has; None where a match need not have any words, or may have any of very many."""
    return _candidates(query, concepts) if _size(query, concepts) <= MOST_ATOMS or isinstance(query, And) else None


def _size(query: Query, concepts: Concepts) -> int:
    """How many atoms a query looks for; what it bars is not looked up. No more than a few too many are counted."""
    count = 0
    for atom in wanted_atoms(query):
        inner = concepts.query(atom) if isinstance(atom, Feature) else None
        count += _size(inner, concepts) if inner is not None else 1
        if count > MOST_ATOMS:
            break
    return count


def _candidates(query: Query, concepts: Concepts) -> Wanted | None:
    if isinstance(query, Term):
        return join(All, _of_term(query))
    if isinstance(query, Feature):
        inner = concepts.query(query)
        return candidates(inner, concepts) if inner is not None else None
    if isinstance(query, Near):
        return join(All, filter(None, (candidates(side, concepts) for side in (query.left, query.right))))
    if isinstance(query, Not):
        return None
    parts = [candidates(part, concepts) for part in query.parts]
    known = [part for part in parts if part is not None]
    if isinstance(query, And):
        return join(All, known)
    return join(Either, known) if len(known) == len(parts) else None


def _of_term(term: Term) -> Iterator[Wanted]:
    """Its words, in any order as others may stand between; characters side by side."""
    for run in _runs(term.words):
        if len(run) > 1:
            yield Phrase(tuple(word.text for word in run))
        else:
            yield _of_word(run[0])


def _runs(words: Sequence[Word]) -> Iterator[list[Word]]:
    run: list[Word] = []
    for word in words:
        is_joined = run and is_character(run[-1].text) and is_character(word.text) and not word.is_prefix
        if run and not is_joined:
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _of_word(word: Word) -> Wanted:
    if word.is_prefix:
        return beginning(word.text)
    spelt = (word.text, f"{word.text}s") if word.is_exact else (word.text,)
    return join(Either, filter(None, (in_any_language([raw]) for raw in spelt))) or Phrase((word.text,))
