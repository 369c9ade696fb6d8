"""Whether two queries are one in two writings, and whether one brings all that another does. Pure.

Neither claims what it cannot see from the queries alone; what a wider one leaves out by NOT is not looked at.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from bot.core.errors import QueryError
from bot.core.topics.concepts import NO_CONCEPTS, Concepts
from bot.core.topics.parser import parse_query
from bot.core.topics.query import And, Feature, Near, Not, Or, Query, Term, Word


def is_same(one: str, other: str) -> bool:
    """Whether both say the same in another order, or with something said twice. False for what cannot be read."""
    try:
        return _shape(parse_query(one)) == _shape(parse_query(other))
    except QueryError:
        return False


def _shape(query: Query) -> Hashable:
    if isinstance(query, Not):
        return ("not", _shape(query.part))
    if isinstance(query, (And, Or)):
        parts = frozenset(map(_shape, query.parts))
        return next(iter(parts)) if len(parts) == 1 else (type(query).__name__, parts)
    return str(query)


def covers(wide: str, narrow: str, concepts: Concepts = NO_CONCEPTS) -> bool:
    """Whether what the narrow query matches is matched by the wide one, but for what that leaves out by NOT."""
    try:
        return _covers(parse_query(wide), parse_query(narrow), concepts)
    except QueryError:
        return False


def _covers(wide: Query, narrow: Query, concepts: Concepts) -> bool:
    if wide == narrow:
        return True
    if isinstance(narrow, Feature) and (inner := concepts.query(narrow)) is not None:
        return _covers(wide, inner, concepts)
    if isinstance(narrow, Or):
        return all(_covers(wide, part, concepts) for part in narrow.parts)
    if isinstance(wide, And):
        return all(_covers(part, narrow, concepts) for part in _positive(wide.parts))
    if isinstance(wide, Or) and any(_covers(part, narrow, concepts) for part in wide.parts):
        return True
    if isinstance(narrow, And):
        return any(_covers(wide, part, concepts) for part in _positive(narrow.parts))
    if isinstance(narrow, Near):
        return _covers(wide, narrow.left, concepts) or _covers(wide, narrow.right, concepts)
    return isinstance(wide, Term) and isinstance(narrow, Term) and _is_within(wide, narrow)


def _positive(parts: Sequence[Query]) -> list[Query]:
    return [part for part in parts if not isinstance(part, Not)]


def _is_within(wide: Term, narrow: Term) -> bool:
    """Whether the narrow term's words hold the wide one's side by side."""
    if wide.field not in ("", narrow.field):
        return False
    length = len(wide.words)
    if length > 1 and wide.slop < narrow.slop:
        return False
    return any(
        all(map(_is_word, wide.words, narrow.words[at : at + length])) for at in range(len(narrow.words) - length + 1)
    )


def _is_word(wide: Word, narrow: Word) -> bool:
    return wide == narrow or (wide.is_prefix and narrow.text.startswith(wide.text) and not narrow.is_exact)
