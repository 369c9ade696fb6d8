"""Dates as a calendar file (RFC 5545), for any calendar program: updated, not doubled, when it is read again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.commands.command import Attachment
from bot.core.reminders import MORNING
from bot.core.stories.names import story_name

if TYPE_CHECKING:
    from icalendar import Alarm, Event

KIND = "text/calendar"
ENDED = {"withdrawn", "dismissed", "denied", "moved"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A date of a calendar. `root` is the number of the date it began as: moved or corrected, it stays one entry."""

    root: int
    story: int
    due: date
    title: str
    headline: str
    url: str | None
    quote: str
    rev: int
    state: str
    is_sure: bool


def calendar_file(entries: Sequence[Entry], ladder: Iterable[int], now: datetime) -> Attachment:
    """The file, with alarms in the morning of each of the days ahead that `ladder` names."""
    from icalendar import Calendar  # here: few ask for it

    calendar = Calendar()
    calendar.add("prodid", "-//Lodewire//Dates in the news//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Dates in the news")
    leads = sorted(set(ladder), reverse=True)
    for entry in entries:
        calendar.add_component(_event(entry, leads, now))
    ended = sum(entry.state in ENDED for entry in entries)
    count = len(entries) - ended
    words = f"{count} {'date' if count == 1 else 'dates'} for a calendar program"
    words += f", and {ended} taken back" if ended else ""
    return Attachment("dates.ics", KIND, calendar.to_ical(), words)


def _event(entry: Entry, leads: Sequence[int], now: datetime) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"date-{entry.root}@lodewire")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", entry.due)
    event.add("dtend", entry.due + timedelta(days=1))
    event.add("summary", entry.title if entry.is_sure else f"{entry.title} (unconfirmed)")
    event.add("description", "\n".join(filter(None, (entry.quote, entry.headline, f"Story {story_name(entry.story)}"))))
    event.add("sequence", entry.rev - 1)
    event.add("transp", "TRANSPARENT")
    if entry.url:
        event.add("url", entry.url)
    is_off = entry.state in ENDED
    event.add("status", "CANCELLED" if is_off else "CONFIRMED" if entry.is_sure else "TENTATIVE")
    for lead in () if is_off else leads:
        event.add_component(_alarm(lead, entry.title))
    return event


def _alarm(lead: int, title: str) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", timedelta(hours=MORNING.hour) - timedelta(days=lead))
    return alarm
