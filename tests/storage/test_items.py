"""Saving what feeds said: keys, items, changes, and each feed's state."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Row, select, update

from bot.core.identity import identify, tell_apart
from bot.core.intake import Sorted, sort_page
from bot.core.model import FeedSpec, Item, Validators
from bot.storage import feeds, items, places
from bot.storage.database import Database
from bot.storage.items import PollResult
from bot.storage.schema import feeds as feed_table
from bot.storage.schema import item_keys
from bot.storage.schema import items as item_table
from bot.storage.upsert import ROWS_AT_ONCE, insert_in_order
from tests.clock import Clock

pytestmark = pytest.mark.asyncio


def item(number: int, text: str = "Words.", **changes: Any) -> Item:
    """An item with a guid and a link."""
    return replace(Item(f"g{number}", f"https://a.example/{number}", f"News {number}", text), **changes)


async def open_feeds(database: Database, clock: Clock, count: int = 1) -> list[int]:
    """So many feeds; their numbers."""
    specs = [FeedSpec(f"https://a.example/{number}.xml") for number in range(count)]
    async with database.write() as tx:
        await feeds.sync_operator_feeds(tx, specs, clock())
        tenant = await places.ensure_tenant(tx, await places.ensure_account(tx, "console", "c"), "t")
        return sorted(feed.id for feed in await feeds.list_feeds(tx, tenant))


async def save(database: Database, clock: Clock, feed: int, *page: Item, **changes: Any) -> Sorted:
    """Sort and save a page as poll does."""
    keys = [key for one in page if (entry := identify(one)) for key in entry.keys]
    async with database.write() as tx:
        known = await items.known_keys(tx, {feed: keys})
        result = PollResult(
            feed, clock(), clock() + timedelta(hours=1), "fetched", page=sort_page(tell_apart(page), known[feed])
        )
        await items.save_polls(tx, [replace(result, **changes)])
    assert result.page is not None
    return result.page


async def rows(database: Database, table: Any = item_table) -> list[Row[Any]]:
    """A table's rows."""
    order = table.c.id if "id" in table.c else table.c.key_hash
    async with database.read() as tx:
        return list((await tx.execute(select(table).order_by(order))).all())


async def test_either_key_makes_an_item_known(database: Database, clock: Clock) -> None:
    """A guid with another link, or a link with another guid, is the same item; what is new of its keys is kept."""
    [feed] = await open_feeds(database, clock)
    await save(database, clock, feed, item(1))
    page = await save(database, clock, feed, item(1, url="https://a.example/moved"))
    assert ((), 1) == (page.new, len(page.more_keys))
    page = await save(database, clock, feed, item(9, url="https://a.example/moved", title="News 1"))
    assert ((), 1) == (page.new, len(page.more_keys))
    assert [4, 1] == [len(await rows(database, item_keys)), len(await rows(database))]


async def test_a_key_belongs_to_its_feed(database: Database, clock: Clock) -> None:
    """Two feeds may number their items alike."""
    one, two = await open_feeds(database, clock, 2)
    await save(database, clock, one, item(1))
    assert 1 == len((await save(database, clock, two, item(1))).new)
    assert [one, two] == [row.feed for row in await rows(database)]


async def test_a_key_without_its_item_is_known(database: Database, clock: Clock) -> None:
    """Where the item was forgotten and its key is kept, it is neither new nor changed."""
    [feed] = await open_feeds(database, clock)
    await save(database, clock, feed, item(1))
    async with database.write() as tx:
        await tx.execute(item_table.delete())
    page = await save(database, clock, feed, item(1, "Other words."))
    assert ((), ()) == (page.new, page.changed)


async def test_items_keep_the_order_of_their_page(database: Database, clock: Clock) -> None:
    """However many are saved at once, their numbers rise from the oldest to the newest, each with its own keys."""
    [feed] = await open_feeds(database, clock)
    await save(database, clock, feed, *(item(number) for number in reversed(range(300))))
    saved = await rows(database)
    assert [f"News {number}" for number in range(300)] == [row.title for row in saved]
    of_item = {row.item: 0 for row in await rows(database, item_keys)}
    assert {row.id for row in saved} == set(of_item)
    entry = identify(item(7))
    assert entry is not None
    async with database.read() as tx:
        found = await items.known_keys(tx, {feed: entry.keys})
    assert {saved[7].id} == {known.item for known in found[feed].values()}


async def test_a_change_counts_and_waits_for_intake(database: Database, clock: Clock) -> None:
    """A changed item that was taken in waits again; one that still waits as new stays new."""
    [feed] = await open_feeds(database, clock)
    await save(database, clock, feed, item(1))
    await save(database, clock, feed, item(1, "Second words."))
    assert [("new", 1, "Second words.")] == [(row.state, row.edits, row.text) for row in await rows(database)]
    async with database.write() as tx:
        await tx.execute(update(item_table).values(state="taken"))
    await save(database, clock, feed, item(1, "Third words."))
    assert [("changed", 2, "Third words.")] == [(row.state, row.edits, row.text) for row in await rows(database)]


