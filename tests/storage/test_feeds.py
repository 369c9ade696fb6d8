"""Which feeds are polled: the operator's list and tenants' own, each feed once, and rest where nobody uses it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, select, update

from bot.core.model import FeedSpec, Recipe
from bot.storage import feeds, places
from bot.storage.database import Database, Transaction
from bot.storage.schema import feeds as feed_table
from bot.storage.schema import hosts
from tests.clock import Clock

A = FeedSpec("https://a.example/feed.xml", "A", tier=1)
B = FeedSpec("https://b.example/feed.xml")


async def states(tx: Transaction) -> dict[str, str]:
    """The state of each feed by its address."""
    return {row.url: row.state for row in (await tx.execute(select(feed_table))).all()}


async def make_tenant(tx: Transaction, name: str = "guild") -> int:
    """A tenant of that name."""
    return await places.ensure_tenant(tx, await places.ensure_account(tx, "discord", "bot"), name)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("HTTPS://A.Example/Feed.xml#top", "https://a.example/Feed.xml"),
        ("https://a.example", "https://a.example/"),
        ("https://a.example:443/x?b=2&a=1", "https://a.example/x?b=2&a=1"),
        ("http://a.example:8080/x", "http://a.example:8080/x"),
        ("https://User:Pass@A.example/x", "https://User:Pass@a.example/x"),
        ("http://[2001:DB8::1]:80/x", "http://[2001:db8::1]/x"),
    ],
)
def test_an_address_has_one_form(written: str, stored: str) -> None:
    """Case of scheme and host, the default port and the fragment do not count; path and query do."""
    assert stored == feeds.normal_url(written)


@given(st.from_regex(r"https?://[A-Za-z.]{1,12}(:[0-9]{1,4})?(/[A-Za-z%#?=&]{0,20})?", fullmatch=True))
def test_the_one_form_is_stable(url: str) -> None:
    """Done twice it is the same."""
    assert feeds.normal_url(url) == feeds.normal_url(feeds.normal_url(url))


@pytest.mark.asyncio
async def test_the_operators_list_is_brought_in_line(database: Database, clock: Clock) -> None:
    """New feeds are due now, changed ones altered, absent ones rest; twice the same changes nothing."""
    async with database.write() as tx:
        tenant = await make_tenant(tx)
        await feeds.sync_operator_feeds(tx, [A, B, replace(A, url="https://A.example/feed.xml#x")], clock())
        before = await feeds.list_feeds(tx, tenant)
        assert [("A", 1, True), (B.url, 2, True)] == [(feed.title, feed.tier, feed.is_shared) for feed in before]
        assert {clock()} == {feed.next_poll_at for feed in before}
        await feeds.sync_operator_feeds(tx, [A, B], clock() + timedelta(hours=1))
        assert before == await feeds.list_feeds(tx, tenant)
        await feeds.sync_operator_feeds(tx, [replace(A, tier=0, interval_s=60)], clock())
        assert {A.url: "active", B.url: "unused"} == await states(tx)
        [only] = await feeds.list_feeds(tx, tenant)
        assert 0 == only.tier
        assert ["a.example", "b.example"] == sorted((await tx.execute(select(hosts.c.name))).scalars())


@pytest.mark.asyncio
async def test_a_title_from_the_feed_is_kept(database: Database, clock: Clock) -> None:
    """A spec without a title does not take away the one that the feed gave itself."""
    async with database.write() as tx:
        await feeds.sync_operator_feeds(tx, [B], clock())
        await tx.execute(update(feed_table).values(title="B itself"))
        await feeds.sync_operator_feeds(tx, [B], clock())
        assert "B itself" == (await feeds.list_feeds(tx, await make_tenant(tx)))[0].title


@pytest.mark.asyncio
async def test_one_feed_has_many_users(database: Database, clock: Clock) -> None:
    """It is stored once, keeps the first one's settings, and rests when the last user goes."""
    async with database.write() as tx:
        one, two = await make_tenant(tx, "one"), await make_tenant(tx, "two")
        number, is_new = await feeds.add_feed(tx, one, A, clock())
        assert is_new
        assert (number, True) == await feeds.add_feed(tx, two, replace(A, title="Mine", tier=2), clock())
        assert (number, False) == await feeds.add_feed(tx, two, A, clock())
        assert [("A", 1)] == [(feed.title, feed.tier) for feed in await feeds.list_feeds(tx, two)]
        assert (1, 1) == (await feeds.count_feeds(tx, one), await feeds.count_feeds(tx, two))
        assert await feeds.remove_feed(tx, one, A.url.upper().replace("FEED.XML", "feed.xml"), clock())
        assert await feeds.remove_feed(tx, one, A.url, clock()) is None
        assert {A.url: "active"} == await states(tx)
        assert await feeds.remove_feed(tx, two, number, clock())
        assert {A.url: "unused"} == await states(tx)
        assert [] == await feeds.list_feeds(tx, one)


