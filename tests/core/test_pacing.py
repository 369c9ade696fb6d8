"""When digests come and the night ends: what people write for it, and the clocks of the world."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.pacing import Digest, Pace, Quiet, next_digest, quiet_until, read_digest, read_quiet, too_many, wait_of

NOW = datetime(2025, 11, 4, 9, tzinfo=UTC)
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Kiritimati", "Asia/Kathmandu")
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0))
MOMENTS = st.integers(0, 3653 * 24 * 60).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("daily 08:00", Digest(time(8))), ("Daily at 8", Digest(time(8))), ("daily", Digest(time(8))),
        ("8:30", None), ("weekly mon 08:00", Digest(time(8), 0)), ("weekly friday 5pm", Digest(time(17), 4)),
        ("every sunday at 12am", Digest(time(0), 6)), ("weekly", Digest(time(8), 0)), ("off", None), ("", None),
        ("daily 08:00 urgent", Digest(time(8), None, urgent_passes=True)),
    ],
)  # fmt: skip
def test_when_a_digest_comes_as_people_write_it(typed: str, wanted: Digest | None) -> None:
    """Days by their beginning, hours in the common ways; a time alone is one of every day."""
    if typed == "8:30":
        wanted = Digest(time(8, 30))
    assert read_digest(typed) == wanted


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("daily 25:00", "no time of day"), ("weekly xyz 08:00", "no day of the week"), ("daily mon 8:00", "every day"),
        ("sometimes", "no day of the week"), ("urgent", "neither daily nor weekly"), ("daily 8:00 9", "no time of day"),
    ],
)  # fmt: skip
def test_what_is_no_digest(typed: str, said: str) -> None:
    """It is said what is wrong."""
    with pytest.raises(ValueError, match=said):
        read_digest(typed)


def test_quiet_hours_as_people_write_them() -> None:
    """With a dash of any kind or a word between; what is wrong is said."""
    wanted = Quiet(time(22), time(7))
    assert all(
        read_quiet(typed) == wanted for typed in ("22:00-07:00", "22 - 7", "from 10pm to 7am", "22–7", "22:00 until 7")
    )
    assert read_quiet("22:00-07:00 urgent") == Quiet(time(22), time(7), urgent_passes=True)
    for typed, said in (
        ("25:00-7", "hours go to 23"),
        ("22:00", "beginning and an end"),
        ("7-7", "begins when it ends"),
    ):
        with pytest.raises(ValueError, match=said):
            read_quiet(typed)


@given(TIMES, st.none() | st.integers(0, 6), st.sampled_from(ZONES), MOMENTS)
def test_the_next_digest_is_ahead_and_near(at: time, weekday: int | None, zone: str, now: datetime) -> None:
    """Later than now, by a day or a week at most (and what the clocks jump); the one after it is another moment."""
    digest = Digest(at, weekday)
    found = next_digest(digest, zone, now)
    assert now < found <= now + timedelta(days=1 if weekday is None else 7, hours=2)
    assert timedelta(hours=22) <= next_digest(digest, zone, found) - found
    assert read_digest(digest.written()) == digest


@given(TIMES, TIMES, st.sampled_from(ZONES), MOMENTS)
def test_a_night_ends(start: time, end: time, zone: str, now: datetime) -> None:
    """What waits for the end of the night waits less than a day and two hours, and then that night is over."""
    if start == end:
        return
    quiet = Quiet(start, end)
    until = quiet_until(quiet, zone, now)
    if until is not None:
        assert now < until < now + timedelta(hours=26)
        again = quiet_until(quiet, zone, until)
        assert again is None or again > until
    assert read_quiet(quiet.written()) == quiet


def test_what_an_alert_waits_for() -> None:
    """A digest before the night; what is urgent passes each only where it may."""
    digest, quiet = Digest(urgent_passes=True), Quiet(time(8), time(10))
    pace = Pace(digest, quiet, next_digest_at=NOW + timedelta(hours=5))
    assert wait_of(pace, 0, NOW).bundle == "digest"
    assert wait_of(pace, 2, NOW).bundle == "held"
    assert wait_of(Pace(None, Quiet(time(8), time(10), urgent_passes=True)), 2, NOW) is None
    assert wait_of(Pace(), 0, NOW) is None


def test_too_many_are_those_after_so_many() -> None:
    """Counted in the order of the stories, over one hour; nought lets all through."""
    recent = [(number, NOW - timedelta(minutes=number)) for number in range(1, 11)]
    old = [(number, NOW - timedelta(hours=2)) for number in range(1, 11)]
    assert too_many(range(1, 11), recent, 7, NOW) == {8, 9, 10}
    assert too_many(range(1, 11), old, 7, NOW) == frozenset()
    assert too_many(range(1, 11), recent, 0, NOW) == frozenset()
