"""Pieces of news by a few words, placed one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.app.shipped import shipped_concepts, shipped_events
from bot.core.stories.gist import Candidate
from bot.core.stories.grouping import Grouping, Placement
from bot.core.stories.reading import read_candidate

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
Told = tuple[str, str, str] | tuple[str, str, str, int] | tuple[str, str, str, int, str]
"""Language, title, text, and perhaps the hour since the start, and a link."""


def candidate(told: Told) -> Candidate:
    """An item as it is placed."""
    lang, title, text, hour, url = (*told, *(0, "")[len(told) - 3 :])
    moment = START + timedelta(hours=int(hour))
    return read_candidate(title, text, lang, moment, str(url) or None, shipped_events(), shipped_concepts())


def place_all(told: Sequence[Told]) -> list[Placement]:
    """Where each goes; a story has the number of its first item, from 1."""
    grouping, found = Grouping(shipped_events()), []
    for number, one in enumerate(told, start=1):
        item = candidate(one)
        found.append(grouping.place(item))
        grouping.add(item, found[-1].story or number)
    return found


def stories(*told: Told) -> list[int]:
    """The story of each, by the number of its first item."""
    return [found.story or number for number, found in enumerate(place_all(told), start=1)]
