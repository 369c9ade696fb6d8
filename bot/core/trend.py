"""How many stories a day a query found in the archive, and what the busiest days were about. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo

BLOCKS = "▁▂▃▄▅▆▇█"
NONE = "·"
PEAKS = 3


@dataclass(frozen=True, slots=True)
class Told:
    """One telling of a story that matched. `weight`: the story's."""

    story: int
    headline: str
    url: str
    source: str
    told_at: datetime
    weight: int = 0


@dataclass(slots=True)
class Trend:
    """What was found so far: each story once, by its first telling, and how often each was told.

    `reached`: how far back was looked, where there was more.
    """

    first: dict[int, Told] = field(default_factory=dict)
    tellings: Counter[int] = field(default_factory=Counter)
    reached: datetime | None = None

    def add(self, found: Iterable[Told]) -> None:
        """Count what another part of the archive had."""
        for told in found:
            self.tellings[told.story] += 1
            known = self.first.get(told.story)
            if known is None or told.told_at < known.told_at:
                self.first[told.story] = told


@dataclass(frozen=True, slots=True)
class Peak:
    """One of the busiest days: how many stories it had, and the one that weighs most, or was told most."""

    day: date
    count: int
    story: Told


def daily_counts(trend: Trend, first: date, last: date, zone: tzinfo) -> list[tuple[date, int]]:
    """How many stories were told first on each day, by the zone's calendar, oldest first."""
    counts = Counter(told.told_at.astimezone(zone).date() for told in trend.first.values())
    return [(day, counts[day]) for day in (first + timedelta(days=n) for n in range((last - first).days + 1))]


def peaks(trend: Trend, days: Sequence[tuple[date, int]], zone: tzinfo) -> list[Peak]:
    """The busiest days, at most three, in their order; of days alike the later ones."""
    busiest = sorted((pair for pair in days if pair[1]), key=lambda pair: (pair[1], pair[0]), reverse=True)[:PEAKS]
    return [Peak(day, count, _main(trend, day, zone)) for day, count in sorted(busiest)]


def _main(trend: Trend, day: date, zone: tzinfo) -> Told:
    there = [told for told in trend.first.values() if told.told_at.astimezone(zone).date() == day]
    return max(there, key=lambda told: (told.weight, trend.tellings[told.story], -told.story))


def sparkline(counts: Sequence[int]) -> str:
    """The days as one line of small bars, `·▁▁▄█▂`; a point is a day without any."""
    most = max(counts, default=0)
    return "".join(BLOCKS[-(-count * len(BLOCKS) // most) - 1] if count else NONE for count in counts)
