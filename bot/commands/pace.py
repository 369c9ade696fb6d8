"""How many commands one person may send in a minute. Counted in memory: it guards this process; a restart forgives."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable
from datetime import datetime, timedelta

from bot.core.errors import CommandError

MINUTE = timedelta(minutes=1)

MOST_PEOPLE = 10_000
"""From so many people on, those who were silent for a minute are forgotten."""


class Pace:
    """The times of each person's last commands."""

    def __init__(self, per_minute: int) -> None:
        self._per_minute = per_minute
        self._times: dict[Hashable, deque[datetime]] = {}

    def take(self, person: Hashable, now: datetime) -> None:
        """Count one command. Raises CommandError, and counts nothing, where the minute is full."""
        if len(self._times) >= MOST_PEOPLE:
            self._forget(now)
        times = self._times.setdefault(person, deque())
        while times and now - times[0] >= MINUTE:
            times.popleft()
        if len(times) >= self._per_minute:
            wait = max(1, int((times[0] + MINUTE - now).total_seconds()))
            raise CommandError(
                f"You have sent {len(times)} commands within a minute, and no more are allowed. This one is not done.",
                f"Send it again in {wait} seconds.",
            )
        times.append(now)

    def is_full(self, person: Hashable, now: datetime) -> bool:
        """Whether `take` would refuse. Counts nothing."""
        times = self._times.get(person, ())
        return sum(now - time < MINUTE for time in times) >= self._per_minute

    def _forget(self, now: datetime) -> None:
        self._times = {person: times for person, times in self._times.items() if times and now - times[-1] < MINUTE}
