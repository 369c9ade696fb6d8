"""`feed pause`, `resume` and `remove`: a feed of this place rests, comes back, or goes. Others who use it see nothing.

An operator may let a shared feed rest for everybody.
"""

from __future__ import annotations

from bot.commands.command import Call, Command, Desk, Parameter, Reply, Who
from bot.commands.replies import blocks
from bot.commands.suggest import suggest_feeds, suggest_own_feeds, suggest_paused_feeds
from bot.commands.which_feed import choose_feed, typed_name
from bot.core.errors import CommandError
from bot.core.messages import Section
from bot.storage import feeds
from bot.storage.feeds import FeedHealth

RESTED = "What came out meanwhile is told, unless it rested for more than a day: then it is remembered without alerts."


async def run_pause(desk: Desk, call: Call) -> Reply:
    """Stop polling a feed until it is resumed."""
    feed = await choose_feed(desk, call, "pause")
    if feed.state == "paused":
        return _said(desk, f"{feed.title} is paused already. Nothing was changed.", f"feed resume {typed_name(feed)}")
    await feeds.set_paused(desk.tx, _whose(desk, feed), feed.id, desk.now, is_paused=True)
    whom = "everybody" if feed.is_shared else "this place"
    said = f"{feed.title} is paused for {whom}: no alert comes of it until it is resumed. Its stories are kept."
    return _said(desk, said, f"feed resume {typed_name(feed)}")


async def run_resume(desk: Desk, call: Call) -> Reply:
    """Poll a feed again that was paused, or was given up as gone."""
    feed = await choose_feed(desk, call, "resume")
    if feed.state not in ("paused", "gone"):
        return _said(desk, f"{feed.title} is not paused. Nothing was changed.", "feed list")
    await feeds.set_paused(desk.tx, _whose(desk, feed), feed.id, desk.now, is_paused=False)
    return _said(desk, f"{feed.title} is read again within minutes. {RESTED}", "feed list")


async def run_remove(desk: Desk, call: Call) -> Reply:
    """Stop polling one of this place's own feeds."""
    feed = await choose_feed(desk, call, "remove")
    if feed.is_shared:
        raise CommandError(
            f"{feed.title} is on the operator's list, which is kept in a file.",
            "Nothing was changed. Take it out of that file, or write feed pause to let it rest.",
        )
    await feeds.remove_feed(desk.tx, desk.tenant, feed.id, desk.now)
    said = f"{feed.title} is no longer polled for this place. Its stories are no longer shown here."
    return _said(desk, said, f"feed add {feed.url}", "feed list")


def _whose(desk: Desk, feed: FeedHealth) -> int | None:
    return None if feed.is_shared else desk.tenant


def _said(desk: Desk, said: str, *choices: str) -> Reply:
    return blocks(desk, Section(body=((said,),)), choices=choices)


FEED_PAUSE = Command(
    "pause",
    "let a feed rest for a while",
    run_pause,
    (Parameter("feed", "rest", "its address, title or number", required=True, suggest=suggest_feeds),),
    Who.MODERATOR,
    ("feed pause Example News",),
)
FEED_RESUME = Command(
    "resume",
    "read a paused feed again",
    run_resume,
    (Parameter("feed", "rest", "its address, title or number", required=True, suggest=suggest_paused_feeds),),
    Who.MODERATOR,
    ("feed resume Example News",),
)
FEED_REMOVE = Command(
    "remove",
    "stop polling a feed of this place",
    run_remove,
    (Parameter("feed", "rest", "its address, title or number", required=True, suggest=suggest_own_feeds),),
    Who.MODERATOR,
    ("feed remove https://example.org/feed.xml",),
)
