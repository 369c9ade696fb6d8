"""Where the terms of a query stand in a document, by position: what sets of words cannot say.

The plain truth of words, phrases and nearness: the index is held to it. Linear in the document's length.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from bot.core.text.stems import STEMS
from bot.core.topics.document import BREAK, Document, Place
from bot.core.topics.query import Near, Or, Term, Word, is_character


def word_places(word: Word, document: Document) -> list[int]:
    """The positions of a word, in order."""
    if word.is_exact:
        singular, plural = (document.raw_places.get(raw, []) for raw in (word.text, f"{word.text}s"))
        return sorted(singular + plural) if plural and is_acronym(word) else singular
    if word.is_prefix:
        raws = (raw for raw, plain in document.bares.items() if plain.startswith(word.text))
        return sorted(at for raw in raws for at in document.raw_places[raw])
    return document.stem_places.get(STEMS[document.latin][word.text], [])


def is_acronym(word: Word) -> bool:
    """Whether an exact word may have a plural s: REEs."""
    return word.text.isupper()


def find_term(term: Term, document: Document) -> list[Place]:
    """Where a term stands: from each first word of it, the shortest stretch; in order."""
    firsts = word_places(term.words[0], document)
    if term.field == "title":
        firsts = firsts[: bisect_left(firsts, document.cut)]
    if len(term.words) == 1:
        return [Place(at, at) for at in firsts]
    rest = [(word, word_places(word, document)) for word in term.words[1:]]
    if not all(places for _, places in rest):
        return []
    sets = [frozenset(places) for _, places in rest]
    ends = ((first, _reach(first, sets, term, document)) for first in firsts)
    return [Place(first, end) for first, end in ends if end is not None]


def _reach(first: int, rest: list[frozenset[int]], term: Term, document: Document) -> int | None:
    """The first position at which a phrase that begins at `first` may end, or None."""
    reached = {first}
    for step, places in enumerate(rest, start=1):
        farthest = first + step + term.slop
        reached = {
            at
            for before in reached
            for at in range(before + 1, min(before + 1 + term.slop, farthest) + 1)
            if at in places and (at == before + 1 or _may_part(before, at, document))
        }
        if not reached:
            return None
    return min(reached)


def _may_part(before: int, at: int, document: Document) -> bool:
    """Whether foreign words may stand between these two: not between characters, and not the break."""
    if document.is_apart(before, at) or document.raws[before] == BREAK:
        return False
    return not (is_character(document.stems[before]) and is_character(document.stems[at]))


def find_near(near: Near, document: Document) -> tuple[Place, Place] | None:
    """The first two places, left and right, that are near each other, or None. They do not overlap."""
    lefts, rights = find_side(near.left, document), find_side(near.right, document)
    if not lefts or not rights:
        return None
    starts = [place.first for place in rights]
    ends = sorted(rights, key=lambda place: place.last)
    lasts = [place.last for place in ends]
    for left in lefts:
        after = bisect_left(starts, left.last + 1)
        before = bisect_left(lasts, left.first) - 1
        for right in (*rights[after : after + 1], *(ends[before : before + 1] if before >= 0 else ())):
            if _gap(left, right) <= near.distance and not document.is_apart(left.first, right.first):
                return left, right
    return None


def _gap(one: Place, other: Place) -> int:
    return max(other.first - one.last, one.first - other.last)


def find_side(side: Term | Or, document: Document) -> list[Place]:
    """The places of a term, or of any of some terms, in order."""
    if isinstance(side, Term):
        return find_term(side, document)
    found = (place for part in side.parts if isinstance(part, Term) for place in find_term(part, document))
    return _in_order(found)


def _in_order(places: Iterable[Place]) -> list[Place]:
    return sorted(places, key=lambda place: (place.first, place.last))
