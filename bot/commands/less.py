"""`mute less`: learns from one story, in the open. It proposes what would keep its like away, and does what is chosen.

Nothing is learnt in silence: what is excluded stands in the subscription's name or in the list of mutes.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from bot.commands.backtest import MOST_TEXTS, REACH, document_of, learn_matches, outlet_of
from bot.commands.command import Call, Command, Desk, Parameter, Reply, Unclear
from bot.commands.follow import intern, topic_expr
from bot.commands.options import require_source, suggest_sources
from bot.commands.replies import blocks, counted, fact
from bot.commands.story import find_story
from bot.commands.suggest import suggest_stories
from bot.commands.target import WHERE, Target, choose_target
from bot.core.messages import Section
from bot.core.sources import is_called
from bot.core.stories.names import story_name
from bot.core.stories.telling import telling_words
from bot.core.text.index import GLUED
from bot.storage import following, live_queries, lookup, mutes, places, topics
from bot.storage.dossier import StoryView
from bot.storage.feeds import list_feeds
from bot.storage.following import Following
from bot.storage.lookup import TextFound
from bot.storage.mutes import Subject

HEADLINES = 3
SUBSCRIPTIONS_READ, TEXTS_READ = 10, 25
"""For suggestions: a person is typing."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One way to see less: what it is, the command that does it, the stories it would have removed of so many."""

    title: str
    command: str
    removed: tuple[str, ...]
    of: int
    removes_words: bool = False


async def run_less(desk: Desk, call: Call) -> Reply:
    """Propose, or do what was chosen of it."""
    target = await choose_target(desk, call, is_change=True, what="muted")
    wanted = re.sub(r"^like this:?\s+", "", str(call.arguments["story"]), flags=re.IGNORECASE)
    view = await find_story(desk, wanted, "mute less")
    rows = await following.subscriptions_of(desk.tx, target.channel, view.id)
    if "without" in call.arguments:
        return await _exclude(desk, target, rows, str(call.arguments["without"]))
    if "source" in call.arguments:
        return await _mute_source(desk, call, target, str(call.arguments["source"]))
    return await _propose(desk, call, target, view, rows)


async def _propose(desk: Desk, call: Call, target: Target, view: StoryView, rows: Sequence[Following]) -> Reply:
    brought = await _brought(desk, target, rows)
    found = await asyncio.to_thread(_proposals, desk, view, rows, brought)
    name, where = story_name(view.id), " where:me" if call.arguments.get("where") == "me" else ""
    body = [(f"{name}, {view.headline}",), (_intro(target, rows),)]
    if rows and not any(one.removes_words for one in found):
        body.append(("No single word tells it from the other news that comes here.",))
    first = Section(title="Less like this", body=tuple(body))
    choices = (*(f"{one.command}{where}" for one in found), f"mute add {name}{where}")
    return blocks(desk, first, *map(_section, found), choices=choices)


def _intro(target: Target, rows: Sequence[Following]) -> str:
    if not rows:
        return f"Nothing that is followed {target.words} brings it. Its source, or the story alone, can be muted."
    names = "; ".join(row.title or row.name for row in rows)
    return f"Brought {target.words} by: {names}. Nothing is changed until you choose."


def _section(proposal: Proposal) -> Section:
    """What would have been removed, so that the choice is an informed one."""
    if not proposal.of:
        return Section(title=proposal.title, body=(("Nothing that is followed would change.",),))
    count = f"{len(proposal.removed)} of {counted(proposal.of, 'story', 'stories')}"
    more = len(proposal.removed) - HEADLINES
    return Section(
        title=proposal.title,
        body=((f"In the last 30 days this would have removed {count}:",),),
        lines=tuple((headline,) for headline in proposal.removed[:HEADLINES]),
        footer=f"+{more} more" if more > 0 else "",
    )


async def _brought(desk: Desk, target: Target, rows: Sequence[Following]) -> list[TextFound]:
    """What these subscriptions would have brought in 30 days."""
    found: dict[tuple[int, str], TextFound] = {}
    for row in rows:
        await learn_matches(desk, row.query, row.expr, was_live=True)
        for one in await lookup.matching_texts(desk.tx, target.tenant, row.query, desk.now - REACH, MOST_TEXTS):
            found.setdefault((one.story, one.feed_url), one)
    return list(found.values())


def _proposals(desk: Desk, view: StoryView, rows: Sequence[Following], brought: Sequence[TextFound]) -> list[Proposal]:
    """The most telling word, where something here brings the story, and its first source."""
    from bot.core.topics.document import Document  # here: most commands match nothing
    from bot.core.topics.exclusion import has_word, matched_words

    name, stories = story_name(view.id), {one.story for one in brought}
    told = (view.tellings[0].title or view.headline, view.tellings[0].text) if view.tellings else (view.headline, "")
    others = [(one.title, one.text) for one in brought if one.story != view.id]
    document = Document(*told)
    taken = {word for row in rows for word in matched_words(row.expr, document, desk.concepts())}
    proposals = []
    for word in telling_words(told, others, taken, 1) if rows else ():
        removed = _headlines([one for one in brought if has_word(word, document_of(one))])
        command = f"mute less {name} without:{word}"
        proposals.append(Proposal(f'Leave out what says "{word}"', command, removed, len(stories), True))
    if view.tellings:
        feed = _called(view.tellings[0].feed)
        by_others = {one.story for one in brought if not is_called(feed, outlet_of(one))}
        removed = _headlines([one for one in brought if one.story not in by_others])
        command = f'mute less {name} source:"{feed}"' if " " in feed else f"mute less {name} source:{feed}"
        proposals.append(Proposal(f"Mute {feed}", command, removed, len(stories)))
    return proposals


