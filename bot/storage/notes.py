"""Reminders that a person asked for: a row each, and a card that is due when they said. Reads no time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, insert, select, update

from bot.storage.database import Transaction
from bot.storage.schema import cards, reminders, stories

SHOWN_FOR = timedelta(days=7)
"""How long a reminder that was shown can still be put off."""


@dataclass(frozen=True, slots=True)
class Note:
    """A person's reminder. `headline`, `url`: of the story it is about, or "" and None; `is_shown`: it has come."""

    id: int
    channel: int
    story: int | None
    text: str
    due_at: datetime
    headline: str
    url: str | None
    is_shown: bool


async def add_note(
    tx: Transaction, person: int, channel: int, text: str, story: int | None, due_at: datetime, now: datetime
) -> int:
    """Keep a reminder, with its card. Its number."""
    row = {"person": person, "channel": channel, "text": text, "story": story, "due_at": due_at, "made_at": now}
    number = int((await tx.execute(insert(reminders).values(row).returning(reminders.c.id))).scalar_one())
    await _make_card(tx, number, channel, due_at)
    return number


async def _make_card(tx: Transaction, number: int, channel: int, due_at: datetime) -> None:
    before = select(func.count()).where(cards.c.subject == "reminder", cards.c.subject_id == number)
    slot = f"note:{(await tx.execute(before)).scalar_one() + 1}"
    card = {"channel": channel, "subject": "reminder", "subject_id": number, "slot": slot, "due_at": due_at}
    await tx.execute(insert(cards).values(card))


async def list_notes(tx: Transaction, person: int, now: datetime) -> list[Note]:
    """A person's reminders that are to come or came in the last days, by time."""
    is_shown = select(func.max(cards.c.shown_rev)).where(
        cards.c.subject == "reminder", cards.c.subject_id == reminders.c.id, cards.c.due_at == reminders.c.due_at
    )
    query = (
        select(reminders, stories.c.headline, stories.c.url, is_shown.scalar_subquery().label("shown"))
        .select_from(reminders.outerjoin(stories, stories.c.id == reminders.c.story))
        .where(reminders.c.person == person, reminders.c.state == "open", reminders.c.due_at > now - SHOWN_FOR)
        .order_by(reminders.c.due_at, reminders.c.id)
    )
    return [
        Note(row.id, row.channel, row.story, row.text, row.due_at, row.headline or "", row.url, bool(row.shown))
        for row in (await tx.execute(query)).all()
    ]


async def read_note(tx: Transaction, number: int) -> Note | None:
    """A reminder by its number, or None."""
    query = (
        select(reminders, stories.c.headline, stories.c.url)
        .select_from(reminders.outerjoin(stories, stories.c.id == reminders.c.story))
        .where(reminders.c.id == number)
    )
    row = (await tx.execute(query)).first()
    if row is None:
        return None
    return Note(row.id, row.channel, row.story, row.text, row.due_at, row.headline or "", row.url, False)


async def put_off(tx: Transaction, note: Note, due_at: datetime, now: datetime) -> None:
    """Show a reminder at another time: again, where it was shown."""
    await _drop_cards(tx, note.id, now)
    await tx.execute(update(reminders).where(reminders.c.id == note.id).values(due_at=due_at))
    await _make_card(tx, note.id, note.channel, due_at)


async def remove_note(tx: Transaction, note: Note, now: datetime) -> None:
    """Forget a reminder; one on its way is not shown."""
    await _drop_cards(tx, note.id, now)
    await tx.execute(update(reminders).where(reminders.c.id == note.id).values(state="removed"))


async def _drop_cards(tx: Transaction, number: int, now: datetime) -> None:
    waiting = cards.c.subject == "reminder", cards.c.subject_id == number, cards.c.shown_rev == 0
    await tx.execute(update(cards).where(*waiting).values(expires_at=cards.c.due_at))
