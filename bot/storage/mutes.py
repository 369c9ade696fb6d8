"""What a channel does not want to see: a story's further news, or alerts on what a source tells. Deletes no story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select, update

from bot.storage.database import Transaction
from bot.storage.schema import cards, mutes
from bot.storage.upsert import insert_or


@dataclass(frozen=True, slots=True)
class Subject:
    """What is muted: a story by number, or else a source as somebody calls it. `name`: for lists."""

    story: int
    source: str
    name: str


@dataclass(frozen=True, slots=True)
class Mute:
    """A mute in force. `until` None: until somebody ends it."""

    id: int
    subject: Subject
    created_at: datetime
    until: datetime | None


def is_in_force(now: datetime) -> ColumnElement[bool]:
    """The condition that a mute holds."""
    return or_(mutes.c.until.is_(None), mutes.c.until > now)


async def mute(
    tx: Transaction, channel: int, subject: Subject, person: int | None, now: datetime, until: datetime | None
) -> None:
    """Mute something in a channel, or for another time than before. What waits to be shown of a story is let be."""
    values = {"channel": channel, "story": subject.story, "source": subject.source, "name": subject.name,
              "created_by": person, "created_at": now, "until": until}  # fmt: skip
    again = {"until": until, "created_by": person, "created_at": now, "name": subject.name}
    row = insert_or(tx, mutes).values(values)
    await tx.execute(row.on_conflict_do_update(index_elements=["channel", "story", "source"], set_=again))
    if subject.story:
        await _drop_waiting(tx, channel, subject.story, now)


async def _drop_waiting(tx: Transaction, channel: int, story: int, now: datetime) -> None:
    mine = cards.c.channel == channel, cards.c.subject == "story", cards.c.subject_id == story
    await tx.execute(update(cards).where(*mine, cards.c.shown_rev > 0).values(want_rev=cards.c.shown_rev))
    await tx.execute(update(cards).where(*mine, cards.c.shown_rev == 0).values(expires_at=now))


async def list_mutes(tx: Transaction, channel: int, now: datetime) -> list[Mute]:
    """What is muted in a channel, oldest first."""
    query = select(mutes).where(mutes.c.channel == channel, is_in_force(now)).order_by(mutes.c.id)
    rows = (await tx.execute(query)).all()
    return [Mute(row.id, Subject(row.story, row.source, row.name), row.created_at, row.until) for row in rows]


async def end_mute(tx: Transaction, channel: int, number: int) -> bool:
    """End one. False: the channel has no such one. A story that was never shown may come then."""
    mine = mutes.c.id == number, mutes.c.channel == channel
    row = (await tx.execute(select(mutes.c.story).where(*mine))).first()
    if row is None:
        return False
    await tx.execute(delete(mutes).where(*mine))
    of_story = cards.c.channel == channel, cards.c.subject == "story", cards.c.subject_id == row.story
    await tx.execute(update(cards).where(*of_story, cards.c.shown_rev == 0).values(expires_at=None))
    return True


async def forget_mutes(tx: Transaction, before: datetime) -> int:
    """Forget what was over by then."""
    return (await tx.execute(delete(mutes).where(mutes.c.until < before))).rowcount


async def count_mutes(tx: Transaction, channel: int, now: datetime) -> int:
    """How many are in force."""
    query = select(func.count()).select_from(mutes).where(mutes.c.channel == channel, is_in_force(now))
    return (await tx.execute(query)).scalar_one()


def mutes_story(channel: ColumnElement[int], story: int, now: datetime) -> ColumnElement[bool]:
    """The condition that a channel wants to hear no more of a story."""
    return exists(select(1).where(and_(mutes.c.channel == channel, mutes.c.story == story, is_in_force(now))))


def mutes_source(channel: ColumnElement[int], names: list[str], now: datetime) -> ColumnElement[bool]:
    """The condition that a channel wants no alert on what these names mean."""
    mine = mutes.c.channel == channel, mutes.c.story == 0, mutes.c.source.in_(names)
    return exists(select(1).where(and_(*mine, is_in_force(now))))
