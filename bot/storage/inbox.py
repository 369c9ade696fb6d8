"""What people did, each event once: its reply is stored with its effects, so a replayed event runs nothing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from bot.storage.database import Transaction
from bot.storage.schema import inbox
from bot.storage.upsert import insert_or


async def enter_event(tx: Transaction, account: int, event: str, now: datetime) -> str | None:
    """Enter a platform's event. None: it is new, and held until the commit; otherwise the reply it was given.

    Of two processes with the same event, the second waits here for the first.
    """
    entry = insert_or(tx, inbox).values(account=account, event=event, reply="", at=now)
    if (await tx.execute(entry.on_conflict_do_nothing().returning(inbox.c.event))).first() is not None:
        return None
    mine = inbox.c.account == account, inbox.c.event == event
    return str((await tx.execute(select(inbox.c.reply).where(*mine))).scalar_one())


async def keep_reply(tx: Transaction, account: int, event: str, reply: str) -> None:
    """Store the reply of an event that was entered."""
    mine = inbox.c.account == account, inbox.c.event == event
    await tx.execute(update(inbox).where(*mine).values(reply=reply))
