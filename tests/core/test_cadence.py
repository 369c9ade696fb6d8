"""When a feed is asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.cadence import CAP, RETRY_AFTER_CAP, next_poll

NOW = datetime(2025, 11, 4, 12, tzinfo=UTC)


@given(
    st.text(max_size=50),
    st.timedeltas(timedelta(seconds=1), timedelta(hours=24)),
    st.integers(0, 1000),
    st.none() | st.timedeltas(timedelta(0), timedelta(days=400)),
)
def test_next_poll_is_ahead_and_capped(url: str, interval: timedelta, errors: int, wish: timedelta | None) -> None:
    """The next poll is never in the past, never sooner than asked, and never beyond the caps."""
    wait = next_poll(url, NOW, interval, errors=errors, retry_after=wish) - NOW
    assert wait >= min(interval, CAP)
    assert wait >= min(wish or timedelta(0), RETRY_AFTER_CAP)
    assert wait <= (CAP if wish is None else max(CAP, RETRY_AFTER_CAP))


def test_spread_is_the_feeds_own() -> None:
    """Two feeds of one host never fall together, and a restart changes nothing."""
    hour = timedelta(hours=1)
    times = {next_poll(f"https://host.example/{n}.xml", NOW, hour) for n in range(50)}
    assert len(times) > 45
    assert next_poll("https://host.example/1.xml", NOW, hour) == next_poll("https://host.example/1.xml", NOW, hour)


def test_failures_double_the_wait() -> None:
    """Each failure in a row doubles the wait, up to a day."""
    waits = [next_poll("u", NOW, timedelta(minutes=15), errors=n) - NOW for n in range(12)]
    assert waits == sorted(waits)
    assert waits[3] == 8 * waits[0]
    assert waits[-1] == CAP
