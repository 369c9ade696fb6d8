"""`topic list`, `topic show`: what can be followed, and what is behind one of them. Reads only."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.commands.command import Call, Command, Desk, Parameter, Reply, Unclear
from bot.commands.nearest import either, nearest
from bot.commands.replies import PAGE, blocks, counted, fact, page_note, page_of, story_line
from bot.commands.suggest import suggest_topics
from bot.core.messages import Fact, Section
from bot.storage import archive, topics
from bot.storage.following import list_following
from bot.storage.topics import TopicRow

if TYPE_CHECKING:
    from bot.core.topics.outline import Outline

STORIES = 3
SHORT = 160
"""Characters up to which a query is shown as it stands."""


async def run_list(desk: Desk, call: Call) -> Reply:
    """A page of topics, by title."""
    known = await topics.list_topics(desk.tx, desk.tenant)
    if not known:
        said = 'There are no ready topics. Any words can be followed: follow "rare earth" AND export'
        return blocks(desk, Section(body=((said,),)))
    page = page_of(desk, call, len(known))
    start = (page.number - 1) * PAGE
    followed = {row.query for row in await list_following(desk.tx, desk.channel, desk.now - timedelta(days=7))}
    lines = tuple((_line(topic, topic.query in followed),) for topic in known[start : start + PAGE])
    section = Section(title="Topics", lines=lines, footer=page_note(page, "topic", "topics"))
    return blocks(desk, section, page=page)


def _line(topic: TopicRow, is_followed: bool) -> str:
    origin = "" if topic.is_shipped else " · made here"
    todo = f"followed here, topic show {topic.name}" if is_followed else f"follow {topic.name}"
    return f"{topic.title}{origin} · {todo}"


async def run_show(desk: Desk, call: Call) -> Reply:
    """A topic's terms, headlines that it matches, and its latest stories."""
    topic = await choose_topic(desk, str(call.arguments["name"]), "topic show")
    heads = await archive.latest_stories(desk.tx, desk.tenant, [topic.query], STORIES)
    total = await archive.count_stories(desk.tx, desk.tenant, [topic.query])
    origin = "Comes with Lodewire." if topic.is_shipped else "Made here; nobody else sees it."
    facts = [fact("Name", topic.name), *await _terms(desk, topic.expr), fact("Stories kept", str(total))]
    facts += [fact("Here", await _here(desk, topic))]
    section = Section(kicker="Topic", title=topic.title, facts=tuple(facts), footer=origin)
    examples = Section(title="Such as", lines=tuple((example,) for example in topic.examples))
    latest = Section(title="Latest stories", lines=tuple(map(story_line, heads)))
    none = Section(body=(("No story has matched yet.",),))
    choices = (f"follow {topic.name}", f"latest {topic.name}")
    parts = [section, *([examples] if topic.examples else []), latest if heads else none]
    return blocks(desk, *parts, choices=choices)


async def _terms(desk: Desk, expr: str) -> list[Fact]:
    """The query where it is short, and of what it looks for a few words in each script."""
    shown = await asyncio.to_thread(_outlined, desk, expr)
    query = [fact("Query", expr)] if shown is None or len(expr) <= SHORT else []
    if shown is None:
        return query
    facts = [*query, fact("Terms", f"{shown.total}, of which some:")]
    facts += [fact(script, few) for script, few in shown.groups]
    return [*facts, fact("Leaves out", shown.excluded)] if shown.excluded else facts


def _outlined(desk: Desk, expr: str) -> Outline | None:
    from bot.core.topics.outline import outline  # here: most commands match nothing

    return outline(expr, desk.concepts())


async def _here(desk: Desk, topic: TopicRow) -> str:
    """Whether it is followed here, and what it brought."""
    rows = await list_following(desk.tx, desk.channel, desk.now - timedelta(days=7))
    row = next((row for row in rows if row.query == topic.query), None)
    return f"followed, {counted(row.shown, 'alert', 'alerts')} in 7 days" if row else "not followed"


async def choose_topic(desk: Desk, wanted: str, command: str) -> TopicRow:
    """The topic of that name or title. Raises Unclear with the nearest ones as `command` would name them."""
    topic = await topics.find_topic(desk.tx, desk.tenant, wanted)
    if topic is not None:
        return topic
    known = await topics.list_topics(desk.tx, desk.tenant)
    names = {called: topic.name for topic in known for called in (topic.name, topic.title)}
    close = tuple(dict.fromkeys(f"{command} {names[called]}" for called in nearest(wanted, names)))
    said = f'There is no topic "{wanted}".'
    if not close and command in ("topic show", "latest"):
        todo = f"Any words can be followed without one. To see what these bring, write try {wanted}."
        raise Unclear(said, todo, (f"try {wanted}", "topic list"))
    todo = f"Did you mean {either(close)}?" if close else "Write topic list to see them all."
    raise Unclear(said, todo, close or ("topic list",))


LIST = Command(
    "list",
    "all topics",
    run_list,
    (Parameter("page", "integer", "page of the list"),),
    examples=("topic list", "topic list page:2"),
)
SHOW = Command(
    "show",
    "a topic's terms and its latest stories",
    run_show,
    (Parameter("name", "rest", "a topic", required=True, suggest=suggest_topics),),
    examples=("topic show rare-earths",),
)
