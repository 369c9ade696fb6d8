"""What of the archive a tenant may see, newest first, and everything known of one story."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert, select, true, update

from bot.core.model import FeedSpec
from bot.storage import archive, dossier, feeds, following, lookup, matching, places, topics
from bot.storage.database import Database
from bot.storage.schema import channels, items, stories, tenants
from tests.clock import Clock
from tests.commands.newsroom import GALLIUM, GUILD, OTHER, RARE, Newsroom, open_newsroom

pytestmark = pytest.mark.asyncio

OWN = FeedSpec("https://own.example/feed.xml", "Own feed")
DAY = timedelta(days=1)


async def two_tenants(room: Newsroom) -> tuple[int, int]:
    """The guild, which has a feed of its own, and another."""
    async with room.database.write() as tx:
        guild = await places.ensure_tenant(tx, room.account, GUILD.tenant)
        other = await places.ensure_tenant(tx, room.account, OTHER.tenant)
        await feeds.add_feed(tx, guild, OWN, room.clock())
    return guild, other


async def test_visibility_works_with_numbers_and_columns(database: Database, clock: Clock) -> None:
    """A story of an own feed is visible to its tenant alone; one that the operator's feed tells too, to all."""
    room = await open_newsroom(database, clock)
    guild, other = await two_tenants(room)
    secret, public = await room.tell("Secret", feed=OWN), await room.tell("Public")
    joined = await room.tell("Both", feed=OWN)
    async with database.write() as tx:
        await tx.execute(update(items).where(items.c.story == public).values(story=joined))
        every = stories.join(tenants, true())
        pairs = select(stories.c.id, tenants.c.id.label("tenant")).select_from(every)
        pairs = pairs.where(archive.is_visible_to(tenants.c.id))
        seen = {(row.id, row.tenant) for row in (await tx.execute(pairs)).all()}
        assert {(secret, guild), (joined, guild), (joined, other)} == seen
        mine = select(stories.c.id).where(archive.is_visible_to(other))
        assert [joined] == list((await tx.execute(mine)).scalars())


async def test_what_an_own_feed_leads_is_hidden_from_others(database: Database, clock: Clock) -> None:
    """By number and by column, whoever else told the story; with a lead that all hear all see it."""
    room = await open_newsroom(database, clock)
    guild, other = await two_tenants(room)
    story, public = await room.tell("Secret", feed=OWN), await room.tell("Public")
    async with database.write() as tx:
        await tx.execute(update(items).where(items.c.story == public).values(story=story))
        secret, shown = (await tx.execute(select(items.c.id).order_by(items.c.id))).scalars()
        for lead, seeing in ((secret, {guild}), (shown, {guild, other})):
            await tx.execute(update(stories).where(stories.c.id == story).values(lead=lead))
            pairs = select(tenants.c.id).join(stories, stories.c.id == story).where(archive.is_visible_to(tenants.c.id))
            assert seeing == set((await tx.execute(pairs)).scalars())
            by_number = [one for one in (guild, other) if await dossier.may_see(tx, story, one)]
            assert seeing == set(by_number)


async def test_latest_is_by_the_time_of_the_news(database: Database, clock: Clock) -> None:
    """A published time counts unless it lies in the future; what is merged is left out; offset and limit hold."""
    room = await open_newsroom(database, clock)
    _, other = await two_tenants(room)
    numbers = [await room.tell(f"News {age}", on=[RARE], age=age * DAY) for age in (3, 1, 2)]
    async with database.write() as tx:
        query = await topics.intern_query(tx, RARE.query)
        await tx.execute(update(stories).where(stories.c.id == numbers[2]).values(merged_into=numbers[0]))
        future = {"published_at": clock() + 9 * DAY}
        await tx.execute(update(items).where(items.c.story == numbers[0]).values(future))
        heads = await archive.latest_stories(tx, other, [query], 10)
        assert [numbers[1], numbers[0]] == [head.id for head in heads]
        assert "Wire" == heads[0].source
        assert [numbers[0]] == [head.id for head in await archive.latest_stories(tx, other, [query], 1, 1)]
        assert [] == await archive.latest_stories(tx, other, [], 10)
        assert [numbers[1], numbers[0]] == [head.id for head in await archive.latest_stories(tx, other, None, 9)]
        assert 2 == await archive.count_stories(tx, other, [query])


async def test_the_latest_match_is_recent_and_visible(database: Database, clock: Clock) -> None:
    """Of this query, within the time, and of a feed that the tenant may see."""
    room = await open_newsroom(database, clock)
    guild, other = await two_tenants(room)
    public = await room.tell("Public", on=[RARE], age=5 * DAY)
    secret = await room.tell("Secret", on=[RARE], age=2 * DAY, feed=OWN)
    await room.tell("Gallium", on=[GALLIUM])
    async with database.write() as tx:
        query = await topics.intern_query(tx, RARE.query)
        for tenant, days, story in ((guild, 30, secret), (other, 30, public), (other, 3, None)):
            head = await archive.latest_match(tx, tenant, query, clock() - days * DAY)
            assert story == (head and head.id)
        assert 2 == await archive.count_matches(tx, guild, query, clock() - 28 * DAY)
        assert 1 == await archive.count_matches(tx, other, query, clock() - 28 * DAY)
        assert await archive.has_matches(tx, query)
        assert not await archive.has_matches(tx, await topics.intern_query(tx, "tungsten"))
        assert clock() - 5 * DAY == await archive.archive_start(tx)


