"""A sentence as the rules see it: its dates replaced by marks, and where the grammar's words stand. Decides nothing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from bot.core.deadlines.language import TENSES, Language, is_written_so, lower
from bot.core.deadlines.patterns import DATE
from bot.core.deadlines.written import Written


class Sign(NamedTuple):
    """A word of the grammar in a sentence: what it says, where it stands, how it is written."""

    kind: str
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class View:
    """A sentence with marks for dates. All places are those of `marked`, but for what `original` answers.

    `plain`: the same in lower case; `places`: of the marks, one for each date; `heads`: what is said right at a date,
    by its place; `tenses` and `topics`: in order; `breaks`: where clauses begin.
    """

    sentence: str
    marked: str
    plain: str
    written: tuple[Written, ...]
    places: tuple[int, ...]
    heads: dict[int, Sign]
    tenses: tuple[Sign, ...]
    topics: tuple[Sign, ...]
    breaks: tuple[int, ...]

    def clause(self, place: int) -> tuple[int, int]:
        """Where the clause around a place begins and ends."""
        after = bisect_right(self.breaks, place)
        start = self.breaks[after - 1] if after else 0
        return start, self.breaks[after] if after < len(self.breaks) else len(self.marked)

    def original(self, start: int, end: int) -> str:
        """The words between two places, as they are written."""
        return self.sentence[self._shift(start) : self._shift(end)]

    def _shift(self, place: int) -> int:
        before = bisect_right(self.places, place - 1)
        if not before:
            return place
        return self.written[before - 1].end + place - self.places[before - 1] - 1


def look(sentence: str, written: list[Written], language: Language) -> View:
    """The view of a sentence and its dates in a language."""
    marked, places = _mark(sentence, written)
    plain = lower(marked)
    patterns = language.compiled
    tenses = (
        Sign(_tense_of(m), *m.span(), marked[m.start() : m.end()])
        for m in patterns.tense.finditer(plain)
        if is_written_so(m, marked)
    )
    return View(
        sentence,
        marked,
        plain,
        tuple(written),
        places,
        _find_heads(plain, language),
        tuple(tenses),
        tuple(_signs(patterns.topics, language.topics, plain)),
        tuple(m.end() for m in patterns.breaks.finditer(plain)),
    )


def _tense_of(match: re.Match[str]) -> str:
    return next(kind for kind in TENSES if match[kind] is not None)


def _mark(sentence: str, written: list[Written]) -> tuple[str, tuple[int, ...]]:
    pieces: list[str] = []
    places: list[int] = []
    start = length = 0
    for one in written:
        length += one.start - start
        pieces += sentence[start : one.start], DATE
        places.append(length)
        length += 1
        start = one.end
    return "".join([*pieces, sentence[start:]]), tuple(places)


def _find_heads(plain: str, language: Language) -> dict[int, Sign]:
    """For each mark the first head of the grammar that fits."""
    found: dict[int, tuple[int, Sign]] = {}
    for pattern in language.compiled.heads:
        for match in pattern.finditer(plain):
            number, sign = _sign(match, language.heads)
            last = sign.words.rfind(DATE)
            place = sign.start + last
            if last >= 0 and (place not in found or number < found[place][0]):
                found[place] = number, sign
    return {place: sign for place, (_, sign) in found.items()}


def _signs(pattern: re.Pattern[str], grammar: tuple[tuple[str, str], ...], plain: str) -> Iterator[Sign]:
    return (_sign(match, grammar)[1] for match in pattern.finditer(plain))


def _sign(match: re.Match[str], grammar: tuple[tuple[str, str], ...]) -> tuple[int, Sign]:
    """The number in the grammar, and the sign, of the pattern that starts where `match` stands."""
    group = match.lastgroup or ""
    number = int(group[1:])
    return number, Sign(grammar[number][0], *match.span(group), match[group])
