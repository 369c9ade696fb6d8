"""follow, unfollow, following: who may, what is said, and the rows that are left."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.commands.limits import Limits
from bot.core.messages import as_text
from bot.storage.database import Database
from bot.storage.schema import cards, channels, matches, people
from tests.clock import Clock
from tests.commands.newsroom import ANA, CHEN, DIRECT, DORA, GALLIUM, GUILD, OTHER, RARE, open_newsroom

pytestmark = pytest.mark.asyncio


async def test_follow_shows_the_latest_match_as_proof(database: Database, clock: Clock) -> None:
    """The newest story of the last 30 days gets its alert's own card in the channel, due now; the reply names it."""
    room = await open_newsroom(database, clock)
    await room.tell("A rare earth story of old", on=[RARE], age=timedelta(days=3))
    newest = await room.tell("Rare earth exports halted", on=[RARE], age=timedelta(days=1))
    await room.tell("Something else")
    reply = await room.ask("follow rare-earths")
    assert "Following Rare earths" in as_text(reply.message)
    assert "Rare earth exports halted (its alert follows now" in as_text(reply.message)
    assert [(await room.channel(GUILD), newest)] == await room.cards()
    assert ("following", "unfollow rare-earths") == reply.choices
    async with database.read() as tx:
        row = (await tx.execute(select(cards))).one()
    assert ("story", "alert", 1, 0, clock()) == (row.subject, row.slot, row.want_rev, row.shown_rev, row.due_at)


async def test_follow_says_what_to_expect(database: Database, clock: Clock) -> None:
    """The estimate counts the matches of 28 days, without what came silently; old stories are no proof."""
    room = await open_newsroom(database, clock)
    await room.tell("The first story kept", age=timedelta(days=60))
    for day in range(16):
        await room.tell(f"Rare earth news {day}", on=[RARE], age=timedelta(days=day + 1))
    await room.tell("Rare earth, remembered", on=[RARE], age=timedelta(days=1), silent=True)
    await room.tell("Gallium of old", on=[GALLIUM], age=timedelta(days=40))
    assert "Expect: about 4 a week" in await room.said("follow rare-earths")
    said = await room.said("follow gallium")
    assert "nothing in the last 30 days" in said
    assert "none in the last weeks" in said


async def test_a_young_archive_gives_no_estimate(database: Database, clock: Clock) -> None:
    """In less than a week no weekly figure is made up; an empty archive says so."""
    room = await open_newsroom(database, clock)
    assert "the archive is empty" in await room.said("follow gallium")
    await room.tell("Rare earth news", on=[RARE], age=timedelta(days=2))
    assert "not known yet: the archive is younger than a week" in await room.said("follow rare-earths")


async def test_a_new_query_is_tried_on_what_is_stored(database: Database, clock: Clock) -> None:
    """A query nobody asked for before finds the stories of the last 30 days, and they are stored as its matches."""
    room = await open_newsroom(database, clock)
    story = await room.tell("Tungsten quota cut", "The ministry cut the tungsten quota.", age=timedelta(days=2))
    await room.tell("Tungsten long ago", age=timedelta(days=31))
    assert "Tungsten quota cut" in await room.said('follow "tungsten"')
    async with database.read() as tx:
        assert [story] == list((await tx.execute(select(matches.c.story))).scalars())


async def test_following_twice_changes_nothing(database: Database, clock: Clock) -> None:
    """The second follow says so; a topic's query, written out, is the same query."""
    room = await open_newsroom(database, clock)
    await room.said("follow gallium")
    assert "You already follow Gallium and germanium in this channel." in await room.said(
        "follow Gallium and Germanium"
    )
    assert "1 subscription." in await room.said("following")


async def test_here_is_for_moderators(database: Database, clock: Clock) -> None:
    """A member is refused, changes nothing, and is shown the way to a direct message; an operator may."""
    room = await open_newsroom(database, clock)
    reply = await room.ask("follow rare-earths", ANA)
    assert "is for its moderators to say. Nothing was changed." in as_text(reply.message)
    assert ("follow rare-earths where:me",) == reply.choices
    assert "Nothing is followed" in await room.said("following", ANA)
    assert "for its moderators" in await room.said("unfollow rare-earths", ANA)
    assert "Following Rare earths" in await room.said("follow rare-earths", DORA)


