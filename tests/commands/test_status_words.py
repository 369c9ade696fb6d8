"""The words of `status` and of an estimate."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.commands.backtest import weekly
from bot.commands.nearest import either, nearest
from bot.commands.status import delay_text, span_text, verdict
from bot.core.messages import line_text
from bot.storage.activity import Activity, Delay

NOW = datetime(2025, 11, 4, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "under 1 s"), (8.4, "8 s"), (240, "4 min"), (3600 * 3.5, "3.5 h"), (86400 * 2.1, "2.1 days")],
)
def test_a_time_has_its_fitting_unit(seconds: float, said: str) -> None:
    """Seconds, minutes, hours, days."""
    assert said == span_text(timedelta(seconds=seconds))


def test_a_delay_without_cases_is_said() -> None:
    """No number is made up."""
    assert "nothing to measure yet" == delay_text(Delay())
    assert "usually 8 s, 95 in 100 within 4 min" == delay_text(Delay(9, timedelta(seconds=8), timedelta(minutes=4)))


@pytest.mark.parametrize(
    ("activity", "said"),
    [
        (Activity(), "No feed is polled."),
        (Activity({"active": 2}), "No feed has been read yet."),
        (Activity({"active": 2}, last_poll_at=NOW - timedelta(hours=3)), "No feed has been read since"),
        (Activity({"active": 2}, failing=2, last_poll_at=NOW), "More than half of the feeds fail"),
        (Activity({"active": 4}, failing=1, last_poll_at=NOW), "some feeds fail"),
        (Activity({"active": 4}, last_poll_at=NOW), "All is well."),
    ],
)
def test_the_first_sentence_says_how_it_goes(activity: Activity, said: str) -> None:
    """The worst thing is said, and only that."""
    assert said in line_text(verdict(activity, NOW), "UTC")


@pytest.mark.parametrize(
    ("count", "days", "said"),
    [
        (16, 28, "about 4 a week"),
        (2, 14, "about 1 a week"),
        (1, 28, "less than one a week"),
        (0, 28, "none in the last weeks, so few or none"),
        (3, 5, "not known yet: the archive is younger than a week"),
    ],
)
def test_an_estimate_is_a_rounded_rate(count: int, days: int, said: str) -> None:
    """A week at least is needed for a figure a week."""
    assert said == weekly(count, timedelta(days=days))


def test_nearest_names_keep_their_spelling() -> None:
    """Case does not count in the comparison."""
    assert ["Rare earths"] == nearest("RARE ERTHS", ["Rare earths", "gallium"])
    assert [] == nearest("xyzzy", ["gallium"])
    assert ("", "a", "a or b", "a, b or c") == (either([]), either("a"), either("ab"), either("abc"))
