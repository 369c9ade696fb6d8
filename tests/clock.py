"""A clock that stands still until told otherwise. Reads no time of its own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

START = datetime(2025, 11, 4, 9, 0, tzinfo=UTC)


class Clock:
    """`clock()` and `clock.now` are the same aware moment; `advance` moves it and returns the new one."""

    def __init__(self, now: datetime = START) -> None:
        if now.tzinfo is None:
            raise ValueError("a clock needs an aware datetime")
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, by: timedelta) -> datetime:
        """Move on by `by`; backwards too, as real clocks sometimes do."""
        self.now += by
        return self.now
