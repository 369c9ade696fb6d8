"""Polls that are answered 304, by the real job and by bare aiohttp, and the CPU time that each takes."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import aiohttp
from sqlalchemy import insert, select, update

from bot.app.build import utc_now
from bot.app.shipped import shipped_topics
from bot.core.model import FeedSpec
from bot.feeds.reader import FeedReader
from bot.feeds.settings import Polling
from bot.jobs.line import Line, Pace
from bot.jobs.poll import poll
from bot.storage import feeds, hosts, leases
from bot.storage.database import Database
from bot.storage.leases import Holder
from bot.storage.schema import feeds as feed_table
from bot.storage.schema import hosts as host_table
from tests.bench.wire import as_entries, make_items
from tests.feedxml import render_rss
from tests.sources import ROOT

SIDE_BY_SIDE = 32
Round = Callable[[], Awaitable[None]]


@contextmanager
def serve(folder: Path, count: int) -> Iterator[list[str]]:
    """`count` feeds of twenty items from a process of its own; their addresses."""
    folder.mkdir()
    items = make_items(20 * count, shipped_topics())
    for number in range(count):
        page = render_rss(f"Outlet {number}", as_entries(items[20 * number : 20 * number + 20]), "en")
        (folder / f"{number}.xml").write_bytes(page)
    program = [sys.executable, "-m", "tests.feedserver", str(folder)]
    server = subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    try:
        origin = server.stdout.readline().strip()
        yield [f"{origin}/{number}.xml" for number in range(count)]
    finally:
        server.kill()
        server.wait()
        server.stdout.close()


@asynccontextmanager
async def open_poller(url: str, urls: list[str]) -> AsyncIterator[Round]:
    """One round of the real job over all feeds, each on a host of its own, all seen before."""
    database = await Database.open(url)
    pace = replace(Pace(), connections=SIDE_BY_SIDE, per_host_gap=timedelta(0), min_interval=timedelta(seconds=1))
    async with FeedReader(Polling(allow_private_networks=True)) as reader:
        line = Line(database, Holder("bench", None), utc_now, reader, {}, lambda: "never", pace)
        await _prepare(line, urls)
        first = await poll(line)
        assert first.counts["fetched"] == len(urls), first

        async def again() -> None:
            report = await poll(line)
            assert Counter(feeds=len(urls), not_modified=len(urls)) == report.counts, report

        async def prepared() -> None:
            async with database.write() as tx:
                await hosts.make_all_due(tx, utc_now())
            await again()

        yield prepared
    await database.close()


async def _prepare(line: Line, urls: list[str]) -> None:
    """Sign on and enter the feeds, each with a host row of its own: the Internet has many, this machine one."""
    async with line.database.write() as tx:
        await leases.sign_on(tx, line.holder, line.now())
        await feeds.sync_operator_feeds(tx, [FeedSpec(url) for url in urls], line.now())
        numbers = (await tx.execute(select(feed_table.c.id))).scalars().all()
        for number in numbers:
            row = {"name": f"host{number}.example", "ready_at": line.now()}
            host = (await tx.execute(insert(host_table).values(row).returning(host_table.c.id))).scalar_one()
            await tx.execute(update(feed_table).where(feed_table.c.id == number).values(host=host))


@asynccontextmanager
async def open_peer(urls: list[str]) -> AsyncIterator[Round]:
    """One round of bare aiohttp over the same addresses."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        tags: dict[str, str] = {}
        for url in urls:
            async with session.get(url) as answer:
                await answer.read()
                tags[url] = answer.headers["ETag"]

        async def ask_in_turn(waiting: list[str]) -> None:
            while waiting:
                url = waiting.pop()
                async with session.get(url, headers={"If-None-Match": tags[url]}) as answer:
                    assert answer.status == 304

        async def ask_all() -> None:
            waiting = list(urls)
            async with asyncio.TaskGroup() as group:
                for _ in range(SIDE_BY_SIDE):
                    group.create_task(ask_in_turn(waiting))

        yield ask_all


async def cpu_ms(run: Round, count: int) -> float:
    """The CPU time of this process, user and system, for each of `count` requests of a round."""
    before = time.process_time()
    await run()
    return (time.process_time() - before) / count * 1000
