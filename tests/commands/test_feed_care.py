"""feed pause, resume, accept, skip: who may let which feed rest, and who decides on what came all at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from bot.commands.answer import suggest
from bot.commands.command import Asker, Call
from bot.core.messages import as_text
from bot.core.model import FeedSpec
from bot.storage.database import Database
from bot.storage.schema import feeds, items
from tests.clock import Clock
from tests.commands.newsroom import ANA, CHEN, DORA, GUILD, OTHER, WIRE, Newsroom, open_newsroom

pytestmark = pytest.mark.asyncio
A = FeedSpec("https://a.example/feed.xml", "Paper A")
ADD = f"feed add {A.url} {A.title}"


async def hold(room: Newsroom, feed: FeedSpec, count: int = 3) -> int:
    """Let items of a feed wait for a decision; its number."""
    number = await room.feed_number(feed)
    async with room.database.write() as tx:
        await tx.execute(update(feeds).where(feeds.c.id == number).values(held_at=room.clock()))
        row = {"feed": number, "seen_at": room.clock(), "content_hash": 1, "state": "held", "title": "Old"}
        await tx.execute(insert(items), [row] * count)
    return number


async def item_states(room: Newsroom) -> set[tuple[str, bool]]:
    """The distinct (state, silent) of all items."""
    async with room.database.read() as tx:
        return {(row.state, row.silent) for row in (await tx.execute(select(items))).all()}


async def offered(room: Newsroom, command: str, typed: str, who: Asker = CHEN) -> list[str]:
    return await suggest(room.office, Call(("feed", command), {}, who, GUILD), "feed", typed, room.account)


async def test_a_moderator_pauses_an_own_feed(database: Database, clock: Clock) -> None:
    """By address, title or number; the list and the suggestions know; the other place's feed goes on."""
    room = await open_newsroom(database, clock)
    await room.said(ADD)
    await room.said(ADD, CHEN, OTHER)
    reply = await room.ask("feed pause paper a")
    assert "Paper A is paused for this place" in as_text(reply.message)
    assert (f"feed resume {A.url}",) == reply.choices
    assert "Paper A · own · paused" in await room.said("feed list")
    assert "paused" not in await room.said("feed list", CHEN, OTHER)
    assert ([], [A.url]) == (await offered(room, "pause", "pap"), await offered(room, "resume", "pap"))
    assert "is paused already" in await room.said(f"feed pause {A.url}")
    assert "read again within minutes" in await room.said(f"feed resume {await room.feed_number(A)}")
    assert "is not paused" in await room.said("feed resume Paper A")


async def test_only_operators_pause_the_operators_feeds(database: Database, clock: Clock) -> None:
    """A moderator is told why not; the operator's pause is everybody's."""
    room = await open_newsroom(database, clock)
    assert "only the operator may pause it" in await room.said("feed pause Wire")
    assert "is for moderators" in await room.said("feed pause Wire", ANA)
    assert ([], ["Wire"]) == (await offered(room, "pause", ""), await offered(room, "pause", "", DORA))
    assert "Wire is paused for everybody" in await room.said("feed pause Wire", DORA)
    assert "Wire · shared · paused" in await room.said("feed list", CHEN, OTHER)
    assert "kept in a file" in await room.said("feed remove Wire", DORA)


async def test_a_gone_feed_is_asked_again(database: Database, clock: Clock) -> None:
    """Resumed like a paused one: servers have been wrong about that."""
    room = await open_newsroom(database, clock)
    await room.said(ADD)
    async with database.write() as tx:
        await tx.execute(update(feeds).where(feeds.c.url == A.url).values(state="gone"))
    number = await room.feed_number(A)
    assert f"gone: its server says so. Write feed resume {number} to ask it again" in await room.said("feed list")
    await room.said("feed resume Paper A")
    assert "gone" not in await room.said("feed list")


async def test_no_alert_comes_of_a_paused_feed(database: Database, clock: Clock) -> None:
    """Where it is paused; where it is not, the alert comes."""
    from bot.storage import announcements
    from bot.storage.schema import announcements as rows
    from tests.commands.newsroom import RARE

    room = await open_newsroom(database, clock)
    for where in (GUILD, OTHER):
        await room.said(ADD, CHEN, where)
        await room.said("follow rare-earths", CHEN, where)
    await room.said("feed pause Paper A")
    clock.advance(timedelta(minutes=5))
    story = await room.tell("Rare earth news", on=[RARE], feed=A)
    async with database.write() as tx:
        await tx.execute(insert(rows).values(subject="story", subject_id=story, slot="alert", rev=1))
        [told] = await announcements.next_announcements(tx)
        await announcements.route_chunk(tx, told, clock())
    assert [(await room.channel(OTHER), story)] == await room.cards()


@pytest.mark.parametrize(("verb", "silent"), [("accept", False), ("skip", True)])
async def test_what_came_at_once_is_decided_on(database: Database, clock: Clock, verb: str, silent: bool) -> None:
    """The list says what waits and what to write; by number, as the operator was told; once."""
    room = await open_newsroom(database, clock)
    number = await hold(room, WIRE)
    assert f"feed {verb} {number}" in await room.said("feed list", DORA)
    assert "which waits. The operator decides" in await room.said("feed list")
    assert "only the operator may decide on it" in await room.said(f"feed {verb} {number}")
    assert {("held", False)} == await item_states(room)
    assert ["Wire"] == await offered(room, verb, "", DORA)
    assert "3 items of Wire are" in await room.said(f"feed {verb} {number}", DORA, OTHER)
    assert {("new", silent)} == await item_states(room)
    assert "Nothing of Wire waits for a decision" in await room.said(f"feed {verb} {number}", DORA)


async def test_a_feed_of_two_places_is_the_operators_to_decide(database: Database, clock: Clock) -> None:
    """One place's word would post or drop the other's news; alone, a moderator decides."""
    room = await open_newsroom(database, clock)
    for where in (GUILD, OTHER):
        await room.said(ADD, CHEN, where)
    await hold(room, A, 1)
    assert "the operator decides" in await room.said("feed accept Paper A")
    await room.said("feed remove Paper A", CHEN, OTHER)
    assert [A.url] == await offered(room, "accept", "")
    assert "1 item of Paper A is news" in await room.said("feed accept Paper A")
