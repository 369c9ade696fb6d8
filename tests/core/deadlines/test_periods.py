"""What a written date means, seen from the day of publication."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.deadlines.periods import add, current, following, next_such_day, next_such_months

DAY = date(2025, 11, 4)  # a Tuesday


@pytest.mark.parametrize(
    ("month", "number", "expected"),
    [
        (12, 1, date(2025, 12, 1)),
        (1, 15, date(2026, 1, 15)),
        (10, 30, date(2025, 10, 30)),
        (8, 21, date(2025, 8, 21)),
        (8, 20, date(2026, 8, 20)),
    ],
)
def test_without_a_year_it_is_the_next_such_day(month: int, number: int, expected: date) -> None:
    """The next such day, but for one of the last 75 days: that is the past one."""
    assert next_such_day(month, number, DAY) == expected


def test_a_day_that_is_none_is_refused() -> None:
    """30 February is no day."""
    with pytest.raises(ValueError, match="day"):
        next_such_day(2, 30, DAY)


@pytest.mark.parametrize(
    ("count", "unit", "expected"),
    [
        (30, "day", date(2025, 12, 4)),
        (2, "week", date(2025, 11, 18)),
        (3, "month", date(2026, 2, 4)),
        (1, "year", date(2026, 11, 4)),
        (3, "workday", date(2025, 11, 7)),
        (4, "workday", date(2025, 11, 10)),
    ],
)
def test_counting_from_a_day(count: int, unit: str, expected: date) -> None:
    """Working days are Monday to Friday; a month later is the same day."""
    assert add(DAY, count, unit) == expected


def test_the_last_of_a_month_stays_in_its_month() -> None:
    """A month after 31 January is the last of February."""
    assert add(date(2026, 1, 31), 1, "month") == date(2026, 2, 28)


@pytest.mark.parametrize("count", [0, -1, 100_000])
def test_a_count_out_of_bounds_is_refused(count: int) -> None:
    """No count of days that nobody would state."""
    with pytest.raises(ValueError, match="count"):
        add(DAY, count, "day")


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.sampled_from(["week", "month", "quarter", "half", "year"]))
def test_periods_lie_side_by_side(day: date, unit: str) -> None:
    """A day lies in the current period; the following one begins the day after its end."""
    this, after = current(unit, day), following(unit, day)
    assert this.start <= day <= this.end
    assert after.start == this.end + timedelta(days=1)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.sampled_from([("month", 1), ("quarter", 3), ("half", 6)]))
def test_a_month_without_a_year_is_not_over(day: date, kind: tuple[str, int]) -> None:
    """It lasts or lies ahead, within a year."""
    unit, count = kind
    for first in range(1, 13, count):
        found = next_such_months(first, count, unit, day)
        assert day < found.end <= day + timedelta(days=366 + 31 * count)
