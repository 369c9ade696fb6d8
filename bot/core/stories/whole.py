"""What all items of a story name together: one that names no place may stand between two events that each name theirs.

Decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.core.stories.contradiction import NONE, SPELT_ALIKE
from bot.core.stories.likeness import View

FIELDS = ("place", "sound", "kind", "mineral")


@dataclass(frozen=True, slots=True)
class Whole:
    """As if it were one piece of news: what is named in any headline, and in all."""

    lang: str
    title: Mapping[str, frozenset[str]]
    all: Mapping[str, frozenset[str]]


def whole(views: Sequence[View]) -> Whole:
    """That of these; of headlines those in languages that spell names alike."""
    alike = [view for view in views if view.lang in SPELT_ALIKE]
    title = {field: _union(field, (view.title for view in alike)) for field in FIELDS}
    every = {field: _union(field, (view.all for view in views)) for field in FIELDS}
    return Whole(alike[0].lang if alike else views[0].lang, title, every)


def _union(field: str, found: Iterable[Mapping[str, frozenset[str]]]) -> frozenset[str]:
    return NONE.union(*(one.get(field, NONE) for one in found))
