"""How a language writes dates and what it says around them: the shape of a grammar file. Data; `find` reads it.

Patterns of `forms` name what they catch: day, month, year, next, weekday, count, unit, ordinal, anchor. In all others
the date that is judged stands as ◆ (◆count, ◆within and ◆period for those forms), so that one pattern says what comes
before it and what comes after.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

DATE = "◆"


@dataclass(frozen=True)  # not slotted: `compiled` is kept
class Language:
    """A grammar. Words stand in lower case; the first form and the first cue that fit are taken."""

    name: str
    forms: tuple[tuple[str, str], ...]  # (a key of periods.FORMS, pattern)
    cues: tuple[tuple[str, str], ...]  # (effective | expiry | event | deadline, or refused; pattern)
    months: Mapping[str, int]
    words: Mapping[str, str]  # units, relative days
    numbers: Mapping[str, int]  # written numbers and ordinals
    weekdays: Mapping[str, int]
    ahead: str  # what must stand before a date that by itself could be past: a month, a weekday, a quarter
    past: str  # the clause looks back
    refuse: str  # cancelled, rejected, supposed, a reporting period
    joins: str = r"(?!)"  # between two dates of one announcement
    dated: str = r"(?!)"  # a document's own date, from which a bare term is counted; group 1 is the date
    today: str = r"(?!)"  # an anchor that means the day of publication
    what: str = r"(?!)"
    who: str = r"(?!)"

    @cached_property
    def compiled(self) -> Patterns:
        """The patterns, compiled once."""
        return Patterns(
            tuple((form, _compile(pattern)) for form, pattern in self.forms),
            tuple((kind, _compile(pattern)) for kind, pattern in self.cues),
            *map(_compile, (self.ahead, self.past, self.refuse, self.joins, self.dated, self.today)),
            *map(_compile, (self.what, self.who)),
        )


@dataclass(frozen=True, slots=True)
class Patterns:
    """A grammar ready to be applied; see `Language` for what each says."""

    forms: tuple[tuple[str, re.Pattern[str]], ...]
    cues: tuple[tuple[str, re.Pattern[str]], ...]
    ahead: re.Pattern[str]
    past: re.Pattern[str]
    refuse: re.Pattern[str]
    joins: re.Pattern[str]
    dated: re.Pattern[str]
    today: re.Pattern[str]
    what: re.Pattern[str]
    who: re.Pattern[str]


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def numbered(names: str, short: int = 0) -> dict[str, int]:
    """Month names in order to 1, 2, ...; `short`: their first letters mean the same."""
    table = {name: number for number, name in enumerate(names.split(), start=1)}
    return table | ({name[:short]: number for name, number in table.items()} if short else {})


def counted(names: str) -> dict[str, int]:
    """Weekday names in order, Monday 0."""
    return {name: number - 1 for name, number in numbered(names).items()}


def one_of(words: Mapping[str, object]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


ISO = r"\b(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b"
YEAR = r"(?P<year>20\d\d)\b"
