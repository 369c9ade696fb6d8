"""How alike two pieces of news are: the weight of what they share, less what speaks against one event.

A number, comparable over all pairs; what it takes to be one story is the threshold in `grouping`. Pure arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from bot.core.lexicon.events import ANY, LEVELS, Events
from bot.core.stories.figures import is_telling
from bot.core.stories.gist import Gist

TITLE_COUNTS = 1.5
WEIGHTS = {"mineral": 1.6, "country": 1.4, "name": 2.5, "place": 2.5, "kind": 0.8, "number": 2.0, "date": 1.2, "sound": 1.8}
FAINT = {"mineral:critical": 0.6, "mineral:ores": 0.3, "country:united-states": 1.0, "country:china": 1.0,
         "mineral:miners": 0.0, "mineral:battery-makers": 0.0}  # fmt: skip
LITTLE = 0.5
"""Of a small number, or a month without a day."""

PAIR_OF_CHARACTERS = 0.4
VETO = 9.0
PRICE_DAY = timedelta(hours=36)


class View:
    """A gist with its weights, ready to be compared."""

    __slots__ = ("at", "by_field", "gist", "in_title", "sides", "totals", "weights")

    def __init__(self, gist: Gist, at: datetime, events: Events) -> None:
        self.gist, self.at = gist, at
        self.weights = dict(_weighed(gist, events))
        self.sides = ({}, {})
        for term, weight in self.weights.items():
            self.sides[term.partition(":")[0] not in ENTITIES or ":" not in term][term] = weight
        self.totals = [
            (sum(w for t, w in side.items() if ":" in t), sum(side.values())) for side in self.sides
        ]
        self.in_title = _by_field(gist.title)
        self.by_field = _by_field((*gist.title, *gist.text))

    def title_of(self, field: str) -> frozenset[str]:
        return self.in_title.get(field, EMPTY)

    def all_of(self, field: str) -> frozenset[str]:
        return self.by_field.get(field, EMPTY)


EMPTY: frozenset[str] = frozenset()


def _weighed(gist: Gist, events: Events) -> Iterable[tuple[str, float]]:
    for terms, times in ((gist.text, 1.0), (gist.title, TITLE_COUNTS)):
        for term in terms:
            weight = weigh_term(term, gist.lang, events) * times
            if weight:
                yield term, weight


def weigh_term(term: str, lang: str, events: Events) -> float:
    """What a term tells, from 0."""
    field, colon, value = term.partition(":")
    if not colon:
        if len(term) == 2 and not term.isascii() and lang in ("zh", "ja"):
            return PAIR_OF_CHARACTERS
        return (events.level(term, lang) / LEVELS) ** 2
    if term in FAINT:
        return FAINT[term]
    if (field == "number" and not is_telling(value)) or (field == "date" and len(value) == 2):
        return LITTLE
    return WEIGHTS[field]


def _by_field(terms: Iterable[str]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for term in terms:
        field, colon, value = term.partition(":")
        if colon:
            found.setdefault(field, set()).add(value)
    return {field: frozenset(values) for field, values in found.items()}


def compare(one: View, other: View, events: Events) -> float:
    """The likeness: at most 1, and below 0 where something speaks against it."""
    against = contradiction(one, other, events)
    if against >= VETO:
        return -VETO
    who, what = overlaps(one, other)
    return WHO * who + (1 - WHO) * what - against


WHO = 0.5
ENTITIES = ("mineral", "country", "name", "place", "sound")


def overlaps(one: View, other: View) -> tuple[float, float]:
    is_same = one.gist.lang == other.gist.lang
    out = []
    for side in (0, 1):
        a, b = one.sides[side], other.sides[side]
        few, many = (a, b) if len(a) < len(b) else (b, a)
        shared = sum((weight + many[term]) / 2 for term, weight in few.items()
                     if term in many and (is_same or ":" in term))  # fmt: skip
        size = one.totals[side][is_same] * other.totals[side][is_same]
        out.append(min(1.0, shared / size**0.5) if size else 0.0)
    return out[0], out[1]


def overlap(one: View, other: View) -> float:
    return max(overlaps(one, other))


UNSPECIFIC = frozenset({"critical", "ores", "miners", "battery-makers"})


def contradiction(one: View, other: View, events: Events) -> float:
    against = 0.0
    minerals = _each_alone(one, other, "mineral", UNSPECIFIC)
    if minerals and not (one.title_of("mineral") - UNSPECIFIC) & (other.title_of("mineral") - UNSPECIFIC):
        return VETO
    if _each_alone(one, other, "country"):
        against += 0.5
    if _each_alone(one, other, "name"):
        against += 0.25
    if _each_alone(one, other, "place"):
        against += 0.2
    numbers = {value for value in one.title_of("number") if is_telling(value)}, {value for value in other.title_of("number") if is_telling(value)}
    if numbers[0] - other.all_of("number") and numbers[1] - one.all_of("number"):
        against += 0.15
    if is_price(one) and is_price(other):
        a, b = one.all_of("number"), other.all_of("number")
        if abs(one.at - other.at) >= PRICE_DAY or (a and b and not a & b):
            return VETO
    kinds = one.title_of("kind"), other.title_of("kind")
    if _contrary(*kinds, events) or _contrary(*reversed(kinds), events):
        against += 0.3
    elif kinds[0] and kinds[1] and not kinds[0] & kinds[1]:
        against += 0.12
    against += 0.05 * abs(one.at - other.at) / timedelta(days=1)
    return against


def _each_alone(one: View, other: View, field: str, unspecific: frozenset[str] = EMPTY) -> bool:
    return bool(one.title_of(field) - unspecific - other.all_of(field)) and bool(other.title_of(field) - unspecific - one.all_of(field))


HARD = frozenset("ban duty quota licence halt restart agree buy fund build open nationalise court probe".split())


def is_price(view: View) -> bool:
    kinds = view.title_of("kind")
    return "price" in kinds and not kinds & HARD


def _contrary(one: frozenset[str], other: frozenset[str], events: Events) -> bool:
    for kind in one - other:
        against = events.contraries.get(kind, EMPTY)
        if ANY in against or (against & other and not any(events.contraries.get(k, EMPTY) & against for k in other)):
            return True
    return False
