"""`opml`: this place's own list of feeds, out as addresses to copy, and in as addresses pasted.

A platform's message is no file, so an address a line stands for one; `lodewire feeds` reads and writes OPML files.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.commands.command import Call, Command, Desk, Parameter, Reply, Unclear, Who
from bot.commands.replies import PAGE, blocks, counted, page_note, page_of
from bot.core.messages import Line, Section
from bot.core.model import TITLE_LIMIT, FeedSpec
from bot.core.text.urls import http_url
from bot.feeds.opml import read_feed_list
from bot.storage import feeds

ENTRY = re.compile(r"(?P<url>\S+:\S*)(?:\s+#\s+(?P<title>(?:(?!\s*\bhttps?:).)+))?", re.IGNORECASE)
MOST_TOLD = 5


async def run_export(desk: Desk, call: Call) -> Reply:
    """A page of the list, each line as import takes it."""
    own = [feed for feed in await feeds.list_feeds(desk.tx, desk.tenant) if not (feed.is_shared or feed.is_page)]
    if not own:
        said = "This place has no feeds of its own yet. Write feed add <address> to add one."
        return blocks(desk, Section(body=((said,),)))
    page = page_of(desk, call, len(own))
    start = (page.number - 1) * PAGE
    section = Section(
        title="Feeds of this place",
        body=(("Copy the lines: opml import takes them elsewhere.",),),
        lines=tuple((f"{feed.url} # {feed.title}",) for feed in own[start : start + PAGE]),
        footer=page_note(page, "feed", "feeds"),
    )
    return blocks(desk, section, page=page)


async def run_import(desk: Desk, call: Call) -> Reply:
    """Add the pasted feeds as far as there is room."""
    specs, problems = _read(str(call.arguments["feeds"]))
    if not specs:
        raise Unclear(
            "There is no web address in this.",
            "Nothing was changed. Paste some, blanks between.",
            ("opml export",),
        )
    room = desk.limits.feeds - await feeds.count_feeds(desk.tx, desk.tenant)
    known = {feed.url for feed in await feeds.list_feeds(desk.tx, desk.tenant)}
    fresh = [spec for spec in specs if feeds.normal_url(spec.url) not in known]
    taken = fresh[: max(room, 0)]
    for spec in taken:
        await feeds.add_feed(desk.tx, desk.tenant, spec, desk.now, desk.channel)
    said = [f"{counted(len(taken), 'feed is', 'feeds are')} added."]
    if len(specs) > len(fresh):
        said.append(f"{counted(len(specs) - len(fresh), 'was', 'were')} polled here already.")
    if len(fresh) > len(taken):
        said.append(
            f"{counted(len(fresh) - len(taken), 'finds', 'find')} no room: {desk.limits.feeds} own feeds are allowed."
        )
    if taken:
        said.append("They are read within minutes; feed list then tells how each fares.")
    if problems:
        said.append(f"{counted(len(problems), 'entry', 'entries')} could not be read as a feed:")
    section = Section(title="Import", body=((" ".join(said),),), lines=_told(problems))
    return blocks(desk, section, choices=("feed list",))


def _read(text: str) -> tuple[Sequence[FeedSpec], Sequence[str]]:
    """Pasted OPML, or addresses, each perhaps with `# title` after it: a chat keeps no lines."""
    if text.startswith("<") and not http_url(text.strip("<>").split(">")[0]):
        return read_feed_list(text.encode())
    found: dict[str, FeedSpec] = {}
    problems = []
    for match in ENTRY.finditer(text):
        url = http_url(match["url"].strip("<>,;"))
        if url is None:
            problems.append(f"No web address: {match['url'][:80]}")
        else:
            found.setdefault(feeds.normal_url(url), FeedSpec(url, (match["title"] or "").strip(" -•·<>")[:TITLE_LIMIT]))
    return tuple(found.values()), problems


def _told(problems: Sequence[str]) -> tuple[Line, ...]:
    more = len(problems) - MOST_TOLD
    return (*((problem,) for problem in problems[:MOST_TOLD]), *(((f"+{more} more",),) if more > 0 else ()))


OPML = Command(
    "opml",
    "this place's list of feeds, out and in",
    who=Who.MODERATOR,
    subcommands=(
        Command(
            "export",
            "the own feeds of this place, to copy",
            run_export,
            (Parameter("page", "integer", "page of the list"),),
            Who.MODERATOR,
            ("opml export",),
        ),
        Command(
            "import",
            "add pasted feeds",
            run_import,
            (Parameter("feeds", "rest", "addresses with blanks between, or a short OPML text", required=True),),
            Who.MODERATOR,
            ("opml import https://a.example/feed https://b.example/feed",),
        ),
    ),
)
