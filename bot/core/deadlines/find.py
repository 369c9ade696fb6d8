"""Finding the dates that a text sets: sentence by sentence, each date once. Pure, and linear in the text.

What counts is told in `judging`, what a date means in `reading`, what it is about in `naming`; the words of each
language are in its own file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.core.deadlines.deadline import Deadline
from bot.core.deadlines.judging import Verdict, judge
from bot.core.deadlines.language import DEADLINE, EXPIRY, TARGET, Language
from bot.core.deadlines.languages import HAN, languages_of, main_languages
from bot.core.deadlines.naming import name
from bot.core.deadlines.patterns import DATE
from bot.core.deadlines.view import View, look
from bot.core.deadlines.written import Written, find_written
from bot.core.text.sentences import split_sentences

FARTHEST = timedelta(days=366 * 15)
FARTHEST_TARGET = timedelta(days=366 * 30)
LONGEST_SENTENCE = 1500
"""Characters of one sentence that are read: more is no sentence, but a list or a table."""

PLAIN_DIGITS = {ord("０") + number: str(number) for number in range(10)}
SPACED = re.compile(r"(?<=\d)\s(?=[年月日号时時点分至个])|(?<=[年月日号至和])\s(?=\d)")

MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "year": 12}
ENDS = (DEADLINE, EXPIRY, TARGET)


def find_deadlines(
    title: str, text: str, published: datetime | date, lang: str | None = None, with_targets: bool = False
) -> tuple[Deadline, ...]:
    """The dates that a title and text set, soonest first; each date once, as the first sentence of the text says it.

    `lang`: the language where it is known; `with_targets`: bare years as well, by which something is to be reached.
    """
    day = published.date() if isinstance(published, datetime) else published
    latin = main_languages(f"{title}\n{text}", lang)
    best: dict[tuple[date, bool], Deadline] = {}
    views = _views([one for source in _sources(title, text) for one in _read(source, lang, latin)], day)
    for view, source, language in views:
        for found in _judged(view, source, language, day):
            key = found.due, found.type == TARGET
            best[key] = _merge(best[key], found) if key in best else found
    dated = [best[key] for key in sorted(best)]
    return tuple(
        one
        for one in dated
        if (with_targets or one.type != TARGET) and not any(_says_finer(other, one) for other in dated)
    )


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence as it stands in the text or title: its words with even spaces, and its place."""

    evidence: str
    start: int
    end: int
    is_in_title: bool = False


def _sources(title: str, text: str) -> Iterator[Source]:
    """The sentences of the text, then the title."""
    start = 0
    for piece in split_sentences(text):
        words = piece.strip()
        first = start + piece.find(words[:1])
        yield Source(" ".join(words.split()), first, first + len(words))
        start += len(piece)
    yield Source(" ".join(title.split()), 0, len(title), is_in_title=True)


Read = tuple[str, Source, Language]
"""A sentence as grammars read it, where it stands, and the grammar that reads it."""


def _read(source: Source, lang: str | None, latin: tuple[Language, ...]) -> Iterator[Read]:
    """A sentence, for each grammar that may be its own."""
    sentence = _plain(source.evidence)[:LONGEST_SENTENCE]
    for language in languages_of(sentence, lang, latin):
        yield sentence, source, language


def _views(read: Sequence[Read], day: date) -> list[tuple[View, Source, Language]]:
    """In their order the views of those with written dates of which one lies ahead."""
    views: dict[int, View] = {}
    for language in {id(one): one for _, _, one in read}.values():
        places = [place for place, one in enumerate(read) if one[2] is language]
        written = find_written([read[place][0] for place in places], language, day)
        ahead = [
            (place, dates)
            for place, dates in zip(places, written, strict=True)
            if any(one.period is not None and one.period.end > day for one in dates)
        ]
        seen = look([(read[place][0], dates) for place, dates in ahead], language)
        views.update(zip((place for place, _ in ahead), seen, strict=True))
    return [(views[place], read[place][1], read[place][2]) for place in sorted(views)]


def _plain(sentence: str) -> str:
    """The sentence as grammars read it: plain digits, none of the spaces that tables put between a digit and 月."""
    plain = sentence.replace(DATE, " ")
    return plain if plain.isascii() or not HAN.search(plain) else SPACED.sub("", plain.translate(PLAIN_DIGITS))


def _judged(view: View, source: Source, language: Language, day: date) -> Iterator[Deadline]:
    before: Verdict | None = None
    for number, written in enumerate(view.written):
        if written.period is None or written.period.end <= day:
            before = None
            continue
        before = verdict = judge(view, number, language, day, before)
        due = _due(written, verdict.type, day) if verdict else None
        if verdict and due:
            yield _deadline(view, number, verdict, due, source, language)


def _due(written: Written, kind: str, day: date) -> date | None:
    """The end of the period for what must be done by then, its start for what happens then; only ahead of `day`."""
    if written.period is None:
        return None
    start, end = written.period.start, written.period.end
    due = end if kind in ENDS or start <= day else start
    farthest = FARTHEST_TARGET if kind == TARGET else FARTHEST
    return due if day < due <= day + farthest else None


def _deadline(view: View, number: int, verdict: Verdict, due: date, source: Source, language: Language) -> Deadline:
    written = view.written[number]
    assert written.period is not None
    what, who = name(view, number, verdict, language)
    return Deadline(
        due,
        written.period.precision,
        verdict.type,
        what,
        who,
        source.evidence,
        verdict.confidence,
        at=written.at,
        zone=written.zone,
        written=view.sentence[written.start : written.end],
        start=source.start,
        end=source.end,
        is_in_title=source.is_in_title,
        reasons=verdict.reasons,
    )


def _merge(known: Deadline, other: Deadline) -> Deadline:
    """The first stays; what it lacks is taken from the other."""
    return replace(
        known,
        what=known.what or other.what,
        who=known.who or other.who,
        at=known.at or other.at,
        zone=known.zone or other.zone,
        confidence=max(known.confidence, other.confidence),
    )


def _says_finer(other: Deadline, one: Deadline) -> bool:
    """Whether a day is named where `one` only names its month, quarter, half or year: `by December`."""
    months = MONTHS_IN.get(one.precision)
    if months is None or other.precision != "day" or other.type != one.type:
        return False
    first = (one.due.month - 1) // months
    return other.due.year == one.due.year and (other.due.month - 1) // months == first
