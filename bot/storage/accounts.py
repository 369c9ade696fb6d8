"""What a login knows of its platform: how far it has heard, and which of its channels are closed to it."""

from __future__ import annotations

from sqlalchemy import select, update

from bot.storage.database import Transaction
from bot.storage.schema import accounts, channels, tenants


async def read_sync_token(tx: Transaction, account: int) -> str | None:
    """How far the account has heard, or what else its platform keeps there; None where it never listened."""
    return (await tx.execute(select(accounts.c.sync_token).where(accounts.c.id == account))).scalar()


async def save_sync_token(tx: Transaction, account: int, token: str | None) -> None:
    """All up to here is heard and dealt with. What the token means is the platform's own affair."""
    await tx.execute(update(accounts).where(accounts.c.id == account).values(sync_token=token))


async def mark_channel(tx: Transaction, account: int, remote_id: str, state: str) -> bool:
    """Set a channel of the account to `open` or `gone`. False where that changes nothing; its subscriptions stay."""
    own = select(tenants.c.id).where(tenants.c.account == account)
    wanted = channels.c.tenant.in_(own), channels.c.remote_id == remote_id, channels.c.state != state
    return bool((await tx.execute(update(channels).where(*wanted).values(state=state))).rowcount)
