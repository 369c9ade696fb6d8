"""follow with options: weight, sources, languages, a role; twice, in other words, and inside something wider."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.core.model import FeedSpec
from bot.storage import feeds
from bot.storage.database import Database
from bot.storage.schema import stories, subscriptions
from tests.clock import Clock
from tests.commands.newsroom import ANA, CHEN, DIRECT, GUILD, RARE, WIRE, Newsroom, open_newsroom

pytestmark = pytest.mark.asyncio

KREMLIN = FeedSpec("http://kremlin.example/news.xml", "Kremlin", lang="ru", tier=0)
WITH_ROLES = replace(GUILD, has_roles=True)


async def open_room(database: Database, clock: Clock) -> Newsroom:
    """A newsroom with two feeds, an old story, and a new one on rare earths from each feed."""
    room = await open_newsroom(database, clock)
    async with database.write() as tx:
        await feeds.sync_operator_feeds(tx, [KREMLIN, WIRE], clock())
    await room.tell("The first story kept", age=timedelta(days=60))
    await room.tell("Kremlin on rare earth", on=[RARE], feed=KREMLIN, age=timedelta(days=2))
    await room.tell("Wire on rare earth", on=[RARE], age=timedelta(days=1))
    return room


async def test_a_filter_holds_for_the_proof_and_the_estimate(database: Database, clock: Clock) -> None:
    """The sample is the newest story that would have been shown, and only such stories are counted."""
    room = await open_room(database, clock)
    said = await room.said("follow rare-earths sources: kremlin, reuters")
    assert 'No feed that is polled here is called "reuters". Nothing was changed.' in said
    said = await room.said("follow rare-earths sources: kremlin languages: Russian, en")
    assert "Shows: from kremlin, in ru or en" in said
    assert "Expect: less than one a week" in said
    assert "Kremlin on rare earth (its alert follows now" in said
    assert "Rare earths (rare-earths) · 0 alerts in 7 days · from kremlin, in ru or en" in await room.said("following")


async def test_only_urgent_news(database: Database, clock: Clock) -> None:
    """Nothing that weighs less is a sample, and none is counted."""
    room = await open_room(database, clock)
    async with database.write() as tx:
        await tx.execute(update(stories).where(stories.c.headline.like("Kremlin%")).values(weight=2))
    said = await room.said("follow rare-earths weight: urgent")
    assert "Shows: Urgent only" in said
    assert "Kremlin on rare earth" in said
    assert "Wire on" not in said


async def test_following_again_changes_the_options(database: Database, clock: Clock) -> None:
    """What is not named stays; the reply says what it was and what it is; `all` takes a filter away."""
    room = await open_room(database, clock)
    await room.said("follow rare-earths languages: ru")
    said = await room.said("follow rare-earths weight: notable")
    assert "Before: in ru" in said
    assert "Now: Notable and Urgent only, in ru" in said
    said = await room.said("follow rare-earths weight: all languages: all")
    assert "Now: everything" in said
    async with database.read() as tx:
        row = (await tx.execute(select(subscriptions))).one()
    assert (0, "", "") == (row.least, row.filters, row.ping)
    assert "You already follow Rare earths in this channel. Nothing was changed." in await room.said(
        "follow rare-earths"
    )


async def test_another_writing_of_a_query_is_the_same(database: Database, clock: Clock) -> None:
    """Another order of the words is no second subscription."""
    room = await open_room(database, clock)
    await room.said("follow tungsten AND export")
    assert "You already follow tungsten AND export in this channel." in await room.said("follow export AND tungsten")


async def test_a_query_inside_a_topic_is_noticed(database: Database, clock: Clock) -> None:
    """It is followed, with the word that it may bring nothing more; not where the topic shows less than it would."""
    room = await open_room(database, clock)
    await room.said("follow rare-earths")
    said = await room.said('follow "rare earth" AND export')
    assert 'Following "rare earth" AND export' in said
    assert "Rare earths, which is followed in this channel, has it in its own query" in said
    await room.said("follow rare-earths weight: urgent")
    assert "in its own query" not in await room.said('follow "rare earth" AND quota')


async def test_what_is_misspelt_is_asked_about(database: Database, clock: Clock) -> None:
    """The nearest source, the nearest language, the nearest weight; nothing is changed."""
    room = await open_room(database, clock)
    assert "Did you mean Kremlin?" in await room.said("follow rare-earths sources: kremln")
    assert "Did you mean Russian" in await room.said("follow rare-earths languages: Rusian")
    assert "Did you mean urgent?" in await room.said("follow rare-earths weight: urgnt")
    assert "Nothing is followed" in await room.said("following")


async def test_a_role_is_for_moderators_where_there_are_roles(database: Database, clock: Clock) -> None:
    """Elsewhere it is said to be impossible; everyone is no role; `off` ends it."""
    room = await open_room(database, clock)
    assert "possible in the channels of a Discord server only" in await room.said("follow rare-earths ping: 77")
    assert "possible in the channels" in await room.said("follow rare-earths ping: 77", ANA, DIRECT)
    everyone = replace(WITH_ROLES, tenant="55")
    assert "Everyone cannot be called." in await room.said("follow rare-earths ping: 55", CHEN, everyone)
    assert "Shows: calls Traders" in await room.said('follow rare-earths ping: "77 Traders"', CHEN, WITH_ROLES)
    assert "calls Traders" in await room.said("following")
    assert "for its moderators to say" in await room.said("follow rare-earths ping: off", ANA, WITH_ROLES)
    assert "Now: everything" in await room.said("follow rare-earths ping: off", CHEN, WITH_ROLES)


async def test_a_room_is_called_a_room(database: Database, clock: Clock) -> None:
    """The word for a channel is the platform's own."""
    room = await open_room(database, clock)
    assert "in this room" in await room.said("follow rare-earths", CHEN, replace(GUILD, noun="room"))
