"""A query tried on the archive: stories once, weeks in order, a chart that can be read aloud."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.trial import Hit, Trial, chart, weekly_counts

NOW = datetime(2025, 11, 27, 12, tzinfo=UTC)


def hit(story: int, days: int, headline: str = "News") -> Hit:
    return Hit(story, headline, "", "Wire", NOW - timedelta(days=days))


def test_a_story_counts_once() -> None:
    """By its newest telling, whichever part of the archive it was in; the newest come first."""
    trial = Trial()
    trial.add([hit(1, 3, "Later"), hit(2, 1)], 10)
    trial.add([hit(1, 5, "Earlier"), hit(3, 9)], 5)
    assert [2, 1, 3] == [one.story for one in trial.newest(9)]
    assert "Later" == trial.hits[1].headline
    assert 15 == trial.looked_at


def test_weeks_without_a_story_are_weeks() -> None:
    """Every week from the first to this one has its line, by the Monday in the channel's zone."""
    times = [NOW, NOW - timedelta(days=1), datetime(2025, 11, 9, 23, 30, tzinfo=UTC)]
    weeks = weekly_counts(times, NOW - timedelta(days=20), NOW, ZoneInfo("Europe/Berlin"))
    assert [(date(2025, 11, 3), 0), (date(2025, 11, 10), 1), (date(2025, 11, 17), 0), (date(2025, 11, 24), 2)] == weeks


def test_the_chart_is_words_and_bars() -> None:
    """Each line ends with the number, so that a screen reader has it; the week that goes on says so."""
    weeks = [(date(2025, 11, 10), 0), (date(2025, 11, 17), 3), (date(2025, 11, 24), 1)]
    assert [
        "Week of 10 Nov, in part  0",
        "Week of 17 Nov  ███ 3",
        "Week of 24 Nov, so far  █ 1",
    ] == chart(weeks, date(2025, 11, 12))


def test_bars_have_a_longest() -> None:
    """Many stories make no line too long; the least is still a bar."""
    lines = chart([(date(2025, 11, 3), 500), (date(2025, 11, 10), 1)], date(2025, 11, 1))
    assert "Week of 3 Nov  ████████████ 500" == lines[0]
    assert "█ 1" in lines[1]
