"""Who speaks for a story in a language: of its sources as good as the one that leads it, the first that speaks it.

Reads alone; the story itself is led by the same item everywhere.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from bot.core.text.language import detect_language
from bot.core.text.words import find_words
from bot.storage.alerts import stays_here
from bot.storage.database import Transaction
from bot.storage.feeds import is_heard_by
from bot.storage.schema import feeds, items, stories, turns
from bot.storage.turns import TOLD

OPENING = 400
"""Characters of a text by which its language is told where nobody states it."""

_lead, _its_feed = items.alias("lead_item"), feeds.alias("lead_feed")
"""Made once: an alias copies every column of its table, at each call if made there."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """The words of the item that speaks: headline, whole text, link, and who brought it, by name and tier."""

    headline: str
    text: str
    url: str | None
    lang: str
    source: str
    tier: int


async def speakers_in(tx: Transaction, numbers: Collection[int], lang: str, tenant: int) -> dict[int, Spoken]:
    """By story the item that speaks for it in a language, as a tenant sees it; none where its lead does, or nobody.

    What denies a story, or takes it back, never speaks for it; neither does what only came silently with a feed.
    """
    found: dict[int, int] = {}
    for story, candidates in (await _candidates(tx, numbers, tenant)).items():
        lead = next((one for one in candidates if one.is_lead), None)
        if lead is None or speaks(lead, lang):
            continue
        speaker = next((one for one in candidates if not one.is_lead and speaks(one, lang)), None)
        if speaker is not None:
            found[story] = speaker.id
    return await _read(tx, found)


def speaks(one: Any, lang: str) -> bool:
    """Whether a row with `lang`, `title` and `opening` is in a language: as it states, or as it reads."""
    stated = (one.lang or "").casefold().partition("-")[0]
    return (stated or detect_language([token.raw for token in find_words(f"{one.title} {one.opening}")])) == lang


async def _candidates(tx: Transaction, numbers: Collection[int], tenant: int) -> dict[int, list[Any]]:
    """The leads of these stories, and what is as good as they, in the order in which it came."""
    contrary = select(turns.c.item).where(turns.c.story == stories.c.id, turns.c.item.is_not(None))
    is_lead = items.c.id == _lead.c.id
    columns = items.c.id, items.c.story, items.c.lang, items.c.title, func.substr(items.c.text, 1, OPENING)
    query = (
        select(*columns[:-1], columns[-1].label("opening"), is_lead.label("is_lead"))
        .join_from(stories, _lead, _lead.c.id == stories.c.lead)
        .join(_its_feed, _its_feed.c.id == _lead.c.feed)
        .join(items, items.c.story == stories.c.id)
        .join(feeds, feeds.c.id == items.c.feed)
        .where(stories.c.id.in_(numbers), items.c.repeats.is_(None), feeds.c.tier == _its_feed.c.tier)
        .where(is_lead | (~items.c.silent & is_heard_by(feeds.c.id, tenant) & stays_here(tenant)))
        .where(is_lead | items.c.id.not_in(contrary.where(turns.c.kind.in_(TOLD), turns.c.kind != "official")))
        .order_by(items.c.id)
    )
    found: dict[int, list[Any]] = {}
    for row in (await tx.execute(query)).all():
        found.setdefault(row.story, []).append(row)
    return found


async def _read(tx: Transaction, speakers: dict[int, int]) -> dict[int, Spoken]:
    query = (
        select(items, feeds.c.title.label("outlet"), feeds.c.tier)
        .join(feeds, feeds.c.id == items.c.feed)
        .where(items.c.id.in_(sorted(set(speakers.values()))))
    )
    rows = {row.id: row for row in (await tx.execute(query)).all()} if speakers else {}
    return {
        story: Spoken(row.title, row.text or "", row.url, row.lang or "", row.outlet, row.tier)
        for story, number in speakers.items()
        for row in (rows[number],)
    }
