"""Routing keeps to what a channel asked for: a least weight, sources, languages, and what it has muted."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import select, update

from bot.app.shipped import shipped_grammar
from bot.core.model import Item
from bot.core.sources import Filters
from bot.jobs.route import route
from bot.storage import following, mutes, places, topics
from bot.storage.database import Database
from bot.storage.following import Options
from bot.storage.mutes import Subject
from bot.storage.schema import cards, feeds, items
from tests.bed import RARE, Bed, news, open_bed, texts
from tests.clock import Clock

pytestmark = pytest.mark.asyncio

BAN = Item("ban", "https://wire.example/ban", "Export ban on rare earth magnets takes effect", "It is in force.")


@pytest_asyncio.fixture
async def bed(database: Database, tmp_path: Path, clock: Clock) -> Bed:
    """A line of real parts, which knows what is done in a sentence."""
    bed = await open_bed(database, tmp_path, clock)
    bed.line.grammar = shipped_grammar
    return bed


async def open_channel(bed: Bed, name: str, options: Options) -> int:
    """A channel that follows rare earths with options."""
    async with bed.line.database.write() as tx:
        channel, _ = await places.ensure_channel(tx, bed.tenant, name, bed.clock())
        query = await topics.intern_query(tx, RARE)
        await following.follow(tx, query, channel, RARE, None, bed.clock(), options)
    return channel


async def routed(bed: Bed) -> set[int]:
    """Take in and route what there is; the channels with a card."""
    while (await bed.intake.run()).more:
        pass
    while (await route(bed.line)).more:
        pass
    async with bed.line.database.read() as tx:
        return set((await tx.execute(select(cards.c.channel))).scalars())


async def test_only_what_weighs_enough(bed: Bed) -> None:
    """`notable` shows Notable and Urgent stories, `urgent` only those; the others show everything."""
    notable = await open_channel(bed, "notable", Options(least=1))
    urgent = await open_channel(bed, "urgent", Options(least=2))
    await bed.tell(news(1))
    assert {bed.channel} == await routed(bed)
    await bed.tell(BAN)
    assert {bed.channel, notable} == await routed(bed)
    assert urgent not in await routed(bed)


@pytest.mark.parametrize(
    ("filters", "is_shown"),
    [
        (Filters(sources=("wire",)), True),
        (Filters(sources=("kremlin", "wire.example")), True),
        (Filters(sources=("kremlin",)), False),
        (Filters(languages=("en",)), True),
        (Filters(languages=("ru", "de")), False),
        (Filters(sources=("wire",), languages=("ru",)), False),
    ],
)
async def test_only_from_these_sources_in_these_languages(bed: Bed, filters: Filters, is_shown: bool) -> None:
    """A source goes by its title or host; a language by its short name; both must be met by one outlet."""
    channel = await open_channel(bed, "filtered", Options(filters=filters))
    await bed.tell(Item("g1", "https://wire.example/1", "Rare earth news", lang="en-GB"))
    assert ({bed.channel, channel} if is_shown else {bed.channel}) == await routed(bed)


async def test_no_stated_language_passes(bed: Bed) -> None:
    """Nothing is lost because a feed does not say what it speaks."""
    channel = await open_channel(bed, "filtered", Options(filters=Filters(languages=("ru",))))
    async with bed.line.database.write() as tx:
        await tx.execute(update(feeds).values(lang=None))
    await bed.tell(news(1))
    async with bed.line.database.write() as tx:
        await tx.execute(update(items).values(lang=None))
    assert channel in await routed(bed)


async def test_a_muted_source_makes_no_alert(bed: Bed, clock: Clock) -> None:
    """Its stories stay away from the channel that muted it, until the mute is over; other channels see them."""
    channel = await open_channel(bed, "muted", Options())
    async with bed.line.database.write() as tx:
        subject = Subject(0, "wire", "Wire")
        await mutes.mute(tx, channel, subject, None, clock(), clock() + timedelta(days=1))
    await bed.tell(news(1))
    assert {bed.channel} == await routed(bed)
    clock.advance(timedelta(days=2))
    await bed.tell(news(2))
    assert {bed.channel, channel} == await routed(bed)


async def test_a_muted_story_is_not_edited(bed: Bed, clock: Clock) -> None:
    """What the source says later changes nothing in the channel; once the mute is ended, the next change does."""
    await bed.tell(news(1))
    await bed.pump()
    async with bed.line.database.write() as tx:
        await mutes.mute(tx, bed.channel, Subject(1, "", "News"), None, clock(), None)
    await bed.tell(news(1, "Other words."))
    await bed.pump()
    assert [] == texts(bed.shown(), "edit")
    async with bed.line.database.write() as tx:
        [muted] = await mutes.list_mutes(tx, bed.channel, clock())
        assert await mutes.end_mute(tx, bed.channel, muted.id)
    await bed.tell(news(1, "The last words."))
    await bed.pump()
    [edit] = texts(bed.shown(), "edit")
    assert "The last words." in edit


async def test_a_mute_drops_what_waits(bed: Bed, clock: Clock) -> None:
    """A story muted while its alert waits is not shown, and is when the mute is ended."""
    await bed.tell(news(1))
    await routed(bed)
    async with bed.line.database.write() as tx:
        await mutes.mute(tx, bed.channel, Subject(1, "", "News"), None, clock(), None)
    await bed.pump()
    assert [] == bed.posts()
    async with bed.line.database.write() as tx:
        [muted] = await mutes.list_mutes(tx, bed.channel, clock())
        assert not await mutes.end_mute(tx, bed.channel + 99, muted.id)
        assert await mutes.end_mute(tx, bed.channel, muted.id)
    await bed.pump()
    assert ["Rare earth news 1"] == bed.posts()


async def test_muting_again_only_moves_the_end(bed: Bed, clock: Clock) -> None:
    """One mute a subject; what is over is in no list, and is forgotten."""
    async with bed.line.database.write() as tx:
        for days in (1, 5):
            until = clock() + timedelta(days=days)
            await mutes.mute(tx, bed.channel, Subject(0, "wire", "Wire"), None, clock(), until)
        [muted] = await mutes.list_mutes(tx, bed.channel, clock())
        assert clock() + timedelta(days=5) == muted.until
        assert 1 == await mutes.count_mutes(tx, bed.channel, clock())
        later = clock() + timedelta(days=6)
        assert [] == await mutes.list_mutes(tx, bed.channel, later)
        assert 1 == await mutes.forget_mutes(tx, later)
