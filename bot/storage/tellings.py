"""What the items of a story tell of dates, in rows, and the story's dates as its sources together have them.

Judges no words: `core/agreeing` does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, delete, select, update

from bot.core.agreeing import OFFICIAL, Agreed, Telling, agree, sayings_of
from bot.core.moves import Held, find_moves
from bot.core.reminders import SURE
from bot.core.stories.said import Change, read_changes
from bot.core.text.language import detect_language
from bot.storage.database import Transaction
from bot.storage.deadlines import drop_endings, drop_waiting, end_dates
from bot.storage.feeds import is_heard_by
from bot.storage.lives import note_change
from bot.storage.schema import deadlines, feeds, items, stories, tellings
from bot.storage.upsert import execute_rows, insert_or

if TYPE_CHECKING:
    from bot.core.deadlines.deadline import Deadline

ASIDE = "aside"
"""The state of a date in whose place another day of the same thing stands."""

MOST = 200
"""Tellings of one story that are held together: the first ones."""

BEFORE = "an earlier report"
"""Who told a date of which no telling is kept."""


async def save_tellings(tx: Transaction, told: Mapping[int, Sequence[Deadline]]) -> None:
    """Keep which dates these items tell now, by item; what they told before is forgotten."""
    if not told:
        return
    await tx.execute(delete(tellings).where(tellings.c.item.in_(told)))
    rows = [
        {"item": item, "due_on": one.due, "type": one.type, "what": one.what, "confidence": one.confidence}
        for item, dates in told.items()
        for one in dates
    ]
    await execute_rows(tx, insert_or(tx, tellings).on_conflict_do_nothing(), rows)


async def items_with_dates(tx: Transaction, numbers: Collection[int]) -> set[int]:
    """Those of these items that told dates when they were last read."""
    if not numbers:
        return set()
    query = select(tellings.c.item).where(tellings.c.item.in_(numbers)).distinct()
    return set((await tx.execute(query)).scalars().all())


async def open_dates(tx: Transaction, numbers: Collection[int]) -> dict[int, list[Held]]:
    """The open dates of these stories as their texts have them."""
    found: dict[int, list[Held]] = {number: [] for number in numbers}
    query = select(deadlines).where(deadlines.c.story.in_(numbers), deadlines.c.state == "open", *_in_text())
    for row in (await tx.execute(query.order_by(deadlines.c.id))).all() if numbers else ():
        found[row.story].append(Held(row.id, row.due_on, row.type))
    return found


def _in_text() -> tuple[ColumnElement[bool], ...]:
    return deadlines.c.tenant.is_(None), deadlines.c.told_by.is_(None)


async def settle_dates(
    tx: Transaction, before: Mapping[int, list[Held]], edited: Collection[int], now: datetime
) -> None:
    """Let the dates of these stories be what their sources tell together. `before`: those open until now.

    What no source of an `edited` story tells any more moved, or is taken back. Whoever saw a date that an official
    source sets right is told so; that others disagree, or say the same, is an edit.
    """
    for story, were in before.items():
        told = await _tellings(tx, story)
        rows = await _rows(tx, story)
        if story not in edited:
            told += _unkept(rows, told)
        known = {one.id for one in were}
        said = [text for one in agree(told) for text in await _settle(tx, one, rows, known, now)]
        if story in edited:
            await _end_untold(tx, story, were, told)
        if said:
            await _note(tx, story, said, now)


async def _tellings(tx: Transaction, story: int) -> list[Telling]:
    """What the story's items tell; where the operator's feeds are among them, only theirs."""
    is_public = is_heard_by(items.c.feed, None)
    query = (
        select(tellings, feeds.c.title.label("source"), feeds.c.tier, items.c.title, items.c.lang)
        .add_columns(is_public.label("is_public"))
        .select_from(tellings.join(items, items.c.id == tellings.c.item).join(feeds, feeds.c.id == items.c.feed))
        .where(items.c.story == story)
        .order_by(tellings.c.item, tellings.c.due_on, tellings.c.type)
        .limit(MOST)
    )
    rows = (await tx.execute(query)).all()
    chosen = [row for row in rows if row.is_public] or rows
    days = Counter(source for source, _ in {(row.source, row.due_on) for row in chosen})
    return [_telling(row, days[row.source] == 1) for row in chosen]


def _telling(row: Any, is_only: bool) -> Telling:
    lang = detect_language(row.title.split()) or row.lang or ""
    return Telling(row.due_on, row.type, row.what, row.source, row.tier, row.confidence, row.item, lang, is_only)


async def _rows(tx: Transaction, story: int) -> dict[tuple[date, str], Any]:
    query = select(deadlines).where(deadlines.c.story == story, *_in_text())
    return {(row.due_on, row.type): row for row in (await tx.execute(query)).all()}


def _unkept(rows: Mapping[tuple[date, str], Any], told: Sequence[Telling]) -> list[Telling]:
    """Open dates that were found before tellings were kept."""
    known = {(one.due, one.type) for one in told}
    missing = [row for key, row in rows.items() if key not in known and row.state == "open"]
    return [Telling(row.due_on, row.type, row.what, BEFORE, 1, row.confidence) for row in missing]


async def _settle(
    tx: Transaction, one: Agreed, rows: Mapping[tuple[date, str], Any], known: Collection[int], now: datetime
) -> list[Change]:
    """Let the row of the day that holds stand for all that its sources tell; what changed for those who saw it."""
    holder = rows.get((one.telling.due, one.telling.type))
    if holder is None or holder.state not in ("open", ASIDE):
        return []
    others = [rows[key] for key in one.told if key in rows and rows[key].id != holder.id]
    others = [row for row in others if row.state == "open"]
    corrected = [row for row in others if row.id in known and row.due_on != holder.due_on]
    is_official = one.telling.tier == OFFICIAL
    if is_official and corrected:
        await end_dates(tx, [row.id for row in corrected], "moved", replaced_by=holder.id)
        others = [row for row in others if row not in corrected]
    await _set_aside(tx, [row.id for row in others], holder.id)
    said = [Change("moved", new_day=holder.due_on)] if is_official and corrected else []
    return said + await _hold(tx, holder, one, now)


async def _set_aside(tx: Transaction, numbers: Sequence[int], holder: int) -> None:
    """Another day of the same thing holds: nobody is reminded of these, and nobody is told that they ended."""
    if not numbers:
        return
    aside = {"state": ASIDE, "replaced_by": holder, "next_step_at": None, "rev": deadlines.c.rev + 1}
    await tx.execute(update(deadlines).where(deadlines.c.id.in_(numbers)).values(aside))
    await drop_waiting(tx, numbers)
    own = deadlines.c.copy_of.in_(numbers), deadlines.c.tenant.is_not(None)
    await tx.execute(update(deadlines).where(*own).values(copy_of=holder))


async def _hold(tx: Transaction, holder: Any, one: Agreed, now: datetime) -> list[Change]:
    sayings, was_sure = sayings_of(one), holder.confidence >= SURE
    confidence = one.confidence if one.is_disputed else max(one.confidence, holder.confidence)
    values: dict[str, object] = {"sources": one.sources, "sayings": sayings, "confidence": confidence}
    is_same = (holder.sources, holder.sayings, holder.confidence) == (one.sources, sayings, confidence)
    if is_same and holder.state == "open":
        return []
    if holder.state == ASIDE:
        values |= {"state": "open", "replaced_by": None, "steps": "", "said_at": now}
    if confidence >= SURE and (not was_sure or holder.state == ASIDE):
        values["next_step_at"] = now
    if confidence < SURE and was_sure:
        await drop_waiting(tx, [holder.id])
    await tx.execute(update(deadlines).where(deadlines.c.id == holder.id).values(rev=deadlines.c.rev + 1, **values))
    if sayings and sayings != holder.sayings:
        return [Change("disputed")]
    return [Change("agreed")] if confidence >= SURE and not was_sure else []


async def _end_untold(tx: Transaction, story: int, were: Sequence[Held], told: Sequence[Telling]) -> None:
    moved, gone = find_moves(were, [(one.due, one.type) for one in told])
    for number, due in moved.items():
        new = select(deadlines.c.id).where(deadlines.c.story == story, deadlines.c.state == "open", *_in_text())
        holder = (await tx.execute(new.where(deadlines.c.due_on == due).limit(1))).scalar()
        await end_dates(tx, [number], "moved", replaced_by=holder)
    await end_dates(tx, gone, "withdrawn")
    await drop_endings(tx, [story])


async def _note(tx: Transaction, story: int, said: Sequence[Change], now: datetime) -> None:
    """Say in the story's alerts what changed; a story that only opens says it with its first alert."""
    row = (await tx.execute(select(stories).where(stories.c.id == story))).one()
    if row.opened_at == now:
        return
    before = read_changes(row.change) if row.changed_at == now else ()
    await note_change(tx, story, (*before, *said), now)
