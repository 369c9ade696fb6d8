"""Days and spans of days: what a written date means, seen from the day of publication. Arithmetic only."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

LOOKS_BACK = timedelta(days=75)
"""A day of this age without a year is taken for the past one, not for next year's."""

HALF_A_MONTH = timedelta(days=15)
LONGEST_COUNT = 1000
FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days, both included, and how finely it was written: day, week, month, quarter, half or year."""

    start: date
    end: date
    precision: str


def one_day(day: date) -> Period:
    """A single day."""
    return Period(day, day, "day")


def months(year: int, first: int, count: int, precision: str) -> Period:
    """`count` whole months of a year, from its month `first`. Raises ValueError for what is no month."""
    last = first + count - 1
    return Period(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]), precision)


def next_such_day(month: int, number: int, seen_from: date) -> date:
    """The day without a year: this year's, or next year's where that one is long past. Raises ValueError."""
    this_year = date(seen_from.year, month, number)
    return this_year if this_year >= seen_from - LOOKS_BACK else date(seen_from.year + 1, month, number)


def nth_weekday(year: int, month: int, weekday: int, number: int) -> date:
    """The first to fourth such weekday of a month, Monday 0; the fifth is the last, be it the fourth or the fifth."""
    first = date(year, month, 1)
    day = first + timedelta(days=(weekday - first.weekday()) % 7, weeks=number - 1)
    return day if day.month == month else day - timedelta(weeks=1)


def next_day_of_month(number: int, seen_from: date) -> date:
    """The nearest day of that number: of this month, or, if that is long over, of the next. Raises ValueError."""
    this_month = seen_from.replace(day=number)
    return (
        this_month
        if seen_from - this_month <= HALF_A_MONTH
        else following("month", seen_from).start.replace(day=number)
    )


def next_such_months(first: int, count: int, precision: str, seen_from: date) -> Period:
    """The month, quarter or half without a year: the one that lasts or comes next."""
    this_year = months(seen_from.year, first, count, precision)
    return this_year if this_year.end > seen_from else months(seen_from.year + 1, first, count, precision)


def current(unit: str, seen_from: date) -> Period:
    """The week, month, quarter, half or year in which a day lies."""
    if unit == "week":
        monday = seen_from - timedelta(days=seen_from.weekday())
        return Period(monday, monday + timedelta(days=6), "week")
    count = {"month": 1, "quarter": 3, "half": 6, "year": 12}[unit]
    return months(seen_from.year, (seen_from.month - 1) // count * count + 1, count, unit)


def following(unit: str, seen_from: date) -> Period:
    """The week, month, quarter, half or year after that in which a day lies."""
    return current(unit, current(unit, seen_from).end + timedelta(days=1))


def add(anchor: date, count: int, unit: str) -> date:
    """`count` days, working days (Monday to Friday), weeks, months or years after a day. Raises ValueError."""
    if not 0 < count <= LONGEST_COUNT:
        raise ValueError(f"no such count: {count}")
    if unit == "workday":
        return _add_workdays(anchor, count)
    if unit in ("day", "week"):
        return anchor + timedelta(days=count * (7 if unit == "week" else 1))
    ahead = anchor.month - 1 + count * (12 if unit == "year" else 1)
    year, month = anchor.year + ahead // 12, ahead % 12 + 1
    return date(year, month, min(anchor.day, calendar.monthrange(year, month)[1]))


def _add_workdays(anchor: date, count: int) -> date:
    day = anchor
    while count:
        day += timedelta(days=1)
        count -= day.weekday() <= FRIDAY
    return day
