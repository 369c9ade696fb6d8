"""A line of real parts for tests of jobs: a real database, the real console with a transcript, told how to fail.

`open_bed(database, folder, clock)` gives a `Bed`; `bed.tell(...)` brings items as a poll would have saved them.
"""

from __future__ import annotations

import asyncio
import itertools
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

from rich.console import Console as Terminal

from bot.app.shipped import shipped_concepts, shipped_events
from bot.chat.console.client import Console, ConsoleSettings
from bot.chat.console.screen import Screen
from bot.core.errors import DeliveryError
from bot.core.identity import identify, tell_apart
from bot.core.intake import sort_page
from bot.core.model import FeedSpec, Item, NotModified, Page, ParsedFeed, Validators
from bot.core.outbox import Capabilities, Finding, Found, Outgoing
from bot.jobs.deliver import deliver
from bot.jobs.intake import Intake
from bot.jobs.line import Line, Pace
from bot.jobs.route import route
from bot.storage import feeds, following, items, leases, places, topics
from bot.storage.database import Database
from bot.storage.items import PollResult
from bot.storage.leases import Holder
from tests.clock import Clock

RARE = '"rare earth"'


@dataclass
class ToldConsole:
    """The real console, and what happens to its next calls: an error before, or one after the post was made."""

    console: Console
    before: list[DeliveryError | None] = field(default_factory=list)
    after: list[DeliveryError | None] = field(default_factory=list)
    delay: float = 0.0
    capabilities: Capabilities = field(default_factory=Capabilities)
    calls: list[tuple[str, str]] = field(default_factory=list)
    is_blind: bool = False

    async def send(self, post: Outgoing) -> tuple[str, ...]:
        """Post, as told."""
        return await self._call("send", post)

    async def edit(self, post: Outgoing) -> tuple[str, ...]:
        """Edit, as told."""
        return await self._call("edit", post)

    async def _call(self, name: str, post: Outgoing) -> tuple[str, ...]:
        self.calls.append((name, post.key))
        if self.delay:
            await asyncio.sleep(self.delay)
        if self.before and (error := self.before.pop(0)):
            raise error
        ids: tuple[str, ...] = await getattr(self.console, name)(post)
        if self.after and (error := self.after.pop(0)):
            raise error
        return ids

    async def find(self, post: Outgoing, since: datetime) -> Found:
        """Look in the transcript; see nothing where blind."""
        self.calls.append(("find", post.key))
        if self.is_blind:
            return Found(Finding.CANNOT_TELL)
        return await self.console.find(post, since)


class NoReader:
    """For beds without a network: nothing is ever fetched."""

    async def fetch(self, url: str, validators: Validators, zone: str | None = None) -> Page | NotModified:
        """Never asked."""
        raise AssertionError("no feed is polled in this test")

    async def parse(self, page: Page) -> ParsedFeed:
        """Never asked."""
        raise AssertionError("no feed is polled in this test")


@dataclass
class Bed:
    """The line, its console's channel, and what tests do with them."""

    line: Line
    clock: Clock
    platform: ToldConsole
    folder: Path
    account: int
    tenant: int
    channel: int
    feed: int
    intake: Intake

    async def tell(self, *told: Item, is_seeded: bool = True, feed: int | None = None) -> None:
        """Bring items as a poll would have saved them: known ones as changes; of the bed's own feed, or another."""
        feed = feed or self.feed
        keys = {feed: [key for one in told if (entry := identify(one)) for key in entry.keys]}
        async with self.line.database.write() as tx:
            known = await items.known_keys(tx, keys)
            page = sort_page(tell_apart(list(reversed(told))), known[feed])
            now = self.clock()
            await items.save_polls(tx, [PollResult(feed, now, now, "fetched", page=page, is_seeded=is_seeded)])

    async def pump(self) -> Counter[str]:
        """Intake, route and deliver until nothing is left to do now."""
        counts: Counter[str] = Counter()
        for job in (self.intake.run, lambda: route(self.line), lambda: deliver(self.line)):
            while True:
                report = await job()
                counts.update(report.counts)
                if not report.more:
                    break
        return counts

    def group(self) -> None:
        """Let items of one event be one story, as the program does."""
        self.line.events, self.line.concepts = shipped_events, shipped_concepts
        self.intake = Intake(self.line)

    async def restart(self, name: str) -> None:
        """Another process on the same rows, with empty hands."""
        holder = Holder(name, None)
        async with self.line.database.write() as tx:
            await leases.sign_on(tx, holder, self.clock())
        self.line = replace(self.line, holder=holder)
        self.intake = Intake(self.line)

    async def follow(self, expr: str, channel: int | None = None) -> None:
        """Let a channel follow a query."""
        async with self.line.database.write() as tx:
            query = await topics.intern_query(tx, expr)
            await following.follow(tx, query, channel or self.channel, expr, None, self.clock())

    async def open_channel(self, name: str) -> int:
        """Another channel of the same tenant."""
        async with self.line.database.write() as tx:
            return (await places.ensure_channel(tx, self.tenant, name, self.clock()))[0]

    def shown(self) -> list[dict[str, str]]:
        """The transcript's lines."""
        path = self.folder / "transcript.jsonl"
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []

    def posts(self) -> list[str]:
        """The headlines posted, in order."""
        return [row["text"].splitlines()[1] for row in self.shown() if row["op"] == "post"]


def news(number: int, text: str = "The first words.", title: str = "Rare earth news") -> Item:
    """An item that the bed's channel follows."""
    return Item(f"g{number}", f"https://wire.example/{number}", f"{title} {number}", text)


async def open_bed(
    database: Database, folder: Path, clock: Clock, *, lasts: timedelta | None = None, name: str = "me"
) -> Bed:
    """A line over `database` whose console follows "rare earth"."""
    keys = itertools.count(1)
    settings = ConsoleSettings(transcript=str(folder / "transcript.jsonl"), style="plain")
    console = Console(settings, clock, Screen(Terminal(file=StringIO()), is_rich=False))
    told = ToldConsole(console, capabilities=console.capabilities)
    holder = Holder(name, lasts)
    async with database.write() as tx:
        await leases.sign_on(tx, holder, clock())
        account = await places.ensure_account(tx, "console", "console")
        tenant = await places.ensure_tenant(tx, account, "console")
        channel, _ = await places.ensure_channel(tx, tenant, "console", clock())
        await feeds.sync_operator_feeds(tx, [FeedSpec("https://wire.example/feed.xml", "Wire", tier=1)], clock())
        feed = (await feeds.list_feeds(tx, tenant))[0].id
    line = Line(
        database=database,
        holder=holder,
        now=clock,
        reader=NoReader(),
        platforms={account: told},
        new_key=lambda: f"{name}-key-{next(keys)}",
        pace=replace(Pace(), edit_interval=timedelta(0)),
        operator_channel=channel,
    )
    bed = Bed(line, clock, told, folder, account, tenant, channel, feed, Intake(line))
    await bed.follow(RARE)
    return bed


def texts(rows: Sequence[dict[str, str]], op: str) -> list[str]:
    """The words of the lines with this op."""
    return [row["text"] for row in rows if row["op"] == op]