def _called(feed: str) -> str:
    """A feed's title, or the host of one that has none."""
    return urlsplit(feed).hostname or feed


def _headlines(texts: Sequence[TextFound]) -> tuple[str, ...]:
    return tuple({one.story: one.title for one in texts}.values())


async def _exclude(desk: Desk, target: Target, rows: Sequence[Following], word: str) -> Reply:
    """Let the subscriptions that brought the story follow the same without a word."""
    if not rows:
        raise Unclear(
            f"Nothing that is followed {target.words} brings this story.", "Nothing was changed.", ("following",)
        )
    facts = [fact(row.title or row.name, await _narrow(desk, target, row, word)) for row in rows]
    said = f'Stories that say "{word}" are left out {target.words} from now on.'
    undo = "To undo it, unfollow the new name and follow the old one."
    section = Section(title="Less like this", body=((said,), (undo,)), facts=tuple(facts))
    return blocks(desk, section, choices=("following",))


async def _narrow(desk: Desk, target: Target, row: Following, word: str) -> str:
    """Let one subscription follow the same without a word; what became of it."""
    from bot.core.topics.exclusion import looks_for, without  # here: most commands match nothing

    if await asyncio.to_thread(lambda: looks_for(row.expr, word, desk.concepts())):
        return "stays as it is, as it looks for this very word; unfollow it, or mute the story"
    topic = await topics.find_topic(desk.tx, target.tenant, row.name)
    is_topic = topic is not None and topic.query == row.query
    expr = without(topic_expr(desk, topic) if topic and is_topic else row.expr, word)
    name = f"{row.name} NOT {_quoted(word)}"
    query = await intern(desk, expr)
    was_live = await live_queries.is_live(desk.tx, query)
    if not await following.set_query(desk.tx, target.channel, row.id, query, name):
        return f"stays as it is, as {name} is followed already"
    await learn_matches(desk, query, expr, was_live=was_live)
    return f"is now called {name}"


def _quoted(word: str) -> str:
    return f'"{word}"' if " " in word or GLUED.search(word) else word


async def _mute_source(desk: Desk, call: Call, target: Target, source: str) -> Reply:
    """Mute one that is polled here. Raises Unclear for any other, and where there are too many mutes."""
    feed = require_source(source, await list_feeds(desk.tx, desk.tenant))
    subject = Subject(0, source.casefold(), feed.title or source)
    await mute_here(desk, call, target, subject, None)
    said = f"{subject.name} is muted {target.words}: what it alone tells makes no alert until you end it."
    return blocks(desk, Section(body=((said,),)), choices=(f"mute off {subject.name}", "mute list"))


async def mute_here(desk: Desk, call: Call, target: Target, subject: Subject, until: datetime | None) -> None:
    """Write the mute. Raises Unclear where there are too many."""
    if await mutes.count_mutes(desk.tx, target.channel, desk.now) >= desk.limits.mutes:
        said = f"{desk.limits.mutes} mutes are in force {target.words}, and no more are allowed. Nothing was changed."
        raise Unclear(said, "Write mute list, and end one.", ("mute list",))
    person = await places.ensure_person(desk.tx, call.who.platform, call.who.remote_id)
    await mutes.mute(desk.tx, target.channel, subject, person, desk.now, until)


async def suggest_words(desk: Desk, typed: str) -> list[str]:
    """Words that tell the newest stories of what is followed here from each other."""
    rows = await following.list_following(desk.tx, desk.channel, desk.now)
    found: dict[int, TextFound] = {}
    for row in rows[:SUBSCRIPTIONS_READ]:
        texts = await lookup.matching_texts(desk.tx, desk.tenant, row.query, desk.now - REACH, TEXTS_READ)
        found |= {one.story: one for one in texts}
    texts = sorted(found.values(), key=lambda one: one.told_at, reverse=True)[:TEXTS_READ]
    words = await asyncio.to_thread(_telling, [(one.title, one.text) for one in texts])
    return [word for word in words if typed.casefold().strip() in word]


def _telling(told: Sequence[tuple[str, str]]) -> list[str]:
    found = (telling_words(one, [other for other in told if other is not one], (), 2) for one in told)
    return list(dict.fromkeys(word for words in found for word in words))


LESS = Command(
    "less",
    "less like this story: proposes what to leave out, and asks",
    run_less,
    (
        Parameter("story", "rest", "a story's id, link or headline", required=True, suggest=suggest_stories),
        Parameter("without", "text", "a word to leave out", suggest=suggest_words, is_named=True),
        Parameter("source", "text", "a source to mute", suggest=suggest_sources, is_named=True),
        WHERE,
    ),
    examples=("mute less like this K7Q2", "mute less K7Q2 without:hydroxide"),
)
