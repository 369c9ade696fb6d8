"""why: which clause failed, or which rule stopped it, in the order of the line."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from bot.core.model import FeedSpec
from bot.core.stories.names import story_name
from bot.core.text.hashes import hash64
from bot.core.text.urls import canonical_url
from bot.storage import feeds
from bot.storage.database import Database
from bot.storage.schema import accounts, cards, channels, items, stories
from tests.clock import Clock
from tests.commands.newsroom import CHEN, DORA, GUILD, RARE, WIRE, Newsroom, open_newsroom

pytestmark = pytest.mark.asyncio

BAN = "Rare earth export ban"


async def tell(room: Newsroom, headline: str = BAN, **more: object) -> str:
    """A story on rare earths that came after what is followed; its name."""
    room.clock.advance(timedelta(minutes=5))
    return story_name(await room.tell(headline, on=[RARE], **more))  # type: ignore[arg-type]


async def wait(room: Newsroom, title: str, state: str) -> str:
    """An item that intake has not dealt with; its address."""
    url = "https://wire.example/waiting"
    row = {"feed": await room.feed_number(WIRE), "title": title, "url": url, "state": state, "seen_at": room.clock()}
    async with room.database.write() as tx:
        link = hash64(canonical_url(url))
        await tx.execute(insert(items).values(**row, link_hash=link, content_hash=1))
    return url


async def test_nothing_is_followed(database: Database, clock: Clock) -> None:
    """First of all somebody has to follow something; what would bring it is offered."""
    room = await open_newsroom(database, clock)
    reply = await room.ask(f"why {await tell(room)}")
    assert "nobody here follows what it matches, as nothing is followed here" in str(reply.message)
    assert "follow rare-earths" in reply.choices


async def test_the_clause_that_failed_is_named(database: Database, clock: Clock) -> None:
    """Of what is followed here the nearest is told, with what was missing or in the way."""
    room = await open_newsroom(database, clock)
    await room.said('follow "rare earth" AND (magnet OR alloy)')
    await room.said("follow chess AND football")
    said = await room.said(f"why {await tell(room)}")
    assert "It did not come here: it does not meet any of the 2 that are followed here." in said
    nearest = said.splitlines()
    first = next(line for line in nearest if "missing" in line)
    assert '"rare earth" AND (magnet OR alloy): missing: any of magnet, alloy' == first
    assert 'Rare earths: on "Rare earth", not followed here' in said


async def test_what_is_excluded_is_said(database: Database, clock: Clock) -> None:
    """A NOT that hit is told with its words, before what lacks a clause."""
    room = await open_newsroom(database, clock)
    await room.said("follow tungsten")
    await room.said('follow "rare earth" NOT ban')
    said = await room.said(f"why {await tell(room)}")
    assert said.index("excluded by: ban") < said.index("missing: tungsten")


async def test_the_first_sight_is_silent(database: Database, clock: Clock) -> None:
    """What stood on a feed when it was first read is remembered in silence."""
    room = await open_newsroom(database, clock)
    await room.said("follow rare-earths")
    assert "remembered in silence" in await room.said(f"why {await tell(room, silent=True)}")


async def test_it_is_older_than_the_subscription(database: Database, clock: Clock) -> None:
    """A subscription brings nothing of older stories."""
    room = await open_newsroom(database, clock)
    name = await tell(room)
    await tell(room, "Rare earth proof")  # the newest is the sample
    clock.advance(timedelta(days=1))
    await room.said("follow rare-earths")
    assert "it is older than the subscription" in await room.said(f"why {name}")


async def test_it_is_muted(database: Database, clock: Clock) -> None:
    """The story itself, or all who told it."""
    room = await open_newsroom(database, clock)
    await room.said("follow rare-earths")
    name = await tell(room)
    await room.said(f"mute {name}")
    assert "the story is muted here" in await room.said(f"why {name}")
    await room.said(f"mute off {name}")
    await room.said("mute wire")
    assert "it was told by Wire alone, and that source is muted here" in await room.said(f"why {name}")


async def test_it_is_not_what_was_asked_for(database: Database, clock: Clock) -> None:
    """A weight, a source, a language: what the subscription shows, and what the story is."""
    room = await open_newsroom(database, clock)
    async with database.write() as tx:
        kremlin = FeedSpec("https://kremlin.example/feed", "Kremlin", lang="ru")
        await feeds.sync_operator_feeds(tx, [WIRE, kremlin], clock())
    await room.said("follow rare-earths weight: urgent")
    name = await tell(room)
    said = await room.said(f"why {name}")
    assert "it matches, but is not what was asked for of it" in said
    assert "Rare earths: shows Urgent only; it is less than notable" in said
    await room.said("follow rare-earths weight: all sources: kremlin")
    assert "it was told by Wire" in await room.said(f"why {name}")
    await room.said("follow rare-earths sources: all languages: ru")
    async with database.write() as tx:
        await tx.execute(update(items).values(lang="en"))
    assert "it is in en" in await room.said(f"why {name}")
    await room.said("follow rare-earths languages: all")
    assert "It matches and is on its way" in await room.said(f"why {name}")


async def test_its_feed_is_paused_here(database: Database, clock: Clock) -> None:
    """A feed that this server lets rest brings no alerts."""
    room = await open_newsroom(database, clock)
    await room.said("follow rare-earths")
    name = await tell(room)
    async with database.write() as tx:
        await feeds.set_paused(tx, None, await room.feed_number(WIRE), clock(), is_paused=True)
    assert "every feed that tells it is paused here" in await room.said(f"why {name}")


async def test_the_channel_is_in_trouble(database: Database, clock: Clock) -> None:
    """Closed to us, or resting after what the platform said."""
    room = await open_newsroom(database, clock)
    await room.said("follow rare-earths")
    name = await tell(room)
    async with database.write() as tx:
        await tx.execute(update(channels).values(state="gone"))
    assert "this channel is closed to me" in await room.said(f"why {name}")
    async with database.write() as tx:
        await tx.execute(update(channels).values(state="open"))
        await tx.execute(update(accounts).values(paused_until=clock() + timedelta(hours=1)))
    assert "posts here rest until" in await room.said(f"why {name}")


async def test_it_is_another_story(database: Database, clock: Clock) -> None:
    """A story that was found to be another one's is told there."""
    room = await open_newsroom(database, clock)
    first, second = [await room.tell(f"{BAN} {number}", on=[RARE]) for number in range(2)]
    async with database.write() as tx:
        await tx.execute(update(stories).where(stories.c.id == second).values(merged_into=first))
    said = await room.said(f"why {story_name(second)}")
    assert f"{story_name(second)} is the same story as {story_name(first)}, and is told there." in said


