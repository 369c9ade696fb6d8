"""An alert as blocks: a pure function of a story's state and of what a channel follows. Draws nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.core.agreeing import Saying
from bot.core.messages import Fact, Inline, Line, Link, Moment, Section
from bot.core.stories.changes import WITHDRAWN, Said, turn_facts, word_of
from bot.core.stories.names import story_name
from bot.core.text.urls import http_url
from bot.core.weight import Weight

TIER_WORDS = {0: " (official)"}
SPLIT = {"split": "Split from", "parted": "Split off"}
DEADLINES_SHOWN = 3
SOURCES_SHOWN = 3


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


def compose_alert(story: StoryState, today: date) -> Section:
    """The alert of a story: kind, headline, summary, dates, sources, reason, and what changed, in this order."""
    facts = [Fact("Due", line) for line in due_lines(story.deadlines, today)]
    facts.append(Fact("Sources", sources_line(story.sources)))
    facts += turn_facts(story.turns, today)
    if story.follows:
        number, headline = story.follows
        facts.append(Fact("Follows", (f"{headline} ({story_name(number)})",)))
    facts += [Fact(SPLIT[one.kind], (f"{one.other[1]} ({story_name(one.other[0])})",))
              for one in story.turns if one.kind in SPLIT and one.other]  # fmt: skip
    if story.also:
        facts.append(Fact("Also told as", (", ".join(map(story_name, story.also)),)))
    if story.why:
        facts.append(Fact("Matched", (story.why,)))
    if story.rev > 1 and story.change:
        facts.append(Fact("Updated", (Moment(story.changed_at, "time"), f": {story.change}")))
    return Section(
        kicker=" · ".join(filter(None, (word_of(story.turns), Weight(story.weight).word, *story.topics))),
        title=story.headline,
        url=http_url(story.url) if story.url else None,
        body=_body(story),
        facts=tuple(facts),
        footer=f"Story {story_name(story.id)}",
    )


def _body(story: StoryState) -> tuple[Line, ...]:
    """The summary, or the source's own words where a moderator withdrew it."""
    is_withdrawn = any(one.kind == "summary" for one in story.turns)
    return tuple((words,) for words in (WITHDRAWN if is_withdrawn else "", story.summary) if words)


def due_lines(deadlines: Sequence[Due], today: date) -> tuple[Line, ...]:
    """One line a deadline, soonest first, at most three and a count of the rest."""
    ahead = sorted((d for d in deadlines if d.on >= today), key=lambda d: d.on)
    lines: list[Line] = [(due_text(deadline, today),) for deadline in ahead[:DEADLINES_SHOWN]]
    if len(ahead) > DEADLINES_SHOWN:
        lines.append((f"+{len(ahead) - DEADLINES_SHOWN} more",))
    return tuple(lines)


def due_text(deadline: Due, today: date) -> str:
    """`Mon 1 Dec 2025 (in 27 days): roadmap, by the cabinet`, of a date that is not past."""
    days = (deadline.on - today).days
    when = {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
    day = f"{deadline.on:%a} {deadline.on.day} {deadline.on:%b %Y}"
    if deadline.at:
        day += f", {deadline.at}"
    what = f": {deadline.what}" if deadline.what else ""
    who = f", by {deadline.who}" if deadline.who and deadline.what else ""
    doubt = "" if deadline.is_confirmed else " (unconfirmed)"
    said = f" ({deadline.sources} sources say so)" if deadline.sources > 1 and not deadline.sayings else ""
    return f"{day} ({when}){what}{who}{doubt}{said}{conflict(deadline.sayings)}"


def conflict(sayings: Sequence[Saying]) -> str:
    """`; conflict: Kremlin (official) says 1 Dec; Outlet B says 15 Dec`; "" where all say the same."""
    official = {True: " (official)", False: ""}
    said = [f"{one.source}{official[one.is_official]} says {one.due.day} {one.due:%b}" for one in sayings]
    return f"; conflict: {'; '.join(said)}" if said else ""


def sources_line(sources: Sequence[Source]) -> Line:
    """`First: Kremlin (official), 06:12 UTC · also: Outlet A, Outlet B, +4`; `media only` without an official one."""
    if not sources:
        return ("unknown",)
    ordered = sorted(sources, key=lambda source: source.at)
    first, others = ordered[0], ordered[1:]
    line: list[Inline] = ["First: ", _named(first), TIER_WORDS.get(first.tier, ""), ", ", Moment(first.at, "time")]
    names = list(dict.fromkeys(source.title for source in others if source.title != first.title))
    if names:
        more = f", +{len(names) - SOURCES_SHOWN}" if len(names) > SOURCES_SHOWN else ""
        line.append(f" · also: {', '.join(names[:SOURCES_SHOWN])}{more}")
    if all(source.tier > 0 for source in sources):
        line.append(" · media only")
    return tuple(part for part in line if part != "")


def _named(source: Source) -> Inline:
    link = http_url(source.url) if source.url else None
    return Link(source.title, link) if link else source.title
