"""What speaks against two reports in one language that read alike: the same form filled otherwise, and other figures.

Two plants of one company, two inquiries of one office: most of both headlines is the same, and each has a rare word or
a name of which the other report says nothing. Pure.
"""

from __future__ import annotations

from typing import Protocol

from bot.core.lexicon.events import LEVELS, Events
from bot.core.stories.contradiction import NONE, UNSPECIFIC, Seen, has_each_its_own
from bot.core.stories.figures import is_telling

FORM, FEWEST_SHARED, OTHER_FILLING = 0.6, 4, 0.3
"""The share of the shorter headline, and the terms, that both have if it is a form; and what other fillings cost."""

OTHER_FIGURES = 0.1
"""Where each report states amounts, and none of them is the other's."""

SCANT, NOTHING_SHARED = 0.2, 0.15
"""So much of what happened must be shared; what sharing nothing costs."""

FILLINGS = frozenset({"name", "place", "sound", "mineral"})


class Spoken(Seen, Protocol):
    """What is asked of a report beside: its language, and whether it has a term."""

    @property
    def lang(self) -> str:
        """Its language."""

    def says(self, term: str) -> bool:
        """Whether the term stands in headline or text."""


def look_alike(one: Spoken, other: Spoken, shared: float, events: Events) -> float:
    """What is to be taken off their likeness, from 0. `shared`: how much of what happened, 0 to 1."""
    if one.lang != other.lang:
        return 0.0
    taken = OTHER_FIGURES * _states_other_figures(one, other)
    taken += NOTHING_SHARED * max(SCANT - shared, 0.0) / SCANT
    return taken + OTHER_FILLING * _is_other_filling(one, other, events)


def _is_other_filling(one: Spoken, other: Spoken, events: Events) -> bool:
    shared = len(one.headline & other.headline)
    if shared < max(FEWEST_SHARED, FORM * min(len(one.headline), len(other.headline))):
        return False
    return _has_filling(one, other, events) and _has_filling(other, one, events)


def _has_filling(one: Spoken, other: Spoken, events: Events) -> bool:
    """Whether a headline has a name or a rare word, none for a kind of event, of which the other says nothing."""
    kinds = events.kinds.get(one.lang) or events.kinds["en"]
    for term in one.headline:
        field, colon, value = term.partition(":")
        if other.says(term) or value in UNSPECIFIC:
            continue
        if colon and field in FILLINGS:
            return True
        if not colon and events.level(term, one.lang) >= LEVELS and not any(kinds.find(term, term)):
            return True
    return False


def _states_other_figures(one: Seen, other: Seen) -> bool:
    if has_each_its_own(one, other, "number"):
        return False  # the headlines' own are counted already
    figures, others = ({n for n in seen.all.get("number", NONE) if is_telling(n)} for seen in (one, other))
    return bool(figures and others) and figures.isdisjoint(others)
