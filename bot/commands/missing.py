"""What is not stored at all: of which feed it would be, and whether that is polled, paused, failing or held."""

from __future__ import annotations

from bot.commands.command import Desk, Reply, Unclear
from bot.commands.replies import blocks
from bot.core.messages import Line, Moment, Section
from bot.core.text.urls import host_of, http_url
from bot.storage.dossier import Waiting, waiting_by_link, waiting_by_words
from bot.storage.feeds import FeedHealth, list_feeds


async def explain_missing(desk: Desk, wanted: str, unclear: Unclear) -> Reply:
    """Why there is no such story. Raises `unclear` again where nothing more can be said."""
    if not http_url(wanted):
        found = await waiting_by_words(desk.tx, desk.tenant, wanted.strip("\"“”„' ").split())
        if found is None:
            raise unclear
        return _said(desk, found.title, _waits(found))
    found = await waiting_by_link(desk.tx, desk.tenant, wanted)
    if found is not None:
        return _said(desk, found.title, _waits(found))
    return _said(desk, wanted, await _by_host(desk, wanted))


def _said(desk: Desk, title: str, line: Line) -> Reply:
    return blocks(desk, Section(kicker="Why", title=title, body=(line,)), choices=("feed list", "latest"))


def _waits(found: Waiting) -> Line:
    if found.is_held:
        return (
            f"It did not come here: {found.feed} brought many items at once, and they are held until a moderator or "
            "the operator says feed accept or feed skip.",
        )
    return (f"It has just been read on {found.feed}, and is about to be dealt with.",)


async def _by_host(desk: Desk, url: str) -> Line:
    """What is known of the feeds of its site."""
    host = host_of(url)
    mine = [feed for feed in await list_feeds(desk.tx, desk.tenant) if _is_of(host_of(feed.url), host)]
    if not mine:
        return (
            f"It did not come here: no feed of {host} is polled here. "
            "A moderator can add one: feed add, with the site's address.",
        )
    return next((line for feed in mine if (line := _of_feed(feed))), _unseen(mine[0]))


def _is_of(one: str, other: str) -> bool:
    """Whether two hosts are one site: www.example.com, example.com, feeds.example.com."""
    short, long = sorted((one.removeprefix("www."), other.removeprefix("www.")), key=len)
    return long == short or long.endswith(f".{short}")


def _of_feed(feed: FeedHealth) -> Line:
    if feed.state == "paused":
        return (f"It did not come here: its feed, {feed.title}, is paused here. Write feed resume to go on.",)
    if feed.state == "gone":
        return (f"It did not come here: its feed, {feed.title}, is gone.",)
    if feed.errors:
        return (f"It did not come here: its feed, {feed.title}, cannot be read at the moment: {feed.error}",)
    return ()


def _unseen(feed: FeedHealth) -> Line:
    if feed.last_ok_at is None:
        return (f"It did not come here: its feed, {feed.title}, has not been read yet.",)
    return (
        f"It did not come here: {feed.title} is polled, last on ",
        Moment(feed.last_ok_at),
        ", and this address is not among what it brought, or is older than what is kept.",
    )
