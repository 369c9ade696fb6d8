"""Building the parts of a process in order, and closing them in the other. Every part is made here and nowhere else."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import bot
from bot.app.lock import ProcessLock
from bot.app.settings import Settings
from bot.app.shipped import (
    read_feeds,
    shipped_concepts,
    shipped_events,
    shipped_feeds,
    shipped_gaps,
    shipped_grammar,
    shipped_topics,
)
from bot.chat.registry import open_clients, open_console
from bot.core.model import FeedSpec, Topic
from bot.feeds.prober import Prober
from bot.feeds.reader import FeedReader
from bot.feeds.writer import Writer
from bot.jobs.line import Line, Pace, Platform
from bot.storage import feeds as feed_rows
from bot.storage import hosts, leases, places, topics
from bot.storage.database import Database, Transaction
from bot.storage.following import follow
from bot.storage.leases import Holder
from bot.storage.upgrade import upgrade

if TYPE_CHECKING:
    from bot.chat.registry import Client, Console, Screen
    from bot.commands.answer import Office

log = logging.getLogger(__name__)


def utc_now() -> datetime:
    """The wall clock: the only place in the program that reads it for the jobs."""
    return datetime.now(UTC)


def new_key() -> str:
    """A post's key: 20 random characters, within the 25 that Discord takes as a nonce."""
    return secrets.token_urlsafe(15)


@dataclass(frozen=True, slots=True)
class ConsolePlace:
    """Where the console stands among accounts, tenants, channels and people."""

    account: int
    tenant: int
    channel: int
    person: int
    is_first_time: bool


@dataclass(slots=True)
class App:
    """The open parts of a process."""

    settings: Settings
    line: Line
    console: Console
    place: ConsolePlace
    clients: Mapping[int, Client]  # by account; the console is not among them
    prober: Prober


@asynccontextmanager
async def open_database(settings: Settings) -> AsyncIterator[Database]:
    """The database at this program's version, closed afterwards."""
    await asyncio.to_thread(upgrade, settings.database)
    database = await Database.open(settings.database)
    try:
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def open_app(
    settings: Settings,
    *,
    now: Callable[[], datetime] = utc_now,
    feeds: Sequence[FeedSpec] | None = None,
    screen: Screen | None = None,
    new_key: Callable[[], str] = new_key,
) -> AsyncIterator[App]:
    """Open every part for running jobs. `feeds` replaces the settings' list. Raises StorageError, SettingsError."""
    specs = await asyncio.to_thread(list_feeds, settings) if feeds is None else feeds
    async with AsyncExitStack() as stack:
        lock = ProcessLock(settings.database)
        await asyncio.to_thread(lock.take)
        stack.push_async_callback(asyncio.to_thread, lock.release)
        database = await stack.enter_async_context(open_database(settings))
        holder = Holder(secrets.token_hex(8), None if lock.is_alone else timedelta(seconds=settings.lease_s))
        console = open_console(settings.console, now, screen)
        place = await _enter(database, holder, now(), specs, settings)
        stack.push_async_callback(_leave, database, holder)
        reader = await stack.enter_async_context(FeedReader(settings.polling))
        writer = await stack.enter_async_context(Writer(settings.summaries)) if settings.summaries.endpoint else None
        clients = await _open_clients(stack, database, settings, now)
        platforms: dict[int, Platform] = {place.account: console} if settings.console.enabled else {}
        line = Line(
            database=database,
            holder=holder,
            now=now,
            reader=reader,
            platforms=platforms | clients,
            new_key=new_key,
            pace=pace_of(settings),
            weights=settings.weight,
            operator_channel=await _operator_channel(database, settings, place, now()),
            concepts=shipped_concepts,
            events=shipped_events,
            grammar=shipped_grammar,
            writer=writer,
        )
        yield App(settings, line, console, place, clients, Prober(reader))


