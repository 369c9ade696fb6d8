"""What the operator is told, once for each trouble: the key is the trouble's name."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select

from bot.storage.database import Transaction
from bot.storage.schema import cards, notices
from bot.storage.upsert import insert_or


async def tell(tx: Transaction, channel: int | None, key: str, title: str, body: str, now: datetime) -> bool:
    """Tell `channel` of the trouble called `key`, unless it was told before. Without a channel it is only noted."""
    statement = insert_or(tx, notices).values(key=key, title=title, body=body, made_at=now)
    number = (await tx.execute(statement.on_conflict_do_nothing().returning(notices.c.id))).scalar()
    if number is None:
        return False
    if channel is not None:
        card = {"channel": channel, "subject": "notice", "subject_id": number, "slot": "notice", "due_at": now}
        await tx.execute(insert(cards).values(card))
    return True


async def read_notice(tx: Transaction, number: int) -> tuple[str, str]:
    """A notice's title and body."""
    row = (await tx.execute(select(notices.c.title, notices.c.body).where(notices.c.id == number))).one()
    return row.title, row.body
