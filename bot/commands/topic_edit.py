"""`topic add`, `edit`, `remove`: the topics that a server, a room or a chat makes for itself. Others never see them."""

from __future__ import annotations

from bot.commands.backtest import estimate, learn_matches, newest
from bot.commands.command import Call, Command, Desk, Parameter, Reply, Unclear
from bot.commands.follow import intern
from bot.commands.outlets import unknown_sources
from bot.commands.replies import blocks, counted, fact
from bot.commands.suggest import suggest_own_topics, suggest_topics
from bot.commands.target import require_moderator
from bot.commands.topic import choose_topic
from bot.core.messages import Fact, Section
from bot.core.stories.names import story_name
from bot.core.text.words import find_words
from bot.storage import live_queries, topics
from bot.storage.following import Options
from bot.storage.topics import OwnTopic, TopicRow

LONGEST = 40
"""Letters of a topic's name."""


async def run_add(desk: Desk, call: Call) -> Reply:
    """A new topic of this tenant's own."""
    require_moderator(call, "Making topics")
    title, text = str(call.arguments["name"]), str(call.arguments["query"])
    name = topic_name(title)
    known = await topics.find_topic(desk.tx, desk.tenant, title)
    if known is not None:
        raise _taken(known)
    if await topics.count_own(desk.tx, desk.tenant) >= desk.limits.topics:
        said = f"{desk.limits.topics} topics were made here, and no more are allowed. Nothing was changed."
        raise Unclear(said, "Remove one that nobody needs.", ("topic list",))
    query = await intern(desk, text)
    was_live = await live_queries.is_live(desk.tx, query)
    await topics.make_topic(desk.tx, desk.tenant, OwnTopic(name, title, query))
    facts = await _facts(desk, query, was_live=was_live)
    body = "Nobody follows it yet. Only this server, room or chat knows it."
    return blocks(
        desk,
        Section(kicker="Topic", title=f"{title} is made", body=((body,),), facts=(fact("Name", name), *facts)),
        choices=(f"follow {name}", f"topic show {name}"),
    )


def topic_name(title: str) -> str:
    """`Battery metals` is called battery-metals. Raises Unclear where nothing is left of it, or too much."""
    name = "-".join(token.raw.casefold() for token in find_words(title))
    if not 2 <= len(name) <= LONGEST:
        raise Unclear(f'"{title}" is no name for a topic: that has 2 to {LONGEST} letters. Nothing was changed.')
    return name


def _taken(known: TopicRow) -> Unclear:
    """The name is in use: a shipped topic can be hidden by an own one, if that is said."""
    edit = f"topic edit {known.name} <query>"
    if known.is_shipped:
        return Unclear(
            f"{known.title} comes with Lodewire, under the name {known.name}. Nothing was changed.",
            f"Choose another name. Or write {edit}: then your own takes its place here, and nowhere else.",
            (f"topic show {known.name}",),
        )
    said = f"There is a topic called {known.name} here already. Nothing was changed."
    return Unclear(said, f"To change it, write: {edit}", (f"topic show {known.name}",))


async def run_edit(desk: Desk, call: Call) -> Reply:
    """Another query for a topic; whoever follows it here follows the new one."""
    require_moderator(call, "Changing topics")
    topic = await choose_topic(desk, str(call.arguments["name"]), "topic show")
    query = await intern(desk, str(call.arguments["query"]))
    if query == topic.query:
        raise Unclear(f"That is what {topic.title} looks for already. Nothing was changed.")
    followers = await topics.followers_of(desk.tx, desk.tenant, topic)
    was_live = await live_queries.is_live(desk.tx, query)
    if topic.is_shipped:
        await _require_quota(desk)
        await topics.make_topic(desk.tx, desk.tenant, OwnTopic(topic.name, topic.title, query))
        said = "Your own topic takes the place of the one that comes with Lodewire, here and nowhere else. "
        said += f"To have that back, write: topic remove {topic.name}"
    else:
        await topics.change_topic(desk.tx, desk.tenant, topic, query)
        said = "It looks for other words from now on."
    section = Section(
        kicker="Topic",
        title=f"{topic.title} is changed",
        body=((said,), (_followed(desk, followers, "They follow the new query."),)),
        facts=tuple(await _facts(desk, query, was_live=was_live)),
    )
    return blocks(desk, section, choices=(f"topic show {topic.name}", f"latest {topic.name}"))


