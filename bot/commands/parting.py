"""Splitting a story: how its two parts read, what the new one matches, which dates go along. Asks nobody."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from bot.commands.command import Desk
from bot.commands.why import document_of
from bot.core.errors import QueryError
from bot.core.summary import summarise
from bot.core.topics import parse_query
from bot.storage import fixing
from bot.storage.deadlines import dates_of_story
from bot.storage.dossier import StoryView, Telling
from bot.storage.splitting import Speaker, Split, split_story


async def part(desk: Desk, view: StoryView, leaving: Sequence[Telling], tenant: int | None) -> int:
    """Give these tellings a story of their own; its number. `tenant`: for whom alone, or None."""
    staying = [one for one in view.tellings if one not in leaving]
    queries = await fixing.queries_of(desk.tx, view.id)
    matched = await asyncio.to_thread(_matched, desk, queries, leaving)
    said = " ".join(one.text + one.title for one in staying)
    going = " ".join(one.text + one.title for one in leaving)
    dates = [one.id for one in await dates_of_story(desk.tx, view.id, desk.tenant) if one.tenant is None
             and one.evidence and one.evidence in going and one.evidence not in said]  # fmt: skip
    split = Split(
        view.id,
        tuple(one.item for one in leaving),
        await _speaker(desk, leaving),
        await _speaker(desk, staying),
        matched,
        tuple(dates) if tenant is None else (),
        tenant,
    )
    return await split_story(desk.tx, split, desk.now)


async def _speaker(desk: Desk, tellings: Sequence[Telling]) -> Speaker:
    """The one of the best source, summed up."""
    known = await fixing.read_speakers(desk.tx, [one.item for one in tellings])
    best = known[0]
    return replace(best, summary=await asyncio.to_thread(summarise, best.headline, best.text))


def _matched(desk: Desk, queries: Sequence[tuple[int, str]], tellings: Sequence[Telling]) -> tuple[int, ...]:
    """The queries of the story that one of these matches by itself."""
    from bot.core.topics.judge import is_met  # here: most commands match nothing

    documents = [document_of(one) for one in tellings]
    concepts, found = desk.concepts(), []
    for number, expr in queries:
        try:
            query = parse_query(expr)
        except QueryError:
            continue
        if any(is_met(query, one, concepts.find(one)) for one in documents):
            found.append(number)
    return tuple(found)
