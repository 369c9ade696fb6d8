"""`deadline`: the dates ahead, week by week; and setting one right by hand."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.commands.calendar import Entry, calendar_file
from bot.commands.command import Attachment, Call, Command, Desk, Parameter, Reply
from bot.commands.deadline_changes import ADD, CONFIRM, DISMISS, DONE, MOVE
from bot.commands.replies import PAGE, blocks, counted, linked, page_note, page_of
from bot.commands.suggest import suggest_topics
from bot.commands.timeline import Mark, timeline_file
from bot.commands.topic import choose_topic
from bot.core.agreeing import read_sayings
from bot.core.messages import Line, Section
from bot.core.reminders import SURE, read_ladder
from bot.core.stories.alert import conflict
from bot.core.stories.names import date_name
from bot.core.stories.reminder import UNNAMED, time_left
from bot.storage import places
from bot.storage.dates_gone import dates_gone
from bot.storage.deadlines import Ahead, Dated, dates_between
from bot.storage.following import list_following
from bot.storage.topics import list_topics

DAYS = 60
ALL = "All topics"


async def run_list(desk: Desk, call: Call) -> Reply:
    """The open dates of the next days, by week: on one topic, or on all topics and what is followed here."""
    title, queries = await _choose(desk, str(call.arguments.get("topic", "")))
    days = int(call.arguments.get("days", DAYS))
    today = desk.now.astimezone(ZoneInfo(desk.zone)).date()
    found = await dates_between(desk.tx, desk.tenant, queries, today, today + timedelta(days=days))
    here = {one.lineage.first for one in found}
    gone = await dates_gone(desk.tx, desk.tenant, queries, today, today + timedelta(days=days), here)
    files = await _files(desk, call, found, gone, today)
    if not found:
        about = "any topic" if title == ALL else title
        said = f"No date on {about} is known for the next {counted(days, 'day', 'days')}."
        return blocks(desk, Section(body=((said,),)), choices=("latest",), files=files)
    page = page_of(desk, call, len(found))
    shown = found[(page.number - 1) * PAGE : page.number * PAGE]
    head = Section(kicker="Dates ahead", title=f"{title}, next {counted(days, 'day', 'days')}")
    weeks = [_week(monday, list(dates), today) for monday, dates in groupby(shown, key=lambda one: _monday(one))]
    last = weeks.pop()
    note = page_note(page, "date", "dates")
    return blocks(desk, head, *weeks, Section(title=last.title, lines=last.lines, footer=note), page=page, files=files)


async def _files(
    desk: Desk, call: Call, found: Sequence[Ahead], gone: Sequence[Ahead], today: date
) -> tuple[Attachment, ...]:
    """On the first page, the dates as a calendar file, with `gone` for whoever imported it, and as a picture."""
    if int(call.arguments.get("page", 1)) > 1 or not (found or gone):
        return ()
    ladder = read_ladder(await places.ladder_of(desk.tx, desk.channel))
    calendar = await asyncio.to_thread(calendar_file, [entry_of(one) for one in (*found, *gone)], ladder, desk.now)
    files = (calendar, json_file(found)) if call.arguments.get("format") else (calendar,)
    look = str(call.arguments.get("picture", "light"))
    if look == "off" or len(found) < 2:
        return files
    marks = [
        Mark(one.dated.due_on, title_of(one.dated), _name(one), is_sure(one.dated), UNNAMED.get(one.dated.type, ""))
        for one in found
    ]
    return (*files, await asyncio.to_thread(timeline_file, marks, today, look))


def json_file(found: Sequence[Ahead]) -> Attachment:
    """The dates for programs: a list of objects, soonest first."""
    rows = [
        {
            "date": one.dated.due_on.isoformat(),
            "time": one.dated.at or None,
            "precision": one.dated.precision,
            "type": one.dated.type,
            "what": one.dated.what,
            "who": one.dated.who,
            "confirmed": is_sure(one.dated),
            "evidence": one.dated.evidence,
            "name": _name(one),
            "headline": one.headline,
            "url": one.url,
        }
        for one in found
    ]
    body = json.dumps(rows, ensure_ascii=False, indent=1).encode()
    return Attachment("dates.json", "application/json", body, f"{counted(len(rows), 'date', 'dates')} as JSON")


def entry_of(one: Ahead) -> Entry:
    """A date as an entry of a calendar."""
    dated = one.dated
    return Entry(one.lineage.first, dated.story, dated.due_on, title_of(dated), one.headline, one.url, dated.evidence,
                 one.lineage.changes + 1, dated.state, is_sure(dated))  # fmt: skip


def title_of(dated: Dated) -> str:
    """What is due, and by whom."""
    what = dated.what or "date set"
    return f"{what} ({dated.who})" if dated.who else what


def is_sure(dated: Dated) -> bool:
    """Whether people are reminded of it."""
    return dated.confidence >= SURE


def _name(one: Ahead) -> str:
    return date_name(one.dated.story, one.place, one.dates)


async def _choose(desk: Desk, wanted: str) -> tuple[str, Sequence[int]]:
    if wanted:
        topic = await choose_topic(desk, wanted, "deadline list")
        return topic.title, [topic.query]
    here = await list_following(desk.tx, desk.channel, desk.now)
    queries = {topic.query for topic in await list_topics(desk.tx, desk.tenant)} | {row.query for row in here}
    return ALL, sorted(queries)


def _monday(one: Ahead) -> date:
    return one.dated.due_on - timedelta(days=one.dated.due_on.weekday())


def _week(monday: date, dates: list[Ahead], today: date) -> Section:
    this = today - timedelta(days=today.weekday())
    names = {this: "This week", this + timedelta(days=7): "Next week"}
    title = names.get(monday, f"Week of {monday.day} {monday:%b %Y}")
    return Section(title=title, lines=tuple(_line(one, today) for one in dates))


def _line(one: Ahead, today: date) -> Line:
    due = one.dated.due_on
    doubt = "" if is_sure(one.dated) else ", unconfirmed"
    what = one.dated.what or "date set"
    who = f", by {one.dated.who}" if one.dated.who else ""
    left = time_left(due, today)
    when = f"{due:%a} {due.day} {due:%b} ({left[0].lower()}{left[1:]}{doubt}): {what}{who}"
    when += f"{conflict(read_sayings(one.dated.sayings))} · "
    return (when, linked(one.headline, one.url), f" · {_name(one)}")


DEADLINE = Command(
    "deadline",
    "dates that the news sets, and what is ahead",
    subcommands=(
        Command(
            "list",
            "what is ahead, by date",
            run_list,
            (
                Parameter("topic", "rest", "a topic", suggest=suggest_topics),
                Parameter("days", "integer", f"how many days ahead, {DAYS} unless you say"),
                Parameter("page", "integer", "page of the list"),
                Parameter("picture", "choice", "how the picture looks, or none", choices=("light", "dark", "off")),
                Parameter("format", "choice", "a file for programs, too", choices=("json",)),
            ),
            examples=("deadline list", "deadline list rare-earths", "deadline list rare-earths 30"),
        ),
        ADD,
        CONFIRM,
        MOVE,
        DONE,
        DISMISS,
    ),
)
