"""Making the patterns of a grammar quick: in lower case, tried only where a word begins. Knows no language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

DATE = "◆"
"""What stands for each date of a sentence."""

BEGINS = r"\b(?=[\w'’◆])"
"""Where a word, or what hangs on one by an apostrophe, begins."""

CAPITAL = re.compile(r"\\.|\(\?P<\w+>|\(\?P=|[A-ZÀ-ÖØ-ÞА-ЯЁ]")
"""A capital in a pattern, but for those that are part of its syntax."""

HEAD_GROUPS = (
    frozenset(("refused",)),
    frozenset(("by", "until", "through", "to", "toward", "end", "ends", "for", "occasion")),
    frozenset(("from", "start", "since", "after")),
    frozenset(("on",)),
)
"""Heads looked for at once. Those that may start with the same words, and mean different dates, stand apart."""

SHORT = (
    "q(?P<ordinal>",
    "h(?P<ordinal>",
    "t(?P<ordinal>",
    "s(?P<ordinal>",
    ")q",
    ")h",
    "q)(?P<ordinal>",
    "Q)",
    "H)",
    "Q(?P",
    "H(?P",
    "T(?P",
    "S(?P",
)
"""How a form begins or ends that writes a quarter or half as a letter and a figure."""

NUMBERED = (
    r"\d{1,2}[./-]\d|\b20\d\d|\d(?:st|nd|rd|th|er|re|º|-го)\b|\b[qths][1-4]\b|\d[qh]\b|\d[qh]\d|\d\.(?=\s[a-zäöü])"
)
"""Figures that may be a date without a word of the calendar beside them."""

NEEDS = {
    "weekday": "",
    "month": "",
    "week_of": ("week",),
    "season": ("spring", "summer", "autumn", "winter"),
    "quarter": ("quarter",),
    "half": ("half",),
    "part": ("early", "late"),
    "unit": ("day", "workday", "week", "month", "quarter", "half", "year", "tomorrow", "overmorrow"),
}
"""The groups and forms that need words of their own, and what such a word means."""


def starting_here(patterns: Iterable[tuple[str, str]], anywhere: bool = False) -> str:
    """A pattern that finds, at each edge of a word and at each date, which of the patterns starts there."""
    bare = r"\b(?!" if anywhere else r"\b"  # every pattern is tried at an edge alone: it need not ask again
    named = "|".join(f"(?P<h{place}>{pattern.removeprefix(bare)})" for place, pattern in patterns)
    edge = "" if anywhere else rf"(?:{BEGINS}|(?={DATE}))"
    return rf"{edge}(?={named or '(?!)'})"


def at_words(pattern: str) -> str:
    """The pattern, not tried where a word ends."""
    return rf"\b(?=\w){pattern[2:]}" if pattern.startswith(r"\b") else pattern


def beginnings(words: Iterable[str]) -> str:
    """A pattern for how any of the words begins: coarse, and quick."""
    begins = sorted({word[:3] for word in words})
    letters = "".join(sorted({begin[0] for begin in begins}))
    return rf"\b(?=[{letters}])(?:{'|'.join(begins)})"


@cache
def quick(pattern: str) -> re.Pattern[str]:
    """The same object for the same words, so that a sentence is searched once for each."""
    return compile_low(pattern)


def compile_low(pattern: str) -> re.Pattern[str]:
    """The pattern for text in lower case: much quicker than one that ignores case."""
    return re.compile(CAPITAL.sub(lambda match: match[0] if match[0][0] in "\\(" else match[0].lower(), pattern))
