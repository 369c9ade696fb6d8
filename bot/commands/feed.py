"""`feed`: which feeds are polled for this place, their health, and its own list. Asks no feed."""

from __future__ import annotations

from bot.commands.command import Call, Command, Desk, Parameter, Reply, Who
from bot.commands.feed_add import FEED_ADD
from bot.commands.feed_health import describe, in_order, summary
from bot.commands.feed_held import FEED_ACCEPT, FEED_SKIP
from bot.commands.feed_rest import FEED_PAUSE, FEED_REMOVE, FEED_RESUME
from bot.commands.replies import PAGE, blocks, linked, page_note, page_of
from bot.core.messages import Line, Section
from bot.core.text.urls import shown_url
from bot.storage import feeds
from bot.storage.feeds import FeedHealth


async def run_list(desk: Desk, call: Call) -> Reply:
    """A page of feeds: own ones before shared ones, among them first those that want a person."""
    known = await feeds.list_feeds(desk.tx, desk.tenant)
    if not known:
        said = (
            "No feed is polled for this place yet. Write feed add <address>, with the address of an RSS or Atom feed."
        )
        return blocks(desk, Section(body=((said,),)))
    known = in_order(known)
    page = page_of(desk, call, len(known))
    start = (page.number - 1) * PAGE
    section = Section(
        title="Feeds",
        body=((summary(known),),),
        lines=tuple(_line(desk, feed) for feed in known[start : start + PAGE]),
        footer=page_note(page, "feed", "feeds") if page.pages > 1 else "",
    )
    return blocks(desk, section, page=page)


def _line(desk: Desk, feed: FeedHealth) -> Line:
    """A feed, whose it is, and how it fares."""
    link = None if feed.is_shared and shown_url(feed.url) != feed.url else feed.url  # the operator's may hold a secret
    whose = " · shared" if feed.is_shared else " · own"
    kind = " · watched page · " if feed.is_page else " · articles read · " if feed.full_text else " · "
    fares = describe(feed, desk.now, may_decide=desk.is_operator or not feed.is_shared)
    return (linked(feed.title, link), whose, kind, *fares)


FEED = Command(
    "feed",
    "what is polled for this place",
    who=Who.MODERATOR,
    subcommands=(
        Command(
            "list",
            "all feeds and their health",
            run_list,
            (Parameter("page", "integer", "page of the list"),),
            Who.MODERATOR,
            ("feed list", "feed list page:2"),
        ),
        FEED_ADD,
        FEED_REMOVE,
        FEED_PAUSE,
        FEED_RESUME,
        FEED_ACCEPT,
        FEED_SKIP,
    ),
)
