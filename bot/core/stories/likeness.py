"""How alike two pieces of news are: the weight of what they share, less what speaks against one event.

Two sides are compared apart, as two events at one mine share all of the first: who, where and of what metal; and what
happened. The measure is the weight of what is shared by the root of both weights (Ochiai 1957). Pure arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.core.lexicon.events import LEVELS, Events
from bot.core.stories.contradiction import against
from bot.core.stories.figures import is_telling
from bot.core.stories.gist import Gist
from bot.core.stories.lookalikes import look_alike
from bot.core.text.words import UNSPACED

TITLE_COUNTS = 1.5
"""A word in the headline weighs so much more."""

WEIGHTS = {
    "mineral": 2.0,
    "country": 1.8,
    "name": 2.5,
    "place": 2.5,
    "sound": 1.8,
    "pair": 1.5,
    "kind": 0.8,
    "number": 2.0,
    "date": 1.2,
}
COMMON = ("mineral:lithium", "mineral:rare-earths", "mineral:copper", "mineral:nickel", "mineral:cobalt")
FAINT = {"mineral:critical": 0.6, "mineral:ores": 0.3, "country:united-states": 1.0, "country:china": 1.0,
         "mineral:miners": 0.0, "mineral:battery-makers": 0.0, **dict.fromkeys(COMMON, 1.2)}  # fmt: skip
"""What stands in so much of this news that it tells less."""

LITTLE = 0.5
"""Of a small number, or a month without a day."""

PAIR_OF_CHARACTERS = 0.4
ENTITIES = frozenset({"mineral", "country", "name", "place", "sound", "pair"})
PRIOR = {"who": 3.0, "what": 2.0}
"""Added to both weights, so that little that is all alike is not much: two reports that both say no more than China."""

ENOUGH = 0.55
"""More of who and where than this proves nothing: much happens at one mine."""

VETO = -9.0
"""The likeness of two pieces of news that cannot be of one event."""

Fields = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Side:
    """Terms with weights; `total` of all, `common` of those that hold in any language."""

    terms: Mapping[str, float]
    total: float
    common: float


@dataclass(frozen=True, slots=True)
class View:
    """A gist ready to be compared. `hours`: when it was published, since 1970; fields map to their values."""

    lang: str
    hours: float
    headline: frozenset[str]
    who: Side
    what: Side
    title: Fields
    all: Fields

    def says(self, term: str) -> bool:
        """Whether the term stands in headline or text, and tells something."""
        return term in self.who.terms or term in self.what.terms


def view(gist: Gist, hours: float, events: Events) -> View:
    """A gist with its weights."""
    weighed = dict(_weigh(gist, events))
    who = {term: weight for term, weight in weighed.items() if _field(term) in ENTITIES}
    what = {term: weight for term, weight in weighed.items() if term not in who}
    headline = frozenset(term for term in gist.title if _field(term) not in ("number", "date"))
    return View(
        gist.lang, hours, headline, _side(who), _side(what), by_field(gist.title), by_field((*gist.title, *gist.text))
    )


def _side(terms: Mapping[str, float]) -> Side:
    return Side(terms, sum(terms.values()), sum(weight for term, weight in terms.items() if ":" in term))


def _field(term: str) -> str:
    field, colon, _ = term.partition(":")
    return field if colon else ""


def _weigh(gist: Gist, events: Events) -> Iterator[tuple[str, float]]:
    for terms, times in ((gist.text, 1.0), (gist.title, TITLE_COUNTS)):
        for term in terms:
            weight = weigh_term(term, gist.lang, events) * times
            if weight:
                yield term, weight


def weigh_term(term: str, lang: str, events: Events) -> float:
    """What a term tells, from 0."""
    field, colon, value = term.partition(":")
    if not colon:
        if len(term) == 2 and not term.isascii() and lang in UNSPACED:
            return PAIR_OF_CHARACTERS
        return float((events.level(term, lang) / LEVELS) ** 2)
    if term in FAINT:
        return FAINT[term]
    if (field == "number" and not is_telling(value)) or (field == "date" and len(value) == len("12")):
        return LITTLE
    return WEIGHTS[field]


def by_field(terms: Iterable[str]) -> Fields:
    """The values of the terms that hold in any language, by field."""
    found: dict[str, set[str]] = {}
    for term in terms:
        field, colon, value = term.partition(":")
        if colon:
            found.setdefault(field, set()).add(value)
    return {field: frozenset(values) for field, values in found.items()}


def compare(one: View, other: View, events: Events) -> float:
    """The likeness, at most 1; `VETO` where they cannot be one event."""
    contrary = against(one, other, events)
    if contrary is None:
        return VETO
    who, what = overlap(one, other, "who"), overlap(one, other, "what")
    return (min(who, ENOUGH) + what) / 2 - contrary - look_alike(one, other, what, events)


def agreement(one: View, other: View, events: Events) -> float:
    """The likeness of what is said of, whatever each says of it: of a report and its denial; at most 1, or `VETO`."""
    if against(one, other, events) is None:
        return VETO
    return (min(overlap(one, other, "who"), ENOUGH) + overlap(one, other, "what")) / 2


def overlap(one: View, other: View, side: str) -> float:
    """How much of one side is shared, 0 to 1. Across languages only what holds in any counts."""
    is_same = one.lang == other.lang
    a, b = getattr(one, side), getattr(other, side)
    few, many = (a.terms, b.terms) if len(a.terms) < len(b.terms) else (b.terms, a.terms)
    shared = sum(
        [(weight + many[term]) / 2 for term, weight in few.items() if term in many and (is_same or ":" in term)]
    )
    sizes = (a.total, b.total) if is_same else (a.common, b.common)
    prior = PRIOR[side]
    return float(min(1.0, shared / ((sizes[0] + prior) * (sizes[1] + prior)) ** 0.5))
