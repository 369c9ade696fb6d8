"""Stories as intake makes and changes them, with matches, deadlines and announcements: cause and effect together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, exists, select, update

from bot.core.intake import Decision, WaitingItem
from bot.core.text.urls import source_name
from bot.storage.database import Transaction
from bot.storage.schema import announcements, deadlines, feeds, items, matches, stories
from bot.storage.upsert import insert_in_order, insert_or


async def waiting_items(tx: Transaction, limit: int) -> list[WaitingItem]:
    """The next items that nobody has taken in yet, in the order they were saved."""
    query = (
        select(
            items,
            stories.c.rev.label("story_rev"),
            stories.c.headline,
            stories.c.summary,
            stories.c.url.label("story_url"),
            feeds.c.title.label("outlet"),
            feeds.c.url.label("feed_url"),
            feeds.c.tier,
            _is_matched().label("was_matched"),
        )
        .select_from(items.join(feeds, feeds.c.id == items.c.feed).outerjoin(stories, stories.c.id == items.c.story))
        .where(items.c.state != "taken", items.c.state != "held")
        .order_by(items.c.id)
        .limit(limit)
    )
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
            row.was_matched,
        )
        for row in (await tx.execute(query)).all()
    ]


def _is_matched() -> ColumnElement[bool]:
    """Whether an item's story matched any query."""
    return exists(select(1).where(matches.c.story == items.c.story))


async def save_decisions(tx: Transaction, decided: Sequence[Decision], now: datetime) -> None:
    """Open the new stories, alter the changed ones, and announce what somebody may have to be told."""
    opened = [decision for decision in decided if decision.is_new_story]
    numbers = await _open_stories(tx, opened, now)
    story_of = {id(decision): number for decision, number in zip(opened, numbers, strict=True)}
    for decision in decided:
        if not decision.is_new_story:
            story_of[id(decision)] = decision.item.story or 0
            await _alter_story(tx, decision, now)
    await _take_items(tx, [(decision.item.id, story_of[id(decision)]) for decision in decided])
    await _save_matches(tx, [(story_of[id(d)], query) for d in decided for query in d.matches])
    await _withdraw_deadlines(tx, [d for d in decided if not d.is_new_story and d.change])
    await _save_deadlines(tx, [(story_of[id(d)], d) for d in decided])
    await _announce(tx, [(story_of[id(d)], d) for d in decided if d.announce])


async def _open_stories(tx: Transaction, opened: Sequence[Decision], now: datetime) -> Sequence[int]:
    rows = [
        {
            "headline": decision.headline,
            "summary": decision.summary,
            "url": decision.item.url,
            "lang": decision.item.lang,
            "silent": decision.item.silent,
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
        "changed_at": now,
    }
    await tx.execute(update(stories).where(stories.c.id == decision.item.story).values(values))


async def _take_items(tx: Transaction, taken: Sequence[tuple[int, int]]) -> None:
    if taken:
        one = update(items).where(items.c.id == bindparam("item"))
        rows = [{"item": number, "its_story": story} for number, story in taken]
        await tx.execute(one.values(story=bindparam("its_story"), state="taken"), rows)


async def _save_matches(tx: Transaction, pairs: Sequence[tuple[int, int]]) -> None:
    if pairs:
        rows = [{"story": story, "query": query} for story, query in pairs]
        await tx.execute(insert_or(tx, matches).on_conflict_do_nothing(), rows)


async def _withdraw_deadlines(tx: Transaction, altered: Sequence[Decision]) -> None:
    """What a corrected text no longer says is no longer shown as due; the row stays."""
    for decision in altered:
        mine = deadlines.c.story == decision.item.story, deadlines.c.state == "open"
        still = [deadline.due for deadline in decision.deadlines]
        await tx.execute(update(deadlines).where(*mine, deadlines.c.due_on.not_in(still)).values(state="withdrawn"))


async def _save_deadlines(tx: Transaction, told: Sequence[tuple[int, Decision]]) -> None:
    rows = [
        {
            "story": story,
            "due_on": deadline.due,
            "precision": deadline.precision,
            "type": deadline.type,
            "what": deadline.what,
            "who": deadline.who,
            "evidence": deadline.evidence,
            "confidence": deadline.confidence,
        }
        for story, decision in told
        for deadline in decision.deadlines
    ]
    if rows:
        said_again = insert_or(tx, deadlines).on_conflict_do_update(
            index_elements=["story", "due_on", "type"], set_={"state": "open"}, where=deadlines.c.state == "withdrawn"
        )
        await tx.execute(said_again, rows)


async def _announce(tx: Transaction, told: Sequence[tuple[int, Decision]]) -> None:
    rows = [
        {"subject": "story", "subject_id": story, "slot": "alert", "rev": 1 if d.is_new_story else d.item.story_rev + 1}
        for story, d in told
    ]
    if rows:
        await tx.execute(insert_or(tx, announcements).on_conflict_do_nothing(), rows)


@dataclass(frozen=True, slots=True)
class Taken:
    """An item that intake has dealt with. `is_match`: its story matched a query; `is_silent`: of a first sight."""

    id: int
    title: str
    outlet: str
    published_at: datetime
    is_match: bool
    is_silent: bool


async def taken_after(tx: Transaction, item: int) -> list[Taken]:
    """The items taken in after the one with this number, in order."""
    query = (
        select(items, feeds.c.title.label("outlet"), _is_matched().label("is_match"))
        .join(feeds, feeds.c.id == items.c.feed)
        .where(items.c.id > item, items.c.state == "taken")
        .order_by(items.c.id)
    )
    return [
        Taken(row.id, row.title, row.outlet, row.published_at or row.seen_at, row.is_match, row.silent)
        for row in (await tx.execute(query)).all()
    ]
