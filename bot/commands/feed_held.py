"""`feed accept` and `feed skip`: a feed brought too much at once, and a person says whether it is news.

What is decided holds for all who use the feed, so a moderator decides only where nobody else does.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.commands.command import Call, Command, Desk, Parameter, Reply, Unclear, Who
from bot.commands.replies import blocks, counted
from bot.commands.suggest import suggest_held_feeds
from bot.commands.which_feed import choose_feed
from bot.core.errors import CommandError
from bot.core.messages import Section
from bot.storage import feeds, floods
from bot.storage.floods import HeldFeed


async def run_accept(desk: Desk, call: Call) -> Reply:
    """Tell what is held as news."""
    feed = await _choose_held(desk, call)
    count = await floods.accept_held(desk.tx, feed.id, desk.now)
    said = (
        f"{_brought(feed, count)} news: whoever follows what they are about is "
        "told within minutes. So many at once are let in without a question from now on."
    )
    return blocks(desk, Section(body=((said,),)), choices=("feed list",))


async def run_skip(desk: Desk, call: Call) -> Reply:
    """Take what is held for old."""
    feed = await _choose_held(desk, call)
    count = await floods.skip_held(desk.tx, feed.id, desk.now)
    said = f"{_brought(feed, count)} taken for old: remembered, and not told."
    return blocks(desk, Section(body=((said,),)), choices=("feed list",))


async def _choose_held(desk: Desk, call: Call) -> HeldFeed:
    """The feed meant, of which items wait and on which the asker may decide. Raises CommandError."""
    held = await floods.list_held(desk.tx)
    wanted = str(call.arguments["feed"]).strip("<>")
    if call.who.is_operator:  # told of it by number, wherever the feed is used
        found = next((one for one in held if wanted in (str(one.id), one.title, one.url)), None)
        if found is not None:
            return found
    feed = await choose_feed(desk, call, "decide on")
    found = next((one for one in held if one.id == feed.id), None)
    if found is None:
        raise Unclear(f"Nothing of {feed.title} waits for a decision.", "Nothing was changed.", _offers(call, held))
    if not call.who.is_operator and await feeds.has_other_users(desk.tx, desk.tenant, feed.id):
        raise CommandError(
            f"{feed.title} is polled for others, too, so the operator decides, and has been told.",
            "Nothing was changed.",
        )
    return found


def _offers(call: Call, held: Sequence[HeldFeed]) -> tuple[str, ...]:
    verb = " ".join(call.command)
    return tuple(f"{verb} {one.id}" for one in held[:5]) if call.who.is_operator else ("feed list",)


def _brought(feed: HeldFeed, count: int) -> str:
    return counted(count, f"item of {feed.title} is", f"items of {feed.title} are")


FEED_ACCEPT = Command(
    "accept",
    "post what a feed brought all at once",
    run_accept,
    (Parameter("feed", "rest", "its number, address or title", required=True, suggest=suggest_held_feeds),),
    Who.MODERATOR,
    ("feed accept 7",),
)
FEED_SKIP = Command(
    "skip",
    "take what a feed brought all at once for old",
    run_skip,
    (Parameter("feed", "rest", "its number, address or title", required=True, suggest=suggest_held_feeds),),
    Who.MODERATOR,
    ("feed skip 7",),
)
