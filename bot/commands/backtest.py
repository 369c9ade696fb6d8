"""Trying a query on what is stored: the stories of the last month that it matches, and the words it matches on."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.commands.command import Desk
from bot.core.errors import QueryError
from bot.core.sources import Outlet
from bot.core.topics import no_concepts, parse_query
from bot.storage import archive
from bot.storage.archive import StoryHead
from bot.storage.following import Options
from bot.storage.lookup import StoryText, TextFound, heads_of, matching_texts, recent_texts
from bot.storage.matching import save_matches

if TYPE_CHECKING:
    from bot.core.topics.concepts import Concepts
    from bot.core.topics.document import Document

REACH = timedelta(days=30)
"""How far back a new query is tried."""

MOST_TEXTS = 2000
"""How many texts at most: the newest. Trying them must not hold up other people's commands."""

ESTIMATE = timedelta(days=28)
"""The time from which "about 4 a week" is taken."""

WEEK = timedelta(days=7)


async def learn_matches(desk: Desk, query: int, expr: str, *, was_live: bool) -> None:
    """Store what a query nobody had asked for until now matches among the stories of the last `REACH`."""
    if was_live and await archive.has_matches(desk.tx, query):
        return
    from bot.core.topics.candidates import candidates  # here: most commands match nothing

    concepts = await asyncio.to_thread(desk.concepts)  # the first look at them reads files
    wanted = await asyncio.to_thread(candidates, parse_query(expr), concepts)
    texts = await recent_texts(desk.tx, wanted, desk.now - REACH, MOST_TEXTS)
    found = await asyncio.to_thread(stories_matching, expr, texts, desk.concepts)
    await save_matches(desk.tx, [(story, query, feed) for story, feed in found.items()])


def stories_matching(
    expr: str, texts: Iterable[StoryText], concepts: Callable[[], Concepts] = no_concepts
) -> dict[int, int | None]:
    """The numbers of the stories with a text that the query matches, each with the own feed by which alone it does.

    Raises QueryError.
    """
    from bot.core.topics.matcher import Document, Matcher  # here: most commands match nothing

    matcher = Matcher(concepts())
    matcher.add(0, expr)
    found: dict[int, int | None] = {}
    for text in texts:
        is_news = text.story not in found or (text.own is None and found[text.story] is not None)
        if is_news and matcher.match(Document(text.title, text.text, text.lang, text.source, text.tier)):
            found[text.story] = text.own
    return found


def words_matched(expr: str, documents: Sequence[Document], concepts: Concepts, most: int = 4) -> str:
    """At most `most` words on which a query matches the first of these that it matches, as written there; or ""."""
    from bot.core.topics.evidence import explain, find_evidence  # here: most commands match nothing
    from bot.core.topics.judge import is_met

    try:
        query = parse_query(expr)
    except QueryError:
        return ""
    met = (document for document in documents if is_met(query, document, concepts.find(document)))
    return next((explain(find_evidence(query, document, concepts), most) for document in met), "")


async def estimate(desk: Desk, tenant: int, query: int, options: Options) -> str:
    """How many alerts a query brings, in words; where the archive is younger than a week, what it holds."""
    start = await archive.archive_start(desk.tx)
    since = desk.now - ESTIMATE
    if start is None:
        return "not known yet: the archive is empty"
    if options.least or options.filters.written():
        count = len(await _passing(desk, tenant, query, options, since))
    else:
        count = await archive.count_matches(desk.tx, tenant, query, since)
    return weekly(count, desk.now - max(start, since))


async def newest(desk: Desk, tenant: int, query: int, options: Options) -> StoryHead | None:
    """The newest story of the last `REACH` that a subscription with these options would show."""
    if not options.least and not options.filters.written():
        return await archive.latest_match(desk.tx, tenant, query, desk.now - REACH)
    found = await _passing(desk, tenant, query, options, desk.now - REACH, with_silent=True)
    return next(iter(await heads_of(desk.tx, tenant, found)), None)


async def _passing(
    desk: Desk, tenant: int, query: int, options: Options, since: datetime, *, with_silent: bool = False
) -> list[int]:
    """The stories that a subscription with these options would have shown since then."""
    texts = await matching_texts(desk.tx, tenant, query, since, MOST_TEXTS)
    told: defaultdict[int, list[TextFound]] = defaultdict(list)
    for one in texts:
        if one.weight >= options.least and (with_silent or not one.is_silent):
            told[one.story].append(one)
    return [story for story, by in told.items() if options.filters.passes([outlet_of(one) for one in by])]


def document_of(text: TextFound) -> Document:
    """It, as the matcher sees it."""
    from bot.core.topics.document import Document  # here: most commands match nothing

    return Document(text.title, text.text, text.lang, text.source, text.tier)


def outlet_of(text: TextFound) -> Outlet:
    """Who told it."""
    return Outlet(text.feed_title, text.feed_url, text.lang)


def weekly(count: int, span: timedelta) -> str:
    """`about 4 a week`, from a count over a time."""
    if span < WEEK:
        return "not known yet: the archive is younger than a week"
    rate = count / (span / WEEK)
    if rate >= 1:
        return f"about {round(rate)} a week"
    return "less than one a week" if count else "none in the last weeks, so few or none"