@pytest.mark.asyncio
async def test_the_operators_feeds_are_not_a_tenants_to_remove(database: Database, clock: Clock) -> None:
    """Nor need they be added; they do not count as own."""
    async with database.write() as tx:
        tenant = await make_tenant(tx)
        await feeds.sync_operator_feeds(tx, [A], clock())
        assert not (await feeds.add_feed(tx, tenant, A, clock()))[1]
        assert await feeds.remove_feed(tx, tenant, A.url, clock()) is None
        assert 0 == await feeds.count_feeds(tx, tenant)


@pytest.mark.asyncio
@pytest.mark.parametrize(("rest", "is_seeded"), [(timedelta(hours=1), True), (timedelta(days=3), False)])
async def test_a_feed_that_comes_back_is_due(
    rest: timedelta, is_seeded: bool, database: Database, clock: Clock
) -> None:
    """After a long rest its page is a first sight again, so that what was missed is no flood of alerts."""
    start = clock()
    async with database.write() as tx:
        tenant = await make_tenant(tx)
        await feeds.add_feed(tx, tenant, A, start)
        await tx.execute(update(feed_table).values(seeded_at=start, last_ok_at=start, next_poll_at=start, errors=2))
        await feeds.remove_feed(tx, tenant, A.url, start)
        clock.advance(rest)
        await feeds.add_feed(tx, tenant, A, clock())
        row = (await tx.execute(select(feed_table))).one()
    seeded: datetime | None = row.seeded_at
    assert ("active", clock(), 0, is_seeded) == (row.state, row.next_poll_at, row.errors, seeded is not None)


@pytest.mark.asyncio
async def test_a_gone_feed_stays_gone_until_it_is_added_anew(database: Database, clock: Clock) -> None:
    """A restart does not wake it; taking it off the list and adding it does."""
    async with database.write() as tx:
        await feeds.sync_operator_feeds(tx, [A], clock())
        await tx.execute(update(feed_table).values(state="gone"))
        await feeds.sync_operator_feeds(tx, [A], clock())
        assert {A.url: "gone"} == await states(tx)
        await feeds.sync_operator_feeds(tx, [], clock())
        await feeds.sync_operator_feeds(tx, [A], clock())
        assert {A.url: "active"} == await states(tx)


@pytest.mark.asyncio
async def test_own_feeds_come_first_then_those_in_trouble(database: Database, clock: Clock) -> None:
    """What a moderator can act on is at the top."""
    async with database.write() as tx:
        tenant = await make_tenant(tx)
        c = FeedSpec("https://c.example/", "C")
        await feeds.sync_operator_feeds(tx, [A, replace(B, title="B")], clock())
        await feeds.add_feed(tx, tenant, c, clock())
        await tx.execute(update(feed_table).where(feed_table.c.title == "B").values(errors=1))
        assert ["C", "B", "A"] == [feed.title for feed in await feeds.list_feeds(tx, tenant)]


@pytest.mark.asyncio
async def test_a_long_list_is_taken_in_at_once(database: Database, clock: Clock) -> None:
    """More feeds than one statement has room for."""
    specs = [FeedSpec(f"https://host{number % 700}.example/{number}") for number in range(1000)]
    async with database.write() as tx:
        tenant = await make_tenant(tx)
        await feeds.sync_operator_feeds(tx, specs, clock())
        assert 1000 == len(await feeds.list_feeds(tx, tenant))
        assert 700 == len((await tx.execute(select(hosts.c.id))).all())


