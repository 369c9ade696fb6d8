"""How alike two pieces of news are: the weight of what they share, less what speaks against one event.

Two sides are compared apart, as two events at one mine share all of the first: who, where and of what metal; and what
happened. The measure is the weight of what is shared by the root of both weights (Ochiai 1957). Pure arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from bot.core.lexicon.events import Events
from bot.core.stories.contradiction import against
from bot.core.stories.lookalikes import look_alike
from bot.core.stories.terms import Term
from bot.core.stories.topical import enough, off_event
from bot.core.stories.weights import TITLE_COUNTS

PRIOR = {"who": 3.0, "what": 2.0}
"""Added to both weights, so that little that is all alike is not much: two reports that both say no more than China."""

VETO = -9.0
"""The likeness of two pieces of news that cannot be of one event."""

FIGURES = frozenset({"number", "date"})
NOTHING: Mapping[str, Iterable[str]] = {}
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
    own: frozenset[str]

    def says(self, term: str) -> bool:
        """Whether the term stands in headline or text, and tells something."""
        return term in self.who.terms or term in self.what.terms


def view(lang: str, hours: float, title: Sequence[Term], text: Sequence[Term]) -> View:
    """The terms of a headline and those only of the text, ready to be compared."""
    who: dict[str, float] = {}
    what: dict[str, float] = {}
    for terms, times in ((text, 1.0), (title, TITLE_COUNTS)):
        for word, weight, _, _, is_who, _ in terms:
            if weight:
                (who if is_who else what)[word] = weight * times
    own = frozenset([term.word for terms in (title, text) for term in terms if term.is_own])
    headline = frozenset([term.word for term in title if term.field not in FIGURES])
    heads = _by_field(title)
    fields = _frozen(heads), _frozen(_by_field(text, heads))
    return View(lang, hours, headline, _side(who), _side(what), *fields, own)


def _side(terms: Mapping[str, float]) -> Side:
    return Side(terms, sum(terms.values()), sum([weight for term, weight in terms.items() if ":" in term]))


def _by_field(terms: Iterable[Term], more: Mapping[str, Iterable[str]] = NOTHING) -> Mapping[str, list[str]]:
    """The values of the terms that hold in any language, by field, and those in `more`."""
    found = {field: list(values) for field, values in more.items()}
    for _, _, field, value, _, _ in terms:
        if field:
            found.setdefault(field, []).append(value)
    return found


def _frozen(values: Mapping[str, Iterable[str]]) -> Fields:
    return {field: frozenset(some) for field, some in values.items()}


def compare(one: View, other: View, events: Events) -> float:
    """The likeness, at most 1; `VETO` where they cannot be one event."""
    contrary = against(one, other, events)
    if contrary is None:
        return VETO
    who, what = overlap(one, other, "who"), overlap(one, other, "what")
    alike = (min(who, enough(one, other)) + what) / 2
    return alike - contrary - look_alike(one, other, what, events) - off_event(one, other)


def agreement(one: View, other: View, events: Events) -> float:
    """The likeness of what is said of, whatever each says of it: of a report and its denial; at most 1, or `VETO`."""
    if against(one, other, events) is None:
        return VETO
    return (min(overlap(one, other, "who"), enough(one, other)) + overlap(one, other, "what")) / 2


def overlap(one: View, other: View, side: str) -> float:
    """How much of one side is shared, 0 to 1. Across languages only what holds in any counts."""
    is_same = one.lang == other.lang
    a, b = (one.who, other.who) if side == "who" else (one.what, other.what)
    both = a.terms.keys() & b.terms.keys()
    if not both:
        return 0.0
    shared = fsum([a.terms[term] + b.terms[term] for term in both if is_same or ":" in term]) / 2
    sizes = (a.total, b.total) if is_same else (a.common, b.common)
    prior = PRIOR[side]
    return float(min(1.0, shared / ((sizes[0] + prior) * (sizes[1] + prior)) ** 0.5))
