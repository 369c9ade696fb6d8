"""A reminder of a date as blocks: how long is left, what is due, and the sentence that says so. Draws nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.core.messages import Line, Link, Section
from bot.core.reminders import FOUND, OUTCOME, ending_of, lead_of
from bot.core.stories.names import story_name
from bot.core.text.urls import http_url

LONGEST_QUOTE = 240
ENDED = {"moved": "Date changed", "withdrawn": "Date changed", "met": "Date met", "denied": "Date denied"}
KINDS = {"deadline": ", due", "effective": ", takes effect", "expiry": ", ends", "event": ""}
"""What is said before the name of a date, which may be a thing, a deed or a clause: `due: approve the roadmap`."""
UNNAMED = {"deadline": "a deadline", "effective": "a rule takes effect", "expiry": "a term ends", "event": "an event"}
FROM = {"week": "the week of", "month": "the month of", "quarter": "the quarter from", "half": "the half-year from"}


@dataclass(frozen=True, slots=True)
class Occasion:
    """A date with what a reminder says of it. `answer`: headline and link of what was found since."""

    story: int
    due: date
    precision: str
    type: str
    what: str
    who: str
    evidence: str
    outlet: str
    told_on: date | None
    url: str | None
    state: str = "open"
    answer: tuple[str, str | None] | None = None
    moved_to: date | None = None
    at: str = ""


def compose_reminder(occasion: Occasion, slot: str, today: date) -> Section:
    """The section of one step, true on the day it is read: a late one counts the days anew and says that it is late."""
    lead = lead_of(slot)
    is_late = lead is not None and (occasion.due - today).days != lead
    return Section(
        kicker=ENDED.get(ending_of(slot), "Reminder, late" if is_late else "Reminder"),
        title=_title(occasion, slot, today),
        url=http_url(occasion.url) if occasion.url else None,
        body=tuple(filter(None, (_found(occasion, slot), None if ending_of(slot) else _quote(occasion)))),
        footer=f"Story {story_name(occasion.story)}",
        controls="" if ending_of(slot) else "date",
    )


def _title(occasion: Occasion, slot: str, today: date) -> str:
    day = _day(occasion.due, today)
    if ending := ending_of(slot):
        if ending == "met":
            return f"Done: {named(occasion)}, due {day}"
        if ending == "denied":
            return f"Denied, and no longer expected on {day}: {named(occasion)}"
        if occasion.moved_to is None:
            return f"No longer due on {day}: {named(occasion)}"
        return f"Moved from {day} to {_day(occasion.moved_to, today)}: {named(occasion)}"
    if slot in (OUTCOME, FOUND):
        when = "Yesterday" if (today - occasion.due).days == 1 else f"On {day}"
        return f"{when} was due: {named(occasion)}"
    span = "from " if occasion.precision in FROM and occasion.type in ("effective", "event") else ""
    at = f", {occasion.at}" if occasion.at else ""
    kind = KINDS[occasion.type] if occasion.what else ""
    return f"{time_left(occasion.due, today)}, {span}{day}{at}{kind}: {named(occasion)}"


def _day(day: date, today: date) -> str:
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day:%a} {day.day} {day:%b}{year}"


def time_left(due: date, today: date) -> str:
    """`In 7 days`, `Tomorrow`, `Today`, or how long ago it was."""
    days = (due - today).days
    if days < 0:
        return "Yesterday" if days == -1 else f"{-days} days ago"
    return {0: "Today", 1: "Tomorrow"}.get(days, f"In {days} days")


def named(occasion: Occasion) -> str:
    """What is due, and by whom: `rare-earth roadmap (government of Russia)`."""
    what = occasion.what or UNNAMED[occasion.type]
    return f"{what} ({occasion.who})" if occasion.who else what


def _found(occasion: Occasion, slot: str) -> Line | None:
    if slot not in (OUTCOME, FOUND) and not (ending_of(slot) and occasion.answer):
        return None
    if occasion.answer is None:
        return ("Nothing found yet; still watching.",)
    headline, url = occasion.answer
    link = http_url(url) if url else None
    said = "Says: " if ending_of(slot) else "Found since, and it seems missed: " if occasion.state == "missed" else ""
    return (said or "Found since: ", Link(headline, link) if link else headline)


def _quote(occasion: Occasion) -> Line | None:
    if not occasion.evidence:
        return None
    words = occasion.evidence
    if len(words) > LONGEST_QUOTE:
        words = words[:LONGEST_QUOTE].rpartition(" ")[0] + " ..."
    told = f", {occasion.told_on.day} {occasion.told_on:%b}" if occasion.told_on else ""
    return (f'"{words}" - {occasion.outlet}{told}',)
