"""One date told by several sources of a story: which tellings are the same, and what holds if they differ. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.outcomes import ENOUGH, share_named
from bot.core.reminders import SURE

OFFICIAL = 0
"""The tier of those whose word is the thing itself."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A date as one source tells it; `tier` 0 is official, `order` the place of its item in the story."""

    due: date
    type: str
    what: str
    source: str
    tier: int
    confidence: float
    order: int = 0


@dataclass(frozen=True, slots=True)
class Agreed:
    """A date of a story: the telling that speaks for it, how many sources tell it, and what others say instead."""

    telling: Telling
    sources: int
    confidence: float
    others: tuple[Telling, ...] = ()

    @property
    def is_disputed(self) -> bool:
        """Whether sources name different days for it, and none of them alone is official."""
        return bool(self.others) and self.telling.tier != OFFICIAL


def agree(tellings: Sequence[Telling]) -> tuple[Agreed, ...]:
    """The dates of a story, soonest first: each day once, and of different days of one thing the one that holds.

    An official source's holds before others', then the one that more sources tell, then the one told last. A second
    source makes an unsure date sure; a dispute makes a sure one unsure, unless an official source settles it.
    """
    groups = _grouped(tellings, _is_same_thing)
    return tuple(sorted((_settle(group) for group in groups), key=lambda one: (one.telling.due, one.telling.what)))


def _settle(group: Sequence[Telling]) -> Agreed:
    days = _grouped(group, lambda one, other: one.due == other.due)
    first, *rest = sorted(days, key=_standing, reverse=True)
    speaker = min(first, key=lambda one: (one.tier, one.order))
    sources = len({one.source for one in first})
    confidence = max(one.confidence for one in first)
    if sources > 1:
        confidence = max(confidence, SURE)
    others = tuple(day[0] for day in rest)
    if others and speaker.tier != OFFICIAL:
        confidence = min(confidence, SURE / 2)
    return Agreed(speaker, sources, confidence, others)


def _standing(tellings: Sequence[Telling]) -> tuple[bool, int, int]:
    is_official = any(one.tier == OFFICIAL for one in tellings)
    return is_official, len({one.source for one in tellings}), max(one.order for one in tellings)


def _is_same_thing(one: Telling, other: Telling) -> bool:
    """Whether two tellings are of one thing: the same kind, and what is due named alike. A source repeats no thing."""
    if one.type != other.type or (one.source == other.source and one.due != other.due):
        return False
    if not one.what or not other.what:
        return one.due == other.due
    if one.what.casefold() == other.what.casefold():
        return True
    return max(share_named(one.what, other.what), share_named(other.what, one.what)) >= ENOUGH


def _grouped(tellings: Iterable[Telling], is_alike: Callable[[Telling, Telling], bool]) -> list[list[Telling]]:
    groups: list[list[Telling]] = []
    for telling in tellings:
        group = next((group for group in groups if all(is_alike(one, telling) for one in group)), None)
        if group is None:
            groups.append([telling])
        else:
            group.append(telling)
    return groups
