"""What speaks against two pieces of news being of one event: another place, company, number, week or stage of action.

Headlines are asked, as a text tells of much besides: each names something of which the other says nothing at all.
Pure; the likeness is worked out elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from bot.core.lexicon.events import ANY, Events
from bot.core.stories.figures import is_telling

OTHER_PLACE, OTHER_NUMBERS, OTHER_SOUND = 0.35, 0.2, 0.05
CONTRARY, OTHER_KIND, A_DAY = 0.3, 0.12, 0.05
"""What is taken off the likeness; the last for each day between them."""

AT_A_SITE = frozenset("halt restart fire slide accident strike strike-end open force-majeure".split())
"""What happens at one mine or plant: another name is another one, though country, metal and company are the same."""

SPELT_ALIKE = frozenset({"en", "fr", "es", "it", "pt"})
"""Languages that write names alone with a capital, and in the same letters."""

PRICE_HOURS = 36.0
"""Hours after which a report of prices is another one: they come by the week or the day."""

UNSPECIFIC = frozenset({"critical", "ores", "miners", "battery-makers"})
DEEDS = frozenset("ban duty quota halt restart agree buy fund build open nationalise court probe".split())
"""Kinds of events for which a price is only what follows."""

NONE: frozenset[str] = frozenset()


class Named(Protocol):
    """What is asked of a piece of news, or of several: the values of the fields, in the headline and in all."""

    @property
    def lang(self) -> str:
        """The language."""

    @property
    def title(self) -> Mapping[str, frozenset[str]]:
        """The values of each field in the headline."""

    @property
    def all(self) -> Mapping[str, frozenset[str]]:
        """Those in headline and text."""


class Seen(Named, Protocol):
    """What is asked of one piece of news beside."""

    @property
    def hours(self) -> float:
        """When it was published, in hours since 1970."""

    @property
    def headline(self) -> frozenset[str]:
        """The terms of the headline, numbers and dates left out."""


def against(one: Seen, other: Seen, events: Events) -> float | None:
    """What is to be taken off their likeness, from 0; None where they cannot be one event."""
    if has_each_its_own(one, other, "mineral") and not _headed(one, "mineral") & _headed(other, "mineral"):
        return None
    if one.headline == other.headline and one.title.get("number", NONE) != other.title.get("number", NONE):
        return None  # the next of a series: part 2, week 12
    if is_price(one) and is_price(other) and _is_other_report(one, other):
        return None
    if has_each_its_own(one, other, "country") or has_each_its_own(one, other, "name"):
        return None
    return (
        OTHER_PLACE * is_elsewhere(one, other)
        + OTHER_SOUND * has_each_its_own(one, other, "sound")
        + OTHER_NUMBERS * has_each_its_own(one, other, "number")
        + _by_kind(one.title.get("kind", NONE), other.title.get("kind", NONE), events)
        + A_DAY * abs(one.hours - other.hours) / 24
    )


def is_elsewhere(one: Named, other: Named) -> bool:
    """Whether each headline names a place, or a mine or plant at which something happened, that the other does not."""
    return has_each_its_own(one, other, "place") or (_is_of_site(one, other) and has_each_its_own(one, other, "sound"))


def _is_of_site(one: Named, other: Named) -> bool:
    if one.lang not in SPELT_ALIKE or other.lang not in SPELT_ALIKE:
        return False
    minerals = one.all.get("mineral", NONE) & other.all.get("mineral", NONE)
    kinds = [AT_A_SITE & seen.title.get("kind", NONE) for seen in (one, other)]
    return not minerals <= UNSPECIFIC and all(kinds)


def _headed(one: Named, field: str) -> frozenset[str]:
    """What the headline names, the faint left out."""
    found = one.title.get(field, NONE)
    if field == "number":
        return frozenset(filter(is_telling, found))
    return found - UNSPECIFIC


def has_each_its_own(one: Named, other: Named, field: str) -> bool:
    """Whether each headline names something, in this field, of which the other piece says nothing."""
    return bool(_headed(one, field) - other.all.get(field, NONE)) and bool(
        _headed(other, field) - one.all.get(field, NONE)
    )


def is_price(one: Seen) -> bool:
    """Whether it is a report of prices."""
    kinds = one.title.get("kind", NONE)
    return "price" in kinds and kinds.isdisjoint(DEEDS)


def _is_other_report(one: Seen, other: Seen) -> bool:
    numbers, others = one.all.get("number", NONE), other.all.get("number", NONE)
    is_other_number = bool(numbers and others) and numbers.isdisjoint(others)
    return is_other_number or abs(one.hours - other.hours) >= PRICE_HOURS


def _by_kind(kinds: frozenset[str], others: frozenset[str], events: Events) -> float:
    if is_contrary(kinds, others, events) or is_contrary(others, kinds, events):
        return CONTRARY
    return OTHER_KIND if kinds and others and kinds.isdisjoint(others) else 0.0


def is_contrary(kinds: frozenset[str], others: frozenset[str], events: Events) -> bool:
    """Whether the first undoes what the second does, and the second undoes nothing of the kind."""
    for kind in kinds - others:
        undone = events.contraries.get(kind, NONE)
        if ANY in undone:
            return True
        if undone & others and not any(undone & events.contraries.get(other, NONE) for other in others):
            return True
    return False
