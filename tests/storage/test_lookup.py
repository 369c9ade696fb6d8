"""Stories found by their words: the same on both databases, in step with the items, and only where they may be seen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, text, update

from bot.app.shipped import shipped_concepts, shipped_topics
from bot.core.model import FeedSpec, Item
from bot.core.text.index import wanted_words
from bot.core.topics import parse_query
from bot.core.topics.candidates import candidates
from bot.storage import feeds, lookup, places
from bot.storage.database import Database, Transaction
from bot.storage.fulltext import has_words, index_items
from bot.storage.schema import item_words, items
from tests.clock import Clock
from tests.commands.newsroom import GUILD, OTHER, Newsroom, open_newsroom
from tests.indexed import has

pytestmark = pytest.mark.asyncio

HEADLINES = (
    "Putin orders rare-earth roadmap",
    "Earth is rare, says geologist",
    "中国扩大稀土出口管制",
    "稀有的土地",
    "南鳥島沖のレアアース泥、試験採掘へ",
    "Добыча редкоземельных металлов вырастет",
    "Le néodyme s'envole",
    'APTs and prices: it\'s "up" (a lot) & more | or less',
    "Batteries made of REEs",
    "naïve ' quote \\ backslash: *",
)
ASKED = (
    "rare earth", '"rare earth"', "稀土", "レアアース", "редкоземельн*", "neodyme", "Néodyme", "apt", "batteries",
    "quote backslash", "it's", "more less", '"稀土出口"', "geolog*", "土",
)  # fmt: skip


SHIPPED = {topic.name: candidates(parse_query(topic.query), shipped_concepts()) for topic in shipped_topics()}


async def found(tx: Transaction, typed: str) -> set[str]:
    """The titles of the items that the index finds."""
    wanted = wanted_words(typed)
    assert wanted is not None
    return set((await tx.execute(select(items.c.title).where(has_words(tx, wanted)))).scalars())


async def test_both_databases_find_the_same(database: Database, clock: Clock) -> None:
    """Whatever is asked for, in any language, is found where the words stand, and nowhere else."""
    room = await open_newsroom(database, clock)
    for headline in HEADLINES:
        await room.tell(headline)
    async with database.read() as tx:
        for typed in ASKED:
            wanted = wanted_words(typed)
            assert wanted is not None
            assert {title for title in HEADLINES if has(wanted, title)} == await found(tx, typed), typed


async def test_a_query_of_every_kind_can_be_asked(database: Database, clock: Clock) -> None:
    """Hundreds of terms, prefixes inside phrases, acronyms: the index takes them."""
    room = await open_newsroom(database, clock)
    story = await room.tell("Постоянные магниты и REEs")
    many = " OR ".join(f"word{number}" for number in range(390))
    for expr in ('"постоянны* магнит*"', "REE", f"{many} OR REE", "(REE OR nothing) AND (магнит* OR x) NOT y"):
        async with database.read() as tx:
            texts = await lookup.candidate_texts(
                tx, await tenant(room), candidates(parse_query(expr)), clock() - timedelta(days=1), 10
            )
        assert [story] == [one.story for one in texts], expr


async def test_the_shipped_topics_can_be_asked(database: Database, clock: Clock) -> None:
    """The longest queries there are, with every mineral's names in every language, are taken by both databases."""
    room = await open_newsroom(database, clock)
    story = await room.tell("China bans exports of gallium and germanium to the United States")
    number, found = await tenant(room), {}
    for name, wanted in SHIPPED.items():
        async with database.read() as tx:
            texts = await lookup.candidate_texts(tx, number, wanted, clock() - timedelta(days=1), 10)
        found[name] = [one.story for one in texts]
    assert [story] == found["export_controls"]


async def tenant(room: Newsroom, place: str = GUILD.tenant) -> int:
    """The number of a tenant."""
    async with room.database.write() as tx:
        return await places.ensure_tenant(tx, room.account, place)


async def test_the_index_follows_its_items(database: Database, clock: Clock) -> None:
    """New words replace the old ones; what is forgotten is no longer found, and its words are gone."""
    room = await open_newsroom(database, clock)
    await room.tell("Gallium up")
    async with database.write() as tx:
        [item] = (await tx.execute(select(items.c.id))).scalars()
        await tx.execute(update(items).values(title="Gallium down"))
        await index_items(tx, [(item, "gallium down |")])
        assert set() == await found(tx, "up")
        assert {"Gallium down"} == await found(tx, "down")
        await tx.execute(delete(items))
        assert [] == list((await tx.execute(select(item_words.c.item))).scalars())
        if database.is_sqlite:
            await tx.execute(text("INSERT INTO item_index(item_index) VALUES ('integrity-check')"))


async def test_intake_makes_items_findable(database: Database, clock: Clock) -> None:
    """What intake took in is found by its words, and by its new words once it was corrected."""
    from pathlib import Path
    from tempfile import mkdtemp

    from tests.bed import open_bed

    bed = await open_bed(database, Path(mkdtemp()), clock)
    await bed.tell(Item("g1", "https://wire.example/1", "Tungsten quota", "The first words."))
    await bed.pump()
    async with database.read() as tx:
        assert {"Tungsten quota"} == await found(tx, "tungsten first")
    await bed.tell(Item("g1", "https://wire.example/1", "Tungsten quota", "Other words."))
    await bed.pump()
    async with database.read() as tx:
        assert set() == await found(tx, "first")
        assert {"Tungsten quota"} == await found(tx, "other")


async def test_nobody_finds_what_they_may_not_see(database: Database, clock: Clock) -> None:
    """The words of another tenant's own feed find nothing, even in a story that all may see."""
    room = await open_newsroom(database, clock)
    own = FeedSpec("https://own.example/feed.xml", "Own feed")
    guild, other = await tenant(room), await tenant(room, OTHER.tenant)
    async with database.write() as tx:
        await feeds.add_feed(tx, guild, own, clock())
    secret, public = await room.tell("Secret tungsten", feed=own), await room.tell("Public news")
    async with database.write() as tx:
        await tx.execute(update(items).where(items.c.story == secret).values(story=public))
        wanted, since = wanted_words("tungsten"), clock() - timedelta(days=1)
        assert wanted is not None
        for who, count in ((guild, 1), (other, 0)):
            assert count == await lookup.count_found(tx, who, wanted, since)
            assert count == len(await lookup.search_stories(tx, who, wanted, since, 10))
            assert count == len(await lookup.candidate_texts(tx, who, wanted, since, 10))


async def test_old_news_is_left_out(database: Database, clock: Clock) -> None:
    """Only what was told since then is found, newest first."""
    room = await open_newsroom(database, clock)
    numbers = [await room.tell(f"Tungsten {age}", age=timedelta(days=age)) for age in (40, 2, 1)]
    wanted = wanted_words("tungsten")
    assert wanted is not None
    async with database.read() as tx:
        heads = await lookup.search_stories(tx, await tenant(room), wanted, clock() - timedelta(days=30), 10)
    assert [numbers[2], numbers[1]] == [head.id for head in heads]
