"""Which feed a person means, by number, address or title, and whether it is theirs to decide on. Changes nothing."""

from __future__ import annotations

from collections.abc import Sequence

from bot.commands.command import Call, Desk, Unclear
from bot.commands.nearest import either, nearest
from bot.core.errors import CommandError
from bot.core.text.urls import http_url
from bot.storage import feeds
from bot.storage.feeds import FeedHealth


async def choose_feed(desk: Desk, call: Call, does: str) -> FeedHealth:
    """The feed that the call's `feed` names, which the asker may `does`: an own one, or as operator any.

    Raises CommandError, with near names as choices.
    """
    wanted = str(call.arguments["feed"]).strip("<>")
    known = await feeds.list_feeds(desk.tx, desk.tenant)
    feed = find_feed(known, wanted)
    verb = " ".join(call.command)
    if feed is None:
        raise _unknown(known, wanted, verb, is_operator=call.who.is_operator)
    if feed.is_shared and not call.who.is_operator:
        raise CommandError(
            f"{feed.title} is polled for everybody by the operator, and only the operator may {does} it.",
            "Nothing was changed.",
        )
    return feed


def find_feed(known: Sequence[FeedHealth], wanted: str) -> FeedHealth | None:
    """The feed with this number, address or title; one's own before the operator's."""
    url = feeds.normal_url(wanted) if http_url(wanted) else wanted
    found = [feed for feed in known if url in (feed.url, str(feed.id)) or url.casefold() == feed.title.casefold()]
    return min(found, key=lambda feed: feed.is_shared, default=None)


def typed_name(feed: FeedHealth) -> str:
    """How a feed is named in a command that is offered: the operator's address may hold a secret."""
    return feed.title if feed.is_shared else feed.url


def _unknown(known: Sequence[FeedHealth], wanted: str, verb: str, *, is_operator: bool) -> Unclear:
    mine = [feed for feed in known if is_operator or not feed.is_shared]
    names = {called: feed for feed in mine for called in (feed.title, typed_name(feed))}
    close = tuple(dict.fromkeys(f"{verb} {typed_name(names[called])}" for called in nearest(wanted, names)))
    todo = f"Did you mean {either(close)}?" if close else "Write feed list to see what is."
    return Unclear(f'"{wanted}" is not on the list of this place.', todo, close or ("feed list",))
