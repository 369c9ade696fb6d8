"""Dates as feeds write them."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.text.dates import FIRST_YEAR, read_date

MOMENTS = st.integers(int(datetime(FIRST_YEAR, 1, 2, tzinfo=UTC).timestamp()), 4_102_444_800)
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


def at(month: int = 2, day: int = 18, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, second, tzinfo=UTC)


@pytest.mark.parametrize(
    ("raw", "moment"),
    [
        ("2026-02-18T10:00:00Z", at(hour=10)),
        ("2026-02-18T10:00:00.123456+05:30", at(hour=4, minute=30)),
        ("2026-02-18 10:00:00 -0500", at(hour=15)),
        ("2026-02-18T10:00:00−05:00", at(hour=15)),
        ("2026-2-8T1:05:00Z", at(day=8, hour=1, minute=5)),
        ("2026-02-18", at()),
        ("20260218", at()),
        ("20260218T100000Z", at(hour=10)),
        ("20260218100030", at(hour=10, second=30)),
        ("2026/2/18 15:07:41", at(hour=15, minute=7, second=41)),
        ("2026.02.18", at()),
        ("Wed, 18 Feb 2026 10:00:00 GMT", at(hour=10)),
        ("Wed, 18 Feb 2026 10:00 GMT", at(hour=10)),
        ("Wed, 18 Feb 26 10:00:00 GMT", at(hour=10)),
        ("Wednesday, 18-Feb-26 10:00:00 GMT", at(hour=10)),
        ("18 Feb 2026 10:00:00 +8", at(hour=2)),
        ("Wed, 18 Feb 2026 10:00:00", at(hour=10)),
        ("Fri, 18 Sept 2026 10:00:00 GMT", at(month=9, hour=10)),
        ("Wed Feb 18 10:00:00 2026", at(hour=10)),
        ("Wed Feb 18 10:00:00 EST 2026", at(hour=15)),
        ("February 18th, 2026", at()),
        ("Feb. 18, 2026, 3:05 p.m. EST", at(hour=20, minute=5)),
        ("2026-02-18 12:05 AM", at(minute=5)),
        ("2026-02-18 12:05 PM", at(hour=12, minute=5)),
        ("1771408800", at(hour=10)),
        ("1771408800.5", at(hour=10)),
        ("1771408800123", at(hour=10)),
        ("18.02.2026", at()),
        ("18.02.2026 24:00", at(day=19)),
        ("18-02-2026", at()),
        ("2026-02-18T23:59:60Z", at(hour=23, minute=59, second=59)),
        ("  2026-02-18\n10:00 ", at(hour=10)),
        ("Wednesday, February 18, 2026 - 10:00", at(hour=10)),
        ("18.02.2026 | 10:00", at(hour=10)),
        ("Feb. 18, 2026, 10:00 AM ET", at(hour=15)),
        ("Jul. 18, 2026, 10:00 AM ET", at(month=7, hour=14)),
        ("２０２６-02-18", at()),
    ],
)
def test_a_date_is_read_as_it_is_written(raw: str, moment: datetime) -> None:
    """ISO, RFC 822 with all that is made of it, epochs, day first and compact ones; without a zone it is UTC."""
    assert moment == read_date(raw)


@pytest.mark.parametrize(
    ("raw", "zone", "moment"),
    [
        ("2026年2月18日 10:00", "Asia/Shanghai", at(hour=2)),
        ("2026年2月18日 下午3时05分", "Asia/Shanghai", at(hour=7, minute=5)),
        ("2026年02月18日(水) 10時30分", "Asia/Tokyo", at(hour=1, minute=30)),
        ("2026년 2월 18일 오후 3:05", "Asia/Seoul", at(hour=6, minute=5)),
        ("Ср, 18 фев 2026 10:00:00 +0300", None, at(hour=7)),
        ("18 февраля 2026, 10:00", "Europe/Moscow", at(hour=7)),
        ("18 февраля 2026 г. 10:00", "Europe/Moscow", at(hour=7)),
        ("18 февраля 2026 года, в 10:00", "Europe/Moscow", at(hour=7)),
        ("18 березня 2026 10:00", "Europe/Kyiv", at(month=3, hour=8)),
        ("Mi, 18 Mär 2026 10:00:00 +0100", None, at(month=3, hour=9)),
        ("18. Februar 2026, 10:00 Uhr", "Europe/Berlin", at(hour=9)),
        ("18 février 2026 à 10h30", "Europe/Paris", at(hour=9, minute=30)),
        ("18 de febrero de 2026", None, at()),
        ("mer, 18 dic 2026 10:00:00 +0100", None, at(month=12, hour=9)),
        ("18 de outubro de 2026 10:00", "America/Sao_Paulo", at(month=10, hour=13)),
    ],
)
def test_languages_of_feeds_are_read(raw: str, zone: str | None, moment: datetime) -> None:
    """Their months, their halves of the day and their ways with the hour."""
    assert moment == read_date(raw, zone)


@pytest.mark.parametrize(
    ("name", "zone", "hour"),
    [
        ("", "Europe/Moscow", 7),
        ("MSK", None, 7),
        ("WIB", None, 3),
        ("JST", None, 1),
        ("PST", None, 18),
        ("CST", None, 16),
        ("CST", "Asia/Shanghai", 2),
        ("CST", "America/Chicago", 16),
        ("IST", "Asia/Jerusalem", 8),
        ("XYZ", None, 10),
        ("XYZ", "Asia/Tokyo", 1),
        ("(UTC)", None, 10),
        ("GMT+3", None, 7),
        ("+0000", "Asia/Tokyo", 10),
    ],
)
def test_a_zone_is_the_written_one_else_the_feeds(name: str, zone: str | None, hour: int) -> None:
    """Letters with several meanings mean those of the feed's own zone; unknown ones mean nothing."""
    assert at(hour=hour) == read_date(f"Wed, 18 Feb 2026 10:00:00 {name}", zone)