async def _require_quota(desk: Desk) -> None:
    if await topics.count_own(desk.tx, desk.tenant) >= desk.limits.topics:
        said = f"{desk.limits.topics} topics were made here, and no more are allowed. Nothing was changed."
        raise Unclear(said, "Remove one that nobody needs.", ("topic list",))


def _followed(desk: Desk, followers: list[int], then: str) -> str:
    if not followers:
        return "Nobody follows it here."
    is_here = ", this one among them" if desk.channel in followers and len(followers) > 1 else ""
    if followers == [desk.channel]:
        return f"It is followed here alone. {then.replace('They follow', 'It follows')}"
    return f"{counted(len(followers), 'channel follows', 'channels follow')} it{is_here}. {then}"


async def run_remove(desk: Desk, call: Call) -> Reply:
    """Remove a topic; where it is followed, only once that was said and confirmed."""
    require_moderator(call, "Removing topics")
    topic = await choose_topic(desk, str(call.arguments["name"]), "topic remove")
    if topic.is_shipped:
        said = f"{topic.title} comes with Lodewire and cannot be removed. Nothing was changed."
        raise Unclear(said, f"To hear no more of it, write: unfollow {topic.name}", (f"unfollow {topic.name}",))
    followers = await topics.followers_of(desk.tx, desk.tenant, topic)
    is_hiding = topic.name in await topics.shipped_names(desk.tx)
    if followers and call.arguments.get("confirm") != "yes":
        raise _unconfirmed(desk, topic, followers, is_hiding=is_hiding)
    shipped = await topics.remove_topic(desk.tx, desk.tenant, topic)
    said = f"The topic {topic.title} is removed. Alerts already shown stay."
    if shipped is not None:
        said += f" {shipped.title} means what comes with Lodewire again."
    elif followers:
        said += f" {counted(len(followers), 'subscription', 'subscriptions')} to it ended."
    return blocks(desk, Section(body=((said,),)), choices=("topic list",))


def _unconfirmed(desk: Desk, topic: TopicRow, followers: list[int], *, is_hiding: bool) -> Unclear:
    confirm = f"topic remove {topic.name} confirm:yes"
    ends = "What follows it will follow the one that comes with Lodewire" if is_hiding else "Its alerts end there"
    said = _followed(desk, followers, "").strip()
    return Unclear(f"{said} {ends}. Nothing was changed yet.", f"To remove it, write: {confirm}", (confirm,))


async def _facts(desk: Desk, query: int, *, was_live: bool) -> list[Fact]:
    expr = await topics.query_expr(desk.tx, query)
    await learn_matches(desk, query, expr, was_live=was_live)
    facts = [fact("Query", expr), fact("Expect", await estimate(desk, desk.tenant, query, Options()))]
    facts += await unknown_sources(desk, expr)
    head = await newest(desk, desk.tenant, query, Options())
    return [*facts, fact("Latest match", f"{story_name(head.id)}, {head.headline}" if head else "none in 30 days")]


NAME = Parameter("name", "text", "what it is called; in quotes where it has several words", required=True)
QUERY = Parameter("query", "rest", "what it looks for", required=True)

ADD = Command(
    "add",
    "make a topic",
    run_add,
    (NAME, QUERY),
    examples=(
        'topic add magnets "permanent magnet" OR NdFeB',
        'topic add "Battery metals" lithium OR cobalt OR nickel',
    ),
)
EDIT = Command(
    "edit",
    "let a topic look for something else",
    run_edit,
    (Parameter("name", "text", "a topic", required=True, suggest=suggest_topics), QUERY),
    examples=('topic edit magnets "permanent magnet" NOT fridge',),
)
REMOVE = Command(
    "remove",
    "remove a topic that was made here",
    run_remove,
    (
        Parameter("name", "rest", "a topic", required=True, suggest=suggest_own_topics),
        Parameter("confirm", "choice", "yes, where it is followed", choices=("yes",), is_named=True),
    ),
    examples=("topic remove magnets",),
)
