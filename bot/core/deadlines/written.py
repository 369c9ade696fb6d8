"""The dates that stand in a sentence, with the time of day beside them. Knows nothing of what is said about them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from bot.core.deadlines.language import Language, is_written_so, lower
from bot.core.deadlines.periods import Period, one_day
from bot.core.deadlines.reading import read_period
from bot.core.deadlines.times import Clock, clock_beside

MOST_DATES = 40
"""Dates looked at in one sentence: one with more is a table."""

NEAR = timedelta(days=75)
"""A day without a year that is less than this away can only be the one ahead; a farther one may be past."""

NEAR_WEEK = 10
"""Characters between a weekday and the week that it is a day of."""

PARTS = re.compile(r"[.;:()]")
FIGURE = re.compile(r"\d")
VAGUE = frozenset("period month quarter half within term count later season mid part".split())
SURE = frozenset("period later part".split())
"""Forms that only point ahead."""


@dataclass(frozen=True, slots=True)
class Written:
    """A date as it stands in a sentence.

    `is_sure`: it can only mean a day ahead, whatever is said of it; `at` and `zone`: the time of day, as written.
    """

    form: str
    start: int
    end: int
    period: Period | None
    is_sure: bool = False
    at: time | None = None
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Scan:
    """A sentence looked through: what it holds of what forms need, its signs that are taken, the dates found."""

    sentence: str
    plain: str
    held: list[bool]
    is_taken: bytearray
    found: list[Written]


def find_written(sentences: Sequence[str], language: Language, day: date) -> list[list[Written]]:
    """The dates of each sentence in order; where two forms overlap, the first form of the grammar.

    Every sentence is searched for one form before any is for the next: patterns are large, and one that was just used
    is at hand in the processor's cache.
    """
    scans = [_scan(sentence, language) for sentence in sentences]
    for form, pattern, needs in language.compiled.forms:
        for scan in scans:
            if scan is not None and scan.held[needs]:
                _take(scan, form, pattern, language, day)
    return [_in_order(scan, day) if scan is not None else [] for scan in scans]


def _scan(sentence: str, language: Language) -> Scan | None:
    """None for what can hold no date, as most sentences."""
    plain = lower(sentence)
    if not _may_hold_a_date(plain, language):
        return None
    held = [needs is None or needs.search(plain) is not None for needs in language.compiled.needs]
    return Scan(sentence, plain, held, bytearray(len(sentence)), [])


def _take(scan: Scan, form: str, pattern: re.Pattern[str], language: Language, day: date) -> None:
    """Add the dates of one form to a sentence's, where nothing is taken yet."""
    for match in pattern.finditer(scan.plain):
        start, end = match.span("span" if "span" in pattern.groupindex else 0)
        if any(scan.is_taken[start:end]) or not _is_cased(match, scan.sentence, language):
            continue
        period = read_period(form, match, language, day)
        end = _without_anchor(match, end)
        scan.is_taken[start:end] = b"\1" * (end - start)
        is_granted = form == "within" and "span" in pattern.groupindex
        is_sure = period is not None and (is_granted or _is_sure(form, match.groupdict(), period, day))
        scan.found.append(Written(_kind(form, match), start, end, period, is_sure))


def _in_order(scan: Scan, day: date) -> list[Written]:
    """The dates that were found, by place, without what a neighbour says more finely, and with the time beside each."""
    ordered = sorted(scan.found, key=lambda written: written.start)[:MOST_DATES]
    ordered = _in_their_week(scan.sentence, ordered, day)
    return [_with_time(scan.sentence, written, ordered) for written in _drop_vague(ordered)]


