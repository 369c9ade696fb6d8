"""`follow`: alerts on a topic or a query, here or in a direct chat, with the latest match as proof."""

from __future__ import annotations

from dataclasses import dataclass

from bot.commands.backtest import REACH, estimate, learn_matches
from bot.commands.command import Call, Command, Desk, Parameter, Reply, Unclear
from bot.commands.nearest import either, nearest
from bot.commands.replies import blocks, fact
from bot.commands.suggest import suggest_topics
from bot.commands.target import WHERE, Target, choose_target
from bot.core.errors import CommandError, QueryError
from bot.core.messages import Fact, Section
from bot.core.stories.names import story_name
from bot.storage import following, live_queries, places, topics
from bot.storage.archive import latest_match

SIMILAR = 0.8
"""How like a topic's name plain words must be to be asked about: "rare erths", but not "rare books"."""

QUERY_SIGNS = ('"', ":", "(", "*", "=", " -", " AND ", " OR ", "NOT ", "NEAR")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be followed: a query's number and normal form, and what it is called. `title` is for sentences."""

    query: int
    expr: str
    name: str
    title: str


async def run(desk: Desk, call: Call) -> Reply:
    """Subscribe a channel; its card for the latest match is written with it."""
    target = await choose_target(desk, call, is_change=True)
    wanted = await read_wanted(desk, str(call.arguments["what"]))
    await _require_room(desk, target)
    person = await places.ensure_person(desk.tx, call.who.platform, call.who.remote_id)
    was_live = await live_queries.is_live(desk.tx, wanted.query)
    made = await following.follow(desk.tx, wanted.query, target.channel, wanted.name, person, desk.now)
    if not made:
        return _already(desk, wanted, target)
    await learn_matches(desk, wanted.query, wanted.expr, was_live=was_live)
    facts = fact("Expect", await estimate(desk, target.tenant, wanted.query)), await _prove(desk, wanted, target)
    said = f"New stories on it are shown {target.words}."
    section = Section(title=f"Following {wanted.title}", body=((said,),), facts=facts)
    return blocks(desk, section, choices=("following", f"unfollow {wanted.name}"))


async def read_wanted(desk: Desk, text: str) -> Wanted:
    """The topic of that name, or the words as a query. Raises CommandError where it is neither, or nearly a topic."""
    topic = await topics.find_topic(desk.tx, desk.tenant, text)
    if topic is not None:
        return Wanted(topic.query, topic.expr, topic.name, topic.title)
    if not any(sign in text for sign in QUERY_SIGNS):
        await _ask_if_topic(desk, text)
    try:
        query = await topics.intern_query(desk.tx, text, desk.concepts().known)
    except QueryError as error:
        raise CommandError(f"This query cannot be read: {error}", "Nothing was changed.") from error
    return Wanted(query, await topics.query_expr(desk.tx, query), text, text)


async def _ask_if_topic(desk: Desk, text: str) -> None:
    names = {title: topic.name for topic in await topics.list_topics(desk.tx, desk.tenant) for title in _called(topic)}
    close = list(dict.fromkeys(names[title] for title in nearest(text, names, cutoff=SIMILAR)))
    if close:
        choices = tuple(f"follow {name}" for name in close)
        exact = f'follow "{text}"'
        said = f"Did you mean {either(choices)}? For these words as they stand, write: {exact}"
        raise Unclear(f'There is no topic "{text}".', said, (*choices, exact))


def _called(topic: topics.TopicRow) -> tuple[str, str]:
    return topic.name, topic.title


async def _require_room(desk: Desk, target: Target) -> None:
    most = desk.limits.subscriptions
    if await following.count_subscriptions(desk.tx, target.tenant) >= most:
        raise Unclear(
            f"{most} subscriptions are in use {target.words} and its neighbours, and no more are allowed.",
            "Nothing was changed. Write following to see them, and unfollow one.",
            ("following",),
        )


def _already(desk: Desk, wanted: Wanted, target: Target) -> Reply:
    section = Section(body=((f"{wanted.title} is followed {target.words} already. Nothing was changed.",),))
    return blocks(desk, section, choices=("following", f"unfollow {wanted.name}"))


async def _prove(desk: Desk, wanted: Wanted, target: Target) -> Fact:
    head = await latest_match(desk.tx, target.tenant, wanted.query, desk.now - REACH)
    if head is None:
        return fact("Latest match", "nothing in the last 30 days; the first alert comes with the next match")
    is_new = await following.show_proof(desk.tx, target.channel, head.id, head.rev, desk.now)
    when = "its alert follows now, as a sample" if is_new else "it was shown there before"
    return fact("Latest match", f"{story_name(head.id)}, {head.headline} ({when})")


FOLLOW = Command(
    "follow",
    "get alerts on a topic or a query",
    run,
    (Parameter("what", "rest", "a topic or a query", required=True, suggest=suggest_topics), WHERE),
    examples=(
        "follow rare-earths",
        'follow "rare earth" AND (export OR licence) NOT podcast',
        "follow title:gallium NEAR/8 (ban OR quota) -lang:ru",
        "follow gallium where: me",
    ),
)
