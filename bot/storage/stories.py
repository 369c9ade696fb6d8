"""Stories as intake makes and changes them, with matches, deadlines and announcements: cause and effect together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, exists, func, or_, select, update

from bot.core.intake import Decision, WaitingItem
from bot.core.reminders import REOPENED
from bot.core.text.urls import source_name
from bot.storage.alert_cards import is_alert
from bot.storage.announcing import announce
from bot.storage.articles import is_awaited
from bot.storage.database import Transaction
from bot.storage.fulltext import index_items
from bot.storage.matching import save_matches
from bot.storage.own_dates import row_of
from bot.storage.readers import FOR_ALL, Readers, is_kept_from, own_readers, own_stories
from bot.storage.schema import deadlines, feeds, items, matches, stories, topics
from bot.storage.tellings import save_tellings
from bot.storage.turns import Turn, note_turns
from bot.storage.upsert import insert_in_order, insert_or

_told, _tellers = items.alias("told"), feeds.alias("tellers")
"""Made once: an alias copies every column of its table, at each call if made there."""


async def waiting_items(tx: Transaction, limit: int, now: datetime) -> list[WaitingItem]:
    """The next items that nobody has taken in yet and that wait for nothing, in the order they were saved.

    Those of a first sight come last: nobody is told of them, and a thousand of them keep no news waiting.
    """
    query = (
        select(items, *_of_story(), feeds.c.title.label("outlet"), feeds.c.url.label("feed_url"), feeds.c.tier)
        .select_from(items.join(feeds, feeds.c.id == items.c.feed).outerjoin(stories, stories.c.id == items.c.story))
        .where(items.c.state != "taken", items.c.state != "held", ~is_awaited(now))
        .order_by(items.c.silent, items.c.id)
        .limit(limit)
    )
    rows = (await tx.execute(query)).all()
    readers, guests = await _apart(tx, rows)
    return [
        WaitingItem(
            row.id,
            row.url,
            row.title,
            row.text,
            row.lang,
            row.published_at or row.seen_at,
            row.silent,
            row.story,
            row.story_rev or 0,
            (row.headline or "", row.summary or "", row.story_url),
            source_name(row.outlet, row.feed_url, row.url),
            row.tier,
            row.best == 0,
            max(row.sources, 1),
            row.weight or 0,
            row.is_told,
            row.edits,
            row.feed,
            row.lead in (None, row.id),
            readers.get(row.feed, FOR_ALL),
            row.id in guests,
        )
        for row in rows
    ]


async def _apart(tx: Transaction, rows: Sequence[Any]) -> tuple[dict[int, Readers], set[int]]:
    """The readers of those feeds that speak for some alone; and the items of these that are in a story of all."""
    readers = await own_readers(tx, {row.feed for row in rows})
    own = [row for row in rows if row.feed in readers and row.story is not None]
    apart = await own_stories(tx, {row.story for row in own})
    return readers, {row.id for row in own if row.story not in apart}


async def count_waiting(tx: Transaction) -> int:
    """How many items nobody has taken in yet; held ones wait for a word, not for us."""
    query = select(func.count()).select_from(items).where(items.c.state != "taken", items.c.state != "held")
    return int((await tx.execute(query)).scalar_one())


def _of_story() -> tuple[ColumnElement[Any], ...]:
    """What is stored of an item's story: how it reads and weighs, who tells it, and whether a channel has its card.

    What only some tenants hear is no second source.
    """
    mine = (_told.c.story == items.c.story) & ~is_kept_from(_told.c.feed, None)
    tellers = select(func.count(_told.c.feed.distinct())).where(mine).correlate(items)
    best = select(func.min(_tellers.c.tier)).join_from(_told, _tellers, _tellers.c.id == _told.c.feed)
    return (
        stories.c.rev.label("story_rev"),
        stories.c.headline,
        stories.c.summary,
        stories.c.url.label("story_url"),
        stories.c.weight,
        stories.c.lead,
        best.where(mine).correlate(items).scalar_subquery().label("best"),
        tellers.scalar_subquery().label("sources"),
        exists(select(1).where(is_alert(items.c.story))).label("is_told"),
    )


async def topic_queries(tx: Transaction) -> frozenset[int]:
    """The queries of the topics that come along: each that a story matches makes it weigh more."""
    return frozenset((await tx.execute(select(topics.c.query).where(topics.c.tenant.is_(None)))).scalars())


async def save_decisions(
    tx: Transaction, decided: Sequence[Decision], now: datetime, places: Mapping[int, int] | None = None
) -> dict[int, int]:
    """Open the new stories, alter the changed ones, and announce what somebody may have to be told.

    `places`: items that join a story, with its number, or less than 0 the item with which it opens. Returns the story
    of each item.
    """
    places = places or {}
    opened = [decision for decision in decided if decision.is_new_story and decision.item.id not in places]
    numbers = await _open_stories(tx, opened, now)
    story_of = {decision.item.id: number for decision, number in zip(opened, numbers, strict=True)}
    for decision in decided:
        if not decision.is_new_story:
            story_of[decision.item.id] = decision.item.story or 0
            await _alter_story(tx, decision, now)
    story_of |= {item: story if story > 0 else story_of[-story] for item, story in places.items()}
    told = [(story_of[decision.item.id], decision) for decision in decided]
    await _take_items(tx, [(decision.item, story) for story, decision in told])
    await index_items(tx, [(decision.item.id, decision.words) for decision in decided if decision.words])
    found = [(story, query, d.item.feed if d.item.readers else None) for story, d in told for query in d.matches]
    await save_matches(tx, found)
    await _save_deadlines(tx, told, now)
    await save_tellings(tx, {d.item.id: d.deadlines for d in decided if d.deadlines or d.is_read_anew})
    await _announce(tx, [(story, d) for story, d in told if d.announce and d.item.id not in places])
    return story_of


async def _open_stories(tx: Transaction, opened: Sequence[Decision], now: datetime) -> Sequence[int]:
    rows = [
        {
            "headline": decision.headline,
            "summary": decision.summary,
            "url": decision.item.url,
            "lang": decision.item.lang,
            "weight": decision.weight,
            "silent": decision.item.silent,
            "lead": decision.lead or decision.item.id,
            "opened_at": now,
            "changed_at": now,
        }
        for decision in opened
    ]
    return await insert_in_order(tx, stories, rows)


async def _alter_story(tx: Transaction, decision: Decision, now: datetime) -> None:
    if not decision.change:
        return
    values = {
        "rev": stories.c.rev + 1,
        "headline": decision.headline,
        "summary": decision.summary,
        "url": decision.item.url,
        "change": decision.change,
        "weight": decision.weight,
        "changed_at": now,
    }
    altered = update(stories).where(stories.c.id == decision.item.story).values(values).returning(stories.c.rev)
    rev = (await tx.execute(altered)).scalar()
    if rev is not None:
        turn = Turn(decision.item.story or 0, rev, "edit", decision.change, now, item=decision.item.id)
        await note_turns(tx, [turn])


async def _take_items(tx: Transaction, taken: Sequence[tuple[WaitingItem, int]]) -> None:
    """Note that items are dealt with; one that a poll changed meanwhile is taken in once more, as a change."""
    if taken:
        one = update(items).where(items.c.id == bindparam("item"))
        state = case((items.c.edits == bindparam("known_edits"), "taken"), else_="changed")
        rows = [{"item": item.id, "its_story": story, "known_edits": item.edits} for item, story in taken]
        await tx.execute(one.values(story=bindparam("its_story"), state=state), rows)


async def _save_deadlines(tx: Transaction, told: Sequence[tuple[int, Decision]], now: datetime) -> None:
    rows = [
        {**row_of(story, deadline, now), "said_at": None if decision.is_new_story else now}
        for story, decision in told
        for deadline in decision.deadlines
    ]
    if rows:
        said_again = insert_or(tx, deadlines).on_conflict_do_update(
            index_elements=["story", "due_on", "type"],
            index_where=deadlines.c.tenant.is_(None),
            set_={"state": "open", "next_step_at": now, "replaced_by": None, "said_at": now, "steps": ""},
            where=or_(*(deadlines.c.state == ending for ending in REOPENED)) & deadlines.c.answered_by.is_(None),
        )
        await tx.execute(said_again, rows)


async def _announce(tx: Transaction, told: Sequence[tuple[int, Decision]]) -> None:
    """The revision is read anew: a date of the story may have been set right since it was looked at."""
    altered = [story for story, d in told if not d.is_new_story]
    query = select(stories.c.id, stories.c.rev).where(stories.c.id.in_(altered))
    revs = {row.id: row.rev for row in (await tx.execute(query)).all()} if altered else {}
    await announce(tx, "story", [(story, "alert", 1 if d.is_new_story else revs[story]) for story, d in told])


@dataclass(frozen=True, slots=True)
class Taken:
    """An item that intake has dealt with. `is_match`: its story matched a query.

    `is_silent`: of a first sight, or old words.
    """

    id: int
    title: str
    outlet: str
    published_at: datetime
    is_match: bool
    is_silent: bool


async def taken_after(tx: Transaction, item: int) -> list[Taken]:
    """The items taken in after the one with this number, in order."""
    is_match = exists(select(1).where(matches.c.story == items.c.story))
    query = (
        select(items, feeds.c.title.label("outlet"), is_match.label("is_match"))
        .join(feeds, feeds.c.id == items.c.feed)
        .where(items.c.id > item, items.c.state == "taken", items.c.copy_of.is_(None))
        .order_by(items.c.id)
    )
    return [
        Taken(
            row.id,
            row.title,
            row.outlet,
            row.published_at or row.seen_at,
            row.is_match,
            row.silent or row.repeats is not None,
        )
        for row in (await tx.execute(query)).all()
    ]