@pytest.mark.parametrize("zone", ["No/Zone", "../etc/passwd", "Europe", "", "\0", "x" * 1_000])
def test_a_zone_that_is_none_is_utc(zone: str) -> None:
    """A wrong setting makes no date wrong by more than its offset, and raises nothing."""
    assert at(hour=10) == read_date("2026-02-18 10:00", zone)


def test_summer_time_is_that_of_the_date() -> None:
    """Not of the day on which it is read."""
    assert [at(hour=9), at(month=7, hour=8)] == [
        read_date(f"2026-{month}-18 10:00", "Europe/Berlin") for month in ("02", "07")
    ]


@pytest.mark.parametrize(
    ("raw", "zone", "moment"),
    [
        ("2/18/2026", None, at()),
        ("18/2/2026 10:00", None, at(hour=10)),
        ("2/2/2026", None, at(day=2)),
        ("2/3/2026", None, None),
        ("2/3/2026 12:00", "America/New_York", at(day=3, hour=17)),
        ("2/3/2026 12:00", "Europe/Paris", at(month=3, day=2, hour=11)),
    ],
)
def test_slashes_are_not_guessed(raw: str, zone: str | None, moment: datetime | None) -> None:
    """Day or month first is told by the numbers or by the feed's zone; else it is no date."""
    assert moment == read_date(raw, zone)


@pytest.mark.parametrize(
    "raw",
    [
        "",
        " ",
        "yesterday",
        "2026",
        "2026-02",
        "2026-13-01",
        "Wed, 31 Feb 2026 10:00:00 GMT",
        "2026-02-18T25:00:00Z",
        "2026-02-18T10:00:00+24:00",
        "18 Foo 2026",
        "1970-01-01T00:00:00Z",
        "0001-01-01T00:00:00Z",
        "1994-12-31",
        "9999-12-31T23:59:59-12:00",
        "17870652001234",
        "99999999999",
        "0",
        "-1771408800",
    ],
)
def test_what_is_no_date_is_none(raw: str) -> None:
    """Days and times that do not exist, years before there were feeds, and words."""
    assert read_date(raw) is None


@given(MOMENTS, ZONES)
def test_what_standards_write_is_read_back(moment: int, zone: timezone) -> None:
    """RFC 3339 and RFC 5322 in any zone, to the second."""
    written = datetime.fromtimestamp(moment, zone)
    for raw in (written.isoformat(), format_datetime(written), written.isoformat(" ")):
        assert written == read_date(raw, "Asia/Tokyo")


@given(st.text(), st.none() | st.text(max_size=10))
def test_no_text_makes_it_raise(raw: str, zone: str | None) -> None:
    """Whatever is written there; a moment is aware and in UTC."""
    moment = read_date(raw, zone)
    assert moment is None or (moment.tzinfo is UTC and moment.year >= FIRST_YEAR)


@given(
    st.text("0123456789-/.:T年月日 +Zabgmptu上午,()", max_size=40),
    st.sampled_from([None, "Asia/Tokyo", "America/New_York"]),
)
def test_what_looks_like_a_date_does_not_raise_either(raw: str, zone: str | None) -> None:
    """The letters and signs of dates in any order."""
    moment = read_date(raw, zone)
    assert moment is None or moment.tzinfo is UTC


def test_a_date_of_a_megabyte_takes_no_time() -> None:
    """Only so much of it is looked at."""
    started = time.perf_counter()
    for piece in ("2026-02-18 ", "Wed, ", " ", "1", "年"):
        read_date(piece * 200_000)
    assert time.perf_counter() - started < 1
