"""Finding the dates that a text sets. Pure and linear; rather misses one than invents it.

A date counts where a cue announces it, nothing takes it back, and it lies ahead of the day of publication. What is
written without a year, or as a bare weekday or month, also needs a clause that looks ahead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.core.deadlines.language import DATE, Language
from bot.core.deadlines.languages import languages_of
from bot.core.deadlines.periods import Period
from bot.core.deadlines.reading import read_period
from bot.core.text.sentences import split_sentences

BEFORE, AFTER = 160, 80
"""Characters around a date in which its cue is looked for."""

MOST_DATES = 40
"""Dates looked at in one sentence: one with more is a table."""

NEAR, A_YEAR = timedelta(days=200), timedelta(days=366)
"""A day less or more than this away is meant to lie ahead; one between may be a past day without its year."""

FARTHEST = timedelta(days=366 * 6)
CONFIDENT, DOUBTFUL = 0.8, 0.5
LONGEST_WHAT = 90
MAYBE = re.compile(
    r"\b(?:may|could|expected|hopes?|plans? to|proposed|draft)\b|ожида|может|可能|拟|予定", re.IGNORECASE
)
ENDS = ("deadline", "expiry")
MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "year": 12}
MARKED = ("count", "within", "period")
VAGUE = ("period", "month", "quarter", "half", "count")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date set by a text.

    `type`: deadline, effective, expiry or event; `precision`: day, week, month, quarter, half or year; `evidence`: the
    whole sentence that says it; `confidence`: 0 to 1. `what` and `who` may be empty.
    """

    due: date
    precision: str
    type: str
    what: str
    who: str
    evidence: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Written:
    """A date as it stands in a sentence."""

    form: str
    start: int
    end: int
    period: Period | None


def find_deadlines(title: str, text: str, published: datetime | date, lang: str | None = None) -> tuple[Deadline, ...]:
    """The dates that a title and text set, soonest first; each date once, as the first sentence of the text says it."""
    day = published.date() if isinstance(published, datetime) else published
    best: dict[date, Deadline] = {}
    for sentence in (*split_sentences(text), title):
        for found in _in_sentence(" ".join(sentence.split()), day, lang):
            known = best.get(found.due)
            best[found.due] = found if known is None else _merge(known, found)
    dated = [best[due] for due in sorted(best)]
    return tuple(one for one in dated if not any(_says_finer(other, one) for other in dated))


def _says_finer(other: Deadline, one: Deadline) -> bool:
    """Whether a day is named where `one` only names its month, quarter, half or year: `by December`."""
    months = MONTHS_IN.get(one.precision)
    if months is None or other.precision != "day" or other.type != one.type:
        return False
    first = (one.due.month - 1) // months
    return other.due.year == one.due.year and (other.due.month - 1) // months == first


def _merge(known: Deadline, other: Deadline) -> Deadline:
    """The first stays; what it lacks is taken from the other."""
    return replace(known, what=known.what or other.what, who=known.who or other.who)


def _in_sentence(sentence: str, day: date, lang: str | None) -> Iterator[Deadline]:
    for language in languages_of(sentence, lang):
        kind, end = "", 0
        for written in _written_dates(sentence, language, day):
            joins = bool(kind) and bool(language.compiled.joins.match(sentence[end : written.start]))
            kind = _kind(sentence, written, language) or (kind if joins else "")
            end = written.end
            due = _due(written, kind, day) if kind and written.period else None
            if due and not _is_refused(sentence, written, language, due - day):
                yield _deadline(sentence, language, kind, written, due)


def _written_dates(sentence: str, language: Language, day: date) -> list[Written]:
    """The dates of a sentence in order; where two forms overlap, the first form of the grammar."""
    found: list[Written] = []
    is_taken = bytearray(len(sentence))
    for form, pattern in language.compiled.forms:
        for match in pattern.finditer(sentence):
            start, end = match.span()
            if not any(is_taken[start:end]):
                is_taken[start:end] = b"\1" * (end - start)
                found.append(Written(form, start, end, read_period(form, match, language, day)))
    return _drop_vague(sorted(found, key=lambda written: written.start)[:MOST_DATES])


def _drop_vague(found: list[Written]) -> list[Written]:
    """Without a month or week that its neighbour says more finely: `next month, on April 15`."""
    return [
        written
        for place, written in enumerate(found)
        if not any(
            _is_finer(other, written) for other in (*found[max(0, place - 1) : place], *found[place + 1 : place + 2])
        )
    ]


def _is_finer(other: Written, written: Written) -> bool:
    if written.form not in VAGUE or other.form != "day" or not (written.period and other.period):
        return False
    return written.period.start <= other.period.start <= written.period.end


def _around(sentence: str, written: Written) -> str:
    """What stands around a date, the date itself replaced by its mark."""
    mark = DATE + (written.form if written.form in MARKED else "")
    before = sentence[max(0, written.start - BEFORE) : written.start]
    return before + mark + sentence[written.end : written.end + AFTER]


def _kind(sentence: str, written: Written, language: Language) -> str:
    """What the first cue that fits says of a date; "" where none does."""
    around = _around(sentence, written)
    return next((kind for kind, cue in language.compiled.cues if cue.search(around)), "")


def _due(written: Written, kind: str, day: date) -> date | None:
    """The end of the period for what must be done by then, its start for what happens then; only ahead of `day`."""
    assert written.period is not None
    start, end = written.period.start, written.period.end
    due = end if kind in ENDS or start <= day else start
    return due if kind != "refused" and day < due <= day + FARTHEST else None


def _is_refused(sentence: str, written: Written, language: Language, away: timedelta) -> bool:
    """Whether the clause takes the date back, or leaves open whether a vague one lies ahead."""
    around, patterns = _around(sentence, written), language.compiled
    if patterns.refuse.search(around):
        return True
    if written.form == "day" and (away < NEAR or away > A_YEAR):
        return False
    is_past = patterns.past.search(around) is not None
    return is_past if written.form in ("day", "end") else is_past or not patterns.ahead.search(around)


def _deadline(sentence: str, language: Language, kind: str, written: Written, due: date) -> Deadline:
    assert written.period is not None
    who = language.compiled.who.search(sentence)
    confidence = DOUBTFUL if MAYBE.search(sentence) else CONFIDENT
    what = _what(sentence, written, language)
    return Deadline(due, written.period.precision, kind, what, who.group(1) if who else "", sentence, confidence)


def _what(sentence: str, written: Written, language: Language) -> str:
    """What is due: the nearest thing named before the date, else the first after it; "" where nothing is."""
    what = language.compiled.what
    before = [match.group() for match in what.finditer(sentence, max(0, written.start - BEFORE), written.start)]
    after = what.search(sentence, written.end, written.end + BEFORE)
    return _trim(before[-1]) if before else _trim(after.group()) if after else ""


def _trim(what: str) -> str:
    """The phrase without the words at its ends that belong to the verb or to the date."""
    words = what.split()
    while len(words) > 1 and words[0].lower() in VERBS_AND_ARTICLES:
        words.pop(0)
    while len(words) > 1 and words[-1].lower() in TAILS:
        words.pop()
    return " ".join(words)[:LONGEST_WHAT]


VERBS_AND_ARTICLES = frozenset(
    "a an the its his her their up draw draws out to of on in and must will submit approve file is are takes".split()
)
TAILS = frozenset(
    "by before until till the a an of for on at and is are be will must not no has have to due applies takes goes "
    "и до в на к с действует вступает d'ici au le est avant jusqu'au".split()
)
