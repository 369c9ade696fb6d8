"""A sentence as the rules see it: its dates replaced by marks, and where the grammar's words stand. Decides nothing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
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


def look(read: Sequence[tuple[str, list[Written]]], language: Language) -> list[View]:
    """The views of sentences and their dates in a language; all are searched by one pattern, then by the next."""
    marked = [_mark(sentence, written) for sentence, written in read]
    plain = [lower(words) for words, _ in marked]
    patterns = language.compiled
    heads = _find_heads(plain, language)
    tenses = [
        tuple(_tenses(patterns.tense, *words)) for words in zip(plain, (words for words, _ in marked), strict=True)
    ]
    topics = [tuple(_signs(patterns.topics, language.topics, words)) for words in plain]
    breaks = [tuple(m.end() for m in patterns.breaks.finditer(words)) for words in plain]
    return [
        View(sentence, marked[n][0], plain[n], tuple(written), marked[n][1], heads[n], tenses[n], topics[n], breaks[n])
        for n, (sentence, written) in enumerate(read)
    ]


def _tenses(pattern: re.Pattern[str], plain: str, marked: str) -> Iterator[Sign]:
    is_shouted = marked.isupper()
    for match in pattern.finditer(plain):
        is_name = not is_shouted and marked[match.start() : match.end()].isupper()  # the New START treaty
        if is_written_so(match, marked) and not is_name:
            yield Sign(_tense_of(match), *match.span(), marked[match.start() : match.end()])


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


def _find_heads(sentences: Sequence[str], language: Language) -> list[dict[int, Sign]]:
    """In each sentence for each mark the first head of the grammar that fits."""
    found: list[dict[int, tuple[int, Sign]]] = [{} for _ in sentences]
    for pattern in language.compiled.heads:
        for plain, known in zip(sentences, found, strict=True):
            for match in pattern.finditer(plain):
                number, sign = _sign(match, language.heads)
                last = sign.words.rfind(DATE)
                place = sign.start + last
                if last >= 0 and (place not in known or number < known[place][0]):
                    known[place] = number, sign
    return [{place: sign for place, (_, sign) in known.items()} for known in found]


def _signs(pattern: re.Pattern[str], grammar: tuple[tuple[str, str], ...], plain: str) -> Iterator[Sign]:
    return (_sign(match, grammar)[1] for match in pattern.finditer(plain))


def _sign(match: re.Match[str], grammar: tuple[tuple[str, str], ...]) -> tuple[int, Sign]:
    """The number in the grammar, and the sign, of the pattern that starts where `match` stands."""
    group = match.lastgroup or ""
    number = int(group[1:])
    return number, Sign(grammar[number][0], *match.span(group), match[group])
