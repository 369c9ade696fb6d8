"""Who holds what. A process lives while its row does; a claim is free when its holder's row is gone or out of date.

On SQLite one process runs the jobs, held by a file lock, so a start clears what a dead one left.
On PostgreSQL rows expire, and every commit of claimed work checks that its holder still lives (a fencing token).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Text, cast, delete, insert, or_, select, update

from bot.core.errors import LeaseLost
from bot.storage.database import Transaction
from bot.storage.schema import leases

FOR_EVER = datetime(9000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Holder:
    """A running process. `lasts` None: alone on its database (a file lock says so), so its lease never ends."""

    name: str
    lasts: timedelta | None

    def until(self, now: datetime) -> datetime:
        """When the lease ends unless renewed."""
        return FOR_EVER if self.lasts is None else now + self.lasts


def _row(holder: Holder) -> str:
    return f"process:{holder.name}"


async def sign_on(tx: Transaction, holder: Holder, now: datetime) -> None:
    """Enter a process. One that is alone clears all that dead ones held."""
    if holder.lasts is None:
        await tx.execute(delete(leases).where(leases.c.name.like("process:%")))
    await tx.execute(insert(leases).values(name=_row(holder), holder=holder.name, until=holder.until(now), fence=1))


async def renew(tx: Transaction, holder: Holder, now: datetime) -> bool:
    """Prolong a living process and forget the dead. False: it was taken for dead and must sign on anew."""
    await tx.execute(delete(leases).where(leases.c.name.like("process:%"), leases.c.until <= now))
    mine = update(leases).where(leases.c.name == _row(holder)).values(until=holder.until(now))
    return (await tx.execute(mine)).rowcount == 1


async def sign_off(tx: Transaction, holder: Holder) -> None:
    """Leave: everything held is free at once."""
    await tx.execute(delete(leases).where(leases.c.holder == holder.name, leases.c.name.like("process:%")))


def is_free(column: ColumnElement[str | None], now: datetime) -> ColumnElement[bool]:
    """The condition that a claim's holder is nobody, or dead."""
    living = select(leases.c.holder).where(leases.c.name.like("process:%"), leases.c.until > now)
    return or_(column.is_(None), cast(column, Text).not_in(living))


async def require_alive(tx: Transaction, holder: Holder, now: datetime) -> None:
    """Raise LeaseLost unless `holder` lives; the row stays locked until the commit, so nobody can take over between."""
    mine = select(leases.c.name).where(leases.c.name == _row(holder), leases.c.until > now).with_for_update(read=True)
    if (await tx.execute(mine)).first() is None:
        raise LeaseLost(f"The process {holder.name} was taken for dead.", "Its unfinished work goes to another.")


async def take(tx: Transaction, name: str, holder: Holder, now: datetime) -> int | None:
    """Take or keep the one lease called `name`. Returns its fence, or None while another living process has it."""
    row = (await tx.execute(select(leases).where(leases.c.name == name).with_for_update())).first()
    if row is None:
        await tx.execute(insert(leases).values(name=name, holder=holder.name, until=FOR_EVER, fence=1))
        return 1
    if row.holder == holder.name:
        return int(row.fence)
    taken = update(leases).where(leases.c.name == name, is_free(leases.c.holder, now))
    result = await tx.execute(taken.values(holder=holder.name, fence=row.fence + 1))
    return int(row.fence) + 1 if result.rowcount == 1 else None


async def require_fence(tx: Transaction, name: str, holder: Holder, fence: int) -> None:
    """Raise LeaseLost unless the lease is still ours at this fence."""
    mine = leases.c.name == name, leases.c.holder == holder.name, leases.c.fence == fence
    if (await tx.execute(select(leases.c.name).where(*mine).with_for_update())).first() is None:
        raise LeaseLost(f"The lease {name} was taken over.", "What was decided under it is dropped.")
