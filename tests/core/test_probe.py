"""How often a feed brings news, in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.probe import rhythm_words

NOW = datetime(2025, 11, 4, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ([0, 6, 12, 18], "about 4 a day"),
        ([0, 84, 168], "about 2 a week"),
        ([0, 24 * 15, 24 * 30], "about 2 a month"),
        ([0, 24 * 400, 24 * 800], "about 1 a year"),
        ([0, 0.5, 1], "about 48 a day"),
        ([24 * 400, 24 * 400 + 1, 24 * 400 + 2], "about 3 a year"),
        ([0, 6], ""),
        ([5, 5, 5], "about 14 a day"),
        ([0, 0, 0], ""),
        ([-24 * 900, 0, 6], ""),
    ],
)
def test_the_rhythm_is_told_from_dates(hours: list[float], said: str) -> None:
    """In the largest fitting unit; a long silence counts; too few dates, or dates to come, tell nothing."""
    assert said == rhythm_words([NOW - timedelta(hours=ago) for ago in hours], NOW)
