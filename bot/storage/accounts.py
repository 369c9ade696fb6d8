"""What the bot's logins remember between two starts. Knows nothing of what it means to a platform."""

from __future__ import annotations

from sqlalchemy import select, update

from bot.storage.database import Transaction
from bot.storage.schema import accounts


async def read_sync_token(tx: Transaction, account: int) -> str | None:
    """Where a login stood, as it was kept."""
    found: str | None = (await tx.execute(select(accounts.c.sync_token).where(accounts.c.id == account))).scalar()
    return found


async def keep_sync_token(tx: Transaction, account: int, token: str) -> None:
    """Keep where a login stands."""
    await tx.execute(update(accounts).where(accounts.c.id == account).values(sync_token=token))
