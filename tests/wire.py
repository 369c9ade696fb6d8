"""Polling with real parts: the real reader over real HTTP, timed, on a real database. `open_wire` gives a `Wire`."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import Row, insert, select, update

from bot.core.model import Article, FeedSpec, NotModified, Page, ParsedFeed, Recipe, Validators
from bot.feeds.reader import FeedReader
from bot.feeds.settings import Polling
from bot.jobs.line import Line, Pace
from bot.storage import feeds, hosts, leases
from bot.storage.database import Database
from bot.storage.leases import Holder
from bot.storage.schema import feeds as feed_table
from bot.storage.schema import hosts as host_table
from bot.storage.schema import items as item_table
from tests.clock import Clock
from tests.feedserver import FeedServer

POLLING = Polling(allow_private_networks=True, timeout_s=10)


@dataclass
class TimedReader:
    """The real reader, and when each request began and ended. `surprises`: errors nobody foresaw, by address."""

    reader: FeedReader
    surprises: dict[str, Exception] = field(default_factory=dict)
    spans: list[tuple[float, float]] = field(default_factory=list)
    read: list[ParsedFeed] = field(default_factory=list)

    @property
    def stamp(self) -> int:
        """Of the real one."""
        return self.reader.stamp

    async def fetch(self, url: str, validators: Validators, zone: str | None = None) -> Page | NotModified:
        """Ask, and note the time."""
        if url in self.surprises:
            raise self.surprises[url]
        began = time.monotonic()
        try:
            return await self.reader.fetch(url, validators, zone)
        finally:
            self.spans.append((began, time.monotonic()))

    async def visit(self, url: str, validators: Validators, zone: str | None, recipe: Recipe) -> Page | NotModified:
        """Ask for a watched page."""
        return await self.reader.visit(url, validators, zone, recipe)

    async def parse(self, page: Page) -> ParsedFeed:
        """Read a page, and note what was read."""
        self.read.append(await self.reader.parse(page))
        return self.read[-1]

    async def ask_rules(self, url: str) -> bool:
        """Ask for a site's rules, and note the time."""
        return await self._timed(self.reader.ask_rules(url))

    def pause_of(self, url: str) -> timedelta:
        """Of the real one."""
        return self.reader.pause_of(url)

    async def read_article(self, url: str) -> Article:
        """Read the page behind an item, and note the time."""
        return await self._timed(self.reader.read_article(url))

    async def _timed(self, call: Awaitable[Any]) -> Any:
        began = time.monotonic()
        try:
            answer = await call
        finally:
            ended = time.monotonic()
        if answer:  # rules that were known took no request
            self.spans.append((began, ended))
        return answer

    def gaps(self) -> list[float]:
        """Seconds from the end of each request to the begin of the next; negative where two ran side by side."""
        spans = sorted(self.spans)
        return [later[0] - earlier[1] for earlier, later in pairwise(spans)]


@dataclass
class Wire:
    """A line that polls `server`."""

    line: Line
    clock: Clock
    server: FeedServer
    reader: TimedReader

    async def take(self, *specs: FeedSpec) -> None:
        """Bring the operator's list to these feeds."""
        async with self.line.database.write() as tx:
            await feeds.sync_operator_feeds(tx, specs, self.clock())

    async def take_urls(self, *urls: str, own_hosts: bool = False) -> None:
        """Bring the list to these addresses. `own_hosts`: each with a host row of its own, as on the Internet."""
        await self.take(*(FeedSpec(url) for url in urls))
        if own_hosts:
            async with self.line.database.write() as tx:
                for number in (await tx.execute(select(feed_table.c.id))).scalars().all():
                    row = {"name": f"host{number}.example", "ready_at": self.clock()}
                    host = (await tx.execute(insert(host_table).values(row).returning(host_table.c.id))).scalar_one()
                    await tx.execute(update(feed_table).where(feed_table.c.id == number).values(host=host))

    async def make_all_due(self) -> None:
        """As `lodewire once --all` does."""
        async with self.line.database.write() as tx:
            await hosts.make_all_due(tx, self.clock())

    async def feed(self, url: str) -> Row[Any]:
        """A feed's row."""
        async with self.line.database.read() as tx:
            return (await tx.execute(select(feed_table).where(feed_table.c.url == url))).one()

    async def items(self) -> list[Row[Any]]:
        """Every item, in the order they were saved."""
        async with self.line.database.read() as tx:
            return list((await tx.execute(select(item_table).order_by(item_table.c.id))).all())


@asynccontextmanager
async def open_wire(
    database: Database, clock: Clock, server: FeedServer, polling: Polling = POLLING, **pace: Any
) -> AsyncIterator[Wire]:
    """A polling line without a gap between requests, unless `pace` says otherwise."""
    async with FeedReader(polling) as reader:
        timed = TimedReader(reader)
        chosen = replace(Pace(per_host_gap=timedelta(0)), **pace)
        line = Line(database, Holder("me", None), clock, timed, {}, lambda: "never", chosen)
        async with database.write() as tx:
            await leases.sign_on(tx, line.holder, clock())
        yield Wire(line, clock, server, timed)
