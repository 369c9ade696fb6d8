"""Where people are: accounts, tenants, channels and persons, made at first sight. Knows nothing of what they follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, select, update

from bot.storage.database import Transaction
from bot.storage.schema import accounts, channels, people, tenants
from bot.storage.upsert import insert_or


@dataclass(frozen=True, slots=True)
class ChannelView:
    """A channel with the tenant and account it belongs to. `person` is set where it is somebody's direct chat."""

    id: int
    remote_id: str
    tenant: int
    account: int
    person: int | None
    zone: str
    state: str


async def ensure_account(tx: Transaction, platform: str, remote_id: str) -> int:
    """The number of the bot's login on a platform."""
    return (await _ensure(tx, accounts, {"platform": platform, "remote_id": remote_id}))[0]


async def ensure_tenant(tx: Transaction, account: int, remote_id: str, zone: str = "UTC") -> int:
    """The number of a guild, a room or a direct chat. `zone` counts only where it is new."""
    return (await _ensure(tx, tenants, {"account": account, "remote_id": remote_id}, {"zone": zone}))[0]


async def ensure_channel(
    tx: Transaction, tenant: int, remote_id: str, now: datetime, person: int | None = None
) -> tuple[int, bool]:
    """The number of a channel, and whether it was made now; a new one takes its tenant's zone and language."""
    its = (await tx.execute(select(tenants.c.zone, tenants.c.locale).where(tenants.c.id == tenant))).one()
    rest = {"ready_at": now, "person": person, "zone": its.zone, "locale": its.locale}
    return await _ensure(tx, channels, {"tenant": tenant, "remote_id": remote_id}, rest)


async def ensure_person(tx: Transaction, platform: str, remote_id: str) -> int:
    """The number of a person on a platform."""
    return (await _ensure(tx, people, {"platform": platform, "remote_id": remote_id}))[0]


async def find_place(tx: Transaction, account: int, tenant: str, channel: str) -> tuple[int, int]:
    """The numbers of a tenant and its channel by remote ids, 0 for what is not known. Makes nothing."""
    wanted = tenants.c.account == account, tenants.c.remote_id == tenant
    number = (await tx.execute(select(tenants.c.id).where(*wanted))).scalar() or 0
    inside = channels.c.tenant == number, channels.c.remote_id == channel
    return number, (await tx.execute(select(channels.c.id).where(*inside))).scalar() or 0


async def find_channel(tx: Transaction, platform: str, remote_id: str, now: datetime) -> int | None:
    """A platform's channel by remote id, wherever it stands; made, as a tenant of its own, where nobody spoke yet.

    None where the bot has no login there.
    """
    account = (await tx.execute(select(accounts.c.id).where(accounts.c.platform == platform).limit(1))).scalar()
    if account is None:
        return None
    query = (
        select(channels.c.id)
        .select_from(channels.join(tenants, tenants.c.id == channels.c.tenant))
        .where(tenants.c.account == account, channels.c.remote_id == remote_id)
        .order_by(channels.c.id)
        .limit(1)
    )
    known = (await tx.execute(query)).scalar()
    if known is not None:
        return int(known)
    return (await ensure_channel(tx, await ensure_tenant(tx, account, remote_id), remote_id, now))[0]


async def channel_view(tx: Transaction, channel: int) -> ChannelView | None:
    """A channel by its number, or None."""
    query = (
        select(channels, tenants.c.account)
        .select_from(channels.join(tenants, tenants.c.id == channels.c.tenant))
        .where(channels.c.id == channel)
    )
    row = (await tx.execute(query)).first()
    if row is None:
        return None
    return ChannelView(row.id, row.remote_id, row.tenant, row.account, row.person, row.zone, row.state)


def tenant_of(channel: int) -> ColumnElement[Any]:
    """The tenant of a channel, as a value within another query, whatever that speaks of."""
    own = channels.alias("own_channel")
    return select(own.c.tenant).where(own.c.id == channel).scalar_subquery()


async def read_manner(tx: Transaction, channel: int) -> tuple[str, str]:
    """How a channel's alerts are written: the style, `full` or `compact`, and the language, two letters."""
    row = (await tx.execute(select(channels.c.style, channels.c.locale).where(channels.c.id == channel))).one()
    return row.style, row.locale


async def set_manner(tx: Transaction, channel: int, style: str, lang: str) -> None:
    """Let a channel's alerts be written so from the next one on; a living one, from its next edit on."""
    await tx.execute(update(channels).where(channels.c.id == channel).values(style=style, locale=lang))


async def set_channel(tx: Transaction, channel: int, *, zone: str, ladder: str | None) -> None:
    """Give a channel a zone, and a ladder where one is given."""
    values = {"zone": zone} if ladder is None else {"zone": zone, "ladder": ladder}
    await tx.execute(update(channels).where(channels.c.id == channel).values(values))


async def ladder_of(tx: Transaction, channel: int) -> str:
    """A channel's ladder as it was typed; "" for the usual one."""
    return str((await tx.execute(select(channels.c.ladder).where(channels.c.id == channel))).scalar() or "")


async def _ensure(
    tx: Transaction, table: Table, key: Mapping[str, object], rest: Mapping[str, object] | None = None
) -> tuple[int, bool]:
    """The row with this key, and whether it was made now. Looked for first: an insert in vain costs a number."""
    found = select(table.c.id).where(*(table.c[name] == value for name, value in key.items()))
    number = (await tx.execute(found)).scalar()
    if number is not None:
        return int(number), False
    statement = insert_or(tx, table).values(**key, **(rest or {})).on_conflict_do_nothing().returning(table.c.id)
    made = (await tx.execute(statement)).scalar()
    if made is not None:
        return int(made), True
    return int((await tx.execute(found)).scalar_one()), False