def _in_their_week(sentence: str, ordered: list[Written], day: date) -> list[Written]:
    """Weekdays beside a week are days of it: `Tuesday to Thursday next week`, `la semaine prochaine, jeudi`."""
    found: list[Written | None] = list(ordered)
    for place, week in enumerate(ordered):
        if week.form != "period" or week.period is None or week.period.precision != "week":
            continue
        first = place
        while first and ordered[first - 1].form == "weekday" and _are_beside(sentence, *ordered[first - 1 : first + 1]):
            first -= 1
        numbers = list(range(first, place))
        later = ordered[place + 1 : place + 2]
        if not numbers and later and later[0].form == "weekday" and _are_beside(sentence, week, later[0]):
            numbers = [place + 1]
        for number in numbers:
            found[number] = _day_of(week, ordered[number], day, is_next=abs(number - place) == 1)
        found[place] = None if numbers else week
    return [one for one in found if one is not None]


def _are_beside(sentence: str, one: Written, other: Written) -> bool:
    between = sentence[one.end : other.start]
    return len(between) <= NEAR_WEEK and not PARTS.search(between)


def _day_of(week: Written, weekday: Written, day: date, is_next: bool) -> Written:
    """The weekday in that week; its place takes in the week that stands right beside it."""
    assert week.period is not None
    number = (weekday.period.start if weekday.period else day).weekday()
    start, end = (
        (min(week.start, weekday.start), max(week.end, weekday.end)) if is_next else (weekday.start, weekday.end)
    )
    period = one_day(week.period.start + timedelta(days=number))
    return replace(weekday, start=start, end=end, period=period, is_sure=period.start > day)


def _may_hold_a_date(plain: str, language: Language) -> bool:
    """Whether a sentence has a word of the calendar, or figures that may be a date: most have neither."""
    patterns = language.compiled
    if patterns.trigger.search(plain):
        return True
    return FIGURE.search(plain) is not None and patterns.numbered.search(plain) is not None


def _is_cased(match: re.Match[str], sentence: str, language: Language) -> bool:
    """Whether capitals stand where the language has them: `the sun` is no Sunday, `may` no month."""
    groups = [group for group in ("month", "weekday") if language.capitals and group in match.re.groupindex]
    return is_written_so(match, sentence) and all(not sentence[match.start(group)].islower() for group in groups)


def _kind(form: str, match: re.Match[str]) -> str:
    """The form; a `within` that names its anchor is a `term`, which needs no verb."""
    return "term" if form == "within" and match.groupdict().get("anchor") else form


def _without_anchor(match: re.Match[str], end: int) -> int:
    """Where a term ends whose anchor is a date of its own: `three months from July 1` says two things."""
    if "from" not in match.re.groupindex or not match["anchor"]:
        return end
    return match.start("from") if any(sign.isdecimal() for sign in match["anchor"]) else end


def _is_sure(form: str, caught: dict[str, str | None], period: Period, day: date) -> bool:
    if form in SURE or caught.get("next"):
        return True
    if form == "count" and any(sign.isdecimal() for sign in caught.get("anchor") or ""):
        return True
    if caught.get("year") or caught.get("this"):
        return period.start > day or form in ("day", "end")
    return form in ("day", "fixed") and timedelta(0) < period.end - day < NEAR


def _drop_vague(found: list[Written]) -> list[Written]:
    """Without a month or week that its neighbour says more finely: `next month, on April 15`."""
    return [
        written
        for place, written in enumerate(found)
        if not any(_is_finer(other, written) for other in found[max(0, place - 1) : place + 2])
    ]


def _is_finer(other: Written, written: Written) -> bool:
    if written.form not in VAGUE or other.form != "day" or not (written.period and other.period):
        return False
    gap = max(other.start - written.end, written.start - other.end)
    return gap <= 10 and written.period.start - timedelta(days=1) <= other.period.start <= written.period.end


def _with_time(sentence: str, written: Written, others: list[Written]) -> Written:
    """The date with the time of day beside it, and its place widened to hold that."""
    clock = clock_beside(sentence, written.start, written.end)
    if clock is None or any(other is not written and _overlap(clock, other) for other in others):
        return written
    start, end = min(written.start, clock.start), max(written.end, clock.end)
    return replace(written, start=start, end=end, at=clock.at, zone=clock.zone)


def _overlap(clock: Clock, other: Written) -> bool:
    return clock.start < other.end and other.start < clock.end
