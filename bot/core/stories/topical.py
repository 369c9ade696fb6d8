"""What speaks for one topic rather than one event: nothing of their own is shared, or one outlet speaks of both.

Two reports that share a country, or a name of all the news, need not be of one event: half of those that were joined by
that alone were not. Pure; the likeness is worked out elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

ENOUGH, ENOUGH_OF_ALL = 0.55, 0.35
"""More of who and where than this proves nothing: much happens at one mine; and more still in a country or two."""

SAME_OUTLET = 0.04
"""An outlet that speaks again mostly speaks of another event, unless it denies one."""

OTHER_HEADLINE, ASIDE = 0.05, 0.06
"""Where nothing of their own is shared: of headlines without a term in common; and where one only asks or explains."""

OWN = frozenset({"mineral", "name", "place", "sound"})
LEAST_OWN = 1.0
"""The weight from which a term of these fields is a thing's own: what stands in all the news weighs less."""

NONE: frozenset[str] = frozenset()


class Told(Protocol):
    """What is asked of a piece of news: its language, the terms of its headline, those of its own, and its fields."""

    @property
    def lang(self) -> str:
        """Its language."""

    @property
    def headline(self) -> frozenset[str]:
        """The terms of the headline, numbers and dates left out."""

    @property
    def own(self) -> frozenset[str]:
        """The minerals, names and places that are not of all the news."""

    @property
    def all(self) -> Mapping[str, frozenset[str]]:
        """The values of each field."""


def is_own(field: str, weight: float) -> bool:
    """Whether a term of this field and weight tells one thing from all others."""
    return field in OWN and weight >= LEAST_OWN


def enough(one: Told, other: Told) -> float:
    """How much of who and where counts at most."""
    return ENOUGH_OF_ALL if one.own.isdisjoint(other.own) else ENOUGH


def off_event(one: Told, other: Told) -> float:
    """What is to be taken off their likeness, from 0."""
    is_same_outlet = not one.all.get("from", NONE).isdisjoint(other.all.get("from", NONE))
    taken = SAME_OUTLET * (is_same_outlet and not _is_denial(one, other))
    if one.lang == other.lang and one.own.isdisjoint(other.own):
        taken += OTHER_HEADLINE * one.headline.isdisjoint(other.headline)
        taken += ASIDE * ("aside" in one.all or "aside" in other.all)
    return taken


def _is_denial(one: Told, other: Told) -> bool:
    """Whether one of them denies something and the other does not: then it speaks of the same event again."""
    return ("deny" in one.all.get("kind", NONE)) != ("deny" in other.all.get("kind", NONE))
