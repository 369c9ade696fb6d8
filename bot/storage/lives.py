"""What later stories say of open dates, as rows: which stories are still to be read for it, and what they change.

Judges no words: `core/outcomes` does.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import exists, func, literal, select, update

from bot.core.outcomes import Fate, Later
from bot.core.reminders import SURE
from bot.core.stories.said import Change, write_changes
from bot.storage.announcing import announce
from bot.storage.database import Transaction
from bot.storage.deadlines import COPIED, Dated, end_dates, read_dated
from bot.storage.schema import deadlines, feed_uses, items, matches, stories, versions
from bot.storage.turns import Turn, note_turns, raise_story
from bot.storage.upsert import insert_or

NAME = "read for outcomes"
"""The row of `versions` that holds the number of the last story read."""

TAKEN_OVER = ("due_on", "due_time", "due_zone", "precision", "evidence", "confidence")
AT_ONCE = 100
HELD_AGAINST = 300
"""Open dates, the nearest first, that a story is held against."""


async def unread_stories(tx: Transaction) -> list[Later]:
    """The next stories that nobody has read for what they say of open dates, in order."""
    last = select(versions.c.number).where(versions.c.name == NAME)
    query = (
        select(stories.c.id, stories.c.headline, stories.c.summary, stories.c.silent)
        .where(stories.c.id > func.coalesce(last.scalar_subquery(), 0))
        .order_by(stories.c.id)
        .limit(AT_ONCE)
    )
    rows = (await tx.execute(query)).all()
    loud = [row.id for row in rows if not row.silent]
    public, days = await _public_among(tx, loud), await _days_of(tx, loud)
    return [Later(row.id, row.headline, row.summary if row.id in public else "", days.get(row.id, ())) for row in rows]


async def _public_among(tx: Transaction, numbers: Sequence[int]) -> set[int]:
    """Those of these stories that the operator's feeds told."""
    if not numbers:
        return set()
    told_by = items.join(feed_uses, feed_uses.c.feed == items.c.feed)
    mine = items.c.story.in_(numbers), feed_uses.c.tenant.is_(None)
    return set((await tx.execute(select(items.c.story).select_from(told_by).where(*mine))).scalars().all())


async def _days_of(tx: Transaction, numbers: Sequence[int]) -> dict[int, tuple[tuple[int, date], ...]]:
    if not numbers:
        return {}
    told = deadlines.c.story.in_(numbers), deadlines.c.tenant.is_(None)
    rows = (await tx.execute(select(deadlines).where(*told).order_by(deadlines.c.id))).all()
    found: dict[int, tuple[tuple[int, date], ...]] = {}
    for row in rows:
        found[row.story] = (*found.get(row.story, ()), (row.id, row.due_on))
    return found


async def words_of(tx: Transaction, numbers: Sequence[int]) -> list[tuple[str, str, str]]:
    """Headline, summary and language of these stories, in their order; empty of one that is gone."""
    query = select(stories.c.id, stories.c.headline, stories.c.summary, stories.c.lang).where(stories.c.id.in_(numbers))
    found = {row.id: (row.headline, row.summary, row.lang or "") for row in (await tx.execute(query)).all()}
    return [found.get(number, ("", "", "")) for number in numbers]


async def note_read(tx: Transaction, number: int) -> None:
    """Every story up to this one has been read."""
    statement = insert_or(tx, versions).values(name=NAME, number=number)
    await tx.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"number": number}))


async def dates_akin(tx: Transaction, story: int) -> list[Dated]:
    """The open dates that a story may tell something of: of earlier stories that match a query which it matches."""
    own = select(matches.c.query).where(matches.c.story == story)
    akin = exists(select(1).where(matches.c.story == deadlines.c.story, matches.c.query.in_(own)))
    query = (
        select(deadlines)
        .where(deadlines.c.state == literal("open", literal_execute=True), deadlines.c.story < story, akin)
        .order_by(deadlines.c.due_on, deadlines.c.id)
        .limit(HELD_AGAINST)
    )
    return [read_dated(row) for row in (await tx.execute(query)).all()]


async def sure_days(tx: Transaction, story: int) -> set[tuple[date, str]]:
    """The days that a story says for sure, with what kind they are."""
    said = deadlines.c.story == story, deadlines.c.tenant.is_(None), deadlines.c.confidence >= SURE
    rows = await tx.execute(select(deadlines.c.due_on, deadlines.c.type).where(*said))
    return {(row.due_on, row.type) for row in rows.all()}


async def confirm(tx: Transaction, dated: Dated, now: datetime) -> None:
    """Another story says the same: people are reminded of it from now on."""
    sure = {"confidence": SURE, "next_step_at": now, "said_at": now, "rev": deadlines.c.rev + 1}
    await tx.execute(update(deadlines).where(deadlines.c.id == dated.id).values(sure))
    await note_change(tx, dated.story, [Change("confirmed", day=dated.due_on)], now)


async def apply_fate(tx: Transaction, dated: Dated, fate: Fate, now: datetime) -> None:
    """End an open date as a later story says; its alerts are edited, and those who saw them are told."""
    new, said = None, Change(fate.word, day=dated.due_on)
    if fate.moved_to is not None:
        new, due = await _copy_to(tx, dated, fate, now)
        said = Change("moved", day=dated.due_on, new_day=due)
    await end_dates(tx, [dated.id], fate.word, replaced_by=new, answered_by=fate.story)
    await note_change(tx, dated.story, [said], now)


async def _copy_to(tx: Transaction, dated: Dated, fate: Fate, now: datetime) -> tuple[int, date]:
    """The same date on the day that the later story sets. Its number and day."""
    new = (await tx.execute(select(deadlines).where(deadlines.c.id == fate.moved_to))).one()
    kept = {name: getattr(dated, name) for name in COPIED}
    its = {name: getattr(new, name) for name in TAKEN_OVER}
    mine = {"tenant": dated.tenant, "copy_of": dated.copy_of, "told_by": fate.story}
    row = {**kept, **its, **mine, "said_at": now, "next_step_at": now}
    told_again = {"state": "open", "next_step_at": now, "said_at": now, "steps": "", "told_by": fate.story}
    statement = (
        insert_or(tx, deadlines)
        .values(row)
        .on_conflict_do_update(  # a tenant's own row conflicts with none
            index_elements=["story", "due_on", "type"],
            index_where=deadlines.c.tenant.is_(None),
            set_=told_again | {"replaced_by": None, "answered_by": None},
        )
    )
    number = (await tx.execute(statement.returning(deadlines.c.id))).scalar_one()
    return int(number), new.due_on


async def note_change(tx: Transaction, story: int, changes: Sequence[Change], now: datetime) -> None:
    """Say in a story's alerts what changed of its dates."""
    said = write_changes(*changes)
    rev = await raise_story(tx, story, {"change": said, "changed_at": now})
    await note_turns(tx, [Turn(story, rev, "edit", said, now)])
    await announce(tx, "story", [(story, "alert", rev)])
