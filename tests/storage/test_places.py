"""Accounts, tenants, channels and people: each once, however often and by however many it is met."""

from __future__ import annotations

import asyncio

import pytest

from bot.storage import places
from bot.storage.database import Database
from tests.clock import Clock

pytestmark = pytest.mark.asyncio


async def test_everything_is_made_once(database: Database, clock: Clock) -> None:
    """Met again, it has the same number; only a channel says whether it was made."""
    async with database.write() as tx:
        account = await places.ensure_account(tx, "discord", "bot")
        assert account == await places.ensure_account(tx, "discord", "bot")
        assert account != await places.ensure_account(tx, "matrix", "bot")
        tenant = await places.ensure_tenant(tx, account, "guild", "Europe/Berlin")
        assert tenant == await places.ensure_tenant(tx, account, "guild", "Asia/Tokyo")
        person = await places.ensure_person(tx, "discord", "ana")
        channel, made = await places.ensure_channel(tx, tenant, "minerals", clock(), person)
        assert made
        assert (channel, False) == await places.ensure_channel(tx, tenant, "minerals", clock())
        view = await places.channel_view(tx, channel)
    assert places.ChannelView(channel, "minerals", tenant, account, person, "Europe/Berlin", "open") == view


async def test_finding_makes_nothing(database: Database, clock: Clock) -> None:
    """What is not known is 0, and stays so."""
    async with database.write() as tx:
        account = await places.ensure_account(tx, "discord", "bot")
        assert (0, 0) == await places.find_place(tx, account, "guild", "minerals")
        tenant = await places.ensure_tenant(tx, account, "guild")
        assert (tenant, 0) == await places.find_place(tx, account, "guild", "minerals")
        channel, _ = await places.ensure_channel(tx, tenant, "minerals", clock())
        assert (tenant, channel) == await places.find_place(tx, account, "guild", "minerals")
        assert await places.channel_view(tx, channel + 1) is None


async def test_two_at_once_make_one(database: Database) -> None:
    """Of several that meet somebody new at the same moment, all get the one number."""

    async def meet() -> int:
        async with database.write() as tx:
            return await places.ensure_person(tx, "discord", "ana")

    assert 1 == len(set(await asyncio.gather(*(meet() for _ in range(5)))))
