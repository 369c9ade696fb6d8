"""What a person may be about to type: values for autocomplete, the likeliest first. Reads only."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

from bot.commands.command import Desk
from bot.core.stories.names import story_name
from bot.storage.archive import latest_stories
from bot.storage.feeds import FeedHealth, list_feeds
from bot.storage.floods import list_held
from bot.storage.following import list_following
from bot.storage.mutes import list_mutes
from bot.storage.topics import list_topics

MOST = 25
"""As many as any platform shows."""


async def suggest_topics(desk: Desk, typed: str) -> list[str]:
    """Topic names whose name or title holds what was typed."""
    return _holding(typed, ((topic.name, topic.title) for topic in await list_topics(desk.tx, desk.tenant)))


async def suggest_own_topics(desk: Desk, typed: str) -> list[str]:
    """The topics that were made here."""
    known = await list_topics(desk.tx, desk.tenant)
    return _holding(typed, ((topic.name, topic.title) for topic in known if not topic.is_shipped))


async def suggest_following(desk: Desk, typed: str) -> list[str]:
    """What is followed here."""
    rows = await list_following(desk.tx, desk.channel, desk.now - timedelta(days=7))
    return _holding(typed, ((row.name, row.title) for row in rows))


async def suggest_stories(desk: Desk, typed: str) -> list[str]:
    """Ids of the newest stories on topics; words of their headlines find them too."""
    queries = [topic.query for topic in await list_topics(desk.tx, desk.tenant)]
    heads = await latest_stories(desk.tx, desk.tenant, queries, 100)
    return _holding(typed, ((story_name(head.id), head.headline) for head in heads))


async def suggest_stories_and_sources(desk: Desk, typed: str) -> list[str]:
    """Sources by name, then stories by id."""
    titles = [feed.title for feed in await list_feeds(desk.tx, desk.tenant) if feed.title]
    sources = _holding(typed, ((title, "") for title in dict.fromkeys(titles)))
    return [*sources[: MOST // 2], *await suggest_stories(desk, typed)][:MOST]


async def suggest_mutes(desk: Desk, typed: str) -> list[str]:
    """What is muted here."""
    subjects = [row.subject for row in await list_mutes(desk.tx, desk.channel, desk.now)]
    named = ((story_name(one.story) if one.story else one.source, one.name) for one in subjects)
    return _holding(typed, named)


async def suggest_own_feeds(desk: Desk, typed: str) -> list[str]:
    """The addresses of the tenant's own feeds."""
    return await _feeds_holding(desk, typed, lambda feed: not feed.is_shared)


async def suggest_feeds(desk: Desk, typed: str) -> list[str]:
    """Feeds that may be paused: own ones, and for an operator the shared ones by title."""
    return await _feeds_holding(desk, typed, lambda feed: feed.state != "paused")


async def suggest_paused_feeds(desk: Desk, typed: str) -> list[str]:
    """Feeds that may be resumed."""
    return await _feeds_holding(desk, typed, lambda feed: feed.state in ("paused", "gone"))


async def suggest_held_feeds(desk: Desk, typed: str) -> list[str]:
    """Feeds of which items wait for a decision."""
    if desk.is_operator:
        return _holding(typed, ((one.title or str(one.id), f"{one.url} {one.id}") for one in await list_held(desk.tx)))
    return await _feeds_holding(desk, typed, lambda feed: feed.held_at is not None)


async def _feeds_holding(desk: Desk, typed: str, is_wanted: Callable[[FeedHealth], bool]) -> list[str]:
    """An operator's address may hold a secret, so a shared feed is named by its title."""
    known = await list_feeds(desk.tx, desk.tenant)
    mine = (feed for feed in known if (desk.is_operator or not feed.is_shared) and is_wanted(feed))
    return _holding(typed, ((feed.title, "") if feed.is_shared else (feed.url, feed.title) for feed in mine))


async def suggest_commands(desk: Desk, typed: str) -> list[str]:
    """The names of the commands."""
    return _holding(typed, ((command.name, "") for command in desk.table))


def _holding(typed: str, known: Iterable[tuple[str, str]]) -> list[str]:
    wanted = typed.casefold().strip()
    found = [(name, title) for name, title in known if wanted in f"{name} {title}".casefold()]
    found.sort(key=lambda pair: not pair[0].casefold().startswith(wanted))
    return [name for name, _ in found][:MOST]