async def test_an_items_language_is_its_own_or_its_feeds(database: Database, clock: Clock) -> None:
    """The feed's language stands in where an item states none."""
    [feed] = await open_feeds(database, clock)
    await save(database, clock, feed, item(2, lang="zh"), item(1), lang="ru")
    assert ["ru", "zh"] == [row.lang for row in await rows(database)]


async def test_last_seen_is_written_once_a_day(database: Database, clock: Clock) -> None:
    """A key seen at every poll costs a write a day."""
    [feed] = await open_feeds(database, clock)
    first = clock()
    await save(database, clock, feed, item(1))
    clock.advance(timedelta(hours=23))
    await save(database, clock, feed, item(1))
    assert {first} == {row.last_seen for row in await rows(database, item_keys)}
    clock.advance(timedelta(hours=2))
    await save(database, clock, feed, item(1))
    assert {clock()} == {row.last_seen for row in await rows(database, item_keys)}


async def test_a_batch_keeps_each_feeds_own_state(database: Database, clock: Clock) -> None:
    """A page, a 304 and two failures saved together: each feed has its own validators, errors and next poll."""
    page, same, failed, gone = await open_feeds(database, clock, 4)
    now = clock()
    async with database.write() as tx:
        await tx.execute(update(feed_table).values(etag='"old"', last_modified="then", errors=1, title=""))
        await tx.execute(update(feed_table).where(feed_table.c.id == same).values(title="Mine"))
        news = sort_page(tell_apart([item(1)]), {})
        fresh = {"validators": Validators('"new"'), "body_hash": 7, "title": "Named", "page": news, "is_seeded": False}
        later = [now + timedelta(hours=number) for number in range(1, 5)]
        trouble = {"error_class": "5xx", "error": "No.", "errors": 2}
        results = [
            PollResult(page, now, later[0], "fetched", **fresh),  # type: ignore[arg-type]
            PollResult(same, now, later[1], "not_modified", title="Theirs"),
            PollResult(failed, now, later[2], "failed", **trouble),  # type: ignore[arg-type]
            PollResult(gone, now, later[3], "failed", **trouble, state="gone"),  # type: ignore[arg-type]
        ]
        await items.save_polls(tx, results)
    saved = await rows(database, feed_table)
    assert later == [row.next_poll_at for row in saved]
    assert ['"new"', '"old"', '"old"', '"old"'] == [row.etag for row in saved]
    assert [None, "then", "then", "then"] == [row.last_modified for row in saved]
    assert [0, 0, 2, 2] == [row.errors for row in saved]
    assert ["active", "active", "active", "gone"] == [row.state for row in saved]
    assert ["Named", "Mine", "", ""] == [row.title for row in saved]
    assert [now, now, None, None] == [row.last_ok_at for row in saved]
    assert [now, None, None, None] == [row.seeded_at for row in saved]
    assert [now, None, None, None] == [row.last_new_at for row in saved]


async def test_a_feed_that_was_put_to_rest_meanwhile_stays_at_rest(database: Database, clock: Clock) -> None:
    """Somebody removed it while it was being asked: saving its answer does not wake it."""
    [feed] = await open_feeds(database, clock)
    async with database.write() as tx:
        await feeds.sync_operator_feeds(tx, [], clock())
    await save(database, clock, feed, item(1))
    assert ["unused"] == [row.state for row in await rows(database, feed_table)]


async def test_keys_are_known_by_feed(database: Database, clock: Clock) -> None:
    """A key is known in the feed it was seen in, however many feeds and keys are asked for at once."""
    one, two = await open_feeds(database, clock, 2)
    await save(database, clock, one, *[item(number) for number in range(90)])
    keys = [key for number in range(90) if (entry := identify(item(number))) for key in entry.keys]
    async with database.read() as tx:
        known = await items.known_keys(tx, {two: keys, one: keys})
    assert {one: set(keys), two: set()} == {feed: set(found) for feed, found in known.items()}


async def test_many_rows_get_their_numbers_in_order(database: Database, clock: Clock) -> None:
    """Rows inserted together are numbered as they were given, over several statements too."""
    [feed] = await open_feeds(database, clock)
    common = {"feed": feed, "seen_at": clock(), "content_hash": 1}
    rows = [common | {"title": f"T{number}"} for number in range(2 * ROWS_AT_ONCE + 1)]
    async with database.write() as tx:
        numbers = await insert_in_order(tx, item_table, rows)
        found = {row.id: row.title for row in (await tx.execute(select(item_table))).all()}
    assert [row["title"] for row in rows] == [found[number] for number in numbers]
    async with database.write() as tx:
        assert [] == list(await insert_in_order(tx, item_table, []))
