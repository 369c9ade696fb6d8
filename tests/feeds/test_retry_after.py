"""When a server asks to be asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import FeedError, FeedTrouble
from bot.core.model import Validators
from bot.feeds.fetch import Fetcher, retry_after
from bot.feeds.settings import Polling
from tests.feedserver import FeedServer, Trouble

NOW = "Tue, 04 Nov 2025 09:00:00 GMT"


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("120", timedelta(minutes=2)),
        (" 0 ", timedelta(0)),
        ("9" * 5_000, timedelta(seconds=10**9)),
        ("Tue, 04 Nov 2025 09:30:00 GMT", timedelta(minutes=30)),
        ("Tuesday, 04-Nov-25 09:30:00 GMT", timedelta(minutes=30)),
        ("Tue Nov  4 09:30:00 2025", timedelta(minutes=30)),
        ("Tue, 04 Nov 2025 09:30:00", timedelta(minutes=30)),
        ("Tue, 04 Nov 2025 11:30:00 +0200", timedelta(minutes=30)),
        ("Tue, 04 Nov 2025 08:00:00 GMT", timedelta(0)),
    ],
)
def test_a_wish_is_seconds_or_a_date(value: str, wait: timedelta) -> None:
    """A date is seen against the server's own, whose clock may be wrong; a past one means now."""
    assert wait == retry_after(value, NOW)


@pytest.mark.parametrize("value", [None, "", " ", "soon", "-5", "1.5", "²", "٣", "Tue, 04 Nov 99999 09:30:00 GMT"])
def test_what_is_no_wish_is_none(value: str | None) -> None:
    """Digits of other scripts are no number here."""
    assert retry_after(value, NOW) is None


def test_a_date_without_the_servers_is_seen_against_ours() -> None:
    """To the second, as dates in headers are."""
    until = datetime.now(UTC) + timedelta(hours=1)
    wait = retry_after(f"{until:%a, %d %b %Y %H:%M:%S} GMT", None)
    assert wait is not None
    assert timedelta(minutes=59) < wait <= timedelta(hours=1)


@given(st.text(), st.none() | st.text())
def test_no_header_makes_it_raise(value: str, date: str | None) -> None:
    """Whatever is written there, it is a wait that is not negative, or none."""
    wait = retry_after(value, date)
    assert wait is None or wait >= timedelta(0)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("status", "headers", "wait"),
    [
        (429, {"Retry-After": "90"}, timedelta(seconds=90)),
        (429, {"Retry-After": "Tue, 04 Nov 2025 10:00:00 GMT", "Date": NOW}, timedelta(hours=1)),
        (503, {"Retry-After": "3600"}, timedelta(hours=1)),
        (503, {"Retry-After": "²"}, None),
        (429, {}, None),
    ],
)
async def test_the_wish_travels_with_the_error(
    feed_server: FeedServer, status: int, headers: dict[str, str], wait: timedelta | None
) -> None:
    """For the job that plans the next poll; a broken header changes nothing about what happened."""
    url = feed_server.fail("ores", Trouble(status, headers=headers))
    async with Fetcher(Polling(allow_private_networks=True)) as fetcher:
        with pytest.raises(FeedError) as caught:
            await fetcher.fetch(url, Validators())
    expected = FeedTrouble.LIMITED if status == 429 else FeedTrouble.SERVER
    assert (expected, wait) == (caught.value.trouble, caught.value.retry_after)
