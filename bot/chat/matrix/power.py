"""Who may do what in a room, from its two state events as the server has them. Pure.

The rules are those of the specification's `m.room.power_levels`; from room version 12 on creators stand above all
levels and are in none of the lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import Any

MODERATOR = 50
CREATOR_BEFORE_LEVELS = 100
FIRST_WITH_ENDLESS_CREATORS = 12


@dataclass(frozen=True, slots=True)
class Powers:
    """A room's levels. `levels` None: the room has no such event. `create` is the whole event, with its sender."""

    levels: Mapping[str, Any] | None
    create: Mapping[str, Any]

    def of(self, user: str) -> float:
        """The power of a user; infinite for a creator of a room of version 12 or later."""
        content = _table(self.create.get("content"))
        creators = {self.create.get("sender")}
        if has_endless_creators(content.get("room_version")):
            if user in creators | set(_list(content.get("additional_creators"))):
                return inf
        elif self.levels is None:
            return CREATOR_BEFORE_LEVELS if user in creators else 0
        levels = self.levels or {}
        default = _number(levels.get("users_default"), 0)
        return _number(_table(levels.get("users")).get(user), default)

    def to_send(self, kind: str) -> float:
        """The power that an event of a kind needs."""
        levels = self.levels or {}
        return _number(_table(levels.get("events")).get(kind), _number(levels.get("events_default"), 0))

    def is_moderator(self, user: str) -> bool:
        """Whether a user may say what is followed here."""
        return self.of(user) >= MODERATOR


def has_endless_creators(version: object) -> bool:
    """Whether a room's creators stand above all levels. Unknown versions are new ones: only numbers are old."""
    if version is None:
        return False  # a room without the word is of version 1
    text = str(version)
    return int(text) >= FIRST_WITH_ENDLESS_CREATORS if text.isdecimal() else text == "org.matrix.hydra.11"


def _number(value: object, default: float) -> float:
    """A level; old rooms have them as text."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return default
    try:
        return float(value)
    except ValueError:
        return default


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> list[str]:
    return [entry for entry in value if isinstance(entry, str)] if isinstance(value, list) else []
