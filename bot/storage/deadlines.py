"""Dates as rows: what they say, their steps and their ends. Reads no text and sends nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, insert, or_, select, update

from bot.core.outcomes import Later
from bot.core.reminders import ENDINGS, LADDER, read_ladder
from bot.storage.alert_cards import is_alert
from bot.storage.announcing import announce
from bot.storage.archive import is_visible_to
from bot.storage.database import Transaction
from bot.storage.lineage import Lineage, lineages
from bot.storage.matching import matches_for
from bot.storage.schema import (
    cards,
    channels,
    deadlines,
    feed_uses,
    items,
    matches,
    stories,
)

STEPS_AT_ONCE = 500
CANDIDATES = 300
"""The newest stories that are looked through for what came of a date."""

MOST_LISTED = 500
COPIED = ("story", "due_on", "precision", "type", "what", "who", "evidence", "confidence", "state", "said_at")

_own = deadlines.alias("own")
"""Made once: an alias copies every column of its table, at each call if made there."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date that a story sets, as the row says. `steps`: the slots of what was announced of it."""

    id: int
    story: int
    due_on: date
    precision: str
    type: str
    what: str
    who: str
    evidence: str
    confidence: float
    state: str
    steps: tuple[str, ...]
    answered_by: int | None
    replaced_by: int | None
    tenant: int | None  # whose moderators set it; None: the text did
    copy_of: int | None
    rev: int = 1
    at: str = ""  # the time of day, as the text has it
    told_by: int | None = None  # the later story that set this day
    said_at: datetime | None = None  # when this day was said; None: with the story's first text
    sources: int = 1  # how many of the story's say so
    sayings: str = ""  # where they name different days: who says which, as `core/agreeing` writes it


