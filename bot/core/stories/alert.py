"""An alert as blocks: a pure function of a story's state, and of what a channel follows and chose. Draws nothing.

In full, or compact: then the reason and the history are left to `why` and `story`, and sources and id are one line.
What became of the story, and what changed, stands in both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.core.agreeing import Saying
from bot.core.messages import Fact, Inline, Line, Link, Moment, Section
from bot.core.stories.changes import WITHDRAWN, Said, turn_facts, word_of
from bot.core.stories.names import story_name
from bot.core.stories.said import change_words
from bot.core.text.urls import http_url
from bot.core.tongue import ENGLISH, Tongue, noted
from bot.core.weight import Weight

OFFICIAL = noted("(official)")
SPLIT = {"split": noted("Split from"), "parted": noted("Split off")}
DEADLINES_SHOWN = 3
SOURCES_SHOWN = 3

STYLES = ("full", "compact")
SHORT_SUMMARY = 200
"""Characters of the summary in a compact alert."""


@dataclass(frozen=True, slots=True)
class Source:
    """One outlet that told the story. `tier` 0 is official."""

    title: str
    tier: int
    url: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """A date that the story sets, as it is shown."""

    on: date
    type: str
    what: str
    who: str
    is_confirmed: bool
    at: str = ""  # the time of day as its text has it: `17:00 Eastern`
    sources: int = 1  # how many of the story's say so
    sayings: tuple[Saying, ...] = ()  # where they name different days: who says which


@dataclass(frozen=True, slots=True)
class StoryState:
    """All that an alert is made of. `topics` and `why` are those of the channel it is for."""

    id: int
    rev: int
    headline: str
    summary: str
    url: str | None
    change: str
    changed_at: datetime
    sources: tuple[Source, ...]
    deadlines: tuple[Due, ...]
    topics: tuple[str, ...]
    why: str
    weight: int = 0
    follows: tuple[int, str] | None = None  # number and headline of the story whose next development it is
    also: tuple[int, ...] = ()  # stories that were told apart and are this one
    turns: tuple[Said, ...] = ()  # what became of it, the first turn first


def compose_alert(story: StoryState, today: date, style: str = "full", tongue: Tongue = ENGLISH) -> Section:
    """The alert of a story: kind, headline, summary, dates, sources, reason, and what changed, in this order."""
    kinds = (word_of(story.turns), Weight(story.weight).word)
    facts = _compact_facts(story, today, tongue) if style == "compact" else _facts(story, today, tongue)
    if story.rev > 1 and story.change:
        change = f": {change_words(story.change, tongue)}"
        facts.append(Fact(tongue.say("Updated"), (Moment(story.changed_at, "time"), change)))
    return Section(
        kicker=" · ".join(filter(None, (*(tongue.say(kind) for kind in kinds if kind), *story.topics))),
        title=story.headline,
        url=http_url(story.url) if story.url else None,
        body=_body(story, tongue),
        facts=tuple(facts),
        footer="" if style == "compact" else tongue.say("Story {name}", name=story_name(story.id)),
    )


def _facts(story: StoryState, today: date, tongue: Tongue) -> list[Fact]:
    facts = [Fact(tongue.say("Due"), line) for line in due_lines(story.deadlines, today, tongue)]
    facts.append(Fact(tongue.say("Sources"), sources_line(story.sources, tongue)))
    facts += turn_facts(story.turns, today, tongue)
    if story.follows:
        number, headline = story.follows
        facts.append(Fact(tongue.say("Follows"), (f"{headline} ({story_name(number)})",)))
    facts += [Fact(tongue.say(SPLIT[one.kind]), (f"{one.other[1]} ({story_name(one.other[0])})",))
              for one in story.turns if one.kind in SPLIT and one.other]  # fmt: skip
    if story.also:
        facts.append(Fact(tongue.say("Also told as"), (", ".join(map(story_name, story.also)),)))
    if story.why:
        facts.append(Fact(tongue.say("Matched"), (story.why,)))
    return facts


def _compact_facts(story: StoryState, today: date, tongue: Tongue) -> list[Fact]:
    """The soonest date and a count of the others, what became of the story, and one line of sources and id."""
    ahead = _ahead(story.deadlines, today)
    more = f" · {tongue.say('+{n} more', n=len(ahead) - 1)}" if len(ahead) > 1 else ""
    facts = [Fact(tongue.say("Due"), (f"{due_text(one, today, tongue)}{more}",)) for one in ahead[:1]]
    facts += turn_facts(story.turns, today, tongue)
    mark = tongue.say("Story {name}", name=story_name(story.id))
    if story.follows:
        mark += ", " + tongue.say("follows {name}", name=story_name(story.follows[0]))
    facts.append(Fact(tongue.say("Sources"), (*short_sources(story.sources, tongue), f" · {mark}")))
    return facts


def _body(story: StoryState, tongue: Tongue) -> tuple[Line, ...]:
    """The summary, or the source's own words where a moderator withdrew it."""
    is_withdrawn = any(one.kind == "summary" for one in story.turns)
    return tuple((words,) for words in (tongue.say(WITHDRAWN) if is_withdrawn else "", story.summary) if words)


