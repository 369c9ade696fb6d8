"""How much a story weighs: Urgent, Notable or nothing, by points that anybody can count again. Pure.

Points, each given once: 3 for an action (a ban, a sanction, a seizure, something that takes effect), 2 for an official
source, 1 for two sources and 2 for four, 1 for two topics and 2 for four, 1 for a topic's words in the headline, 1 for
a date that it sets. By default a story is Notable from 3 points and Urgent from 6: an export ban with a date, in the
headline, on two topics; an official order, once two outlets tell it too.

A story's weight rises as sources join, and falls only where its one source corrects it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Annotated

import msgspec
from msgspec import Meta


class Weight(IntEnum):
    """As stored: a greater one is heavier."""

    NONE = 0
    NOTABLE = 1
    URGENT = 2

    @property
    def word(self) -> str:
        """As an alert says it; nothing for most stories."""
        return ("", "Notable", "Urgent")[self]


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """From how many points a story is called Notable or Urgent."""

    notable: Annotated[int, Meta(ge=1, description="Points from which a story is Notable.")] = 3
    urgent: Annotated[int, Meta(ge=1, description="Points from which a story is Urgent.")] = 6

    def problems(self) -> Iterator[str]:
        """Urgent before Notable."""
        if self.urgent < self.notable:
            yield f"urgent = {self.urgent} is less than notable = {self.notable}: nothing would ever be Notable."


@dataclass(frozen=True, slots=True)
class Signs:
    """What of a story is weighed. `action`: the words of one, as written; `topics`: how many shipped ones it hits."""

    action: str = ""
    is_official: bool = False
    sources: int = 1
    topics: int = 1
    is_in_title: bool = False
    sets_date: bool = False


@dataclass(frozen=True, slots=True)
class Weighed:
    """The weight, and each reason with its points, heaviest first."""

    weight: Weight
    points: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """All points together."""
        return sum(points for _, points in self.points)


MANY = 4
"""Sources or topics that count twice."""


def weigh(signs: Signs, weights: Weights) -> Weighed:
    """The weight by points, with the points that were given."""
    given = (
        (f"an action ({signs.action})", 3 if signs.action else 0),
        ("an official source", 2 if signs.is_official else 0),
        (f"{signs.sources} sources", _by_number(signs.sources)),
        (f"{signs.topics} topics", _by_number(signs.topics)),
        ("in the headline", int(signs.is_in_title)),
        ("sets a date", int(signs.sets_date)),
    )
    points = tuple((reason, count) for reason, count in given if count)
    total = sum(count for _, count in points)
    weight = Weight.URGENT if total >= weights.urgent else Weight.NOTABLE if total >= weights.notable else Weight.NONE
    return Weighed(weight, points)


def _by_number(count: int) -> int:
    return 2 if count >= MANY else 1 if count > 1 else 0


def reasons(weighed: Weighed) -> str:
    """`an action ("export ban") 3, in the headline 1`."""
    return ", ".join(f"{reason} {count}" for reason, count in weighed.points)
