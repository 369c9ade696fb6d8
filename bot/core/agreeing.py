"""One date told by several sources of a story: which tellings are the same, and what holds if they differ. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.outcomes import ENOUGH, share_named
from bot.core.reminders import SURE

OFFICIAL = 0
"""The tier of those whose word is the thing itself."""

NEAR = timedelta(days=31)
"""How far apart two languages may put one thing: its words cannot be compared."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A date as one source tells it; `tier` 0 is official, `order` the place of its item in the story.

    `lang`: two letters, or nothing; `is_only`: the source tells no other date.
    """

    due: date
    type: str
    what: str
    source: str
    tier: int
    confidence: float
    order: int = 0
    lang: str = ""
    is_only: bool = False


@dataclass(frozen=True, slots=True)
class Agreed:
    """A date of a story: the telling that speaks for it, how many sources tell it, and what others say instead.

    `told`: each day and kind that some source has for it.
    """

    telling: Telling
    sources: int
    confidence: float
    others: tuple[Telling, ...] = ()
    told: frozenset[tuple[date, str]] = frozenset()

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
    return Agreed(speaker, sources, confidence, others, frozenset((one.due, one.type) for one in group))


def _standing(tellings: Sequence[Telling]) -> tuple[bool, int, int]:
    is_official = any(one.tier == OFFICIAL for one in tellings)
    return is_official, len({one.source for one in tellings}), max(one.order for one in tellings)


def _is_same_thing(one: Telling, other: Telling) -> bool:
    """Whether two tellings are of one thing: the same kind, and what is due named alike. A source repeats no thing.

    Names in two languages say nothing of each other. There the same day is the same thing, and so is a near day of the
    same kind, where neither source tells more than one date.
    """
    if one.source == other.source:
        return (one.due, one.type) == (other.due, other.type)
    if is_foreign(one, other):
        are_only = one.is_only and other.is_only
        if one.due == other.due:
            return one.type == other.type or are_only
        return one.type == other.type and are_only and abs(one.due - other.due) <= NEAR
    if one.type != other.type:
        return False
    if one.due == other.due:
        return True
    if not one.what or not other.what:
        return False
    if one.what.casefold() == other.what.casefold():
        return True
    return max(share_named(one.what, other.what), share_named(other.what, one.what)) >= ENOUGH


def is_foreign(one: Telling, other: Telling) -> bool:
    """Whether two tellings are in different languages, as far as can be told."""
    langs = {one.lang[:2].lower(), other.lang[:2].lower()}
    return len(langs) > 1 and "" not in langs


@dataclass(frozen=True, slots=True)
class Saying:
    """Which day a source names, where a story's sources name several."""

    due: date
    source: str
    is_official: bool


def sayings_of(agreed: Agreed) -> str:
    """Who says which day, as it is stored, the day that holds first; "" where all say the same."""
    if not agreed.others:
        return ""
    return "\n".join(f"{one.due} {one.tier} {one.source}" for one in (agreed.telling, *agreed.others))


def read_sayings(stored: str) -> tuple[Saying, ...]:
    """What `sayings_of` wrote."""
    lines = (line.split(" ", 2) for line in stored.splitlines())
    return tuple(Saying(date.fromisoformat(day), source, int(tier) == OFFICIAL) for day, tier, source in lines)


def _grouped(tellings: Iterable[Telling], is_alike: Callable[[Telling, Telling], bool]) -> list[list[Telling]]:
    groups: list[list[Telling]] = []
    for telling in tellings:
        group = next((group for group in groups if all(is_alike(one, telling) for one in group)), None)
        if group is None:
            groups.append([telling])
        else:
            group.append(telling)
    return groups
