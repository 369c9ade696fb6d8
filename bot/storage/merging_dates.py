"""The dates of two stories that are one: the same day of both is one date, which reminds nobody a second time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import exists, select, update

from bot.storage.announcing import announce
from bot.storage.database import Transaction
from bot.storage.schema import announcements, cards, deadlines, reminders
from bot.storage.taking_over import take_over_cards


async def merge_dates(tx: Transaction, merged: int, survivor: int, now: datetime) -> None:
    """Let one story's dates be those of another; what both say is said once, and what was announced of either is."""
    mine = select(deadlines).where(deadlines.c.story == merged).order_by(deadlines.c.id)
    rows = (await tx.execute(mine)).all()
    for row in rows:
        twin = await _twin_of(tx, row, survivor) if row.tenant is None else None
        if twin is None:
            await tx.execute(update(deadlines).where(deadlines.c.id == row.id).values(story=survivor))
        else:
            await _unite(tx, twin, row, now)


async def _twin_of(tx: Transaction, row: Any, survivor: int) -> Any:
    same = deadlines.c.due_on == row.due_on, deadlines.c.type == row.type
    query = select(deadlines).where(deadlines.c.story == survivor, deadlines.c.tenant.is_(None), *same)
    return (await tx.execute(query)).first()


async def _unite(tx: Transaction, kept: Any, gone: Any, now: datetime) -> None:
    """One row for both: the surer one's confidence, an end that either has, and the steps of both."""
    steps = dict.fromkeys((*kept.steps.split(), *gone.steps.split()))
    values: dict[str, object] = {
        "steps": " ".join(steps),
        "confidence": max(kept.confidence, gone.confidence),
        "what": kept.what or gone.what,
        "who": kept.who or gone.who,
    }
    if kept.state == "open" != gone.state:
        values |= {"state": gone.state, "next_step_at": None}
        values |= {"replaced_by": gone.replaced_by, "answered_by": gone.answered_by}
    elif kept.state == "open":
        values["next_step_at"] = now
    await tx.execute(update(deadlines).where(deadlines.c.id == kept.id).values(values))
    await _tell_waiting(tx, kept, gone, now)
    await take_over_cards(tx, "deadline", gone.id, kept.id, now)
    await _move_own(tx, kept.id, gone.id)
    await _move_reminders(tx, kept.id, gone.id)
    ended = {"state": "moved", "replaced_by": kept.id, "next_step_at": None}
    await tx.execute(update(deadlines).where(deadlines.c.id == gone.id).values(ended))
    await tx.execute(update(deadlines).where(deadlines.c.replaced_by == gone.id, deadlines.c.id != gone.id).values(
        replaced_by=kept.id))  # fmt: skip


async def _tell_waiting(tx: Transaction, kept: Any, gone: Any, now: datetime) -> None:
    """What was announced of the one and is not routed yet is announced of the other."""
    mine = announcements.c.subject == "deadline", announcements.c.subject_id == gone.id
    waiting = (*mine, announcements.c.done_at.is_(None))
    slots = (await tx.execute(select(announcements.c.slot).where(*waiting))).scalars().all()
    await tx.execute(update(announcements).where(*waiting).values(done_at=now))
    await announce(tx, "deadline", [(kept.id, slot, kept.rev) for slot in slots])


async def _move_own(tx: Transaction, kept: int, gone: int) -> None:
    """What moderators set in place of the one stands for the other, unless they have set that, too."""
    own = deadlines.alias("own")
    has_own = exists(select(1).where(own.c.copy_of == kept, own.c.tenant == deadlines.c.tenant))
    theirs = deadlines.c.copy_of == gone, deadlines.c.tenant.is_not(None)
    second = {"state": "moved", "replaced_by": kept, "next_step_at": None}
    await tx.execute(update(deadlines).where(*theirs, has_own).values(second))
    await tx.execute(update(deadlines).where(*theirs, ~has_own).values(copy_of=kept))


async def _move_reminders(tx: Transaction, kept: int, gone: int) -> None:
    """People's own reminders go along; two of one person for one moment and place are one."""
    other = reminders.alias("other")
    same = other.c.person == reminders.c.person, other.c.channel == reminders.c.channel
    twice = exists(select(1).where(*same, other.c.due_at == reminders.c.due_at, other.c.deadline == kept,
                                   other.c.state == "open"))  # fmt: skip
    mine = reminders.c.deadline == gone, reminders.c.state == "open"
    removed = (await tx.execute(select(reminders.c.id).where(*mine, twice))).scalars().all()
    await tx.execute(update(reminders).where(reminders.c.id.in_(removed)).values(state="removed"))
    waiting = cards.c.subject == "reminder", cards.c.subject_id.in_(removed), cards.c.shown_rev == 0
    await tx.execute(update(cards).where(*waiting).values(expires_at=cards.c.due_at))
    await tx.execute(update(reminders).where(reminders.c.deadline == gone).values(deadline=kept))
