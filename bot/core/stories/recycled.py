"""Old words under a new date: whether a piece of news was told before, longer ago than grouping looks. Pure.

The words must be the same but for a few, and all figures: a weekly report has the last one's words, not its figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from bot.core.stories.figures import find_numbers
from bot.core.stories.sketch import likeness, sketch
from bot.core.text.words import bare, raw_words

SKETCHED = 2_000
"""Characters of a text that are compared word for word."""

REPEATED = 0.8
"""The likeness of word pairs from which old words are told again."""

PRINTED = 3
"""Smallest hashes by which they are looked up: of 0.8 likeness one of three is shared 99 times of 100."""

LONG_AGO = timedelta(hours=96)
"""What is younger joins its story; a copy of what is older was told before."""


@dataclass(frozen=True, slots=True)
class Told:
    """An item that was told: its number, story and words, and when it was news."""

    item: int
    story: int
    title: str
    text: str
    lang: str
    at: datetime


def sketch_words(title: str, text: str) -> tuple[int, ...]:
    """The sketch of an item's words; () of too short ones."""
    words = [*_bare_words(title), *_bare_words(text[:SKETCHED])]
    return sketch(map(" ".join, pairwise(words)))


def _bare_words(text: str) -> list[str]:
    """The words without case and accents; of plain letters the case of all goes at once."""
    return raw_words(text.lower()) if text.isascii() else [bare(word) for word in raw_words(text)]


def find_first(title: str, text: str, lang: str, at: datetime, told: Sequence[Told]) -> Told | None:
    """The first of these that said the same long before `at`, or None."""
    mine, figures = sketch_words(title, text), _figures(title, text, lang)
    for one in sorted(told, key=lambda one: (one.at, one.item)):
        is_same = likeness(mine, sketch_words(one.title, one.text), REPEATED) >= REPEATED
        if one.at <= at - LONG_AGO and is_same and _figures(one.title, one.text, one.lang) == figures:
            return one
    return None


def _figures(title: str, text: str, lang: str) -> frozenset[str]:
    return frozenset(find_numbers(f"{title}\n{text[:SKETCHED]}", lang))
