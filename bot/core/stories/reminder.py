"""A reminder of a date as blocks: how long is left, what is due, and the sentence that says so. Draws nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.core.messages import Line, Link, Section
from bot.core.reminders import FOUND, OUTCOME, ending_of, lead_of
from bot.core.stories.names import story_name
from bot.core.text.urls import http_url
from bot.core.tongue import ENGLISH, Tongue, noted

LONGEST_QUOTE = 240
ENDED = {"moved": noted("Date changed"), "withdrawn": noted("Date changed"), "met": noted("Date met"),
         "denied": noted("Date denied")}  # fmt: skip
WORDS = {"deadline": noted(", due: {what}"), "effective": noted(", takes effect: {what}"),
         "expiry": noted(", ends: {what}"), "event": ": {what}"}  # fmt: skip
"""What is said before the name of a date, which may be a thing, a deed or a clause: `due: approve the roadmap`."""
UNNAMED = {"deadline": noted("a deadline"), "effective": noted("a rule takes effect"), "expiry": noted("a term ends"),
           "event": noted("an event")}  # fmt: skip
FROM = {"week", "month", "quarter", "half"}


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


def compose_reminder(occasion: Occasion, slot: str, today: date, tongue: Tongue = ENGLISH) -> Section:
    """The section of one step, true on the day it is read: a late one counts the days anew and says that it is late."""
    lead = lead_of(slot)
    is_late = lead is not None and (occasion.due - today).days != lead
    kicker = ENDED.get(ending_of(slot)) or (noted("Reminder, late") if is_late else noted("Reminder"))
    quote = None if ending_of(slot) else _quote(occasion, tongue)
    return Section(
        kicker=tongue.say(kicker),
        title=_title(occasion, slot, today, tongue),
        url=http_url(occasion.url) if occasion.url else None,
        body=tuple(filter(None, (_found(occasion, slot, tongue), quote))),
        footer=tongue.say("Story {name}", name=story_name(occasion.story)),
        controls="" if ending_of(slot) else "date",
    )


def _title(occasion: Occasion, slot: str, today: date, tongue: Tongue) -> str:
    day, what = _day(occasion.due, today, tongue), named(occasion, tongue)
    if ending_of(slot):
        return _ending(occasion, ending_of(slot), today, tongue)
    if slot in (OUTCOME, FOUND):
        if (today - occasion.due).days == 1:
            return tongue.say("Yesterday was due: {what}", what=what)
        return tongue.say("On {day} was due: {what}", day=day, what=what)
    if occasion.precision in FROM and occasion.type in ("effective", "event"):
        day = tongue.say("from {day}", day=day)
    at = f", {occasion.at}" if occasion.at else ""
    return f"{time_left(occasion.due, today, tongue)}, {day}{at}{_happening(occasion, tongue)}"


def _ending(occasion: Occasion, ending: str, today: date, tongue: Tongue) -> str:
    day, what = _day(occasion.due, today, tongue), named(occasion, tongue)
    if ending == "met":
        return tongue.say("Done: {what}, due {day}", what=what, day=day)
    if ending == "denied":
        return tongue.say("Denied, and no longer expected on {day}: {what}", day=day, what=what)
    if occasion.moved_to is None:
        return tongue.say("No longer due on {day}: {what}", day=day, what=what)
    new = _day(occasion.moved_to, today, tongue)
    return tongue.say("Moved from {day} to {new_day}: {what}", day=day, new_day=new, what=what)


def _day(day: date, today: date, tongue: Tongue) -> str:
    return tongue.day(day, "short" if day.year == today.year else "full")


def time_left(due: date, today: date, tongue: Tongue = ENGLISH) -> str:
    """`In 7 days`, `Tomorrow`, `Today`, or how long ago it was."""
    days = (due - today).days
    near = {-1: noted("Yesterday"), 0: noted("Today"), 1: noted("Tomorrow")}
    if days in near:
        return tongue.say(near[days])
    if days < 0:
        return tongue.count("{n} day ago", "{n} days ago", -days)
    return tongue.count("In {n} day", "In {n} days", days)


def named(occasion: Occasion, tongue: Tongue = ENGLISH) -> str:
    """What is due, and by whom: `rare-earth roadmap (government of Russia)`."""
    return _by(occasion, occasion.what or tongue.say(UNNAMED[occasion.type]))


def _happening(occasion: Occasion, tongue: Tongue) -> str:
    if not occasion.what:
        return f": {named(occasion, tongue)}"
    return _by(occasion, tongue.say(WORDS[occasion.type], what=occasion.what))


def _by(occasion: Occasion, what: str) -> str:
    return f"{what} ({occasion.who})" if occasion.who else what


def _found(occasion: Occasion, slot: str, tongue: Tongue) -> Line | None:
    if slot not in (OUTCOME, FOUND) and not (ending_of(slot) and occasion.answer):
        return None
    if occasion.answer is None:
        return (tongue.say("Nothing found yet; still watching."),)
    headline, url = occasion.answer
    link = http_url(url) if url else None
    said = noted("Found since, and it seems missed") if occasion.state == "missed" else noted("Found since")
    said = noted("Says") if ending_of(slot) else said
    return (f"{tongue.say(said)}: ", Link(headline, link) if link else headline)


def _quote(occasion: Occasion, tongue: Tongue) -> Line | None:
    if not occasion.evidence:
        return None
    words = occasion.evidence
    if len(words) > LONGEST_QUOTE:
        words = words[:LONGEST_QUOTE].rpartition(" ")[0] + " ..."
    told = f", {tongue.day(occasion.told_on, 'bare')}" if occasion.told_on else ""
    return (f'"{words}" - {occasion.outlet}{told}',)