def _ahead(deadlines: Sequence[Due], today: date) -> list[Due]:
    return sorted((d for d in deadlines if d.on >= today), key=lambda d: d.on)


def due_lines(deadlines: Sequence[Due], today: date, tongue: Tongue = ENGLISH) -> tuple[Line, ...]:
    """One line a deadline, soonest first, at most three and a count of the rest."""
    ahead = _ahead(deadlines, today)
    lines: list[Line] = [(due_text(deadline, today, tongue),) for deadline in ahead[:DEADLINES_SHOWN]]
    if len(ahead) > DEADLINES_SHOWN:
        lines.append((tongue.say("+{n} more", n=len(ahead) - DEADLINES_SHOWN),))
    return tuple(lines)


def due_text(deadline: Due, today: date, tongue: Tongue = ENGLISH) -> str:
    """`Mon 1 Dec 2025 (in 27 days): roadmap, by the cabinet`, of a date that is not past."""
    day = tongue.day(deadline.on)
    if deadline.at:
        day += f", {deadline.at}"
    what = deadline.what
    if what and deadline.who:
        what = tongue.say("{what}, by {who}", what=what, who=deadline.who)
    said = f"{day} ({_left(deadline.on, today, tongue)}){f': {what}' if what else ''}"
    if not deadline.is_confirmed:
        said += f" ({tongue.say('unconfirmed')})"
    if deadline.sources > 1 and not deadline.sayings:
        count = tongue.count("{n} source says so", "{n} sources say so", deadline.sources)
        said += f" ({count})"
    return said + conflict(deadline.sayings, tongue)


def _left(due: date, today: date, tongue: Tongue) -> str:
    days = (due - today).days
    near = {0: tongue.say("today"), 1: tongue.say("tomorrow")}
    return near.get(days) or tongue.count("in {n} day", "in {n} days", days)


def conflict(sayings: Sequence[Saying], tongue: Tongue = ENGLISH) -> str:
    """`; conflict: Kremlin (official) says 1 Dec; Outlet B says 15 Dec`; "" where all say the same."""
    said = [
        tongue.say(
            "{source} says {day}",
            source=_titled(one.source, one.is_official, tongue),
            day=tongue.day(one.due, "bare"),
        )
        for one in sayings
    ]
    return f"; {tongue.say('conflict')}: {'; '.join(said)}" if said else ""


def _titled(title: str, is_official: bool, tongue: Tongue) -> str:
    return f"{title} {tongue.say(OFFICIAL)}" if is_official else title


def sources_line(sources: Sequence[Source], tongue: Tongue = ENGLISH) -> Line:
    """`First: Kremlin (official), 06:12 UTC · also: Outlet A, Outlet B, +4`; `media only` without an official one."""
    if not sources:
        return (tongue.say("unknown"),)
    line = [f"{tongue.say('First')}: ", *_told_first(sources, tongue)]
    names = _others(sources)
    if names:
        more = f", +{len(names) - SOURCES_SHOWN}" if len(names) > SOURCES_SHOWN else ""
        line.append(f" · {tongue.say('also')}: {', '.join(names[:SOURCES_SHOWN])}{more}")
    return (*line, *_media_only(sources, tongue))


def short_sources(sources: Sequence[Source], tongue: Tongue = ENGLISH) -> Line:
    """`Kremlin (official), 06:12 UTC · +6`: the first, and how many others."""
    if not sources:
        return (tongue.say("unknown"),)
    names = _others(sources)
    return (*_told_first(sources, tongue), *([f" · +{len(names)}"] if names else []), *_media_only(sources, tongue))


def _told_first(sources: Sequence[Source], tongue: Tongue) -> list[Inline]:
    first = min(sources, key=lambda source: source.at)
    official = [f" {tongue.say(OFFICIAL)}"] if first.tier == 0 else []
    return [_named(first), *official, ", ", Moment(first.at, "time")]


def _others(sources: Sequence[Source]) -> list[str]:
    first, *others = sorted(sources, key=lambda source: source.at)
    return list(dict.fromkeys(source.title for source in others if source.title != first.title))


def _media_only(sources: Sequence[Source], tongue: Tongue) -> list[Inline]:
    return [f" · {tongue.say('media only')}"] if all(source.tier > 0 for source in sources) else []


def _named(source: Source) -> Inline:
    link = http_url(source.url) if source.url else None
    return Link(source.title, link) if link else source.title
