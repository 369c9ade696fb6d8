"""Who is asked about a flood: the operator, and whoever alone added the feed, where they added it."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.commands.command import Asker, Place
from bot.jobs.poll import poll
from bot.storage import accounts, places, standings
from bot.storage.database import Database
from bot.storage.schema import cards, notices
from tests.clock import Clock
from tests.commands.newsroom import ANA, CHEN, GUILD, OTHER, Newsroom, open_newsroom
from tests.feedserver import Entry, FeedServer
from tests.wire import Wire, open_wire

pytestmark = pytest.mark.asyncio
LOUNGE = replace(GUILD, channel="lounge")


def entries(mark: str) -> list[Entry]:
    """A page whose guids and links are of this make."""
    return [Entry(f"News {mark} {n}", "Words.", f"g{mark}{n}", f"http://127.0.0.1/{mark}{n}") for n in range(20)]


@asynccontextmanager
async def flooded(
    database: Database, clock: Clock, server: FeedServer, *added: tuple[Asker, Place], is_shared: bool = False
) -> AsyncIterator[tuple[Newsroom, Wire]]:
    """A feed that these people added in these places, and that has just brought a page of nothing known."""
    room = await open_newsroom(database, clock)
    async with open_wire(database, clock, server) as wire:
        url = server.publish("own.xml", entries("a"))
        await wire.take_urls(*([url] if is_shared else []))
        await room.said("latest", CHEN, LOUNGE)  # a channel that was there before
        for who, where in added:
            await room.said(f"feed add {url} Paper", who, where)
        async with database.write() as tx:
            tenant = await places.ensure_tenant(tx, room.account, "operator")
            wire.line.operator_channel, _ = await places.ensure_channel(tx, tenant, "operator", clock())
        await poll(wire.line)
        server.publish("own.xml", entries("b"))
        clock.advance(timedelta(hours=1))
        await wire.make_all_due()
        await poll(wire.line)
        yield room, wire


async def asked(database: Database) -> list[int]:
    """The channels with a question."""
    query = select(cards.c.channel).join(notices, notices.c.id == cards.c.subject_id).where(cards.c.subject == "notice")
    async with database.read() as tx:
        return sorted((await tx.execute(query)).scalars())


async def test_a_tenant_is_asked_where_it_added_the_feed(
    database: Database, clock: Clock, feed_server: FeedServer
) -> None:
    """And its moderator answers there; a member may not."""
    async with flooded(database, clock, feed_server, (CHEN, GUILD)) as (room, wire):
        assert sorted([wire.line.operator_channel or 0, await room.channel(GUILD)]) == await asked(database)
        async with database.read() as tx:
            [body, again] = (await tx.execute(select(notices.c.body))).scalars()
        command = body.split("`")[1]
        assert ("feed accept", body) == (command.rsplit(" ", 1)[0], again)
        assert "is for moderators" in await room.said(command, ANA)
        assert "20 items of Paper are news" in await room.said(command)
        assert Counter(row.state for row in await wire.items() if not row.silent) == {"new": 20}


async def test_a_question_is_put_once(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """However often the page is read while nobody answers; skip answers it, too."""
    async with flooded(database, clock, feed_server, (CHEN, GUILD)) as (room, wire):
        before = await asked(database)
        feed_server.publish("own.xml", entries("c"))
        clock.advance(timedelta(hours=1))
        await wire.make_all_due()
        await poll(wire.line)
        assert before == await asked(database)
        assert "40 items of Paper are taken for old" in await room.said("feed skip Paper")


async def test_what_several_use_the_operator_decides(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """Nobody is asked what they may not answer."""
    async with flooded(database, clock, feed_server, (CHEN, GUILD), (CHEN, OTHER)) as (room, wire):
        assert [wire.line.operator_channel] == await asked(database)
        assert "the operator decides" in await room.said("feed accept Paper")


async def test_a_shared_feed_is_the_operators(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """As before."""
    async with flooded(database, clock, feed_server, is_shared=True) as (_, wire):
        assert [wire.line.operator_channel] == await asked(database)


async def test_a_channel_that_is_gone_is_not_asked(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """Another one of the place is."""
    async with flooded(database, clock, feed_server, (CHEN, GUILD)) as (room, wire):
        async with database.write() as tx:
            await accounts.mark_channel(tx, room.account, GUILD.channel, "gone")
            own = await standings.own_channels(tx)
        assert {(await room.channel(LOUNGE),)} == set(own.values())
        assert wire.line.operator_channel
