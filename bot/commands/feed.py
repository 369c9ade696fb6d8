"""`feed`: which feeds are polled for this place, their health, and its own list. Asks no feed itself."""

from __future__ import annotations

from bot.commands.command import Call, Command, Desk, Parameter, Reply, Unclear, Who
from bot.commands.feed_held import FEED_ACCEPT, FEED_SKIP
from bot.commands.feed_rest import FEED_PAUSE, FEED_REMOVE, FEED_RESUME
from bot.commands.replies import PAGE, blocks, fact, linked, page_note, page_of
from bot.core.errors import CommandError
from bot.core.messages import Inline, Line, Moment, Section
from bot.core.model import TITLE_LIMIT, FeedSpec
from bot.core.text.urls import http_url, shown_url
from bot.storage import feeds
from bot.storage.feeds import FeedHealth

STATES = {"gone": "gone: its server says so. feed resume asks it again"}


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
        lines=tuple(map(_line, known[start : start + PAGE])),
        footer=page_note(page, "feed", "feeds"),
    )
    return blocks(desk, section, page=page)


def _line(feed: FeedHealth) -> Line:
    link = None if feed.is_shared and shown_url(feed.url) != feed.url else feed.url  # the operator's may hold a secret
    said: list[Inline] = [linked(feed.title, link), " · shared" if feed.is_shared else " · own"]
    if feed.held_at is not None:
        said.append(f" · brought much at once, and waits: feed accept {feed.id}, or feed skip {feed.id}")
    if feed.state != "active":
        said.append(f" · {STATES.get(feed.state, feed.state)}")
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


async def run_add(desk: Desk, call: Call) -> Reply:
    """Poll a feed for this place; it is asked at the next poll, not now."""
    typed = str(call.arguments["url"]).strip("<>")
    url = http_url(typed)
    if url is None:
        raise CommandError(f'"{typed}" is no web address.', "Nothing was changed. It begins with https:// or http://.")
    most = desk.limits.feeds
    if await feeds.count_feeds(desk.tx, desk.tenant) >= most:
        raise Unclear(
            f"{most} own feeds are in use here, and no more are allowed.",
            "Nothing was changed. Write feed list to see them, and remove one.",
            ("feed list",),
        )
    spec = FeedSpec(url, str(call.arguments.get("title", ""))[:TITLE_LIMIT])
    _, is_new = await feeds.add_feed(desk.tx, desk.tenant, spec, desk.now)
    if not is_new:
        return blocks(desk, Section(body=(("This feed is polled for this place already. Nothing was changed.",),)))
    said = "It is read within minutes. What stands on it now is remembered without alerts; what comes after is news."
    section = Section(title="Feed added", body=((said,),), facts=(fact("Address", url),))
    return blocks(desk, section, choices=("feed list", f"feed remove {url}"))


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
        Command(
            "add",
            "poll a feed for this place alone",
            run_add,
            (
                Parameter("url", "text", "the address of an RSS, Atom or JSON feed", required=True),
                Parameter("title", "rest", "what it is called"),
            ),
            Who.MODERATOR,
            ("feed add https://example.org/feed.xml Example News",),
        ),
        FEED_REMOVE,
        FEED_PAUSE,
        FEED_RESUME,
        FEED_ACCEPT,
        FEED_SKIP,
    ),
)
