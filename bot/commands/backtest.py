"""Trying a query on what is stored: the stories of the last month that it matches, and the words it matches on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.commands.command import Desk
from bot.core.errors import QueryError
from bot.core.topics import no_concepts, parse_query
from bot.storage import archive
from bot.storage.archive import StoryText

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
    texts = await archive.recent_texts(desk.tx, desk.now - REACH, MOST_TEXTS)
    found = await asyncio.to_thread(stories_matching, expr, texts, desk.concepts)
    await archive.save_matches(desk.tx, query, found)


def stories_matching(
    expr: str, texts: Iterable[StoryText], concepts: Callable[[], Concepts] = no_concepts
) -> list[int]:
    """The numbers of the stories with a text that the query matches. Raises QueryError."""
    from bot.core.topics.matcher import Document, Matcher  # here: most commands match nothing

    matcher = Matcher(concepts())
    matcher.add(0, expr)
    documents = ((text.story, Document(text.title, text.text, text.lang, text.source, text.tier)) for text in texts)
    return sorted({story for story, document in documents if matcher.match(document)})


def words_matched(expr: str, documents: Sequence[Document], concepts: Concepts) -> str:
    """The words on which a query matches the first of these that it matches, as written there; or ""."""
    from bot.core.topics.evidence import explain, find_evidence  # here: most commands match nothing
    from bot.core.topics.judge import is_met

    try:
        query = parse_query(expr)
    except QueryError:
        return ""
    met = (document for document in documents if is_met(query, document, concepts.find(document)))
    return next((explain(find_evidence(query, document, concepts)) for document in met), "")


async def estimate(desk: Desk, tenant: int, query: int) -> str:
    """How many alerts a query brings, in words; where the archive is younger than a week, what it holds."""
    start = await archive.archive_start(desk.tx)
    since = desk.now - ESTIMATE
    if start is None:
        return "not known yet: the archive is empty"
    count = await archive.count_matches(desk.tx, tenant, query, since)
    return weekly(count, desk.now - max(start, since))


def weekly(count: int, span: timedelta) -> str:
    """`about 4 a week`, from a count over a time."""
    if span < WEEK:
        return "not known yet: the archive is younger than a week"
    rate = count / (span / WEEK)
    if rate >= 1:
        return f"about {round(rate)} a week"
    return "less than one a week" if count else "none in the last weeks, so few or none"