async def test_anyone_follows_in_a_direct_chat(database: Database, clock: Clock) -> None:
    """`where: me` and the direct chat itself are the same channel, and belong to the person."""
    room = await open_newsroom(database, clock)
    assert "in your direct chat" in await room.said("follow rare-earths where: me", ANA)
    assert "Rare earths (rare-earths)" in await room.said("following", ANA, DIRECT)
    assert "Nothing is followed in this channel" in await room.said("following", ANA)
    assert "no longer followed in this chat" in await room.said("unfollow rare-earths", ANA, DIRECT)
    async with database.read() as tx:
        owner = select(people.c.remote_id).join(channels, channels.c.person == people.c.id)
        assert ["ana"] == list((await tx.execute(owner)).scalars())


async def test_without_a_direct_chat_me_is_explained(database: Database, clock: Clock) -> None:
    """Where the platform knows no direct chat, the person is told to open one."""
    room = await open_newsroom(database, clock)
    nowhere = type(GUILD)("guild", "minerals")
    assert "Write to me directly" in await room.said("follow gallium where: me", ANA, nowhere)


async def test_nearly_a_topic_is_asked_about(database: Database, clock: Clock) -> None:
    """Words close to a topic's name are asked about; in quotes they are taken as they stand."""
    room = await open_newsroom(database, clock)
    reply = await room.ask("follow rare erths")
    assert ("follow rare-earths", 'follow "rare erths"') == reply.choices
    assert "Following" in await room.said('follow "rare erths"')


async def test_a_query_that_cannot_be_read_is_explained(database: Database, clock: Clock) -> None:
    """The error points at the place and says that nothing was changed."""
    room = await open_newsroom(database, clock)
    said = await room.said("follow (export OR licence")
    assert "This query cannot be read: " in said
    assert "Nothing was changed." in said


async def test_subscriptions_have_a_limit(database: Database, clock: Clock) -> None:
    """The tenant's limit holds over its channels; another tenant has its own."""
    room = await open_newsroom(database, clock, Limits(commands_per_minute=1000, subscriptions=1))
    await room.said("follow gallium")
    second = type(GUILD)("guild", "elsewhere")
    assert "no more are allowed" in await room.said("follow rare-earths", CHEN, second)
    assert "Following Rare earths" in await room.said("follow rare-earths", CHEN, OTHER)


async def test_unfollow_finds_name_title_and_query(database: Database, clock: Clock) -> None:
    """Each way of naming a subscription ends it; what is misspelt is asked about."""
    room = await open_newsroom(database, clock)
    for name in ("rare-earths", '"Rare Earths"', '"rare earth"'):
        await room.said("follow rare-earths")
        assert "Rare earths is no longer followed" in await room.said(f"unfollow {name}")
    assert "Nothing is followed in this channel" in await room.said("unfollow gallium")
    await room.said("follow gallium")
    reply = await room.ask("unfollow galium")
    assert ("unfollow gallium",) == reply.choices


async def test_following_counts_the_alerts_of_seven_days(database: Database, clock: Clock) -> None:
    """Only alerts that were shown, within the last week, count."""
    room = await open_newsroom(database, clock)
    await room.tell("Rare earth exports halted", on=[RARE])
    await room.said("follow rare-earths")
    assert "0 alerts in 7 days" in await room.said("following")
    async with database.write() as tx:
        await tx.execute(update(cards).values(post=1, shown_rev=1, shown_at=clock()))
    assert "1 alert in 7 days" in await room.said("following")
    clock.advance(timedelta(days=8))
    assert "0 alerts in 7 days" in await room.said("following")


async def test_following_comes_in_pages_of_ten(database: Database, clock: Clock) -> None:
    """Page one names page two; past the end is the last page."""
    room = await open_newsroom(database, clock)
    for number in range(12):
        await room.said(f'follow "words {number}"')
    first = await room.ask("following")
    assert first.page is not None
    assert (1, 2, 12, "following page:2") == (first.page.number, first.page.pages, first.page.total, first.page.next)
    assert 10 == len(first.message.sections[0].lines)
    last = await room.ask("following page:9")
    assert 2 == len(last.message.sections[0].lines)
    assert "12 subscriptions, page 2 of 2." == last.message.sections[0].footer


async def test_a_channel_that_was_closed_is_tried_again(database: Database, clock: Clock) -> None:
    """Somebody who follows in a channel given up as gone shows that it lives."""
    room = await open_newsroom(database, clock)
    await room.said("follow gallium")
    async with database.write() as tx:
        await tx.execute(update(channels).values(state="gone"))
    await room.said("follow rare-earths")
    async with database.read() as tx:
        assert ["open"] == list((await tx.execute(select(channels.c.state))).scalars())
