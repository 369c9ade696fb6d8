"""Items through the line: saved as a poll saves them, taken in, routed. And the same rows by bare sqlite3."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import timedelta

from bot.app.shipped import shipped_topics
from bot.core.model import FeedSpec, Item, Page, ParsedFeed, Validators
from bot.jobs import poll
from bot.jobs.intake import Intake
from bot.jobs.line import Line, Pace, Report
from bot.jobs.route import route
from bot.jobs.settle import Answer
from bot.storage import feeds, following, leases, places, topics
from bot.storage.database import Database, Transaction
from bot.storage.hosts import DueFeed
from bot.storage.leases import Holder
from tests.bed import NoReader
from tests.bench.wire import FIRST, make_queries
from tests.clock import Clock

PAGE = 20
"""Items on one page; a batch holds a hundred pages."""

TENANTS_QUERIES = 100
COLUMNS = ("feed", "link_hash", "url", "title", "text", "lang", "published_at", "seen_at", "content_hash", "silent")


async def items_per_second(url: str, items: Sequence[Item]) -> float:
    """Pass all items through a fresh database: save, intake, route; pages are parsed before the clock starts."""
    database = await Database.open(url)
    try:
        line = await _open_line(database)
        answers = await _answers(line, items)
        intake = Intake(line)
        started = time.perf_counter()
        for start in range(0, len(answers), poll.BATCH):
            await poll._save(line, answers[start : start + poll.BATCH], [], Report())
        taken = await _run_all(intake.run)
        cards = await _run_all(lambda: route(line))
        seconds = time.perf_counter() - started
    finally:
        await database.close()
    assert taken.counts["items"] == len(items)
    assert cards.counts["cards"] > 0
    return len(items) / seconds


async def _open_line(database: Database) -> Line:
    clock, holder = Clock(), Holder("bench", timedelta(hours=1))
    async with database.write() as tx:
        await leases.sign_on(tx, holder, clock())
        account = await places.ensure_account(tx, "console", "console")
        tenant = await places.ensure_tenant(tx, account, "console")
        channel, _ = await places.ensure_channel(tx, tenant, "console", clock())
        for expr in [*(topic.query for topic in shipped_topics()), *make_queries(TENANTS_QUERIES)]:
            await following.follow(tx, await topics.intern_query(tx, expr), channel, expr, None, clock())
    return Line(database, holder, clock, NoReader(), {}, lambda: "never", Pace(flood_limit=0))  # all of it is news


async def _answers(line: Line, items: Sequence[Item]) -> list[Answer]:
    """What the feeds answered: a page each, seen before, so that all of it is news."""
    pages = [items[start : start + PAGE] for start in range(0, len(items), PAGE)]
    specs = [FeedSpec(f"https://host{number}.example/feed.xml", f"Outlet {number}") for number in range(len(pages))]
    async with line.database.write() as tx:
        await feeds.sync_operator_feeds(tx, specs, line.now())
        numbers = await _feed_numbers(tx)
    return [
        Answer(
            feed=DueFeed(numbers[spec.url], spec.url, Validators(), None, None, "en", timedelta(hours=1), True, 0),
            at=line.now(),
            page=Page(spec.url, b"", validators=Validators('"1"')),
            parsed=ParsedFeed("rss20", spec.title, "en", tuple(reversed(page)), total=len(page), body_hash=number),
        )
        for number, (spec, page) in enumerate(zip(specs, pages, strict=True))
    ]


async def _feed_numbers(tx: Transaction) -> dict[str, int]:
    tenant = await places.ensure_tenant(tx, await places.ensure_account(tx, "console", "console"), "console")
    return {feed.url: feed.id for feed in await feeds.list_feeds(tx, tenant)}


async def _run_all(job: Callable[[], Awaitable[Report]]) -> Report:
    total = Report()
    while True:
        report = await job()
        total.counts.update(report.counts)
        if not report.more:
            return total


def peer_items_per_second(url: str, items: Iterable[Item]) -> float:
    """The same item rows by `sqlite3.executemany`: one transaction, as durable as ours."""
    rows = [
        (1, number, item.url, item.title, item.text, item.lang, f"{item.published:%F %T}", f"{FIRST:%F %T}", number, 0)
        for number, item in enumerate(items)
    ]
    connection = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")
    statement = f"INSERT INTO items ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"
    started = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(statement, rows)
    connection.execute("COMMIT")
    seconds = time.perf_counter() - started
    connection.close()
    return len(rows) / seconds
