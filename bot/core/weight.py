"""How much a story weighs: Urgent, Notable or nothing, by points that anybody can count again. Pure.

Points, each given once: for the weightiest action of a story, 4 where it is in force, 3 where it is announced, 2 where
it is suspended or lifted, 1 where it is proposed, none where it is denied; one less for what is no law (a mine that
halts, a price floor in a contract); 1 for what gives or asks rather than takes away (a strategy, a subsidy, an
agreement), once it is more than a proposal. Then 2 for an official source, 1 for two sources and 2 for four, 1 for
several topics, 1 for a topic's words in the headline, 1 for a date that it sets. By default a story is Notable from 4
points and Urgent from 7: a ban with a date once several outlets tell it, or at once where its ministry does. A single
outlet alone makes nothing Urgent but what is in force, on two topics, in its headline, with a date.

A story's weight rises as sources join, and falls only where its one source corrects it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta

from bot.core.tongue import noted

if TYPE_CHECKING:
    from bot.core.actions import Deed, Grammar

STAGES = {"in-force": 4, "announced": 3, "suspended": 2, "lifted": 2, "proposed": 1, "denied": 0}
"""Points of an action that takes something away, by how far it has come."""

LESS = frozenset(("halt", "price-floor"))
"""Actions of companies, which weigh a point less than law."""

GRAVE = {
    "export-ban": "an export ban",
    "export-licence": "export licences",
    "export-quota": "an export quota",
    "tariff": "a tariff",
    "sanction": "sanctions",
    "price-floor": "a price floor",
    "nationalise": "a nationalisation",
    "halt": "a halt",
}
"""Actions that take something away, in words."""

MILD = {
    "stockpile": "a stockpile",
    "strategy": "a strategy",
    "list": "a list",
    "agreement": "an agreement",
    "subsidy": "a subsidy",
    "permit": "a permit",
    "restart": "a restart",
}
"""The others: one point once they are more than a proposal, and none when they are suspended or denied."""

DONE = frozenset(("in-force", "announced"))


class Weight(IntEnum):
    """As stored: a greater one is heavier."""

    NONE = 0
    NOTABLE = 1
    URGENT = 2

    @property
    def word(self) -> str:
        """As an alert says it; nothing for most stories."""
        return ("", noted("Notable"), noted("Urgent"))[self]


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """From how many points a story is called Notable or Urgent."""

    notable: Annotated[int, Meta(ge=1, description="Points from which a story is Notable.")] = 4
    urgent: Annotated[int, Meta(ge=1, description="Points from which a story is Urgent.")] = 7

    def problems(self) -> Iterator[str]:
        """Urgent before Notable."""
        if self.urgent < self.notable:
            yield f"urgent = {self.urgent} is less than notable = {self.notable}: nothing would ever be Notable."


@dataclass(frozen=True, slots=True)
class Signs:
    """What of a story is weighed. `action`, `stage`: its weightiest deed; `topics`: how many shipped ones it hits."""

    action: str = ""
    stage: str = "announced"
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
"""Sources that count twice."""


def weigh(signs: Signs, weights: Weights) -> Weighed:
    """The weight by points, with the points that were given. An action is named even if it gives none."""
    action = _action_words(signs.action, signs.stage)
    given = (
        (action, _of_action(signs.action, signs.stage)),
        ("an official source", 2 if signs.is_official else 0),
        (f"{signs.sources} sources", _by_number(signs.sources)),
        (f"{signs.topics} topics", int(signs.topics > 1)),
        ("in the headline", int(signs.is_in_title)),
        ("sets a date", int(signs.sets_date)),
    )
    points = tuple((reason, count) for reason, count in given if count or (reason and reason == action))
    total = sum(count for _, count in points)
    weight = Weight.URGENT if total >= weights.urgent else Weight.NOTABLE if total >= weights.notable else Weight.NONE
    return Weighed(weight, points)


def no_grammar() -> Grammar:
    """A grammar that finds no deed, for whoever was given none."""
    from bot.core.actions import NO_GRAMMAR  # here: a round that brings nothing new loads no stemmer

    return NO_GRAMMAR


def weightiest(deeds: Iterable[Deed]) -> tuple[str, str]:
    """Action and stage of the deed that gives most points, the first of equals; two empty words where there is none."""
    best = max(deeds, key=lambda deed: (_of_action(deed.action, deed.stage), deed.action in GRAVE), default=None)
    return (best.action, best.stage) if best else ("", "")


def _of_action(action: str, stage: str) -> int:
    if action in GRAVE:
        return max(0, STAGES.get(stage, 0) - (action in LESS))
    return int(action in MILD and stage in DONE)


def _action_words(action: str, stage: str) -> str:
    """`an export ban, in force`; nothing for what is no action."""
    words = GRAVE.get(action) or MILD.get(action)
    return f"{words}, {stage.replace('-', ' ')}" if words else ""


def _by_number(count: int) -> int:
    return 2 if count >= MANY else 1 if count > 1 else 0


def reasons(weighed: Weighed) -> str:
    """`an export ban, in force 4; in the headline 1`."""
    return "; ".join(f"{reason} {count}" for reason, count in weighed.points)
