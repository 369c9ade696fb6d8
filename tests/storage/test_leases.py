"""Who holds what: a process lives while its row does; a named lease changes hands with a higher fence."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.core.errors import LeaseLost
from bot.storage import leases
from bot.storage.database import Database
from bot.storage.leases import Holder
from bot.storage.schema import leases as lease_table
from tests.clock import Clock

pytestmark = pytest.mark.asyncio

SECONDS = timedelta(seconds=30)
ONE, TWO = Holder("one", SECONDS), Holder("two", 10 * SECONDS)


async def sign_on(database: Database, clock: Clock, *holders: Holder) -> None:
    """Enter processes."""
    async with database.write() as tx:
        for holder in holders:
            await leases.sign_on(tx, holder, clock())


async def lives(database: Database, clock: Clock, holder: Holder) -> bool:
    """Whether a process may commit claimed work."""
    try:
        async with database.write() as tx:
            await leases.require_alive(tx, holder, clock())
    except LeaseLost:
        return False
    return True


async def take(database: Database, clock: Clock, holder: Holder) -> int | None:
    """Take the lease of intake."""
    async with database.write() as tx:
        return await leases.take(tx, "intake", holder, clock())


async def test_a_process_lives_until_its_lease_runs_out(database: Database, clock: Clock) -> None:
    """It lives to the last moment of its lease and not a moment longer; renewed, it lives on."""
    await sign_on(database, clock, ONE)
    clock.advance(SECONDS - timedelta(microseconds=1))
    assert await lives(database, clock, ONE)
    async with database.write() as tx:
        assert await leases.renew(tx, ONE, clock())
    clock.advance(timedelta(microseconds=1))
    assert await lives(database, clock, ONE)
    clock.advance(SECONDS)
    assert not await lives(database, clock, ONE)


async def test_who_never_signed_on_or_signed_off_is_dead(database: Database, clock: Clock) -> None:
    """Only a row makes a process."""
    assert not await lives(database, clock, ONE)
    await sign_on(database, clock, ONE)
    async with database.write() as tx:
        await leases.sign_off(tx, ONE)
    assert not await lives(database, clock, ONE)
    async with database.write() as tx:
        assert not await leases.renew(tx, ONE, clock())


async def test_a_dead_process_cannot_renew(database: Database, clock: Clock) -> None:
    """It must sign on anew: what it held may be another's."""
    await sign_on(database, clock, ONE)
    clock.advance(SECONDS)
    async with database.write() as tx:
        assert not await leases.renew(tx, ONE, clock())


async def test_who_is_alone_clears_the_dead(database: Database, clock: Clock) -> None:
    """A process that a file lock says is alone ends every row of the ones before."""
    await sign_on(database, clock, TWO, Holder("before", None), Holder("alone", None))
    async with database.read() as tx:
        assert ["process:alone"] == list((await tx.execute(select(lease_table.c.name))).scalars())


async def test_a_lease_has_one_holder(database: Database, clock: Clock) -> None:
    """The holder keeps its fence; another waits while it lives, and takes over with a higher one when it is dead."""
    await sign_on(database, clock, ONE, TWO)
    assert [1, 1, None] == [await take(database, clock, holder) for holder in (ONE, ONE, TWO)]
    clock.advance(SECONDS)
    assert [2, 2, None] == [await take(database, clock, holder) for holder in (TWO, TWO, ONE)]


async def test_a_lease_is_free_when_its_holder_leaves(database: Database, clock: Clock) -> None:
    """Signing off frees it at once, without waiting for a lease to run out."""
    await sign_on(database, clock, ONE, TWO)
    await take(database, clock, ONE)
    async with database.write() as tx:
        await leases.sign_off(tx, ONE)
    assert 2 == await take(database, clock, TWO)


async def test_an_old_fence_is_refused(database: Database, clock: Clock) -> None:
    """What was decided under a lease that changed hands is not saved, whoever holds it now."""
    await sign_on(database, clock, ONE, TWO)
    await take(database, clock, ONE)
    clock.advance(SECONDS)
    await take(database, clock, TWO)
    async with database.write() as tx:
        await leases.sign_off(tx, TWO)
        await leases.sign_on(tx, Holder("three", SECONDS), clock())
    assert 3 == await take(database, clock, Holder("three", SECONDS))
    for holder, fence in ((ONE, 1), (TWO, 2), (Holder("three", SECONDS), 2)):
        with pytest.raises(LeaseLost):
            async with database.write() as tx:
                await leases.require_fence(tx, "intake", holder, fence)
    async with database.write() as tx:
        await leases.require_fence(tx, "intake", Holder("three", SECONDS), 3)