async def test_texts_are_the_newest_first_and_bounded(database: Database, clock: Clock) -> None:
    """A back-test reads at most so many, from so far back."""
    room = await open_newsroom(database, clock)
    numbers = [await room.tell(f"News {age}", "Words.", age=age * DAY) for age in (40, 3, 2, 1)]
    async with database.read() as tx:
        assert numbers[:0:-1] == [text.story for text in await lookup.recent_texts(tx, None, clock() - 30 * DAY, 10)]
        [text] = await lookup.recent_texts(tx, None, clock() - 30 * DAY, 1)
    assert (numbers[3], "News 1", "Words.") == (text.story, text.title, text.text)
    assert "wire" in text.source.lower()
    assert text.tier is not None


async def test_a_dossier_tells_what_the_tenant_may_know(database: Database, clock: Clock) -> None:
    """Own feeds, own subscriptions and own channels; nothing of another tenant's."""
    room = await open_newsroom(database, clock)
    guild, other = await two_tenants(room)
    story = await room.tell("Public", on=[RARE, GALLIUM])
    secret = await room.tell("Secret", feed=OWN)
    async with database.write() as tx:
        await tx.execute(update(items).where(items.c.story == secret).values(story=story))
        here, _ = await places.ensure_channel(tx, guild, "minerals", clock())
        there, _ = await places.ensure_channel(tx, other, "news", clock())
        query = await topics.intern_query(tx, "public")
        await matching.save_matches(tx, [(story, query, None)])
        await following.follow(tx, query, there, "public", None, clock())
        await following.follow(tx, await topics.intern_query(tx, RARE.query), here, RARE.name, None, clock())
        await following.show_proof(tx, there, story, 1, clock())
        mine = await dossier.story_view(tx, story, guild, here)
        theirs = await dossier.story_view(tx, story, other, there)
        assert await dossier.story_view(tx, secret, other, there) is None
    assert mine is not None
    assert theirs is not None
    assert ["Wire", "Own feed"] == [telling.feed for telling in mine.tellings]
    assert ["Wire"] == [telling.feed for telling in theirs.tellings]
    assert {("Rare earths", True), ("Gallium and germanium", False)} == {(m.title, m.is_here) for m in mine.matched}
    assert {"rare-earths", "gallium", ""} == {matched.name for matched in theirs.matched}
    assert ((), ["news"]) == (mine.showings, [showing.remote_id for showing in theirs.showings])


async def test_a_link_finds_its_newest_story(database: Database, clock: Clock) -> None:
    """By the normal form of the address, where the tenant may see it."""
    room = await open_newsroom(database, clock)
    guild, other = await two_tenants(room)
    story = await room.tell("Secret", feed=OWN)
    async with database.read() as tx:
        assert story == await dossier.story_by_link(tx, guild, "https://WIRE.example/1#top")
        assert await dossier.story_by_link(tx, other, "https://wire.example/1") is None
        assert await dossier.story_by_link(tx, guild, "https://wire.example/2") is None


async def test_words_find_headlines(database: Database, clock: Clock) -> None:
    """All of them, in any order and case; no words find nothing."""
    room = await open_newsroom(database, clock)
    guild, _ = await two_tenants(room)
    story = await room.tell("Export of Gallium halted")
    async with database.read() as tx:
        for words, found in ((["GALLIUM", "export"], [story]), (["gallium", "quota"], []), ([], [])):
            assert found == [head.id for head in await dossier.stories_by_words(tx, guild, words, 5)]


async def test_matches_are_saved_once(database: Database, clock: Clock) -> None:
    """Saving again is no error."""
    room = await open_newsroom(database, clock)
    story = await room.tell("News")
    async with database.write() as tx:
        query = await topics.intern_query(tx, "news")
        for found in ([story], [story], []):
            await matching.save_matches(tx, [(one, query, None) for one in found])
        assert 1 == await archive.count_stories(tx, await places.ensure_tenant(tx, room.account, "any"), [query])


async def test_a_story_without_items_is_nobodys(database: Database, clock: Clock) -> None:
    """Without a feed that told it, there is nobody who may see it."""
    room = await open_newsroom(database, clock)
    guild, _ = await two_tenants(room)
    async with database.write() as tx:
        made = insert(stories).values(headline="x", opened_at=clock(), changed_at=clock()).returning(stories.c.id)
        story = (await tx.execute(made)).scalar_one()
        assert await dossier.story_view(tx, story, guild, 0) is None
        assert [] == await archive.latest_stories(tx, guild, None, 5)
        assert [] == list((await tx.execute(select(channels.c.id))).scalars())