async def test_it_was_shown(database: Database, clock: Clock) -> None:
    """Of what came here the words and the weight are told, point by point."""
    room = await open_newsroom(database, clock)
    await room.said("follow rare-earths")
    name = await tell(room)
    async with database.write() as tx:
        number = await room.channel(GUILD)
        card = {"channel": number, "subject": "story", "subject_id": 1, "slot": "alert", "due_at": clock()}
        await tx.execute(insert(cards).values(**card, want_rev=1, shown_rev=1, post=1, shown_at=clock()))
        await tx.execute(update(stories).values(weight=1))
    said = await room.said(f"why {name}")
    assert "It was shown here, last written" in said
    assert 'Rare earths: on "Rare earth"' in said
    assert "Weight: Notable, by 4 points: an export ban, announced 3; in the headline 1. Notable from 4, Urgent" in said


async def test_what_is_not_stored(database: Database, clock: Clock) -> None:
    """No feed of its site, a feed that never brought it, one that rests or fails: by its address."""
    room = await open_newsroom(database, clock)
    assert "no feed of elsewhere.example is polled here" in await room.said("why https://elsewhere.example/1")
    assert "Wire, has not been read yet" in await room.said("why https://www.wire.example/unknown")
    async with database.write() as tx:
        await tx.execute(update(feeds.feeds).values(last_ok_at=clock()))
    assert "is not among what it brought" in await room.said("why https://wire.example/unknown")
    async with database.write() as tx:
        await tx.execute(update(feeds.feeds).values(errors=3, error="The server is away."))
    assert "cannot be read at the moment: The server is away." in await room.said("why https://wire.example/unknown")
    async with database.write() as tx:
        await feeds.set_paused(tx, None, await room.feed_number(WIRE), clock(), is_paused=True)
    assert "is paused here" in await room.said("why https://wire.example/unknown")
    assert "No story that is kept is called" in await room.said("why Nobody wrote this")


@pytest.mark.parametrize(("state", "said"), [("held", "are held until"), ("new", "about to be dealt with")])
async def test_what_waits_is_known(database: Database, clock: Clock, state: str, said: str) -> None:
    """An item that is held, or next to be taken in, is found by its address and by its words."""
    room = await open_newsroom(database, clock)
    url = await wait(room, "Tungsten flood", state)
    assert said in await room.said(f"why {url}", CHEN)
    assert said in await room.said("why tungsten flood", DORA)
