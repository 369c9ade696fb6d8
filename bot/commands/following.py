"""`following`: what this channel, or the asker's direct chat, follows, with the alerts of the last 7 days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.commands.command import Call, Command, Desk, Parameter, Reply
from bot.commands.options import described
from bot.commands.replies import PAGE, blocks, counted, page_note, page_of
from bot.commands.target import WHERE, Target, choose_target
from bot.core.messages import Line, Moment, Section
from bot.storage.following import Following, list_following
from bot.storage.mutes import Mute, list_mutes

WINDOW = timedelta(days=7)
MUTES_SHOWN = 5


async def run(desk: Desk, call: Call) -> Reply:
    """A page of subscriptions, and the mutes in force."""
    target = await choose_target(desk, call, is_change=False)
    rows = own_first(await list_following(desk.tx, target.channel, desk.now - WINDOW))
    muted = await list_mutes(desk.tx, target.channel, desk.now)
    if not rows:
        said = f"Nothing is followed {target.words} yet. Write topic list to see what can be, then follow <topic>."
        return blocks(desk, Section(body=((said,),)), *_mutes(muted, target), choices=("topic list",))
    page = page_of(desk, call, len(rows))
    start = (page.number - 1) * PAGE
    lines = tuple(_line(row) for row in rows[start : start + PAGE])
    section = Section(
        title=f"Followed {target.words}",
        lines=lines,
        footer=page_note(page, "subscription", "subscriptions"),
    )
    return blocks(desk, section, *_mutes(muted, target), page=page)


def own_first(rows: Sequence[Following]) -> list[Following]:
    """Queries in somebody's own words before topics, each oldest first: they are what people look after."""
    return sorted(rows, key=lambda row: bool(row.title))


def _line(row: Following) -> Line:
    alerts = f"{counted(row.shown, 'alert', 'alerts')} in 7 days"
    name = f" ({row.name})" if row.title else ""
    options = f" · {said}" if (said := described(row.options)) else ""
    return (f"{row.title or row.name}{name} · {alerts}{options} · since ", Moment(row.created_at, "day"))


def _mutes(muted: Sequence[Mute], target: Target) -> tuple[Section, ...]:
    """The mutes in force, the newest ones; none is no section."""
    if not muted:
        return ()
    lines = tuple(map(mute_line, muted[-MUTES_SHOWN:]))
    return (Section(title=f"Muted {target.words}", lines=lines, footer="mute list shows how to end one."),)


def mute_line(muted: Mute) -> Line:
    """What is muted, and how long."""
    kind = "story" if muted.subject.story else "source"
    if muted.until is None:
        return (f"{muted.subject.name} ({kind}) · until you end it",)
    return (f"{muted.subject.name} ({kind}) · until ", Moment(muted.until, "day"))


FOLLOWING = Command(
    "following",
    "what is followed here, with counts of the last 7 days",
    run,
    (WHERE, Parameter("page", "integer", "page of the list")),
    examples=("following", "following where: me"),
)
