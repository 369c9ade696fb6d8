"""A query tried on what is stored: which stories it would have brought, week by week, and on which words. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo

BAR = "█"
LONGEST_BAR = 12


@dataclass(frozen=True, slots=True)
class Hit:
    """A story found, by the item that matched."""

    story: int
    headline: str
    url: str
    source: str
    told_at: datetime


@dataclass(slots=True)
class Trial:
    """What was found so far: each story once, by its newest item, in `looked_at` texts.

    `reasons`: on which words the newest matched; `reached`: how far back was looked, where there was more.
    """

    hits: dict[int, Hit] = field(default_factory=dict)
    looked_at: int = 0
    reasons: dict[int, str] = field(default_factory=dict)
    reached: datetime | None = None

    def add(self, found: Iterable[Hit], looked_at: int) -> None:
        """Count what another part of the archive had."""
        self.looked_at += looked_at
        for hit in found:
            known = self.hits.get(hit.story)
            if known is None or known.told_at < hit.told_at:
                self.hits[hit.story] = hit

    def newest(self, count: int) -> list[Hit]:
        """The newest stories."""
        return sorted(self.hits.values(), key=lambda hit: hit.told_at, reverse=True)[:count]


def weekly_counts(times: Iterable[datetime], since: datetime, now: datetime, zone: tzinfo) -> list[tuple[date, int]]:
    """How many fall into each week from `since` to `now`, by the week's Monday, oldest first."""
    counts = Counter(monday(time.astimezone(zone).date()) for time in times)
    first, last = monday(since.astimezone(zone).date()), monday(now.astimezone(zone).date())
    weeks = (last - first).days // 7
    return [(day, counts[day]) for day in (first + timedelta(weeks=number) for number in range(weeks + 1))]


def monday(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def chart(weeks: Sequence[tuple[date, int]], since: date) -> list[str]:
    """A line a week, `Week of 3 Nov  ███ 3`; a bar is never all there is to read, and none is longer than the most."""
    most = max((count for _, count in weeks), default=0)
    lines = []
    for number, (day, count) in enumerate(weeks):
        length = count if most <= LONGEST_BAR else -(-count * LONGEST_BAR // most)
        part = ", so far" if number == len(weeks) - 1 else ", in part" if day < since else ""
        lines.append(f"Week of {day.day} {day:%b}{part}  {BAR * length}{' ' if length else ''}{count}")
    return lines
