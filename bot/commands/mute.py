"""`mute`: hear no more of a story, or of a source, here; what is muted, and ending it. `less` learns from a story."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from bot.commands.command import Call, Command, Desk, Parameter, Reply, Unclear
from bot.commands.following import mute_line
from bot.commands.less import LESS, mute_here, run_less
from bot.commands.nearest import either
from bot.commands.outlets import near_sources
from bot.commands.replies import PAGE, blocks, page_note, page_of
from bot.commands.story import find_story
from bot.commands.suggest import suggest_mutes, suggest_stories_and_sources
from bot.commands.target import WHERE, Target, choose_target
from bot.core.messages import Line, Moment, Section
from bot.core.sources import Outlet, is_called
from bot.core.stories.names import story_id, story_name
from bot.core.text.urls import http_url
from bot.storage import dossier, mutes
from bot.storage.feeds import list_feeds
from bot.storage.mutes import Mute, Subject

KIND = re.compile(r"^(?:source|story)[:\s]\s*(?=\S)", re.IGNORECASE)
"""`mute source Reuters`, `mute source:reuters`: said, and not needed."""

LESS_WORDS = re.compile(r"^[\"“]?less like this[\"”]?:?\s+(\S.*)$", re.IGNORECASE)


async def run_add(desk: Desk, call: Call) -> Reply:
    """Mute a story or a source; "less like this" with a story asks how."""
    what = str(call.arguments["what"])
    if asked := LESS_WORDS.match(what):
        less = {name: value for name, value in call.arguments.items() if name == "where"}
        return await run_less(desk, Call(("mute", "less"), {"story": asked[1], **less}, call.who, call.where))
    target = await choose_target(desk, call, is_change=True, what="muted")
    subject = await read_subject(desk, KIND.sub("", what))
    until = desk.now + timedelta(days=int(call.arguments["days"])) if "days" in call.arguments else None
    await mute_here(desk, call, target, subject, until)
    return blocks(desk, _muted(subject, target, until), choices=(_ending(subject), "mute list"))


def _muted(subject: Subject, target: Target, until: datetime | None) -> Section:
    when: Line = (" until ", Moment(until, "day"), ".") if until else (" until you end it.",)
    said = "Its alert is edited no more, and nothing more of it is shown" if subject.story else OF_SOURCE
    return Section(title=f"Muted {target.words}", body=((subject.name,), (said, *when)))


OF_SOURCE = "What it alone tells makes no alert"


def _ending(subject: Subject) -> str:
    return f"mute off {story_name(subject.story) if subject.story else subject.name}"


async def read_subject(desk: Desk, what: str) -> Subject:
    """A story by id or link, a source by name, or a story by words of its headline. Raises Unclear."""
    number = story_id(what.strip("\"“”'#"))
    if not http_url(what) and (number is None or not await dossier.may_see(desk.tx, number, desk.tenant)):
        known = await list_feeds(desk.tx, desk.tenant)
        feed = next((one for one in known if is_called(what, Outlet(one.title, one.url))), None)
        if feed is not None:
            return Subject(0, what.casefold(), feed.title or what)
    try:
        view = await find_story(desk, what, "mute add")
    except Unclear as error:
        if not error.choices or error.choices == ("latest",):
            await _suggest_source(desk, what)
        raise
    return Subject(view.id, "", f"{story_name(view.id)}, {view.headline}")


async def _suggest_source(desk: Desk, what: str) -> None:
    """Raise Unclear where a source is called nearly so."""
    close = tuple(f"mute add {title}" for title in near_sources(what, await list_feeds(desk.tx, desk.tenant)))
    if close:
        raise Unclear(f'Neither a story nor a source is called "{what}".', f"Did you mean {either(close)}?", close)


async def run_list(desk: Desk, call: Call) -> Reply:
    """A page of mutes in force, oldest first."""
    target = await choose_target(desk, call, is_change=False)
    rows = await mutes.list_mutes(desk.tx, target.channel, desk.now)
    if not rows:
        return blocks(desk, Section(body=((f"Nothing is muted {target.words}.",),)), choices=("following",))
    page = page_of(desk, call, len(rows))
    shown = rows[(page.number - 1) * PAGE : page.number * PAGE]
    section = Section(
        title=f"Muted {target.words}", lines=tuple(map(mute_line, shown)), footer=page_note(page, "mute", "mutes")
    )
    return blocks(desk, section, choices=tuple(_ending(row.subject) for row in shown[:5]), page=page)


async def run_off(desk: Desk, call: Call) -> Reply:
    """End one mute, by its story, its source or its number in the list."""
    target = await choose_target(desk, call, is_change=True, what="muted")
    rows = await mutes.list_mutes(desk.tx, target.channel, desk.now)
    meant = _choose(rows, str(call.arguments["what"]), target)
    await mutes.end_mute(desk.tx, target.channel, meant.id)
    said = f"{meant.subject.name} is no longer muted {target.words}."
    return blocks(desk, Section(body=((said,),)), choices=("mute list", "following"))


def _choose(rows: list[Mute], wanted: str, target: Target) -> Mute:
    """The mute meant. Raises Unclear with those there are."""
    plain = wanted.strip("\"“”' #").casefold()
    if plain.isdecimal() and 1 <= int(plain) <= len(rows):
        return rows[int(plain) - 1]
    for row in rows:
        called = (row.subject.source, row.subject.name.casefold())
        if plain in called or (row.subject.story and story_id(plain) == row.subject.story):
            return row
    choices = tuple(_ending(row.subject) for row in rows[:3])
    todo = f"Muted is: {either(row.subject.name for row in rows[:3])}." if rows else f"Nothing is muted {target.words}."
    raise Unclear(f'"{wanted}" is not muted {target.words}. Nothing was changed.', todo, choices or ("following",))


MUTE = Command(
    "mute",
    "hear no more of a story or a source",
    falls_to="add",
    subcommands=(
        Command(
            "add",
            "hear no more of a story or a source, here",
            run_add,
            (
                Parameter("what", "rest", "a story or a source", required=True, suggest=suggest_stories_and_sources),
                Parameter("days", "integer", "for so many days"),
                WHERE,
            ),
            examples=("mute K7Q2", "mute Reuters 7"),
        ),
        LESS,
        Command(
            "list",
            "what is muted here",
            run_list,
            (WHERE, Parameter("page", "integer", "page of the list")),
            examples=("mute list",),
        ),
        Command(
            "off",
            "end a mute",
            run_off,
            (Parameter("what", "rest", "what is muted", required=True, suggest=suggest_mutes), WHERE),
            examples=("mute off K7Q2", "mute off Reuters"),
        ),
    ),
)
