"""Polling is polite: one request at a time to a host, its gap kept across rounds, hosts side by side, trouble apart."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.core.cadence import next_poll
from bot.core.errors import StorageFull
from bot.jobs import poll as poll_module
from bot.jobs.poll import poll
from bot.storage import items as item_rows
from bot.storage.database import Database
from bot.storage.schema import hosts
from tests.clock import Clock
from tests.feedserver import Entry, FeedServer, Trouble
from tests.wire import open_wire

pytestmark = pytest.mark.asyncio

GAP = timedelta(seconds=0.05)
SLOW = Trouble(delay=0.1)


def publish(server: FeedServer, count: int, trouble: Trouble | None = None) -> list[str]:
    """Feeds of one item each, all slow if told so; their addresses."""
    names = [f"feed{number}.xml" for number in range(count)]
    for name in names:
        server.publish(name, [Entry(f"News of {name}", guid="1", link=f"http://127.0.0.1/{name}/1")])
        if trouble:
            server.fail(name, trouble)
    return [server.url(name) for name in names]


async def test_a_host_is_asked_once_at_a_time_with_its_gap(
    database: Database, clock: Clock, feed_server: FeedServer
) -> None:
    """However many feeds a host has, the next request begins a gap after the last one ended."""
    async with open_wire(database, clock, feed_server, per_host_gap=GAP) as wire:
        await wire.take_urls(*publish(feed_server, 4))
        report = await poll(wire.line)
        assert 4 == report.counts["fetched"]
        assert all(gap >= GAP.total_seconds() for gap in wire.reader.gaps()), wire.reader.gaps()


async def test_a_host_rests_between_rounds(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """The gap is a row: a feed that is due again at once waits until its host is ready, whoever asks."""
    async with open_wire(database, clock, feed_server, per_host_gap=timedelta(seconds=2)) as wire:
        await wire.take_urls(*publish(feed_server, 1))
        await poll(wire.line)
        async with database.read() as tx:
            [host] = (await tx.execute(select(hosts))).all()
        assert (None, clock() + timedelta(seconds=2)) == (host.holder, host.ready_at)
        await wire.take_urls(*publish(feed_server, 2))
        assert 0 == (await poll(wire.line)).counts["feeds"]
        clock.advance(timedelta(seconds=2))
        assert 1 == (await poll(wire.line)).counts["feeds"]


async def test_hosts_are_asked_side_by_side(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """A slow host holds up nobody; no more hosts are asked at a time than there are connections."""
    async with open_wire(database, clock, feed_server, connections=2) as wire:
        await wire.take_urls(*publish(feed_server, 4, SLOW), own_hosts=True)
        assert 4 == (await poll(wire.line)).counts["fetched"]
        spans = wire.reader.spans
        most = max(sum(begin <= at < end for begin, end in spans) for at, _ in spans)
        assert 2 == most


async def test_a_host_may_have_more_connections(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """Where the setting allows two requests to a host, two run at a time and never three."""
    async with open_wire(database, clock, feed_server, per_host_connections=2) as wire:
        await wire.take_urls(*publish(feed_server, 5, SLOW))
        assert 5 == (await poll(wire.line)).counts["fetched"]
        spans = wire.reader.spans
        assert 2 == max(sum(begin <= at < end for begin, end in spans) for at, _ in spans)


async def test_results_are_saved_in_batches(
    database: Database, clock: Clock, feed_server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never a transaction a feed, never more than a batch in one."""
    sizes: list[int] = []
    save = item_rows.save_polls

    async def counted(tx: object, results: list[object]) -> None:
        sizes.append(len(results))
        await save(tx, results)  # type: ignore[arg-type]

    monkeypatch.setattr(poll_module, "BATCH", 3)
    monkeypatch.setattr(item_rows, "save_polls", counted)
    async with open_wire(database, clock, feed_server) as wire:
        await wire.take_urls(*publish(feed_server, 7))
        await poll(wire.line)
        assert (7, 3, True) == (sum(sizes), max(sizes), len(sizes) < 7)
        assert 7 == len(await wire.items())


async def test_one_feed_in_trouble_stops_no_other(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """Each trouble is its own feed's: counted, named, and asked again later each time it fails in a row."""
    good, broken, missing, page = publish(feed_server, 4)
    feed_server.fail("feed1.xml", Trouble(status=500))
    feed_server.fail("feed2.xml", Trouble(status=404))
    feed_server.fail("feed3.xml", Trouble(body=b"<html><body>Welcome</body></html>"))
    async with open_wire(database, clock, feed_server) as wire:
        await wire.take_urls(good, broken, missing, page)
        report = await poll(wire.line)
        assert {"feeds": 4, "fetched": 1, "failed": 3, "items_new": 1, "items_changed": 0} == dict(report.counts)
        rows = [await wire.feed(url) for url in (good, broken, missing, page)]
        assert [None, "5xx", "4xx", "not-a-feed"] == [row.error_class for row in rows]
        assert [0, 1, 1, 1] == [row.errors for row in rows]
        wait = wire.line.pace.min_interval
        assert next_poll(good, clock(), wait) == rows[0].next_poll_at
        assert next_poll(broken, clock(), wait, errors=1) == rows[1].next_poll_at
        clock.advance(timedelta(hours=1))
        await poll(wire.line)
        assert 2 == (await wire.feed(broken)).errors
        feed_server.heal("feed1.xml")
        clock.advance(timedelta(hours=2))
        await poll(wire.line)
        row = await wire.feed(broken)
        assert (0, None, "") == (row.errors, row.error_class, row.error)


async def test_a_surprise_in_one_feed_stops_no_other(
    database: Database, clock: Clock, feed_server: FeedServer, caplog: pytest.LogCaptureFixture
) -> None:
    """An exception nobody foresaw is logged with its trace and counts as that feed's failure."""
    first, second = publish(feed_server, 2)
    async with open_wire(database, clock, feed_server) as wire:
        await wire.take_urls(first, second)
        wire.reader.surprises[first] = ZeroDivisionError("surprise")
        with caplog.at_level(logging.ERROR):
            report = await poll(wire.line)
        assert (1, 1) == (report.counts["failed"], report.counts["fetched"])
        assert "ZeroDivisionError: surprise" in caplog.text
        assert 1 == (await wire.feed(first)).errors


async def test_a_full_disk_ends_the_round_in_its_own_words(
    database: Database, clock: Clock, feed_server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the database refuses leaves poll as itself, not inside a group; the next round asks the same hosts again."""

    async def refuse(*_: object) -> None:
        raise StorageFull("The disk is full.")

    async with open_wire(database, clock, feed_server) as wire:
        await wire.take_urls(*publish(feed_server, 1))
        with monkeypatch.context() as patch:
            patch.setattr(item_rows, "save_polls", refuse)
            with pytest.raises(StorageFull):
                await poll(wire.line)
        assert 1 == (await poll(wire.line)).counts["fetched"]
