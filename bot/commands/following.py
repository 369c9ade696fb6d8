"""`following`: what this channel, or the asker's direct chat, follows, with the alerts of the last 7 days."""

from __future__ import annotations

from datetime import timedelta

from bot.commands.command import Call, Command, Desk, Parameter, Reply
from bot.commands.replies import PAGE, blocks, counted, page_note, page_of
from bot.commands.target import WHERE, choose_target
from bot.core.messages import Line, Moment, Section
from bot.storage.following import Following, list_following

WINDOW = timedelta(days=7)


async def run(desk: Desk, call: Call) -> Reply:
    """A page of subscriptions, oldest first."""
    target = await choose_target(desk, call, is_change=False)
    rows = await list_following(desk.tx, target.channel, desk.now - WINDOW)
    if not rows:
        said = f"Nothing is followed {target.words} yet. Write topic list to see what can be, then follow <topic>."
        return blocks(desk, Section(body=((said,),)), choices=("topic list",))
    page = page_of(desk, call, len(rows))
    start = (page.number - 1) * PAGE
    lines = tuple(_line(row) for row in rows[start : start + PAGE])
    section = Section(
        title=f"Followed {target.words}",
        lines=lines,
        footer=page_note(page, "subscription", "subscriptions"),
    )
    return blocks(desk, section, page=page)


def _line(row: Following) -> Line:
    alerts = f"{counted(row.shown, 'alert', 'alerts')} in 7 days"
    name = f" ({row.name})" if row.title else ""
    return (f"{row.title or row.name}{name} · {alerts} · since ", Moment(row.created_at, "day"))


FOLLOWING = Command(
    "following",
    "what is followed here, with counts of the last 7 days",
    run,
    (WHERE, Parameter("page", "integer", "page of the list")),
    examples=("following", "following where: me"),
)