async def due_steps(tx: Transaction, now: datetime) -> list[Dated]:
    """The dates of which something is to be announced now, locked against other processes."""
    query = (
        select(deadlines)
        .where(deadlines.c.next_step_at <= now)
        .order_by(deadlines.c.next_step_at, deadlines.c.id)
        .limit(STEPS_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    return [read_dated(row) for row in (await tx.execute(query)).all()]


async def read_deadline(tx: Transaction, number: int) -> Dated | None:
    """The date of that number, or None."""
    row = (await tx.execute(select(deadlines).where(deadlines.c.id == number))).first()
    return None if row is None else read_dated(row)


async def all_ladders(tx: Transaction) -> frozenset[tuple[int, ...]]:
    """Every ladder on which some channel is reminded."""
    chosen = (await tx.execute(select(channels.c.ladder).where(channels.c.ladder != "").distinct())).scalars()
    return frozenset((LADDER, *map(read_ladder, chosen)))


async def take_step(tx: Transaction, dated: Dated, slot: str, next_at: datetime | None) -> None:
    """Announce a step of a date, and note when the next one is due."""
    await announce(tx, "deadline", [(dated.id, slot, dated.rev)])
    values = {"steps": " ".join((*dated.steps, slot)), "next_step_at": next_at}
    await tx.execute(update(deadlines).where(deadlines.c.id == dated.id).values(values))


async def look_anew(tx: Transaction, channel: int, now: datetime) -> None:
    """Look at once at the open dates that a channel was told of: its ladder has other steps now."""
    told = select(cards.c.subject_id).where(cards.c.channel == channel, is_alert())
    waiting = deadlines.c.state == "open", deadlines.c.next_step_at > now, deadlines.c.story.in_(told)
    await tx.execute(update(deadlines).where(*waiting).values(next_step_at=now))


async def wait_until(tx: Transaction, number: int, next_at: datetime | None) -> None:
    """Note when a date is looked at again."""
    await tx.execute(update(deadlines).where(deadlines.c.id == number).values(next_step_at=next_at))


async def end_dates(
    tx: Transaction,
    numbers: Sequence[int],
    state: str,
    *,
    replaced_by: int | None = None,
    answered_by: int | None = None,
) -> None:
    """End dates that are open: no reminder on its way is shown, and those who were told of them are told so."""
    if not numbers:
        return
    because = {"replaced_by": replaced_by, "answered_by": answered_by}
    values = {"state": state, "next_step_at": None, "rev": deadlines.c.rev + 1, **because}
    ended = update(deadlines).where(deadlines.c.id.in_(numbers)).values(values)
    rows = (await tx.execute(ended.returning(deadlines.c.id, deadlines.c.rev))).all()
    await drop_waiting(tx, numbers)
    if replaced_by is not None:  # what moderators set instead stands for the new day, too
        own = deadlines.c.copy_of.in_(numbers), deadlines.c.tenant.is_not(None)
        await tx.execute(update(deadlines).where(*own).values(copy_of=replaced_by))
    await announce(tx, "deadline", [(number, f"{state}:{rev}", rev) for number, rev in rows])


async def drop_waiting(tx: Transaction, numbers: Sequence[int]) -> None:
    """No card of these dates that still waits is shown: whatever the clock says, it is stale before it is due."""
    waiting = cards.c.subject == "deadline", cards.c.subject_id.in_(numbers), cards.c.shown_rev == 0
    await tx.execute(update(cards).where(*waiting).values(expires_at=cards.c.due_at))


async def drop_endings(tx: Transaction, numbers: Sequence[int]) -> None:
    """Of these stories' open dates nobody is told any more that they were moved or taken back."""
    opened = select(deadlines.c.id).where(deadlines.c.story.in_(numbers), deadlines.c.state == "open")
    waiting = cards.c.subject == "deadline", cards.c.subject_id.in_(opened), cards.c.shown_rev == 0
    says_ended = or_(*(cards.c.slot.startswith(ending) for ending in ENDINGS))
    await tx.execute(update(cards).where(*waiting, says_ended).values(expires_at=cards.c.due_at))


async def answer(tx: Transaction, number: int, state: str, story: int | None) -> None:
    """End a date: `met` or `missed`, by the story that tells it if there is one, or `silent`."""
    ended = {"state": state, "answered_by": story, "next_step_at": None, "rev": deadlines.c.rev + 1}
    await tx.execute(update(deadlines).where(deadlines.c.id == number).values(ended))
    mine = cards.c.subject == "deadline", cards.c.subject_id == number, cards.c.shown_rev == 0
    ahead = cards.c.slot.startswith("T-")  # what is said on the day after now has an answer to tell
    await tx.execute(update(cards).where(*mine, ahead).values(expires_at=cards.c.due_at))


async def candidates(tx: Transaction, dated: Dated, since: datetime) -> list[Later]:
    """The stories opened since then that match a query which the date's own story matches, newest first.

    One that still announces the date itself is no answer to it.
    """
    says_so = deadlines.c.due_on == dated.due_on, deadlines.c.tenant.is_(None)
    announces = exists(select(1).where(deadlines.c.story == stories.c.id, *says_so))
    own = select(matches.c.query).where(matches.c.story == dated.story)
    akin = select(matches.c.story).where(matches.c.query.in_(own))
    query = (
        select(stories.c.id, stories.c.headline, stories.c.summary)
        .where(stories.c.opened_at >= since, stories.c.id > dated.story, stories.c.silent.is_(False))
        .where(~announces, stories.c.id.in_(akin), is_told_publicly())
        .order_by(stories.c.id.desc())
        .limit(CANDIDATES)
    )
    return [Later(row.id, row.headline, row.summary) for row in (await tx.execute(query)).all()]


def is_told_publicly() -> ColumnElement[bool]:
    """The condition that the operator's feeds told a story: one of a tenant's own says nothing to others."""
    told_by = items.join(feed_uses, feed_uses.c.feed == items.c.feed)
    return exists(select(1).select_from(told_by).where(items.c.story == stories.c.id, feed_uses.c.tenant.is_(None)))


def said_time(at: str | None, zone: str | None) -> str:
    """A stored time of day as it is shown: `17:00 Eastern`; "" where the text has none."""
    return " ".join(filter(None, (at, zone if at else None)))


def is_seen_by(tenant: ColumnElement[Any] | int) -> ColumnElement[bool]:
    """The condition that a tenant sees a date: what the text says, unless its moderators set another in its place."""
    has_own = exists(select(1).where(_own.c.copy_of == deadlines.c.id, _own.c.tenant == tenant))
    is_own = (deadlines.c.tenant == tenant) & (deadlines.c.state != "moved")
    is_told = deadlines.c.tenant.is_(None) & (deadlines.c.state != "aside")
    return or_(is_own, is_told & ~has_own)


async def dates_of_story(tx: Transaction, story: int, tenant: int) -> list[Dated]:
    """Every date of a story that a tenant sees, soonest first, whatever became of it."""
    query = select(deadlines).where(deadlines.c.story == story, is_seen_by(tenant))
    return [read_dated(row) for row in (await tx.execute(query.order_by(deadlines.c.due_on, deadlines.c.id))).all()]


@dataclass(frozen=True, slots=True)
class Ahead:
    """A date in a list, with its story's headline and link, and its place among the story's dates, from 1."""

    dated: Dated
    headline: str
    url: str | None
    place: int
    dates: int  # how many the story has
    lineage: Lineage


async def dates_between(tx: Transaction, tenant: int, queries: Sequence[int], first: date, last: date) -> list[Ahead]:
    """The open dates of days from `first` to `last` that a tenant sees, of stories that match one of these queries."""
    return await dates_where(
        tx, tenant, queries, (deadlines.c.state == "open") & deadlines.c.due_on.between(first, last)
    )


async def dates_where(
    tx: Transaction, tenant: int, queries: Sequence[int], condition: ColumnElement[bool]
) -> list[Ahead]:
    """The dates of which a condition holds and that a tenant sees, of stories that match one of these queries."""
    wanted = select(matches.c.story).where(matches.c.query.in_(queries), matches_for(tenant))
    query = (
        select(deadlines, stories.c.headline, stories.c.url)
        .join(stories, stories.c.id == deadlines.c.story)
        .where(condition, is_seen_by(tenant), stories.c.id.in_(wanted), is_visible_to(tenant))
        .order_by(deadlines.c.due_on, deadlines.c.id)
        .limit(MOST_LISTED)
    )
    rows = (await tx.execute(query)).all()
    siblings = {row.story: await dates_of_story(tx, row.story, tenant) for row in rows}
    began = await lineages(tx, siblings, tenant)
    return [_ahead(row, [one.id for one in siblings[row.story]], began[row.id]) for row in rows]


def _ahead(row: Any, siblings: Sequence[int], lineage: Lineage) -> Ahead:
    return Ahead(read_dated(row), row.headline, row.url, siblings.index(row.id) + 1, len(siblings), lineage)


async def set_date(tx: Transaction, dated: Dated, tenant: int, now: datetime, **values: object) -> int:
    """Let a tenant's date have these values: the tenant's own row in place of what the text said. Its number.

    Another day is another row, whose reminders are new; else those on their way go along.
    """
    is_moved, goes_on = "due_on" in values, values.get("state", dated.state) == "open" and "due_on" not in values
    if dated.tenant is not None and not is_moved:
        changed = {**values, "rev": deadlines.c.rev + 1}
        await tx.execute(update(deadlines).where(deadlines.c.id == dated.id).values(changed))
        if not goes_on:
            await drop_waiting(tx, [dated.id])
        return dated.id
    kept = {name: getattr(dated, name) for name in COPIED} | {"steps": " ".join(dated.steps)}
    row = {**kept, "tenant": tenant, "copy_of": dated.copy_of or dated.id, "next_step_at": now, **values}
    if is_moved:
        row["said_at"] = now
    number = int((await tx.execute(insert(deadlines).values(row).returning(deadlines.c.id))).scalar_one())
    here = select(channels.c.id).where(channels.c.tenant == tenant)
    waiting = cards.c.subject == "deadline", cards.c.subject_id == dated.id, cards.c.shown_rev == 0
    change = {"subject_id": number} if goes_on else {"expires_at": cards.c.due_at}
    await tx.execute(update(cards).where(*waiting, cards.c.channel.in_(here)).values(change))
    if dated.tenant is not None:
        gone = {"state": "moved", "replaced_by": number, "next_step_at": None}
        await tx.execute(update(deadlines).where(deadlines.c.id == dated.id).values(gone))
    return number


async def add_date(tx: Transaction, story: int, tenant: int, due_on: date, what: str, now: datetime) -> int:
    """A date that a tenant's moderator or the owner of a direct chat adds to a story. Its number."""
    row = {"story": story, "tenant": tenant, "due_on": due_on, "what": what, "confidence": 1.0, "next_step_at": now,
           "said_at": now}  # fmt: skip
    return int((await tx.execute(insert(deadlines).values(row).returning(deadlines.c.id))).scalar_one())


def read_dated(row: Any) -> Dated:
    """A row of dates."""
    return Dated(
        row.id,
        row.story,
        row.due_on,
        row.precision,
        row.type,
        row.what,
        row.who,
        row.evidence,
        row.confidence,
        row.state,
        tuple(row.steps.split()),
        row.answered_by,
        row.replaced_by,
        row.tenant,
        row.copy_of,
        row.rev,
        said_time(row.due_time, row.due_zone),
        row.told_by,
        row.said_at,
        row.sources,
        row.sayings,
    )
