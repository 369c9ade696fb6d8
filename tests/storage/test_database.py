"""Transactions: all or nothing, one writer at a time on SQLite, no network inside, nothing after the end."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select, text

from bot.core.errors import SettingsError, StorageBusy, StorageClosed, StorageError
from bot.storage.database import Database, read_url, require_outside_transaction
from bot.storage.schema import inbox, notices, people
from tests.clock import Clock


async def count(database: Database) -> int:
    """How many people there are."""
    async with database.read() as tx:
        return (await tx.execute(select(func.count()).select_from(people))).scalar_one()


@pytest.mark.asyncio
async def test_a_transaction_is_all_or_nothing(database: Database) -> None:
    """What raises leaves nothing behind; what ends is there for all."""
    with pytest.raises(ZeroDivisionError):
        async with database.write() as tx:
            await tx.execute(insert(people).values(platform="p", remote_id="1"))
            raise ZeroDivisionError
    assert 0 == await count(database)
    async with database.write() as tx:
        await tx.execute(insert(people).values(platform="p", remote_id="1"))
    assert 1 == await count(database)


@pytest.mark.asyncio
async def test_a_reader_sees_what_was_committed(database: Database) -> None:
    """An open write disturbs no reader."""
    async with database.write() as tx:
        await tx.execute(insert(people).values(platform="p", remote_id="1"))
        assert 0 == await asyncio.create_task(count(database))
    assert 1 == await count(database)


@pytest.mark.asyncio
async def test_writers_wait_for_each_other(database: Database) -> None:
    """Twenty at once all get their turn."""

    async def write(number: int) -> None:
        async with database.write() as tx:
            await tx.execute(insert(people).values(platform="p", remote_id=str(number)))

    await asyncio.gather(*(write(number) for number in range(20)))
    assert 20 == await count(database)


@pytest.mark.asyncio
async def test_no_network_inside_a_transaction(database: Database) -> None:
    """Reading or writing, inside it is refused; outside, and in tasks of others meanwhile, it is not."""

    async def ask() -> None:
        require_outside_transaction("asking")

    for kind in (database.read, database.write):
        async with kind():
            with pytest.raises(RuntimeError, match="asking inside a database transaction"):
                await ask()
        await ask()
    with pytest.raises(ZeroDivisionError):
        async with database.write():
            raise ZeroDivisionError
    await ask()


@pytest.mark.asyncio
async def test_a_task_beside_a_transaction_is_outside(database: Database) -> None:
    """The mark belongs to whoever is inside, not to the whole program."""
    entered, done = asyncio.Event(), asyncio.Event()

    async def outside() -> None:
        await entered.wait()
        require_outside_transaction("asking")
        done.set()

    beside = asyncio.create_task(outside())
    async with database.write():
        entered.set()
        await asyncio.wait_for(done.wait(), 5)
    await beside


@pytest.mark.asyncio
async def test_after_the_end_nothing_works(database_url: str) -> None:
    """A closed database says so, and what to do."""
    database = await Database.open(database_url)
    await database.close()
    for kind in (database.read, database.write):
        with pytest.raises(StorageClosed, match="start it again"):
            async with kind():
                pass
    await database.close()


@pytest.mark.asyncio
async def test_a_broken_reference_is_refused(database: Database, clock: Clock) -> None:
    """Foreign keys hold on both kinds, and a driver's error leaves as ours."""
    with pytest.raises(StorageError):
        async with database.write() as tx:
            await tx.execute(insert(inbox).values(account=99, event="e", at=clock()))


@pytest.mark.asyncio
async def test_a_naive_time_never_reaches_the_database(database: Database, clock: Clock) -> None:
    """It is refused where it is bound; an aware one comes back as the same moment in UTC."""
    row = {"key": "k", "title": "t", "body": "b"}
    with pytest.raises((StorageError, ValueError)):
        async with database.write() as tx:
            await tx.execute(insert(notices).values(**row, made_at=clock().replace(tzinfo=None)))
    moment = clock() + timedelta(microseconds=123456)
    async with database.write() as tx:
        await tx.execute(insert(notices).values(**row, made_at=moment))
        assert moment == (await tx.execute(select(notices.c.made_at))).scalar_one()


@pytest.mark.asyncio
async def test_two_processes_on_one_file_wait_and_then_say_so(sqlite_url: str) -> None:
    """The second writer of a file waits its time, and then is told that it is busy."""
    one = await Database.open(sqlite_url)
    two = await Database.open(sqlite_url, busy_timeout_s=0.1)
    async with one.write():
        with pytest.raises(StorageBusy):
            async with two.write():
                pass
    async with two.write() as tx:
        await tx.execute(insert(people).values(platform="p", remote_id="1"))
    assert 1 == await count(one)
    await one.close()
    await two.close()


@pytest.mark.asyncio
async def test_a_commit_outlives_the_power(sqlite_url: str) -> None:
    """A SQLite file is written ahead and synced at every commit, with foreign keys on."""
    database = await Database.open(sqlite_url)
    async with database.read() as tx:
        found = [
            (await tx.execute(text(f"PRAGMA {name}"))).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert ["wal", 2, 1] == found
    await database.close()


@pytest.mark.parametrize("url", ["mysql://h/x", "sqlite://", "nonsense", ""])
def test_other_addresses_are_refused_in_words(url: str) -> None:
    """What is no address of the two kinds is an error that says what to write."""
    with pytest.raises(SettingsError, match="Write"):
        read_url(url)


@pytest.mark.asyncio
@pytest.mark.parametrize("url", ["postgresql://nobody@127.0.0.1:9/none?connect_timeout=2", "sqlite:////no/folder/x.db"])
async def test_what_cannot_be_opened_is_our_error(url: str) -> None:
    """A server that is not there, a folder that is not there: StorageError, not the driver's."""
    with pytest.raises(StorageError):
        await Database.open(url)
    await asyncio.sleep(0.05)  # the driver's thread ends by itself, and speaks to the loop once more


SLOW = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400000) SELECT count(*) FROM n"


@pytest.mark.asyncio
async def test_a_transaction_that_is_given_up_leaves_nothing(database: Database) -> None:
    """Cancelled while it begins, works or waits: nothing is written, and its connection serves the next."""

    async def write(number: int) -> None:
        async with database.write() as tx:
            await tx.execute(insert(people).values(platform="p", remote_id=str(number)))
            await tx.execute(text(SLOW))

    for wait_s in (0, 0.001, 0.01, 0.05):
        writers = [asyncio.create_task(write(number)) for number in range(12)]
        await asyncio.sleep(wait_s)
        for writer in writers:
            writer.cancel()
        ends = await asyncio.gather(*writers, return_exceptions=True)
        assert all(isinstance(end, asyncio.CancelledError) for end in ends)
    assert 0 == await count(database)
    async with database.write() as tx:
        await tx.execute(insert(people).values(platform="p", remote_id="1"))
    assert 1 == await count(database)
