"""What holds a channel up: closed, resting, or a post that is tried again. Changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.storage.database import Transaction
from bot.storage.schema import accounts, channels, posts, tenants


@dataclass(frozen=True, slots=True)
class Trouble:
    """`ready_at`: the channel's next post; `paused_until`: its account's. `error`: of the post that waits, or ""."""

    is_gone: bool
    ready_at: datetime | None
    paused_until: datetime | None
    error: str


async def channel_trouble(tx: Transaction, channel: int) -> Trouble:
    """How a channel stands."""
    query = (
        select(channels.c.state, channels.c.ready_at, accounts.c.paused_until, posts.c.error)
        .select_from(
            channels.join(tenants, tenants.c.id == channels.c.tenant)
            .join(accounts, accounts.c.id == tenants.c.account)
            .outerjoin(posts, (posts.c.channel == channels.c.id) & (posts.c.state == "open"))
        )
        .where(channels.c.id == channel)
        .limit(1)
    )
    row = (await tx.execute(query)).first()
    if row is None:
        return Trouble(False, None, None, "")
    return Trouble(row.state == "gone", row.ready_at, row.paused_until, row.error or "")
