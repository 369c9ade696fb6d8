"""`latest`: recent stories on one topic, or on all topics and on what is followed here. Reads only."""

from __future__ import annotations

from datetime import timedelta

from bot.commands.command import Call, Command, Desk, Parameter, Reply
from bot.commands.replies import PAGE, blocks, page_note, page_of, story_line
from bot.commands.suggest import suggest_topics
from bot.commands.topic import choose_topic
from bot.core.messages import Section
from bot.storage import archive
from bot.storage.following import Following, list_following
from bot.storage.topics import list_topics, plain_name

MOST = 20
"""Stories on one page at most."""


async def run(desk: Desk, call: Call) -> Reply:
    """A page of stories, newest first."""
    title, queries = await _choose(desk, str(call.arguments.get("topic", "")))
    size = min(int(call.arguments.get("count", PAGE)), MOST)
    page = page_of(desk, call, await archive.count_stories(desk.tx, desk.tenant, queries), size)
    if not page.total:
        said = f"No story on {title} is kept yet. New ones come with the next polls."
        return blocks(desk, Section(body=((said,),)), choices=("topic list", "status"))
    heads = await archive.latest_stories(desk.tx, desk.tenant, queries, size, (page.number - 1) * size)
    section = Section(
        title=f"Latest on {title}",
        lines=tuple(map(story_line, heads)),
        footer=page_note(page, "story", "stories"),
    )
    return blocks(desk, section, page=page)


async def _choose(desk: Desk, wanted: str) -> tuple[str, list[int]]:
    """What the stories are on, in words, and by which queries."""
    here = await list_following(desk.tx, desk.channel, desk.now - timedelta(days=7))
    if not wanted:
        known = await list_topics(desk.tx, desk.tenant)
        return "all topics", sorted({topic.query for topic in known} | {row.query for row in here})
    followed = next((row for row in here if _is_called(row, wanted)), None)
    if followed is not None:
        return followed.title or followed.name, [followed.query]
    topic = await choose_topic(desk, wanted, "latest")
    return topic.title, [topic.query]


def _is_called(row: Following, wanted: str) -> bool:
    return plain_name(wanted) in (plain_name(row.name), plain_name(row.title))


LATEST = Command(
    "latest",
    "recent stories",
    run,
    (
        Parameter("topic", "rest", "a topic, or what is followed here", suggest=suggest_topics),
        Parameter("count", "integer", f"how many on a page, at most {MOST}"),
        Parameter("page", "integer", "page of the list"),
    ),
    examples=("latest", "latest rare-earths", "latest rare-earths 5"),
)
