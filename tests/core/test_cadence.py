"""When a feed is asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.cadence import CAP, RETRY_AFTER_CAP, avoid, lengthen, next_poll, obeyed, own_interval, spread
from bot.core.errors import FeedTrouble

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


QUARTER, HOUR, DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)
NONE = timedelta(0)


def test_an_interval_is_the_tiers_or_its_own() -> None:
    """Official sources and wires every quarter of an hour, others every hour; what is stated holds as it is."""
    assert [QUARTER, QUARTER, HOUR] == [own_interval(NONE, tier, QUARTER, adapts=True) for tier in (0, 1, 2)]
    assert 2 * HOUR == own_interval(2 * HOUR, 0, QUARTER, adapts=True, rhythm=40 * DAY)
    second = timedelta(seconds=1)
    assert second == own_interval(NONE, 2, second, rhythm=DAY)


def test_an_interval_follows_the_feeds_rhythm() -> None:
    """Half the time between two items, between the tier's own and a day; for officials and wires at most an hour."""
    assert 3 * HOUR == own_interval(NONE, 2, QUARTER, adapts=True, rhythm=6 * HOUR)
    assert CAP == own_interval(NONE, 2, QUARTER, adapts=True, rhythm=90 * DAY)
    assert HOUR == own_interval(NONE, 0, QUARTER, adapts=True, rhythm=90 * DAY)
    assert HOUR == own_interval(NONE, 2, QUARTER, adapts=True, rhythm=timedelta(minutes=1))


def test_a_gap_halves_the_interval() -> None:
    """Whoever set it: items came and went unseen."""
    assert HOUR / 2 == own_interval(NONE, 2, QUARTER, adapts=True, rhythm=DAY, is_gapped=True)
    assert HOUR == own_interval(2 * HOUR, 2, QUARTER, is_gapped=True)


def test_a_publishers_wish_only_lengthens() -> None:
    """And never beyond a day."""
    assert HOUR == lengthen(HOUR, NONE, timedelta(minutes=1))
    assert 6 * HOUR == lengthen(HOUR, 6 * HOUR, 2 * HOUR)
    assert DAY == lengthen(HOUR, 40 * DAY)


def test_hours_and_days_without_visits_are_kept() -> None:
    """NOW is a Tuesday, 12:00 GMT: the next allowed hour, at most a day away; nonsense forbids nothing."""
    assert NOW == avoid(NOW, "0,1|5,6")
    assert NOW + 2 * HOUR == avoid(NOW, "12,13|")
    assert NOW + 24 * HOUR - timedelta(hours=12) == avoid(NOW, "|1")
    assert NOW == avoid(NOW, "")
    assert NOW == avoid(NOW, ",".join(map(str, range(24))) + "|")
    assert next_poll("u", NOW, HOUR, skip="|1,2,3") - NOW == CAP


def test_a_class_of_trouble_has_its_own_patience() -> None:
    """A closed door is knocked at less often than a stumbling server."""
    first = {kind: next_poll("u", NOW, QUARTER, errors=1, trouble=kind) - NOW for kind in FeedTrouble}
    assert first[FeedTrouble.SERVER] < first[FeedTrouble.CLIENT] < first[FeedTrouble.BLOCKED] <= CAP


def test_what_passes_is_over_before_the_page_has_gone_by() -> None:
    """A quarter of the time that items stand there, twice the interval at least; other troubles wait up to a day."""

    def longest(kind: FeedTrouble, page: timedelta, wish: timedelta | None = None) -> timedelta:
        return next_poll("u", NOW, HOUR, errors=20, trouble=kind, page=page, retry_after=wish) - NOW

    assert 10 * HOUR == longest(FeedTrouble.SERVER, 40 * HOUR)
    assert 2 * HOUR == longest(FeedTrouble.TIMEOUT, HOUR)
    assert [CAP, CAP] == [longest(FeedTrouble.DNS, page) for page in (NONE, 90 * DAY)]
    assert [CAP, CAP] == [longest(kind, 40 * HOUR) for kind in (FeedTrouble.BLOCKED, FeedTrouble.LIMITED)]
    assert [10 * HOUR, DAY] == [longest(FeedTrouble.LIMITED, 40 * HOUR, wish) for wish in (HOUR / 2, DAY)]


def test_a_wish_for_patience_has_bounds() -> None:
    """From a minute to a month."""
    assert [timedelta(minutes=1), HOUR, RETRY_AFTER_CAP] == [obeyed(wish) for wish in (NONE, HOUR, 90 * DAY)]


def test_overdue_feeds_are_spread() -> None:
    """Each at its own place within its interval, the same every time."""
    times = [spread(f"https://host.example/{n}", NOW, HOUR) for n in range(200)]
    assert times == [spread(f"https://host.example/{n}", NOW, HOUR) for n in range(200)]
    tenths = [int((time - NOW) / HOUR * 10) for time in times]
    assert set(range(10)) == set(tenths)
    assert max(tenths.count(tenth) for tenth in range(10)) < 40
