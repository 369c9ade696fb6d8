"""When people are reminded of a date."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.reminders import (
    FOUND,
    LADDER,
    OUTCOME,
    morning,
    next_rung,
    opens_at,
    place_rung,
    read_ladder,
    rungs,
)

DUE = date(2025, 12, 1)
ZONES = ("UTC", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Kiritimati", "Australia/Lord_Howe", "Europe/Berlin")
days = st.dates(date(2025, 1, 1), date(2028, 12, 31))
ladders = st.sets(st.integers(0, 60), max_size=5).map(tuple)


def test_the_usual_ladder() -> None:
    """30, 7 and 1 days before, on the day, and the day after."""
    steps = [(rung.slot, rung.on.isoformat()) for rung in rungs(DUE, LADDER)]
    assert steps == [
        ("T-30", "2025-11-01"),
        ("T-7", "2025-11-24"),
        ("T-1", "2025-11-30"),
        ("T-0", "2025-12-01"),
        (OUTCOME, "2025-12-02"),
    ]


@given(days, ladders)
def test_each_step_is_of_use_until_the_next(due: date, ladder: tuple[int, ...]) -> None:
    """Steps follow each other without a gap or an overlap, so that a channel that was away is told of one at most."""
    steps = rungs(due, ladder)
    assert all(one.until == other.on for one, other in pairwise(steps))
    assert len({rung.slot for rung in steps}) == len(steps)


@given(days, st.sampled_from(ZONES))
def test_mornings_are_the_zones_own(day: date, zone: str) -> None:
    """Eight o'clock by the zone's clock, in summer and in winter; and never before the day begins anywhere."""
    moment = morning(day, zone)
    local = moment.astimezone(ZoneInfo(zone))
    assert (local.date(), local.time()) == (day, time(8))
    assert opens_at(day) < moment


def test_a_morning_that_does_not_exist() -> None:
    """Where clocks jump over the hour, it comes as much later; where it comes twice, the first one counts."""
    assert morning(date(2026, 3, 29), "Europe/Berlin", time(2, 30)) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert morning(date(2026, 10, 25), "Europe/Berlin", time(2, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@given(days, ladders, days)
def test_the_next_step_is_stale_nowhere(due: date, ladder: tuple[int, ...], today: date) -> None:
    """What is announced next can still be shown somewhere; taken in turn, each step comes once."""
    done: list[str] = []
    now = datetime.combine(today, time(5), UTC)
    while rung := next_rung(due, [ladder], now, done):
        assert morning(rung.until, "Etc/GMT+12") > now
        assert rung.slot not in done
        done.append(rung.slot)


def test_a_young_alert_is_not_repeated() -> None:
    """An alert shown in the night before says the date itself; the next step comes."""
    told = datetime(2025, 11, 24, 2, tzinfo=UTC)
    assert place_rung("T-7", DUE, "UTC", told, LADDER) is None
    placed = place_rung("T-1", DUE, "UTC", told, LADDER)
    assert placed is not None
    assert (placed.due_at.day, placed.expires_at.day) == (30, 1)


def test_a_channels_own_ladder() -> None:
    """A step that a channel left out is not for it; what is said afterwards is for all."""
    told = datetime(2025, 11, 4, tzinfo=UTC)
    assert place_rung("T-7", DUE, "UTC", told, (3,)) is None
    assert place_rung("T-3", DUE, "UTC", told, (3,)) is not None
    assert place_rung(OUTCOME, DUE, "UTC", told, ()) is not None
    assert place_rung(FOUND, DUE, "UTC", told, ()) is not None


def test_ladders_are_read() -> None:
    """Days in any order, the usual ones where nothing is written, none for `off`; anything else is explained."""
    assert read_ladder("") == LADDER
    assert read_ladder("1, 30 7") == (30, 7, 1)
    assert read_ladder("off") == ()
    for wrong in ("soon", "-1", "400", "1.5"):
        with pytest.raises(ValueError, match="whole numbers"):
            read_ladder(wrong)
