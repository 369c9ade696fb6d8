"""Many stories in one message, a line each: a digest, what was held back, what is too many at once. Draws nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

import msgspec

from bot.core.messages import Line, Link, Message, Moment, Section
from bot.core.stories.alert import Due, due_text
from bot.core.stories.names import story_name
from bot.core.text.plain import shortened
from bot.core.text.urls import http_url
from bot.core.weight import Weight

OTHER = "Other"
DATES_AHEAD, DATES_SHOWN = 14, 8
"""Days of which a digest tells the dates, and how many it names."""

ROLLING_SHOWN = 10
LONGEST_HEADLINE = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """A story in a list. `topic`: what it came by here; `rank`: that one's place among those followed here."""

    story: int
    headline: str
    url: str | None
    source: str
    told_at: datetime
    weight: int = 0
    topic: str = OTHER
    rank: int = 1_000_000


@dataclass(frozen=True, slots=True)
class Ahead:
    """A date ahead, with its name and its story's link."""

    due: Due
    name: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Head:
    """What is said above a list: of which `form` it is, the local day, how many stories it has in all.

    `is_weekly`: a digest of a week; `is_more`: it goes on where another message ended.
    """

    form: str
    today: date
    total: int
    is_weekly: bool = False
    is_more: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One message of a list: what of it is shown. `left`: stories that it tells without naming them."""

    head: Head
    entries: Sequence[Entry]
    dates: Sequence[Ahead] = ()
    left: int = 0
    calls: tuple[str, ...] = ()


def arrange(entries: Sequence[Entry], form: str) -> list[Entry]:
    """By topic as followed, the weightiest first, then as they came; of what is too many, the newest first."""
    if form == "rolling":
        return sorted(entries, key=lambda entry: -entry.story)
    return sorted(entries, key=lambda entry: (entry.rank, entry.topic, -entry.weight, entry.story))


def compose_list(part: Part, zone: str) -> Message:
    """The message of a part. Its `picks` are the stories that it names, to be chosen from."""
    sections = [_head(part.head)]
    if part.head.form == "rolling":
        sections = [
            msgspec.structs.replace(sections[0], lines=tuple(entry_line(one, part.head) for one in part.entries))
        ]
    else:
        by_topic = groupby(part.entries, key=lambda entry: entry.topic)
        sections += [Section(title=topic, lines=tuple(entry_line(one, part.head) for one in some))
                     for topic, some in by_topic]  # fmt: skip
    if part.dates:
        sections.append(_dates(part.dates, part.head.today))
    sections[-1] = msgspec.structs.replace(sections[-1], footer=_footer(part), controls="more" if part.left else "list")
    picks = tuple((story_name(one.story), shortened(one.headline, LONGEST_HEADLINE)) for one in part.entries)
    return Message(tuple(sections), zone, calls=part.calls, picks=picks)


def _lines(entries: Iterable[Entry], head: Head) -> tuple[Line, ...]:
    return tuple(entry_line(entry, head) for entry in entries)


def _head(head: Head) -> Section:
    day = f"{head.today:%a} {head.today.day} {head.today:%b %Y}"
    count = f"{head.total} {'story' if head.total == 1 else 'stories'}"
    if head.form == "rolling":
        return Section(kicker="Many at once", title=f"{count} more within an hour")
    kicker = "Held until now" if head.form == "held" else "Weekly digest" if head.is_weekly else "Digest"
    if head.is_more:
        return Section(kicker=f"{kicker}, continued", title=day)
    return Section(kicker=kicker, title=f"{count}, {day}")


def entry_line(entry: Entry, head: Head) -> Line:
    """`Urgent · Headline · Wire · K7Q2`, the headline linked; with the day in a weekly digest, else the time."""
    word = Weight(entry.weight).word
    url = http_url(entry.url) if entry.url else None
    headline = shortened(entry.headline, LONGEST_HEADLINE)
    source = f" · {entry.source}" if entry.source else ""
    when: Line = () if head.form == "digest" and not head.is_weekly else (", ", Moment(entry.told_at, _style(head)))
    line = (f"{word} · " if word else "", Link(headline, url) if url else headline, source, *when, _mark(entry.story))
    return tuple(part for part in line if part != "")


def _style(head: Head) -> str:
    return "day" if head.is_weekly else "time"


def _mark(story: int) -> str:
    """The end of a story's line, by which it is known again."""
    return f" · {story_name(story)}"


def _dates(dates: Sequence[Ahead], today: date) -> Section:
    lines = [_date_line(one, today) for one in dates[:DATES_SHOWN]]
    if len(dates) > DATES_SHOWN:
        lines.append((f"+{len(dates) - DATES_SHOWN} more: deadline list",))
    return Section(title=f"Dates in the next {DATES_AHEAD} days", lines=tuple(lines))


def _date_line(one: Ahead, today: date) -> Line:
    url, text = http_url(one.url) if one.url else None, due_text(one.due, today)
    return (Link(text, url) if url else text, f" · {one.name}")


def _footer(part: Part) -> str:
    more = f'+{part.left} more: write "more". ' if part.left else ""
    if not part.entries:
        return more.strip()
    name = story_name(part.entries[0].story)
    return f"{more}Each by its id: story {name}, why {name}, mute {name}"


def revise(message: Message, changed: Mapping[str, Entry]) -> Message:
    """The same list with the lines of these stories, by name, written anew; all else stays as it was read."""
    kicker = message.sections[0].kicker
    form = "digest" if "igest" in kicker else "held"
    head = Head(form, date.min, 0, is_weekly=kicker.startswith("Weekly"))
    lines = {f" · {name}": entry_line(entry, head) for name, entry in changed.items()}
    sections = tuple(
        msgspec.structs.replace(section, lines=tuple(lines.get(_end(line), line) for line in section.lines))
        for section in message.sections
    )
    picks = tuple((name, shortened(changed[name].headline, LONGEST_HEADLINE) if name in changed else words)
                  for name, words in message.picks)  # fmt: skip
    return msgspec.structs.replace(message, sections=sections, picks=picks)


def _end(line: Line) -> str:
    return line[-1] if line and isinstance(line[-1], str) else ""
