"""Reading one written date: from what a form of a grammar caught to days. Knows no cues."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from bot.core.deadlines.language import Language
from bot.core.deadlines.periods import (
    Period,
    add,
    current,
    following,
    months,
    next_such_day,
    next_such_months,
    one_day,
)

Caught = Mapping[str, str | None]
MONTHS_IN = {"month": 1, "quarter": 3, "half": 6}
HALVES = {"上": 1, "下": 2}


def read_period(form: str, match: re.Match[str], language: Language, day: date) -> Period | None:
    """The days that a match of `form` means, seen from `day`; None where it means none that can be told."""
    caught = match.groupdict()
    try:
        if form == "day":
            return one_day(_read_day(caught, language, day))
        if form == "weekday":
            return _read_weekday(caught, language, day)
        if form == "relative":
            return one_day(day + timedelta(days=1))
        if form in ("within", "count"):
            return _read_count(caught, match.string[: match.start()], language, day)
        if form in ("end", "period") and not (caught.get("month") or caught.get("ordinal")):
            whole = _read_whole(caught, language, day)
            return one_day(whole.end) if form == "end" else whole
        return _read_months(form, caught, language, day)
    except (ValueError, OverflowError, KeyError):
        return None


def _read_whole(caught: Caught, language: Language, day: date) -> Period:
    """A stated year, or this or the next week, month, quarter, half or year."""
    unit = caught.get("unit")
    if unit is None:
        return months(int(caught["year"] or 0), 1, 12, "year")
    return (following if caught.get("next") else current)(language.words[unit.lower()], day)


def _year(caught: Caught, day: date) -> int | None:
    if year := caught.get("year"):
        return int(year)
    return day.year + 1 if caught.get("next") else None


def _month(caught: Caught, language: Language) -> int:
    written = (caught["month"] or "").lower().rstrip(".")
    return int(written) if written.isdecimal() else language.months[written]


def _number(written: str, language: Language) -> int:
    plain = written.lower().rstrip(".")
    if plain.isdecimal():
        return int(plain)
    known = HALVES | dict(language.numbers)
    return known.get(plain) or next(value for key, value in known.items() if len(key) > 3 and plain.startswith(key[:4]))


def _read_day(caught: Caught, language: Language, day: date) -> date:
    month, number = _month(caught, language), int(caught["day"] or 0)
    year = _year(caught, day)
    return date(year, month, number) if year else next_such_day(month, number, day)


def _read_months(form: str, caught: Caught, language: Language, day: date) -> Period:
    """A month, quarter or half: all of it, its middle, or its last day."""
    unit = "month" if caught.get("month") else form
    if form == "end" and caught.get("ordinal"):
        unit = language.words[(caught["unit"] or "").lower()]
    count = MONTHS_IN[unit]
    number = _month(caught, language) if unit == "month" else _number(_ordinal(caught), language)
    first = (number - 1) * count + 1
    year = _year(caught, day)
    whole = months(year, first, count, unit) if year else next_such_months(first, count, unit, day)
    if form == "end":
        return one_day(whole.end)
    middle = whole.start.replace(day=15)
    return Period(middle, middle, "month") if form == "mid" else whole


def _ordinal(caught: Caught) -> str:
    return caught.get("ordinal") or caught.get("count") or ""


def _read_weekday(caught: Caught, language: Language, day: date) -> Period | None:
    """The next such day; with `next`, that of the week after this one. The day of publication itself is no news."""
    number = language.weekdays[(caught["weekday"] or "").lower()]
    if caught.get("next"):
        return one_day(following("week", day).start + timedelta(days=number))
    ahead = (number - day.weekday()) % 7
    return one_day(day + timedelta(days=ahead)) if ahead else None


def _read_count(caught: Caught, before: str, language: Language, day: date) -> Period | None:
    anchor = _read_anchor(caught.get("anchor"), before, language, day)
    if anchor is None:
        return None
    unit = language.words[(caught["unit"] or "").lower()]
    return one_day(add(anchor, _number(caught["count"] or "", language), unit))


def _read_anchor(written: str | None, before: str, language: Language, day: date) -> date | None:
    """The day from which is counted: the stated one, the one a document is dated, or that of publication."""
    if written is None:
        dated = language.compiled.dated.search(before)
        return (_past_day(dated.group(1), language, day) if dated else None) or day
    stated = _past_day(written, language, day)
    return stated or (day if language.compiled.today.search(written) else None)


def _past_day(written: str, language: Language, day: date) -> date | None:
    """A day named as an anchor: a date, or the last such weekday, today included."""
    for form, pattern in language.compiled.forms:
        match = pattern.search(written) if form in ("day", "weekday") else None
        if match is None:
            continue
        if form == "day":
            found = read_period(form, match, language, day)
            return found.start if found else None
        number = language.weekdays[match.group("weekday").lower()]
        return day - timedelta(days=(day.weekday() - number) % 7)
    return None