async def _open_clients(
    stack: AsyncExitStack, database: Database, settings: Settings, now: Callable[[], datetime]
) -> dict[int, Client]:
    """The platforms that are set up, by account. One whose network is away is open all the same."""
    found: dict[int, Client] = {}
    for name, client in open_clients(settings, now):
        stack.push_async_callback(client.close)
        async with database.write() as tx:
            found[await places.ensure_account(tx, name, client.account)] = client
    return found


async def _operator_channel(database: Database, settings: Settings, place: ConsolePlace, now: datetime) -> int | None:
    """Where the operator reads: the console, `platform:channel`, or nowhere."""
    platform, _, remote = settings.operator.channel.partition(":")
    if not remote:
        return place.channel if platform == "console" else None
    async with database.write() as tx:
        return await places.find_channel(tx, platform, remote, now)


def office_of(app: App) -> Office:
    """What answering needs, over the parts of an app. A command may make a card due: delivery is woken after it."""
    from bot.commands.answer import open_office  # here: a round by hand answers nobody, and does not pay for it
    from bot.commands.command import About

    line, settings = app.line, app.settings
    about = About(version=bot.__version__)
    people = settings.operator.people
    return open_office(
        line.database,
        line.now,
        settings.limits,
        about,
        lambda: line.wake("deliver"),
        people,
        app.prober,
        line.concepts,
        settings.weight,
        line.grammar,
    )


def list_feeds(settings: Settings) -> Sequence[FeedSpec]:
    """The operator's feeds: those of the settings' file, or the shipped ones."""
    if not settings.feeds:
        return shipped_feeds()
    specs, problems = read_feeds(settings.feeds)
    for problem in problems:
        log.warning("%s: %s", settings.feeds, problem)
    return specs


def pace_of(settings: Settings) -> Pace:
    """The settings that concern speed, as the jobs take them."""
    return Pace(
        connections=settings.polling.connections,
        per_host_connections=settings.polling.per_host_connections,
        per_host_gap=timedelta(seconds=settings.polling.per_host_gap_s),
        min_interval=timedelta(seconds=settings.polling.min_interval_s),
        adapts=settings.polling.adapts,
        flood_limit=settings.polling.flood_limit,
        edit_interval=timedelta(seconds=settings.delivery.edit_interval_s),
        retention=timedelta(days=settings.retention.days),
    )


async def _enter(
    database: Database, holder: Holder, now: datetime, specs: Sequence[FeedSpec], settings: Settings
) -> ConsolePlace:
    """Sign on and bring the rows in line with what is shipped and set, in one transaction."""
    shipped = await asyncio.to_thread(shipped_topics)
    gaps = await asyncio.to_thread(shipped_gaps)
    async with database.write() as tx:
        await leases.sign_on(tx, holder, now)
        await topics.sync_shipped(tx, shipped)
        await feed_rows.sync_operator_feeds(tx, specs, now)
        await hosts.sync_gaps(tx, gaps, now)
        place = await enter_console(tx, now)
        if place.is_first_time and settings.console.follow_all:
            await follow_everything(tx, place, shipped, now)
    return place


async def enter_console(tx: Transaction, now: datetime) -> ConsolePlace:
    """The console's rows, made where they are missing."""
    account = await places.ensure_account(tx, "console", "console")
    tenant = await places.ensure_tenant(tx, account, "console")
    person = await places.ensure_person(tx, "console", "console")
    channel, made = await places.ensure_channel(tx, tenant, "console", now, person)
    return ConsolePlace(account, tenant, channel, person, made)


async def follow_everything(tx: Transaction, place: ConsolePlace, shipped: Sequence[Topic], now: datetime) -> None:
    """Let the console follow every shipped topic, so that a first start shows something."""
    for topic in shipped:
        query = await topics.intern_query(tx, topic.query)
        await follow(tx, query, place.channel, topic.name, place.person, now)


async def _leave(database: Database, holder: Holder) -> None:
    async with database.write() as tx:
        await leases.sign_off(tx, holder)
