"""`unfollow`: end a subscription, by its name, its topic's title or its query. What was shown stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.commands.command import Call, Command, Desk, Parameter, Reply, Unclear
from bot.commands.nearest import either, nearest
from bot.commands.replies import blocks
from bot.commands.suggest import suggest_following
from bot.commands.target import WHERE, Target, choose_target
from bot.core.messages import Section
from bot.storage import following
from bot.storage.following import Following
from bot.storage.topics import plain_name


async def run(desk: Desk, call: Call) -> Reply:
    """End the subscription that is meant; offers the way back."""
    target = await choose_target(desk, call, is_change=True)
    rows = await following.list_following(desk.tx, target.channel, desk.now - timedelta(days=7))
    meant = _choose(rows, str(call.arguments["name"]), target)
    await following.unfollow(desk.tx, target.channel, meant.id)
    said = f"{meant.title or meant.name} is no longer followed {target.words}. Alerts already shown stay."
    return blocks(desk, Section(body=((said,),)), choices=(f"follow {meant.name}", "following"))


def _choose(rows: Sequence[Following], wanted: str, target: Target) -> Following:
    """The one meant by name, title or expression. Raises Unclear."""
    for said in (wanted, wanted.strip("\"“”„'")):
        for row in rows:
            if said in (row.name, row.expr) or plain_name(said) in (plain_name(row.name), plain_name(row.title)):
                return row
    if not rows:
        raise Unclear(f"Nothing is followed {target.words}.", "Nothing was changed.", ("topic list",))
    names = {called: row.name for row in rows for called in (row.name, row.title) if called}
    close = tuple(dict.fromkeys(f"unfollow {names[called]}" for called in nearest(wanted, names)))
    todo = f"Did you mean {either(close)}?" if close else "Write following to see what is."
    raise Unclear(f'"{wanted}" is not followed {target.words}.', todo, close or ("following",))


UNFOLLOW = Command(
    "unfollow",
    "end alerts on a topic or a query",
    run,
    (Parameter("name", "rest", "what is followed", required=True, suggest=suggest_following), WHERE),
    examples=("unfollow rare-earths", "unfollow gallium where: me"),
)
