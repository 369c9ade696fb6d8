"""Setting dates right by hand: add, confirm, move, done, dismiss. What is changed holds for this tenant alone."""

from __future__ import annotations

from datetime import date

from bot.commands.command import Call, Command, Desk, Parameter, Reply, Unclear
from bot.commands.moments import read_day
from bot.commands.replies import blocks
from bot.commands.story import find_story
from bot.commands.suggest import suggest_stories
from bot.commands.target import require_moderator
from bot.core.messages import Section
from bot.core.stories.names import date_name, read_date_name
from bot.storage import deadlines
from bot.storage.deadlines import Dated
from bot.storage.turns import raise_alerts

WHICH = Parameter("which", "text", "a story's id, with .2 for its second date", required=True, suggest=suggest_stories)
WHEN = Parameter("when", "rest", "a day, such as 1 December", required=True)
OTHER_DAY = "If another day is right, write: deadline move {} 5 December"


async def run_add(desk: Desk, call: Call) -> Reply:
    """A date of a story that its text does not say, or says in a way that was not understood."""
    _require_may(call)
    view = await find_story(desk, str(call.arguments["story"]), "deadline add")
    day = await read_day(desk, str(call.arguments["when"]))
    what = str(call.arguments.get("what", "")) or view.headline
    number = await deadlines.add_date(desk.tx, view.id, desk.tenant, day, what, desk.now)
    return await _reply(desk, view.id, number, f"Added: {_day(day)}, {what}.")


async def run_confirm(desk: Desk, call: Call) -> Reply:
    """Somebody's word that a date is right: people are reminded of it from now on."""
    dated = await choose_date(desk, call, "deadline confirm")
    number = await deadlines.set_date(desk.tx, dated, desk.tenant, desk.now, confidence=1.0, next_step_at=desk.now)
    return await _reply(desk, dated.story, number, f"Confirmed: {_day(dated.due_on)}, {_what(dated)}.")


async def run_move(desk: Desk, call: Call) -> Reply:
    """Another day for a date: its reminders begin anew, and those of the old day are not shown."""
    dated = await choose_date(desk, call, "deadline move")
    day = await read_day(desk, str(call.arguments["when"]))
    values = {"due_on": day, "precision": "day", "confidence": 1.0, "steps": "", "state": "open"}
    number = await deadlines.set_date(desk.tx, dated, desk.tenant, desk.now, **values, next_step_at=desk.now)
    return await _reply(desk, dated.story, number, f"Moved from {_day(dated.due_on)} to {_day(day)}: {_what(dated)}.")


async def run_done(desk: Desk, call: Call) -> Reply:
    """What was due has happened: no more reminders."""
    return await _end(desk, call, "done", "Done")


async def run_dismiss(desk: Desk, call: Call) -> Reply:
    """It is no date, or nobody here cares: no more reminders."""
    return await _end(desk, call, "dismissed", "Dismissed", OTHER_DAY)


async def _end(desk: Desk, call: Call, state: str, word: str, hint: str = "") -> Reply:
    dated = await choose_date(desk, call, f"deadline {call.command[-1]}")
    number = await deadlines.set_date(desk.tx, dated, desk.tenant, desk.now, state=state, next_step_at=None)
    said = f"{word}: {_day(dated.due_on)}, {_what(dated)}. No reminder follows."
    return await _reply(desk, dated.story, number, said, hint)


async def choose_date(desk: Desk, call: Call, command: str) -> Dated:
    """The date that `which` names, for somebody who may change it. Raises CommandError: none such, or several."""
    _require_may(call)
    wanted = str(call.arguments["which"])
    story, place = read_date_name(wanted)
    view = await find_story(desk, story, command)
    known = await deadlines.dates_of_story(desk.tx, view.id, desk.tenant)
    if not known:
        raise Unclear(
            f"The story {story} sets no date.", f"To give it one, write: deadline add {story} when: 1 December"
        )
    if place is None and len(known) > 1:
        choices = tuple(f"{command} {date_name(view.id, at + 1, len(known))}" for at in range(len(known)))
        listed = "; ".join(f".{at + 1} {_day(one.due_on)}" for at, one in enumerate(known))
        raise Unclear(f"The story sets {len(known)} dates: {listed}.", f"Write, for example: {choices[0]}", choices[:5])
    if not 1 <= (place or 1) <= len(known):
        raise Unclear(f"The story sets {len(known)} dates, and there is no .{place}.", "Nothing was changed.")
    return known[(place or 1) - 1]


def _require_may(call: Call) -> None:
    require_moderator(
        call,
        f"The dates shown in this {call.where.noun}",
        "are for its moderators to change",
        "In a direct chat with me you can change them for yourself.",
    )


async def _reply(desk: Desk, story: int, number: int, said: str, hint: str = "") -> Reply:
    await raise_alerts(desk.tx, story, [desk.tenant])
    known = [dated.id for dated in await deadlines.dates_of_story(desk.tx, story, desk.tenant)]
    name = date_name(story, known.index(number) + 1, len(known))
    lines = said, hint.format(name), "This holds here alone; the story's other readers see what its sources say."
    section = Section(body=tuple((line,) for line in lines if line), footer=f"Date {name}")
    return blocks(desk, section, choices=("deadline list", f"story {name.partition('.')[0]}"))


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b %Y}"


def _what(dated: Dated) -> str:
    return dated.what or "the date"


ADD = Command(
    "add",
    "give a story a date",
    run_add,
    (
        Parameter("story", "text", "a story's id", required=True, suggest=suggest_stories),
        WHEN,
        Parameter("what", "text", "what is due"),
    ),
    examples=('deadline add K7Q2 1 December what: "rare-earth roadmap"',),
)
CONFIRM = Command("confirm", "say that an unconfirmed date is right", run_confirm, (WHICH,),
                  examples=("deadline confirm K7Q2", "deadline confirm K7Q2.2"))  # fmt: skip
MOVE = Command("move", "another day for a date", run_move, (WHICH, WHEN), examples=("deadline move K7Q2 5 December",))
DONE = Command("done", "it has happened", run_done, (WHICH,), examples=("deadline done K7Q2",))
DISMISS = Command("dismiss", "it is no date", run_dismiss, (WHICH,), examples=("deadline dismiss K7Q2",))
