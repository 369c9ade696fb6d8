"""A story over time, in lines: who told it, what became of it, its dates with their states, its links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.commands.command import Desk
from bot.commands.replies import fact, linked
from bot.core.messages import Fact, Inline, Line, Moment
from bot.core.reminders import SURE
from bot.core.stories.alert import Due, due_text
from bot.core.stories.changes import WITHDRAWN, WORDS
from bot.core.stories.names import story_name
from bot.core.stories.said import change_words
from bot.core.summary import opening_words, summarise
from bot.storage import threads
from bot.storage.deadlines import Dated, dates_of_story
from bot.storage.dossier import StoryView, Telling
from bot.storage.turns import Turn, also_told_as, told_as, turns_of

TIERS = {0: "official", 1: "wire or major outlet", 2: "trade press or other"}
STATES = {"open": "past; still watched", "silent": "nothing came of it"}
DATES = 10


async def read_turns(desk: Desk, view: StoryView) -> list[Turn]:
    """What became of it, as it is seen here."""
    return await turns_of(desk.tx, await told_as(desk.tx, view.id, desk.tenant), desk.tenant)


def standing_word(turns: Sequence[Turn]) -> str:
    """`Denied`, `Corrected`, `Retracted`, or "": what its alert has first."""
    return next((WORDS[turn.kind] for turn in reversed(turns) if turn.kind in WORDS), "")


def told_words(view: StoryView, turns: Sequence[Turn]) -> tuple[Line, ...]:
    """The summary; the source's own words where a moderator withdrew it."""
    text = view.tellings[0].text if view.tellings else ""
    if any(turn.kind == "summary" for turn in turns):
        return tuple((words,) for words in (WITHDRAWN, opening_words(text)) if words)
    said = view.summary or summarise(view.headline, text)
    return ((said,),) if said else ()


def read_history(view: StoryView, turns: Sequence[Turn]) -> list[Line]:
    """Tellings, numbered as `fix` takes them, and turns, in the order of time."""
    dated: list[tuple[datetime, int, Line]] = [
        (one.published or one.seen, at, _telling(at, one, view.tellings[0]))
        for at, one in enumerate(view.tellings, start=1)
    ]
    dated += [(turn.at, len(dated) + at, _turn(turn)) for at, turn in enumerate(_worth(view, turns))]
    return [line for _, _, line in sorted(dated, key=lambda entry: entry[:2])]


def _telling(number: int, telling: Telling, first: Telling) -> Line:
    said: list[Inline] = [f"{number} · ", Moment(telling.published or telling.seen), " · ",
                          linked(telling.feed, telling.url)]  # fmt: skip
    if telling.tier in TIERS:
        said.append(f" ({TIERS[telling.tier]})")
    if telling.title:
        said.append(f": {telling.title}")
    if telling.edits:
        said.append(f" (edited {telling.edits} time{'' if telling.edits == 1 else 's'})")
    if telling.is_repeat:
        said += [". Old words: first seen ", Moment(first.published or first.seen, "day")]
    return tuple(said)


def _worth(view: StoryView, turns: Iterable[Turn]) -> list[Turn]:
    """Those that say more than that a source joined, which its own line says, or that another story is this one."""
    own = (turn for turn in turns if turn.kind != "merged" or turn.other != view.id)
    return [turn for turn in own if not re.fullmatch(r"\+\d+ sources?", change_words(turn.said))]


def _turn(turn: Turn) -> Line:
    """`14:02 · Denied by Kremlin, reported by Wire: "..."`, or what changed."""
    word, who = WORDS.get(turn.kind), change_words(turn.who)
    if word is None:
        said = change_words(turn.said)
        by = f" ({who})" if who and who not in said else ""
        return (Moment(turn.at), " · ", said[:1].upper() + said[1:], by)
    by = f" {who}" if who.startswith("by ") else f", {who}" if who else ""
    quote: Sequence[Inline] = (': "', linked(turn.said, turn.url), '"') if turn.said else ()
    return (Moment(turn.at), f" · {word}{by}", *quote)


async def date_facts(desk: Desk, view: StoryView) -> list[Fact]:
    """Its dates, soonest first: how long until those ahead, and what became of the others."""
    today = desk.now.astimezone(ZoneInfo(desk.zone)).date()
    known = await dates_of_story(desk.tx, view.id, desk.tenant)
    by_number = {one.id: one for one in known}
    facts = [_date(one, by_number.get(one.replaced_by or 0), today) for one in known[:DATES]]
    return [*facts, fact("Date", f"+{len(known) - DATES} more")] if len(known) > DATES else facts


def _date(dated: Dated, moved_to: Dated | None, today: date) -> Fact:
    if dated.state == "open" and dated.due_on >= today:
        due = Due(dated.due_on, dated.type, dated.what, dated.who, dated.confidence >= SURE, dated.at)
        return fact("Due", due_text(due, today))
    state = STATES.get(dated.state, dated.state)
    if dated.state == "moved" and moved_to is not None:
        state = f"moved to {_day(moved_to)}"
    what = f": {dated.what}" if dated.what else ""
    who = f", by {dated.who}" if dated.who and dated.what else ""
    return fact("Date", f"{_day(dated)}{what}{who} ({state})")


def _day(dated: Dated) -> str:
    day = dated.due_on
    return f"{day:%a} {day.day} {day:%b %Y}"


async def link_facts(desk: Desk, view: StoryView) -> list[Fact]:
    """The stories that it is linked with, and the ids under which it was told, too."""
    facts = [
        fact(one.how, f"{one.headline} ({story_name(one.story)})")
        for one in await threads.linked_stories(desk.tx, view.id, desk.tenant)
    ]
    also = await also_told_as(desk.tx, view.id, desk.tenant)
    return [*facts, fact("Also told as", ", ".join(map(story_name, also)))] if also else facts
