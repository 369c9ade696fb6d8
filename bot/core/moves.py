"""What became of a story's dates when its text changed: which were moved, and which were taken back. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Held:
    """A date that is stored: its number, and what it is."""

    id: int
    due: date
    type: str


def find_moves(stored: Sequence[Held], said: Sequence[tuple[date, str]]) -> tuple[dict[int, date], list[int]]:
    """Of the stored open dates that the text no longer says: those that moved, with the new day, and those taken back.

    A date moved where just one of its type went and just one of that type came; with more, who knows which.
    """
    days = {due for due, _ in said}
    gone = [held for held in stored if held.due not in days]
    known = {held.due for held in stored}
    moved: dict[int, date] = {}
    for kind in {held.type for held in gone}:
        went = [held for held in gone if held.type == kind]
        came = [due for due, type_ in said if type_ == kind and due not in known]
        if len(went) == len(came) == 1:
            moved[went[0].id] = came[0]
    return moved, [held.id for held in gone if held.id not in moved]
