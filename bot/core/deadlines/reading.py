"""Reading one written date: from what a form of a grammar caught to days. Knows nothing of what is said about them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from bot.core.deadlines.language import Language
from bot.core.deadlines.periods import (
    Period,
    add,
    current,
    following,
    months,
    next_day_of_month,
    next_such_day,
    next_such_months,
    nth_weekday,
    one_day,
)

Caught = Mapping[str, str | None]
MONTHS_IN = {"month": 1, "quarter": 3, "half": 6}
HALVES = {"上": 1, "下": 2}
ERAS = {"令和": 2018}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
YEAR_BEHIND = re.compile(r",? (?:19|20)\d\d\b")
POSSESSIVE = re.compile(r"['’]s\b")
RELATIVE = {"tomorrow": 1, "overmorrow": 2}


def read_period(form: str, match: re.Match[str], language: Language, day: date) -> Period | None:
    """The days that a match of `form` means, seen from `day`; None where it means none that can be told."""
    caught = match.groupdict()
    try:
        if form in ("within", "count"):
            year = YEAR_BEHIND.match(match.string, match.end()) if caught.get("anchor") else None
            caught = caught | {"anchor": f"{caught['anchor']}{year[0]}"} if year else caught
            return _read_count(caught, match.string[: match.start()], language, day)
        return READERS[form](caught, language, day)
    except (ValueError, OverflowError, KeyError, StopIteration):
        return None


def _read_day(caught: Caught, language: Language, day: date) -> Period:
    if caught.get("ordinal"):
        return _read_nth_weekday(caught, language, day)
    month, number = _month(caught, language), int(caught["day"] or 0)
    is_month_first = caught.get("mark") == "/" and language.month_first
    if number <= 12 and (is_month_first or month > 12):
        month, number = number, month
    year = _year(caught, day)
    last_month = language.months.get((caught.get("last_month") or "").lower().rstrip("."), month)
    if year and last_month < month:  # `15 December to 15 January 2026`: the year is that of its end
        year -= 1
    first = date(year, month, number) if year else next_such_day(month, number, day)
    if not year and caught.get("dayname"):
        first = _on_weekday(first, language.weekdays[(caught["dayname"] or "").lower().rstrip(".")])
    return Period(first, _last_of_range(caught, language, first), "day")


def _read_nth_weekday(caught: Caught, language: Language, day: date) -> Period:
    """`The first Thursday of March`."""
    month = _read_months("month", caught, language, day).start
    weekday = language.weekdays[(caught["weekday"] or "").lower()]
    return one_day(nth_weekday(month.year, month.month, weekday, _number(caught["ordinal"] or "", language)))


def _on_weekday(day: date, weekday: int) -> date:
    """The day, or that of the year before where only then it fell on the weekday that is written."""
    if day.weekday() == weekday or (day.month, day.day) == (2, 29):
        return day
    before = day.replace(year=day.year - 1)
    return before if before.weekday() == weekday else day


def _last_of_range(caught: Caught, language: Language, first: date) -> date:
    """The end of `4 to 6 May` and `28 May to 2 June`, whose start is read already."""
    last = caught.get("last")
    if not last:
        return first
    month = language.months.get((caught.get("last_month") or "").lower().rstrip("."), first.month)
    end = date(first.year + (month < first.month), month, int(last))
    return max(first, end)


def _read_day_of_month(caught: Caught, language: Language, day: date) -> Period:
    """`on the 15th`: the next such day, or that of the next month where it says so."""
    number = int(caught["day"] or 0)
    if caught.get("next"):
        return one_day(following("month", day).start.replace(day=number))
    return one_day(next_day_of_month(number, day))


def _read_weekday(caught: Caught, language: Language, day: date) -> Period | None:
    """The next such day; with `next`, that of the week after this one. The day of publication itself is no news."""
    number = language.weekdays[(caught["weekday"] or "").lower().rstrip(".")]
    if caught.get("next"):
        return one_day(following("week", day).start + timedelta(days=number))
    ahead = (number - day.weekday()) % 7 or (7 if caught.get("coming") else 0)
    return one_day(day + timedelta(days=ahead)) if ahead else None


def _read_relative(caught: Caught, language: Language, day: date) -> Period:
    return one_day(day + timedelta(days=RELATIVE[language.words[(caught["unit"] or "").lower()]]))


def _read_whole(caught: Caught, language: Language, day: date) -> Period:
    """A stated year, or this or the next week, month, quarter, half or year."""
    unit = caught.get("unit")
    if unit is None or caught.get("year"):
        return months(int(caught["year"] or 0), 1, 12, "year")
    return (following if caught.get("next") else current)(language.words[unit.lower()], day)


def _read_later(caught: Caught, language: Language, day: date) -> Period:
    """What is left of this week, month or year."""
    whole = _read_whole(caught, language, day)
    return Period(max(whole.start, day + timedelta(days=1)), whole.end, whole.precision)


def _read_end(caught: Caught, language: Language, day: date) -> Period:
    """The last day of a month, quarter, half, week or year."""
    if caught.get("month") or caught.get("ordinal"):
        unit = "month" if caught.get("month") else language.words[(caught["unit"] or "").lower()]
        return one_day(_read_months(unit, caught, language, day).end)
    return one_day(_read_whole(caught, language, day).end)


def _read_middle(caught: Caught, language: Language, day: date) -> Period:
    """The middle of a month, or of a year."""
    if caught.get("year") and not caught.get("month"):
        middle = date(int(caught["year"] or 0), 7, 1)
        return Period(middle, middle, "month")
    whole = _read_whole(caught, language, day) if caught.get("unit") else _read_months("month", caught, language, day)
    middle = whole.start.replace(day=15)
    return Period(middle, middle, "month")


def _read_part(caught: Caught, language: Language, day: date) -> Period:
    """The early or late part of a year: its first or second half."""
    year = _year(caught, day) or day.year
    is_late = language.words[(caught["part"] or "").lower()] == "late"
    return months(year, 7 if is_late else 1, 6, "half")


def _read_season(caught: Caught, language: Language, day: date) -> Period:
    """Three months from March, June, September or December; a stated year is that in which it begins.

    `This summer` is that of this year, also when it is over.
    """
    first = SEASONS[language.words[(caught["season"] or "").lower()]]
    year = _year(caught, day)
    this = _three_months(year or day.year, first)
    return this if year or this.end > day or caught.get("now") else _three_months(day.year + 1, first)


def _three_months(year: int, first: int) -> Period:
    start = date(year, first, 1)
    return Period(start, add(start, 3, "month") - timedelta(days=1), "quarter")


def _read_week_of(caught: Caught, language: Language, day: date) -> Period | None:
    """The week in which a stated day lies, from that day on if it is its Monday; None for one that has begun."""
    week = current("week", _read_day(caught, language, day).start)
    return week if week.start > day else None


def _read_fixed(caught: Caught, language: Language, day: date) -> Period:
    """A feast with a date of its own, or a weekday of its own in a month: `by Christmas`, `until Labor Day`."""
    month, number, *which = language.words[(caught["feast"] or "").lower()].split("-")
    year = _year(caught, day)
    if not which:
        return one_day(date(year, int(month), int(number)) if year else next_such_day(int(month), int(number), day))
    its_month_and_weekday = int(month), language.weekdays[number], int(which[0])
    this = nth_weekday(year or day.year, *its_month_and_weekday)
    return one_day(this if year or this > day else nth_weekday(day.year + 1, *its_month_and_weekday))


def _whole_months(unit: str) -> Reader:
    return lambda caught, language, day: _read_months(unit, caught, language, day)


def _read_months(unit: str, caught: Caught, language: Language, day: date) -> Period:
    """A month, quarter or half: all of it."""
    count = MONTHS_IN[unit]
    number = _month(caught, language) if unit == "month" else _number(caught.get("ordinal") or "", language)
    year, first = _year(caught, day), (number - 1) * count + 1
    return months(year, first, count, unit) if year else next_such_months(first, count, unit, day)


def _read_quarter_of_months(caught: Caught, language: Language, day: date) -> Period:
    """A quarter by its months: July to September."""
    first, year = _month(caught, language), _year(caught, day)
    return months(year, first, 3, "quarter") if year else next_such_months(first, 3, "quarter", day)


def _year(caught: Caught, day: date) -> int | None:
    if year := caught.get("year"):
        written = int(year)
        return written + ERAS[caught["era"] or ""] if caught.get("era") else written + (2000 if written < 100 else 0)
    if caught.get("this"):
        return day.year
    return day.year + 1 if caught.get("next") else None


def _month(caught: Caught, language: Language) -> int:
    written = (caught["month"] or "").lower().rstrip(".")
    return int(written) if written.isdecimal() else language.months[written]


def _number(written: str, language: Language) -> int:
    """A number in figures or words; an ordinal may have another ending."""
    plain = " ".join(written.lower().split()).rstrip(".")
    if plain.isdecimal():
        return int(plain)
    known = HALVES | dict(language.numbers)
    return known.get(plain) or next(value for key, value in known.items() if len(key) > 3 and plain.startswith(key[:4]))


def _read_count(caught: Caught, before: str, language: Language, day: date) -> Period | None:
    anchor = _read_anchor(caught.get("anchor"), before, language, day)
    if anchor is None:
        return None
    unit = language.words[" ".join((caught["unit"] or "").lower().split())]
    return one_day(add(anchor, _number(caught.get("count") or "1", language), unit))


def _read_anchor(written: str | None, before: str, language: Language, day: date) -> date | None:
    """The day from which is counted: the stated one, the one a document is dated, or that of publication."""
    dated = language.compiled.dated.search(before)
    document = _past(_named_day(dated.group(1), language, day) if dated else None, day) or day
    if written is None:
        return document
    stated = _named_day(written, language, day)
    return stated or (document if language.compiled.today.search(written) else None)


def _past(named: date | None, day: date) -> date | None:
    """The day a document is dated by: without a year it is the last such day, never one to come."""
    return (
        named.replace(year=named.year - 1) if named and named > day and (named.month, named.day) != (2, 29) else named
    )


def _named_day(written: str, language: Language, day: date) -> date | None:
    """A day named as an anchor: a date, or the last such weekday, today included."""
    plain = POSSESSIVE.sub("", written)
    for form, pattern, _ in language.compiled.forms:
        match = pattern.search(plain) if form in ("day", "weekday") else None
        if match is None:
            continue
        if form == "day":
            found = read_period(form, match, language, day)
            return found.start if found else None
        number = language.weekdays[match.group("weekday").lower().rstrip(".")]
        return day - timedelta(days=(day.weekday() - number) % 7)
    return None


Reader = Callable[[Caught, Language, date], Period | None]

READERS: Mapping[str, Reader] = {
    "day": _read_day,
    "day_of_month": _read_day_of_month,
    "weekday": _read_weekday,
    "relative": _read_relative,
    "end": _read_end,
    "period": _read_whole,
    "year": _read_whole,
    "later": _read_later,
    "mid": _read_middle,
    "part": _read_part,
    "season": _read_season,
    "week_of": _read_week_of,
    "fixed": _read_fixed,
    "month": _whole_months("month"),
    "quarter": _whole_months("quarter"),
    "half": _whole_months("half"),
    "months": _read_quarter_of_months,
}
"""How each form is read; `within` and `count` also need what stands before them."""