@pytest.mark.asyncio
async def test_a_start_with_the_same_list_alters_no_feed(database: Database, clock: Clock) -> None:
    """However many feeds are listed, those that did not change cost no statement; one that did costs one."""
    altered: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        if statement.startswith("UPDATE feeds SET") and "tier" in statement:
            altered.append(statement)

    async with database.write() as tx:
        await feeds.sync_operator_feeds(tx, [A, B], clock())
    event.listen(database.engine, "before_cursor_execute", note)
    async with database.write() as tx:
        await feeds.sync_operator_feeds(tx, [A, B], clock())
    assert [] == altered
    async with database.write() as tx:
        await feeds.sync_operator_feeds(tx, [replace(A, tier=0), B], clock())
        row = (await tx.execute(select(feed_table).where(feed_table.c.url == A.url))).one()
    assert (1, 0, "A") == (len(altered), row.tier, row.title)


@pytest.mark.asyncio
async def test_a_pause_is_ones_own(database: Database, clock: Clock) -> None:
    """A feed paused by one tenant is polled on for the other; by both, it rests; resumed, it is due at once."""
    async with database.write() as tx:
        here, there = await make_tenant(tx), await make_tenant(tx, "other")
        number, _ = await feeds.add_feed(tx, here, A, clock())
        await feeds.add_feed(tx, there, A, clock())
        await feeds.set_paused(tx, here, number, clock(), is_paused=True)
        assert {A.url: "active"} == await states(tx)
        shown = [(await feeds.list_feeds(tx, tenant))[0].state for tenant in (here, there)]
        assert ["paused", "active"] == shown
        await feeds.set_paused(tx, there, number, clock(), is_paused=True)
        assert {A.url: "paused"} == await states(tx)
        await feeds.remove_feed(tx, there, number, clock())
        assert {A.url: "paused"} == await states(tx)
        later = clock() + timedelta(hours=2)
        await feeds.set_paused(tx, here, number, later, is_paused=False)
        [feed] = await feeds.list_feeds(tx, here)
        assert ("active", later) == (feed.state, feed.next_poll_at)


@pytest.mark.asyncio
async def test_the_operators_pause_is_for_all(database: Database, clock: Clock) -> None:
    """But for a tenant that has the feed on its own list; the next start does not end it."""
    async with database.write() as tx:
        here, there = await make_tenant(tx), await make_tenant(tx, "other")
        await feeds.sync_operator_feeds(tx, [A, B], clock())
        number = next(feed.id for feed in await feeds.list_feeds(tx, there) if feed.title == "A")
        await feeds.set_paused(tx, None, number, clock(), is_paused=True)
        await feeds.sync_operator_feeds(tx, [A, B], clock())
        assert {A.url: "paused", B.url: "active"} == await states(tx)
        assert await feeds.has_other_users(tx, here, number)
        await tx.execute(feed_table.update().values(state="gone"))
        await feeds.set_paused(tx, None, number, clock(), is_paused=False)
        assert {A.url: "active", B.url: "gone"} == await states(tx)


@pytest.mark.asyncio
async def test_what_nobody_uses_is_read_anew(database: Database, clock: Clock) -> None:
    """An address once tried as a feed may come back as a watched page; while others use it, it stays as it is."""
    page = replace(A, recipe=Recipe("li"))
    async with database.write() as tx:
        here, there = await make_tenant(tx), await make_tenant(tx, "other")
        number, _ = await feeds.add_feed(tx, here, A, clock())
        await tx.execute(update(feed_table).values(seeded_at=clock(), etag="x"))
        await feeds.add_feed(tx, there, page, clock())
        assert not (await feeds.list_feeds(tx, there))[0].is_page
        for tenant in (here, there):
            await feeds.remove_feed(tx, tenant, number, clock())
        await feeds.add_feed(tx, there, page, clock())
        assert (await feeds.list_feeds(tx, there))[0].is_page
        row = (await tx.execute(select(feed_table))).one()
        assert (None, None, "active") == (row.seeded_at, row.etag, row.state)
