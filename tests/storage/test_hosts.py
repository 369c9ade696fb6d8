"""Claiming hosts: each by one living process, those waiting longest first, a bounded list of feeds each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.core.errors import LeaseLost
from bot.core.model import FeedSpec
from bot.storage import feeds, hosts, leases
from bot.storage.database import Database
from bot.storage.leases import Holder
from bot.storage.schema import feeds as feed_table
from bot.storage.schema import hosts as host_table
from tests.clock import Clock

pytestmark = pytest.mark.asyncio

SECONDS = timedelta(seconds=30)
ONE, TWO = Holder("one", SECONDS), Holder("two", 10 * SECONDS)


async def open_hosts(database: Database, clock: Clock, names: Sequence[str], each: int = 1) -> None:
    """Feeds on these hosts, due now, and two living processes."""
    specs = [FeedSpec(f"https://{name}.example/{number}") for name in names for number in range(each)]
    async with database.write() as tx:
        await feeds.sync_operator_feeds(tx, specs, clock())
        for holder in (ONE, TWO):
            await leases.sign_on(tx, holder, clock())


async def claim(database: Database, holder: Holder, clock: Clock, limit: int = 10) -> list[hosts.HostClaim]:
    """Claim in a transaction of its own."""
    async with database.write() as tx:
        return await hosts.claim_hosts(tx, holder, clock(), limit)


def names(claims: Sequence[hosts.HostClaim]) -> list[str]:
    """The hosts' first names."""
    return [claimed.name.partition(".")[0] for claimed in claims]


async def test_a_host_is_claimed_once(database: Database, clock: Clock) -> None:
    """What one process holds no other gets, nor itself a second time; what it released is free at its time."""
    await open_hosts(database, clock, ["a", "b", "c"])
    first = await claim(database, ONE, clock, limit=2)
    assert (["a", "b"], ["c"]) == (names(first), names(await claim(database, TWO, clock)))
    assert [] == await claim(database, ONE, clock)
    ready = clock() + timedelta(seconds=2)
    async with database.write() as tx:
        await hosts.release_hosts(tx, ONE, [(claimed.id, ready) for claimed in first])
    assert [] == await claim(database, ONE, clock)
    clock.advance(timedelta(seconds=2))
    assert ["a", "b"] == names(await claim(database, TWO, clock))


async def test_the_longest_waiting_comes_first(database: Database, clock: Clock) -> None:
    """Hosts, and the feeds of a host, come in the order in which they fell due."""
    await open_hosts(database, clock, ["a", "b"], each=2)
    async with database.write() as tx:
        for url, minutes in (("a.example/0", 1), ("a.example/1", 2), ("b.example/0", 0), ("b.example/1", 3)):
            due = clock() - timedelta(minutes=minutes)
            await tx.execute(update(feed_table).where(feed_table.c.url == f"https://{url}").values(next_poll_at=due))
    claims = await claim(database, ONE, clock)
    assert ["b", "a"] == names(claims)
    assert [["1", "0"], ["1", "0"]] == [[feed.url[-1] for feed in claimed.feeds] for claimed in claims]


async def test_only_what_is_due_is_claimed(database: Database, clock: Clock) -> None:
    """Feeds not due, resting or gone are left out; a host without a due feed is not claimed."""
    await open_hosts(database, clock, ["a", "b", "c", "d"], each=2)
    later = clock() + timedelta(seconds=1)
    async with database.write() as tx:
        await tx.execute(update(feed_table).where(feed_table.c.url.like("%a.example/1")).values(next_poll_at=later))
        await tx.execute(update(feed_table).where(feed_table.c.url.like("%b.example%")).values(next_poll_at=later))
        await tx.execute(update(feed_table).where(feed_table.c.url.like("%c.example%")).values(state="gone"))
        await tx.execute(update(feed_table).where(feed_table.c.url.like("%d.example/0")).values(state="unused"))
    claims = await claim(database, ONE, clock)
    assert [("a", 1), ("d", 1)] == [(name, len(c.feeds)) for name, c in zip(names(claims), claims, strict=True)]


async def test_one_claim_takes_so_many_feeds_of_a_host(
    database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A host with a thousand feeds is asked in rounds: other hosts get their turn between."""
    monkeypatch.setattr(hosts, "FEEDS_PER_CLAIM", 3)
    await open_hosts(database, clock, ["a", "b"], each=5)
    assert [3, 3] == [len(claimed.feeds) for claimed in await claim(database, ONE, clock)]


async def test_what_a_dead_process_held_is_free(database: Database, clock: Clock) -> None:
    """Its hosts go to another when its lease has run out; its late release changes nothing, its claim is refused."""
    await open_hosts(database, clock, ["a"])
    [lost] = await claim(database, ONE, clock)
    clock.advance(SECONDS)
    assert ["a"] == names(await claim(database, TWO, clock))
    async with database.write() as tx:
        await hosts.release_hosts(tx, ONE, [(lost.id, clock() + timedelta(days=1))])
    async with database.read() as tx:
        assert ["two"] == list((await tx.execute(select(host_table.c.holder))).scalars())
    with pytest.raises(LeaseLost):
        await claim(database, ONE, clock)


async def test_a_hosts_own_gap_and_the_feeds_facts_come_along(database: Database, clock: Clock) -> None:
    """A claim carries all that asking needs, so that no row is read in between."""
    await open_hosts(database, clock, ["a"])
    async with database.write() as tx:
        await tx.execute(update(host_table).values(gap_s=7.5))
        facts = {"etag": '"x"', "last_modified": "Tue", "body_hash": -5, "zone": "Asia/Tokyo", "lang": "ja"}
        await tx.execute(update(feed_table).values(**facts, interval_s=60, errors=2, seeded_at=clock()))
    [claimed] = await claim(database, ONE, clock)
    [feed] = claimed.feeds
    assert timedelta(seconds=7.5) == claimed.gap
    assert ('"x"', "Tue", -5) == (feed.validators.etag, feed.validators.last_modified, feed.body_hash)
    assert ("Asia/Tokyo", "ja", timedelta(minutes=1)) == (feed.zone, feed.lang, feed.interval)
    assert (True, 2) == (feed.is_seeded, feed.errors)


async def test_an_interrupted_round_lets_go(database: Database, clock: Clock) -> None:
    """What this process held of a round that was cut off is free at the next; what others hold is theirs."""
    await open_hosts(database, clock, ["a", "b"])
    await claim(database, ONE, clock, limit=1)
    await claim(database, TWO, clock, limit=1)
    async with database.write() as tx:
        await hosts.release_all(tx, ONE)
    assert ["a"] == names(await claim(database, ONE, clock))


async def test_all_can_be_made_due(database: Database, clock: Clock) -> None:
    """`once --all`: every active feed and its host are ready now; a gone one is not."""
    await open_hosts(database, clock, ["a", "b", "c"])
    later = clock() + timedelta(days=1)
    async with database.write() as tx:
        await tx.execute(update(feed_table).values(next_poll_at=later))
        await tx.execute(update(host_table).values(ready_at=later))
        await tx.execute(update(feed_table).where(feed_table.c.url.like("%c.example%")).values(state="gone"))
        assert 2 == await hosts.make_all_due(tx, clock())
    assert ["a", "b"] == names(await claim(database, ONE, clock))
