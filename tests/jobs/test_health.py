"""Health: a feed's trouble is told once to its keeper, and once that it is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.core.model import FeedSpec
from bot.jobs.health import check_health
from bot.jobs.poll import poll
from bot.storage import feeds, places
from bot.storage.database import Database
from bot.storage.schema import cards, notices
from bot.storage.schema import feeds as feed_table
from tests.clock import Clock
from tests.feedserver import Entry, FeedServer, Trouble
from tests.wire import Wire, open_wire

pytestmark = pytest.mark.asyncio

DAY = timedelta(days=1)
PAGE = [Entry("News", "Words.", "g1", "http://127.0.0.1/1")]
CHALLENGE = Trouble(status=403, headers={"cf-mitigated": "challenge"})


async def ask(wire: Wire, times: int = 1) -> None:
    """Poll everything and check, so many times, a day apart; each check twice."""
    for _ in range(times):
        wire.clock.advance(DAY)
        await wire.make_all_due()
        await poll(wire.line)
        await check_health(wire.line)
        await check_health(wire.line)


async def told(database: Database, column: Any = notices.c.title) -> list[Any]:
    """What was told, in order."""
    async with database.read() as tx:
        return list((await tx.execute(select(column).order_by(notices.c.id))).scalars())


async def test_a_closed_door_is_told_once(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """However long it lasts; then once that it is open; and the next time anew."""
    async with open_wire(database, clock, feed_server) as wire:
        url = feed_server.publish("wire.xml", PAGE)
        await wire.take_urls(url)
        await ask(wire)
        for _ in range(2):
            feed_server.fail("wire.xml", CHALLENGE)
            await ask(wire, 3)
            feed_server.fail("wire.xml", Trouble(status=500))
            await ask(wire)
            feed_server.heal("wire.xml")
            await ask(wire, 2)
        assert ["A feed is closed to us", "A feed is well again"] * 2 == await told(database)


async def test_a_door_that_stays_shut_is_told(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """The third 401 or 403 in a row is as good as a check for people: told once, and once that it is open again."""
    async with open_wire(database, clock, feed_server) as wire:
        await wire.take_urls(feed_server.publish("wire.xml", PAGE))
        await ask(wire)
        feed_server.fail("wire.xml", Trouble(status=403))
        await ask(wire)
        feed_server.fail("wire.xml", Trouble(status=401))
        await ask(wire)
        assert [] == await told(database)
        await ask(wire, 4)
        assert ["A feed is closed to us"] == await told(database)
        assert "401 Unauthorized" in (await told(database, notices.c.body))[0]
        feed_server.heal("wire.xml")
        await ask(wire, 2)
        assert ["A feed is closed to us", "A feed is well again"] == await told(database)


async def test_a_refusal_now_and_then_is_no_shut_door(
    database: Database, clock: Clock, feed_server: FeedServer
) -> None:
    """Another answer in between begins the count anew; a server that does not answer at all changes nothing."""
    async with open_wire(database, clock, feed_server) as wire:
        await wire.take_urls(feed_server.publish("wire.xml", PAGE))
        for _ in range(3):
            feed_server.fail("wire.xml", Trouble(status=403))
            await ask(wire, 2)
            feed_server.fail("wire.xml", Trouble(status=500))
            await ask(wire)
        assert [] == await told(database)
        feed_server.fail("wire.xml", Trouble(status=403))
        await ask(wire, 2)
        feed_server.fail("wire.xml", Trouble(raw=b""))
        await ask(wire)
        feed_server.fail("wire.xml", Trouble(status=403))
        await ask(wire)
        assert ["A feed is closed to us"] == await told(database)


async def test_a_feed_without_items_is_told(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """After three reads; the first item ends it."""
    async with open_wire(database, clock, feed_server) as wire:
        await wire.take_urls(feed_server.publish("wire.xml", []))
        await ask(wire, 2)
        assert [] == await told(database)
        await ask(wire, 3)
        assert ["A feed has no items"] == await told(database)
        feed_server.publish("wire.xml", PAGE)
        await ask(wire)
        assert ["A feed has no items", "A feed is well again"] == await told(database)


async def test_silence_is_told_by_the_feeds_own_rhythm(
    database: Database, clock: Clock, feed_server: FeedServer
) -> None:
    """A daily feed after five days without an item."""
    async with open_wire(database, clock, feed_server) as wire:
        daily = [Entry(f"News {n}", guid=str(n), date=clock() - n * DAY) for n in range(8)]
        await wire.take_urls(feed_server.publish("wire.xml", daily))
        await ask(wire, 5)
        assert [] == await told(database)
        await ask(wire, 2)
        assert ["A feed has gone silent"] == await told(database)
        [body] = await told(database, notices.c.body)
        assert "wire.xml has said nothing since 4 November; it used to say something every 24 hours." == body


async def test_a_gone_feed_is_told(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """A 410 is told once; the feed is not asked again."""
    async with open_wire(database, clock, feed_server) as wire:
        await wire.take_urls(feed_server.fail("wire.xml", Trouble(status=410)))
        await ask(wire, 4)
        assert (["A feed is gone"], 1) == (await told(database), feed_server.count("wire.xml"))


async def test_a_tenants_own_feed_is_told_to_the_tenant(
    database: Database, clock: Clock, feed_server: FeedServer
) -> None:
    """In its first channel; what the operator lists, to the operator."""
    async with open_wire(database, clock, feed_server) as wire:
        async with database.write() as tx:
            account = await places.ensure_account(tx, "console", "console")
            operator, _ = await places.ensure_channel(tx, await places.ensure_tenant(tx, account, "o"), "o", clock())
            tenant = await places.ensure_tenant(tx, account, "t")
            channel, _ = await places.ensure_channel(tx, tenant, "first", clock())
            await places.ensure_channel(tx, tenant, "second", clock())
            own = FeedSpec(feed_server.fail("own.xml", Trouble(status=410)))
            await feeds.add_feed(tx, tenant, own, clock())
        await wire.take_urls(feed_server.fail("shared.xml", Trouble(status=410)))
        wire.line = replace(wire.line, operator_channel=operator)
        await ask(wire)
        async with database.read() as tx:
            found = (await tx.execute(select(cards.c.channel).order_by(cards.c.channel))).scalars().all()
        assert [operator, channel] == list(found)


async def test_a_feed_put_to_rest_is_not_watched(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """Nobody is told of a feed that nobody uses."""
    async with open_wire(database, clock, feed_server) as wire:
        await wire.take_urls(feed_server.fail("wire.xml", CHALLENGE))
        await poll(wire.line)
        async with database.write() as tx:
            await tx.execute(update(feed_table).values(state="unused"))
        await check_health(wire.line)
        assert [] == await told(database)
