"""How often a channel is told: digests at an hour of its own, quiet hours, and what is too much at once. Pure.

A digest and a quiet hour only make an alert wait. Hours are those of the channel's zone: one that the clocks jump over
comes as much later as they jump, and of one that comes twice the first counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.reminders import MORNING, morning
from bot.core.weight import Weight

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FLOOD = 12
"""Alerts an hour that stand alone in a channel that has not chosen otherwise."""

MOST_FLOOD = 1_000
HOUR = timedelta(hours=1)

CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Digest:
    """When a channel's digest comes: at a time of every day, or of one `weekday`, 0 to 6 from Monday."""

    at: time = MORNING
    weekday: int | None = None
    urgent_passes: bool = False

    def written(self) -> str:
        """`daily 08:00`, `weekly mon 08:00 urgent`: what `read_digest` reads."""
        when = "daily" if self.weekday is None else f"weekly {DAYS[self.weekday]}"
        return f"{when} {self.at:%H:%M}{' urgent' if self.urgent_passes else ''}"

    def said(self) -> str:
        """`every day at 08:00`, `every Monday at 08:00`."""
        return f"every {'day' if self.weekday is None else DAY_NAMES[self.weekday]} at {self.at:%H:%M}"


@dataclass(frozen=True, slots=True)
class Quiet:
    """The hours in which no alert comes, `start` to `end`, over midnight where `end` is not later."""

    start: time
    end: time
    urgent_passes: bool = False

    def written(self) -> str:
        """`22:00-07:00`, with ` urgent` where those pass: what `read_quiet` reads."""
        return f"{self.said()}{' urgent' if self.urgent_passes else ''}"

    def said(self) -> str:
        """`22:00-07:00`."""
        return f"{self.start:%H:%M}-{self.end:%H:%M}"


@dataclass(frozen=True, slots=True)
class Pace:
    """What holds for a channel. `next_digest_at`: when its digest is due, if it has one."""

    digest: Digest | None = None
    quiet: Quiet | None = None
    flood: int = FLOOD
    next_digest_at: datetime | None = None
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Wait:
    """What an alert waits for, `digest` or `held`, and until when."""

    bundle: str
    until: datetime


def read_digest(text: str) -> Digest | None:
    """When digests come: `daily 08:00`, `weekly mon 08:00`, `mon 8am`; None for `off` and nothing.

    Raises ValueError with what is wrong.
    """
    words = text.casefold().replace(",", " ").split()
    if not words or words == ["off"]:
        return None
    passes = words[-1] == "urgent"
    words = [word for word in words[: len(words) - passes] if word not in ("at", "on", "every", "day")]
    kind = words.pop(0) if words and words[0] in ("daily", "weekly") else ""
    weekday = _weekday(words[0]) if words and words[0][0].isalpha() else None
    if weekday is not None:
        words.pop(0)
    if kind == "daily" and weekday is not None:
        raise ValueError("a daily digest comes on every day")
    if not kind and weekday is None and not words:
        raise ValueError("it says neither daily nor weekly")
    at = read_clock(" ".join(words)) if words else MORNING
    return Digest(at, 0 if kind == "weekly" and weekday is None else weekday, passes)


def _weekday(word: str) -> int:
    found = [number for number, day in enumerate(DAY_NAMES) if len(word) >= 3 and day.casefold().startswith(word)]
    if not found:
        raise ValueError(f'"{word}" is no day of the week')
    return found[0]


def read_clock(text: str) -> time:
    """A time of day: `08:00`, `8`, `8.30`, `8am`. Raises ValueError with what is wrong."""
    match = CLOCK.fullmatch(text.strip())
    if match is None:
        raise ValueError(f'"{text.strip()}" is no time of day')
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").casefold()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        raise ValueError(f'"{text.strip()}" is no time of day: hours go to 23, minutes to 59')
    return time(hour, minute)


def read_quiet(text: str) -> Quiet | None:
    """The quiet hours: `22:00-07:00`, `22 to 7`; None for `off` and nothing. Raises ValueError with what is wrong."""
    said = text.casefold().strip()
    if said in ("", "off"):
        return None
    passes = said.endswith(" urgent")
    ends = re.split(r"\s*(?:-|–|—|\bto\b|\buntil\b)\s*", said.removesuffix(" urgent").removeprefix("from ").strip())
    if len(ends) != 2:
        raise ValueError("it is not a beginning and an end")
    start, end = map(read_clock, ends)
    if start == end:
        raise ValueError("it begins when it ends")
    return Quiet(start, end, passes)


def next_digest(digest: Digest, zone: str, after: datetime) -> datetime:
    """The first moment of a digest that is later than `after`, in UTC. The first look at a zone reads a file."""
    today = after.astimezone(ZoneInfo(zone)).date()
    days = (today + timedelta(days=number) for number in range(-1, 9))
    moments = (morning(day, zone, digest.at) for day in days if digest.weekday in (None, day.weekday()))
    return next(moment for moment in moments if moment > after)


def quiet_until(quiet: Quiet | None, zone: str, now: datetime) -> datetime | None:
    """When the quiet hours end in which `now` lies, in UTC; None where it lies in none."""
    if quiet is None:
        return None
    today = now.astimezone(ZoneInfo(zone)).date()
    over_midnight = timedelta(days=quiet.end <= quiet.start)
    for day in (today - timedelta(days=1), today):
        begin, end = morning(day, zone, quiet.start), morning(day + over_midnight, zone, quiet.end)
        if begin <= now < end:
            return end
    return None


def wait_of(pace: Pace, weight: int, now: datetime) -> Wait | None:
    """What an alert of this weight has to wait for now, or None: it comes at once."""
    is_urgent = weight >= Weight.URGENT
    if pace.digest and pace.next_digest_at and not (is_urgent and pace.digest.urgent_passes):
        return Wait("digest", pace.next_digest_at)
    until = quiet_until(pace.quiet, pace.zone, now)
    if until is None or (pace.quiet and pace.quiet.urgent_passes and is_urgent):
        return None
    return Wait("held", until)


def too_many(alerts: Iterable[int], recent: Sequence[tuple[int, datetime]], most: int, now: datetime) -> frozenset[int]:
    """The alerts, by their stories' numbers, that come when `most` others within an hour came before them.

    `recent`: a channel's stories, those of `alerts` included, and when each was opened. `most` of 0: none are too many.
    """
    lately = [story for story, opened in recent if opened > now - HOUR]
    before = {story: sum(other < story for other in lately) for story in alerts}
    return frozenset(story for story, count in before.items() if most and count >= most)
