"""`topic`: what can be followed, and what is behind one of them. Reads only."""

from __future__ import annotations

from bot.commands.command import Call, Command, Desk, Parameter, Reply, Unclear
from bot.commands.nearest import either, nearest
from bot.commands.replies import PAGE, blocks, fact, page_note, page_of, story_line
from bot.commands.suggest import suggest_topics
from bot.core.messages import Section
from bot.storage import archive, topics
from bot.storage.topics import TopicRow

STORIES = 3


async def run_list(desk: Desk, call: Call) -> Reply:
    """A page of topics, by title."""
    known = await topics.list_topics(desk.tx, desk.tenant)
    if not known:
        said = 'There are no ready topics. Any words can be followed: follow "rare earth" AND export'
        return blocks(desk, Section(body=((said,),)))
    page = page_of(desk, call, len(known))
    start = (page.number - 1) * PAGE
    lines = tuple((f"{topic.title} · follow {topic.name}",) for topic in known[start : start + PAGE])
    section = Section(title="Topics", lines=lines, footer=page_note(page, "topic", "topics"))
    return blocks(desk, section, page=page)


async def run_show(desk: Desk, call: Call) -> Reply:
    """A topic's terms and its latest stories."""
    topic = await choose_topic(desk, str(call.arguments["name"]), "topic show")
    heads = await archive.latest_stories(desk.tx, desk.tenant, [topic.query], STORIES)
    total = await archive.count_stories(desk.tx, desk.tenant, [topic.query])
    origin = "comes with Lodewire" if topic.is_shipped else "made here"
    section = Section(
        kicker="Topic",
        title=topic.title,
        facts=(fact("Name", topic.name), fact("Query", topic.expr), fact("Stories kept", str(total))),
        footer=origin,
    )
    latest = Section(title="Latest stories", lines=tuple(map(story_line, heads)))
    none = Section(body=(("No story has matched yet.",),))
    choices = (f"follow {topic.name}", f"latest {topic.name}")
    return blocks(desk, section, latest if heads else none, choices=choices)


async def choose_topic(desk: Desk, wanted: str, command: str) -> TopicRow:
    """The topic of that name or title. Raises Unclear with the nearest ones as `command` would name them."""
    topic = await topics.find_topic(desk.tx, desk.tenant, wanted)
    if topic is not None:
        return topic
    known = await topics.list_topics(desk.tx, desk.tenant)
    names = {called: topic.name for topic in known for called in (topic.name, topic.title)}
    close = tuple(dict.fromkeys(f"{command} {names[called]}" for called in nearest(wanted, names)))
    todo = f"Did you mean {either(close)}?" if close else "Write topic list to see them all."
    raise Unclear(f'There is no topic "{wanted}".', todo, close or ("topic list",))


TOPIC = Command(
    "topic",
    "what can be followed",
    subcommands=(
        Command(
            "list",
            "all topics",
            run_list,
            (Parameter("page", "integer", "page of the list"),),
            examples=("topic list", "topic list page:2"),
        ),
        Command(
            "show",
            "a topic's terms and its latest stories",
            run_show,
            (Parameter("name", "rest", "a topic", required=True, suggest=suggest_topics),),
            examples=("topic show rare-earths",),
        ),
    ),
)
