"""`remind`: personal reminders, of a story's date or of anything, in the asker's direct chat."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.commands.command import Call, Command, Desk, Parameter, Reply, Unclear
from bot.commands.moments import read_moment, said
from bot.commands.replies import blocks, counted, linked
from bot.commands.story import find_story
from bot.commands.suggest import suggest_stories
from bot.commands.target import choose_target
from bot.core.messages import Line, Moment, Section
from bot.core.reminders import morning
from bot.core.stories.names import story_id, story_name
from bot.storage import notes, places
from bot.storage.deadlines import dates_of_story
from bot.storage.notes import Note

MOST = 100
"""Reminders one person may have waiting."""


async def run_add(desk: Desk, call: Call) -> Reply:
    """A reminder of a story or of a few words. Without a time, a story's is the morning before its next date."""
    target = await choose_target(desk, _for_me(call), is_change=False)
    person = await places.ensure_person(desk.tx, call.who.platform, call.who.remote_id)
    if len(await notes.list_notes(desk.tx, person, desk.now)) >= MOST:
        raise Unclear(f"{MOST} reminders are waiting, and no more are kept.", "Remove one first.", ("remind list",))
    what, when = _split(call)
    story, text = await _read_what(desk, what)
    due_at = await read_moment(desk, when) if when else await _usual_time(desk, story)
    await notes.add_note(desk.tx, person, target.channel, text, story, due_at, desk.now)
    about = f"story {story_name(story)}" if story else f'"{text}"'
    section = Section(body=((f"I will remind you of {about} {target.words}: {said(due_at, desk.zone)}.",),))
    return blocks(desk, section, choices=("remind list",))


def _for_me(call: Call) -> Call:
    return Call(call.command, {**call.arguments, "where": "me"}, call.who, call.where)


def _split(call: Call) -> tuple[str, str]:
    """What and when; after a story's id the other words are the time: `remind add K7Q2 tomorrow 9:00`."""
    what, when = str(call.arguments["what"]), str(call.arguments.get("when", ""))
    first, _, rest = what.partition(" ")
    if not when and story_id(first) is not None:
        return first, rest
    return what, when


async def _read_what(desk: Desk, what: str) -> tuple[int | None, str]:
    if story_id(what) is None:
        return None, what.strip("\"“”„'")
    view = await find_story(desk, what, "remind add")
    return view.id, ""


async def _usual_time(desk: Desk, story: int | None) -> datetime:
    """The morning before the story's next date, or tomorrow's. Raises Unclear for mere words."""
    if story is None:
        raise Unclear("When?", 'Add it: remind add "read the decree" when: tomorrow 9:00')
    today = desk.now.astimezone(ZoneInfo(desk.zone)).date()
    tomorrow = today + timedelta(days=1)
    known = await dates_of_story(desk.tx, story, desk.tenant)
    ahead = [one.due_on - timedelta(days=1) for one in known if one.state == "open" and one.due_on > tomorrow]
    return morning(min(ahead, default=tomorrow), desk.zone)


async def run_list(desk: Desk, call: Call) -> Reply:
    """The asker's reminders, by time, with the numbers that the others take."""
    known = await _notes(desk, call)
    if not known:
        said_so = "You have no reminders. To make one, write: remind add K7Q2 tomorrow 9:00"
        return blocks(desk, Section(body=((said_so,),)))
    lines = tuple(_line(number, note) for number, note in enumerate(known, 1))
    section = Section(title="Your reminders", lines=lines, footer=f"{counted(len(known), 'reminder', 'reminders')}.")
    return blocks(desk, section, choices=("remind remove 1", "remind snooze 1"))


async def run_snooze(desk: Desk, call: Call) -> Reply:
    """A reminder at another time, tomorrow morning unless one is said."""
    note = await _choose(desk, call, "remind snooze")
    when = str(call.arguments.get("when", ""))
    due_at = await read_moment(desk, when) if when else await _usual_time(desk, note.story or 0)
    await notes.put_off(desk.tx, note, due_at, desk.now)
    return blocks(desk, Section(body=((f"Put off to {said(due_at, desk.zone)}: {_words(note)}.",),)))


async def run_remove(desk: Desk, call: Call) -> Reply:
    """One reminder less."""
    note = await _choose(desk, call, "remind remove")
    await notes.remove_note(desk.tx, note, desk.now)
    return blocks(desk, Section(body=((f"Removed: {_words(note)}.",),)), choices=("remind list",))


async def _notes(desk: Desk, call: Call) -> list[Note]:
    person = await places.ensure_person(desk.tx, call.who.platform, call.who.remote_id)
    return await notes.list_notes(desk.tx, person, desk.now)


async def _choose(desk: Desk, call: Call, command: str) -> Note:
    known = await _notes(desk, call)
    number = int(call.arguments.get("number", 1))
    if not known:
        raise Unclear("You have no reminders.", "To make one, write: remind add K7Q2 tomorrow 9:00")
    if number > len(known):
        listed = counted(len(known), "reminder", "reminders")
        raise Unclear(f"You have {listed}, and no number {number}.", "", ("remind list", f"{command} {len(known)}"))
    return known[number - 1]


def _words(note: Note) -> str:
    return note.text or note.headline or "a story that is no longer kept"


def _line(number: int, note: Note) -> Line:
    came = " (shown; it can be put off)" if note.is_shown else ""
    return (f"{number}. ", Moment(note.due_at), ": ", linked(_words(note), note.url), came)


NUMBER = Parameter("number", "integer", "its number in remind list", required=True)
WHEN = Parameter("when", "rest", "a time, such as tomorrow 9:00 or in 3 days")

REMIND = Command(
    "remind",
    "reminders for yourself",
    subcommands=(
        Command("list", "your reminders", run_list, examples=("remind list",)),
        Command(
            "add",
            "be reminded of a story or of your own words",
            run_add,
            (
                Parameter("what", "rest", "a story's id, or your own words", required=True, suggest=suggest_stories),
                Parameter("when", "text", "a time, such as tomorrow 9:00; without one, before the story's next date"),
            ),
            examples=(
                "remind add K7Q2",
                "remind add K7Q2 in 3 days",
                'remind add "read the decree" when: "1 December"',
            ),
        ),
        Command("snooze", "put a reminder off", run_snooze, (NUMBER, WHEN), examples=("remind snooze 1 in 2 hours",)),
        Command("remove", "forget a reminder", run_remove, (NUMBER,), examples=("remind remove 1",)),
    ),
)
