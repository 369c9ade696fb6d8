"""`follow`: alerts on a topic or a query, here or in a direct chat, with the latest match as proof."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.commands.backtest import estimate, learn_matches, newest
from bot.commands.command import Call, Command, Desk, Parameter, Reply, Unclear
from bot.commands.nearest import either, nearest
from bot.commands.options import OPTIONS, described, read_options
from bot.commands.outlets import unknown_sources
from bot.commands.replies import blocks, fact
from bot.commands.suggest import suggest_topics
from bot.commands.target import WHERE, Target, choose_target
from bot.core.errors import CommandError, QueryError
from bot.core.messages import Fact, Section
from bot.core.stories.names import story_name
from bot.core.topics import parse_query
from bot.core.topics.query import Feature, atoms_of
from bot.storage import following, live_queries, places, topics
from bot.storage.following import Following, Options
from bot.storage.topics import TopicRow

WHAT = 'a topic, or words, "phrases", AND OR NOT, NEAR/8, prefix*, title: source: lang: mineral: action:'

SIMILAR = 0.8
"""How like a topic's name plain words must be to be asked about: "rare erths", but not "rare books"."""

LONG = 160
"""Characters up to which a query is shown in a sentence."""

QUERY_SIGNS = ('"', ":", "(", "*", "=", " -", " AND ", " OR ", "NOT ", "NEAR")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be followed: a query's number and normal form, and what it is called. `title` is for sentences."""

    query: int
    expr: str
    name: str
    title: str


async def run(desk: Desk, call: Call) -> Reply:
    """Subscribe a channel, or change how it is subscribed; a card for the latest match is written with it."""
    target = await choose_target(desk, call, is_change=True)
    wanted = await read_wanted(desk, str(call.arguments["what"]))
    rows = await following.list_following(desk.tx, target.channel, desk.now - timedelta(days=7))
    known = await asyncio.to_thread(_same, rows, wanted)
    if known is not None:
        return await _again(desk, call, target, known)
    options = await read_options(desk, call)
    await _require_room(desk, target)
    person = await places.ensure_person(desk.tx, call.who.platform, call.who.remote_id)
    was_live = await live_queries.is_live(desk.tx, wanted.query)
    await following.follow(desk.tx, wanted.query, target.channel, wanted.name, person, desk.now, options)
    await learn_matches(desk, wanted.query, wanted.expr, was_live=was_live)
    return await _begun(desk, target, wanted, options, rows)


def _same(rows: Sequence[Following], wanted: Wanted) -> Following | None:
    """The subscription to the same query, also where that is written otherwise."""
    from bot.core.topics.likeness import is_same  # here: most commands match nothing

    return next((row for row in rows if row.query == wanted.query or is_same(row.expr, wanted.expr)), None)


def _wider(desk: Desk, rows: Sequence[Following], wanted: Wanted) -> Following | None:
    """A subscription that brings all that this query does."""
    from bot.core.topics.likeness import covers  # here: most commands match nothing

    return next((row for row in rows if covers(row.expr, wanted.expr, desk.concepts())), None)


async def _begun(desk: Desk, target: Target, wanted: Wanted, options: Options, before: Sequence[Following]) -> Reply:
    facts = [fact("Shows", described(options))] if described(options) else []
    facts.append(fact("Expect", await estimate(desk, target.tenant, wanted.query, options)))
    facts += await unknown_sources(desk, wanted.expr)
    facts.append(await _prove(desk, wanted, target, options))
    body = [(f"New stories on it are shown {target.words}.",)]
    open_rows = [row for row in before if row.options.shows_all_of(options)]
    wider = await asyncio.to_thread(_wider, desk, open_rows, wanted)
    if wider is not None:
        title = wider.title or wider.name
        body.append((f"{title}, which is followed {target.words}, has it in its own query: no story is shown twice, "
                     "and this one may bring nothing more.",))  # fmt: skip
    section = Section(title=f"Following {wanted.title}", body=tuple(body), facts=tuple(facts))
    return blocks(desk, section, choices=("following", f"unfollow {wanted.name}"))


async def _again(desk: Desk, call: Call, target: Target, known: Following) -> Reply:
    """Followed already: other options are taken over, and said; without any, nothing is changed."""
    await following.reopen(desk.tx, target.channel, desk.now)
    options, title = await read_options(desk, call, known.options), known.title or known.name
    choices = ("following", f"unfollow {known.name}")
    if options == known.options:
        said = f"You already follow {title} {target.words}. Nothing was changed."
        return blocks(desk, Section(body=((said,),)), choices=choices)
    await following.set_options(desk.tx, target.channel, known.id, options)
    facts = (
        fact("Before", described(known.options) or "everything"),
        fact("Now", described(options) or "everything"),
        fact("Expect", await estimate(desk, target.tenant, known.query, options)),
    )
    said = f"You already follow it {target.words}; what is shown of it is changed."
    return blocks(desk, Section(title=f"Following {title}", body=((said,),), facts=facts), choices=choices)


