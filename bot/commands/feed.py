"""`feed`: which feeds are polled for this place, their health, and its own list. Asks no feed."""

from __future__ import annotations

from bot.commands.command import Call, Command, Desk, Parameter, Reply, Who
from bot.commands.feed_add import FEED_ADD
from bot.commands.feed_held import FEED_ACCEPT, FEED_SKIP
from bot.commands.feed_rest import FEED_PAUSE, FEED_REMOVE, FEED_RESUME
from bot.commands.replies import PAGE, blocks, linked, page_note, page_of
from bot.core.messages import Inline, Line, Moment, Section
from bot.core.text.urls import shown_url
from bot.storage import feeds
from bot.storage.feeds import FeedHealth


async def run_list(desk: Desk, call: Call) -> Reply:
    """A page of feeds: own ones, then those in trouble, then the rest."""
    known = await feeds.list_feeds(desk.tx, desk.tenant)
    if not known:
        said = (
            "No feed is polled for this place yet. Write feed add <address>, with the address of an RSS or Atom feed."
        )
        return blocks(desk, Section(body=((said,),)))
    page = page_of(desk, call, len(known))
    start = (page.number - 1) * PAGE
    section = Section(
        title="Feeds",
        body=((f"{sum(feed.errors > 0 for feed in known)} of {len(known)} fail at present.",),),
        lines=tuple(_line(feed, desk.is_operator or not feed.is_shared) for feed in known[start : start + PAGE]),
        footer=page_note(page, "feed", "feeds"),
    )
    return blocks(desk, section, page=page)


def _line(feed: FeedHealth, may_decide: bool) -> Line:
    """A feed, and how it fares; what can be done about it is said to whoever may."""
    link = None if feed.is_shared and shown_url(feed.url) != feed.url else feed.url  # the operator's may hold a secret
    said: list[Inline] = [linked(feed.title, link), " · shared" if feed.is_shared else " · own"]
    if feed.is_page:
        said.append(" · watched page")
    if feed.full_text:
        said.append(" · articles read")
    if feed.held_at is not None:
        todo = f"feed accept {feed.id}, or feed skip {feed.id}" if may_decide else "the operator decides"
        said.append(f" · brought much at once, which waits: {todo}")
    if feed.state != "active":
        said.append(f" · {feed.state}")
        if feed.state == "gone" and may_decide:
            said.append(": its server says so. feed resume asks it again")
    elif feed.errors:
        times = "once" if feed.errors == 1 else f"{feed.errors} times in a row"
        said.append(f" · failed {times}: {feed.error or 'no reason noted'}")
        said += [" · next try ", Moment(feed.next_poll_at, "time")]
    elif feed.last_ok_at is None:
        said.append(" · not read yet")
    else:
        said += [" · read ", Moment(feed.last_ok_at)]
    if feed.last_new_at is not None:
        said += [" · last news ", Moment(feed.last_new_at, "day")]
    return tuple(said)


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
