"""What a person may be about to type: values for autocomplete, the likeliest first. Reads only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from bot.commands.command import Desk
from bot.core.stories.names import story_name
from bot.storage.archive import latest_stories
from bot.storage.feeds import list_feeds
from bot.storage.following import list_following
from bot.storage.topics import list_topics

MOST = 25
"""As many as any platform shows."""


async def suggest_topics(desk: Desk, typed: str) -> list[str]:
    """Topic names whose name or title holds what was typed."""
    return _holding(typed, ((topic.name, topic.title) for topic in await list_topics(desk.tx, desk.tenant)))


async def suggest_following(desk: Desk, typed: str) -> list[str]:
    """What is followed here."""
    rows = await list_following(desk.tx, desk.channel, desk.now - timedelta(days=7))
    return _holding(typed, ((row.name, row.title) for row in rows))


async def suggest_stories(desk: Desk, typed: str) -> list[str]:
    """Ids of the newest stories on topics; words of their headlines find them too."""
    queries = [topic.query for topic in await list_topics(desk.tx, desk.tenant)]
    heads = await latest_stories(desk.tx, desk.tenant, queries, 100)
    return _holding(typed, ((story_name(head.id), head.headline) for head in heads))


async def suggest_own_feeds(desk: Desk, typed: str) -> list[str]:
    """The addresses of the tenant's own feeds."""
    own = (feed for feed in await list_feeds(desk.tx, desk.tenant) if not feed.is_shared)
    return _holding(typed, ((feed.url, feed.title) for feed in own))


async def suggest_commands(desk: Desk, typed: str) -> list[str]:
    """The names of the commands."""
    return _holding(typed, ((command.name, "") for command in desk.table))


def _holding(typed: str, known: Iterable[tuple[str, str]]) -> list[str]:
    wanted = typed.casefold().strip()
    found = [(name, title) for name, title in known if wanted in f"{name} {title}".casefold()]
    found.sort(key=lambda pair: not pair[0].casefold().startswith(wanted))
    return [name for name, _ in found][:MOST]
