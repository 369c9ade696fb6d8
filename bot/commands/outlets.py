"""Sources by the names that people give them: which are polled here, and which one was meant. Reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from bot.commands.command import Desk
from bot.commands.nearest import either, nearest
from bot.commands.replies import fact
from bot.core.messages import Fact
from bot.core.text.urls import host_of, source_name
from bot.core.topics import parse_query
from bot.core.topics.fields import source_words
from bot.core.topics.query import Feature, atoms_of
from bot.storage.feeds import FeedHealth, list_feeds

LONGEST = 3
"""Words of an outlet's name that are compared together: of "The Kremlin, Moscow" somebody says one or two."""


async def unknown_sources(desk: Desk, expr: str) -> list[Fact]:
    """Of a query that names sources, those that no feed polled here has, with the nearest that are."""
    wanted = [
        atom.value for atom in atoms_of(parse_query(expr)) if isinstance(atom, Feature) and atom.field == "source"
    ]
    if not wanted:
        return []
    known = await list_feeds(desk.tx, desk.tenant)
    rows = [source_words(source_name(feed.title, feed.url)) for feed in known]
    missing = [name for name in dict.fromkeys(wanted) if not any(_holds(row, name.split()) for row in rows)]
    return [fact(f"source:{name}" if name.isalnum() else f'source:"{name}"', _advice(name, known)) for name in missing]


def _holds(row: Sequence[str], wanted: Sequence[str]) -> bool:
    return any(list(row[at : at + len(wanted)]) == list(wanted) for at in range(len(row)))


def _advice(name: str, known: Sequence[FeedHealth]) -> str:
    close = near_sources(name, known)
    near = f"near: {either(close)}" if close else "feed list shows what is polled"
    return f"no source of that name is polled here, so it meets nothing; {near}"


def near_sources(name: str, known: Sequence[FeedHealth]) -> list[str]:
    """Up to three titles of feeds that were perhaps meant: by the title, some words of it, or the site's name."""
    titles: defaultdict[str, list[str]] = defaultdict(list)
    for feed in known:
        for called in _called(feed) if feed.title else ():
            titles[called.casefold()].append(feed.title)
    close = [title for called in nearest(name, titles, count=9) for title in titles[called]]
    begin = sorted(feed.title for feed in known if feed.title[:1].casefold() == name[:1].casefold())
    return list(dict.fromkeys(close or begin))[:3]


def _called(feed: FeedHealth) -> Iterator[str]:
    words = source_words(feed.title)
    yield feed.title
    for at in range(len(words)):
        for end in range(at + 1, min(at + LONGEST, len(words)) + 1):
            yield " ".join(words[at:end])
    yield from (part for part in (host_of(feed.url) or "").split(".")[:-1] if part != "www")