async def read_wanted(desk: Desk, text: str) -> Wanted:
    """The topic of that name, or the words as a query. Raises CommandError where it is neither, or nearly a topic."""
    topic = await topics.find_topic(desk.tx, desk.tenant, text)
    if topic is not None:
        return Wanted(topic.query, topic.expr, topic.name, topic.title)
    if not any(sign in text for sign in QUERY_SIGNS):
        await _ask_if_topic(desk, text)
    query = await intern(desk, await _narrowed(desk, text) or text)
    return Wanted(query, await topics.query_expr(desk.tx, query), text, text)


async def _narrowed(desk: Desk, text: str) -> str:
    """`rare-earths NOT podcast`: a topic without something, as "less like this" names it; "" where it is none."""
    name, _, rest = text.partition(" NOT ")
    topic = await topics.find_topic(desk.tx, desk.tenant, name) if rest else None
    return f"({topic_expr(desk, topic)}) NOT {rest}" if topic else ""


def topic_expr(desk: Desk, topic: TopicRow) -> str:
    """A topic as part of a query: a shipped one by its name, so that the query goes with it; else its words."""
    is_known = topic.is_shipped and topic.name in desk.concepts().known.get("topic", ())
    return f"topic:{topic.name}" if is_known else topic.expr


async def intern(desk: Desk, text: str) -> int:
    """The number of a query. Raises CommandError where it cannot be read."""
    try:
        return await topics.intern_query(desk.tx, text, desk.concepts().known)
    except QueryError as error:
        await refuse_own_topics(desk, text)
        raise CommandError(f"{unreadable(error)} Nothing was changed.", at_the_arrow(error, text)) from error


def unreadable(error: QueryError) -> str:
    """What is wrong with a query, as a sentence."""
    end = "" if error.message[-1] in ".?" else "."
    return f"This query cannot be read: {error.message}{end} {error.todo}".rstrip()


def at_the_arrow(error: QueryError, text: str) -> str:
    """Where it is wrong."""
    return f"Here, at the arrow: {error.marked(text)}"


async def refuse_own_topics(desk: Desk, text: str) -> None:
    """Raise Unclear where a query names a topic that was made here, with the words to write in its place."""
    try:
        named = [atom.value for atom in atoms_of(parse_query(text)) if isinstance(atom, Feature)]
    except QueryError:
        return
    for topic in [await topics.find_topic(desk.tx, desk.tenant, name) for name in dict.fromkeys(named)]:
        if topic is not None and not topic.is_shipped:
            said = f"topic:{topic.name} was made here, and a query can name only topics that come with Lodewire: yours "
            said += "may change at any time, and a query does not. Nothing was changed."
            words = f"({topic.expr})" if len(topic.expr) <= LONG else f"its query, which topic show {topic.name} has"
            choices = (f"follow {topic.name}", f"topic show {topic.name}")
            raise Unclear(said, f"Follow {topic.name} by its name alone, or write in its place: {words}", choices)


async def _ask_if_topic(desk: Desk, text: str) -> None:
    names = {title: topic.name for topic in await topics.list_topics(desk.tx, desk.tenant) for title in _called(topic)}
    close = list(dict.fromkeys(names[title] for title in nearest(text, names, cutoff=SIMILAR)))
    if close:
        choices = tuple(f"follow {name}" for name in close)
        exact = f'follow "{text}"'
        said = f"Did you mean {either(choices)}? For these words as they stand, write: {exact}"
        raise Unclear(f'There is no topic "{text}".', said, (*choices, exact))


def _called(topic: TopicRow) -> tuple[str, str]:
    return topic.name, topic.title


async def _require_room(desk: Desk, target: Target) -> None:
    most = desk.limits.subscriptions
    if await following.count_subscriptions(desk.tx, target.tenant) >= most:
        raise Unclear(
            f"{most} subscriptions are in use {target.words} and its neighbours, and no more are allowed.",
            "Nothing was changed. Write following to see them, and unfollow one.",
            ("following",),
        )


async def _prove(desk: Desk, wanted: Wanted, target: Target, options: Options) -> Fact:
    head = await newest(desk, target.tenant, wanted.query, options)
    if head is None:
        return fact("Latest match", "nothing in the last 30 days; the first alert comes with the next match")
    is_new = await following.show_proof(desk.tx, target.channel, head.id, head.rev, desk.now)
    when = "its alert follows now, as a sample" if is_new else f"it was shown {target.words} before"
    return fact("Latest match", f"{story_name(head.id)}, {head.headline} ({when})")


FOLLOW = Command(
    "follow",
    "get alerts on a topic or a query",
    run,
    (Parameter("what", "rest", WHAT, required=True, suggest=suggest_topics), WHERE, *OPTIONS),
    examples=(
        "follow rare-earths",
        'follow "rare earth" AND (export OR licence) NOT podcast',
        "follow title:gallium NEAR/8 (ban OR quota) -lang:ru",
        "follow gallium where: me",
        "follow export-controls weight: urgent languages: en, ru",
    ),
)
