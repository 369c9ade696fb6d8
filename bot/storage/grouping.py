"""What grouping compares, in rows; how stories stand that items join, and their next revisions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, exists, func, select, update

from bot.core.stories.gist import Candidate, unpack_gist
from bot.core.stories.hours import hours_of
from bot.core.stories.joining import UNKNOWN_TIER, Revision, Standing
from bot.storage.alert_cards import is_alert
from bot.storage.announcing import announce
from bot.storage.database import Transaction
from bot.storage.readers import FOR_ALL, Readers, own_readers, own_stories
from bot.storage.schema import feeds, gists, items, matches, stories
from bot.storage.turns import Turn, change_slot, note_turns
from bot.storage.upsert import execute_rows, insert_or

ROWS_READ = 2_000

Stored = tuple[int, int, Candidate]
"""A row's number, its story, and what is compared."""


async def read_gists(tx: Transaction, after: int, since: datetime) -> list[Stored]:
    """The next items that were taken in after row `after`, published since then, in the order of their taking."""
    query = (
        select(gists)
        .join(stories, stories.c.id == gists.c.story)
        .where(gists.c.id > after, gists.c.at >= since)
        .order_by(gists.c.id)
        .limit(ROWS_READ)
    )
    return [
        (
            row.id,
            row.story,
            Candidate(unpack_gist(row.gist), hours_of(row.at), row.link, row.title, bytes.fromhex(row.sketch)),
        )
        for row in (await tx.execute(query)).all()
    ]


async def save_gists(tx: Transaction, placed: Sequence[tuple[int, int, datetime, Candidate]]) -> int:
    """Keep items with their stories; `datetime` is when each was published. Returns the last row's number."""
    rows = [
        {
            "item": item,
            "story": story,
            "at": at,
            "link": one.link,
            "title": one.title,
            "sketch": one.sketch.hex(),
            "gist": one.gist.packed(),
        }
        for item, story, at, one in placed
    ]
    await execute_rows(tx, insert_or(tx, gists).on_conflict_do_nothing(), rows)
    return (await tx.execute(select(func.max(gists.c.id)))).scalar() or 0


async def forget_gists(tx: Transaction, before: datetime) -> int:
    """Forget what was published before `before`: nothing is compared with it any more."""
    return (await tx.execute(delete(gists).where(gists.c.at < before))).rowcount


async def read_standings(tx: Transaction, numbers: Collection[int]) -> dict[int, Standing]:
    """How these stories stand; those that are gone are left out."""
    if not numbers:
        return {}
    lead, its_feed = items.alias("lead"), feeds.alias("its_feed")
    query = (
        select(stories, its_feed.c.tier.label("lead_tier"))
        .add_columns(exists(select(1).where(is_alert(stories.c.id))).label("is_told"))
        .add_columns(exists(select(1).where(matches.c.story == stories.c.id)).label("is_matched"))
        .add_columns(
            exists(select(1).where(matches.c.story == stories.c.id, matches.c.feed.is_(None))).label("for_all")
        )
        .select_from(
            stories.outerjoin(lead, lead.c.id == stories.c.lead).outerjoin(its_feed, its_feed.c.id == lead.c.feed)
        )
        .where(stories.c.id.in_(numbers))
    )
    rows = (await tx.execute(query)).all()
    tellers = await _tellers(tx, numbers)
    readers = await own_stories(tx, numbers)
    own = await own_readers(tx, {feed for some in tellers.values() for feed in some})
    return {row.id: _standing(row, tellers.get(row.id, {}), readers.get(row.id, FOR_ALL), own) for row in rows}


def _standing(row: Any, tellers: Mapping[int, int], readers: Readers, own: Mapping[int, Readers]) -> Standing:
    heard = {feed: tier for feed, tier in tellers.items() if readers or feed not in own}
    return Standing(
        story=row.id,
        rev=row.rev,
        headline=row.headline,
        summary=row.summary,
        url=row.url,
        weight=row.weight,
        lead=row.lead,
        tier=UNKNOWN_TIER if row.lead_tier is None else row.lead_tier,
        best=min(heard.values(), default=UNKNOWN_TIER),
        silent=row.silent,
        feeds=frozenset(heard),
        is_told=row.is_told,
        is_matched=row.is_matched if readers else row.for_all,
        is_matched_apart=row.is_matched,
        readers=readers,
        guests=frozenset(tellers) - heard.keys(),
    )


async def _tellers(tx: Transaction, numbers: Collection[int]) -> dict[int, dict[int, int]]:
    """The feeds that told each story, with their tiers."""
    query = select(items.c.story, feeds.c.id, feeds.c.tier).join_from(items, feeds, feeds.c.id == items.c.feed)
    found: dict[int, dict[int, int]] = {}
    for row in (await tx.execute(query.where(items.c.story.in_(numbers)))).all():
        found.setdefault(row.story, {})[row.id] = row.tier
    return found


async def revise_stories(tx: Transaction, revisions: Sequence[Revision], now: datetime) -> None:
    """Save the next revisions, and announce those of which somebody may have to be told."""
    for one in revisions:
        values = {
            "rev": one.rev,
            "headline": one.headline,
            "summary": one.summary,
            "url": one.url,
            "weight": one.weight,
            "lead": one.lead,
            "lang": _language_of(one.lead),
            "silent": one.silent,
            "change": one.change,
            "changed_at": now,
        } | ({"opened_at": now} if one.opens else {})
        await tx.execute(update(stories).where(stories.c.id == one.story).values(values))
    loud = [one for one in revisions if one.is_announced and not one.silent]
    await announce(tx, "story", [(one.story, "alert", one.rev) for one in loud])
    await announce(tx, "story", [(one.story, change_slot(one.rev), one.rev) for one in loud if one.turn])
    await note_turns(
        tx,
        [
            Turn(one.story, one.rev, one.turn or "edit", one.change, now, one.who, one.lead if one.turn else None)
            for one in revisions
            if one.change
        ],
    )


def _language_of(lead: int | None) -> ColumnElement[Any]:
    """The language of whoever speaks for a story; as it was where that item is gone."""
    return func.coalesce(select(items.c.lang).where(items.c.id == lead).scalar_subquery(), stories.c.lang)


async def save_parents(tx: Transaction, parents: Mapping[int, int]) -> None:
    """Note which story each of these follows."""
    statement = update(stories).where(stories.c.id == bindparam("child")).values(parent=bindparam("its_parent"))
    rows = [{"child": child, "its_parent": parent} for child, parent in parents.items()]
    await execute_rows(tx, statement, rows)
