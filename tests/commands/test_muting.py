"""mute: a story, a source, less like this; what is muted, and ending it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.commands.answer import suggest
from bot.commands.command import Call
from bot.commands.limits import Limits
from bot.core.stories.names import story_name
from bot.storage.database import Database
from bot.storage.schema import mutes, subscriptions
from tests.clock import Clock
from tests.commands.newsroom import ANA, CHEN, DIRECT, GUILD, RARE, Newsroom, open_newsroom

pytestmark = pytest.mark.asyncio


async def open_room(database: Database, clock: Clock) -> tuple[Newsroom, str]:
    """A channel that follows rare earths, six stories on exports and one on a podcast; that one's name."""
    room = await open_newsroom(database, clock)
    for number in range(6):
        age = timedelta(days=number + 2)
        await room.tell(f"Rare earth export quota {number}", "The ministry sets the quota.", on=[RARE], age=age)
    await room.tell("Rare earth podcast, part one", "A podcast on magnets.", on=[RARE], age=timedelta(days=9))
    story = await room.tell("Rare earth podcast, part two", "The podcast goes on.", on=[RARE], age=timedelta(days=1))
    await room.said("follow rare-earths")
    return room, story_name(story)


async def test_a_story_is_muted_and_heard_again(database: Database, clock: Clock) -> None:
    """By its id; the list and `following` show it; `mute off` takes what the list shows."""
    room, name = await open_room(database, clock)
    said = await room.said(f"mute {name} 3")
    assert "Muted in this channel" in said
    assert f"{name}, Rare earth podcast, part two" in said
    assert "until " in said
    for line in ("mute list", "following"):
        assert f"{name}, Rare earth podcast, part two (story) · until " in await room.said(line)
    assert "is no longer muted in this channel" in await room.said(f"mute off {name}")
    assert "Nothing is muted in this channel." in await room.said("mute list")


async def test_a_mute_ends_by_itself(database: Database, clock: Clock) -> None:
    """After its days it is in no list."""
    room, name = await open_room(database, clock)
    await room.said(f"mute {name} 3")
    clock.advance(timedelta(days=4))
    assert "Nothing is muted in this channel." in await room.said("mute list")


async def test_a_source_is_muted_by_its_name(database: Database, clock: Clock) -> None:
    """As people call it; a name nearly right is asked about; a number ends it."""
    room, _ = await open_room(database, clock)
    said = await room.said("mute wire")
    assert "Wire\nWhat it alone tells makes no alert until you end it." in said
    assert "Wire (source) · until you end it" in await room.said("mute list")
    assert "Wire is no longer muted" in await room.said("unmute 1")
    reply = await room.ask("mute Wirre")
    assert ("mute add Wire",) == reply.choices
    assert 'No story that is kept is called "nonsense"' in await room.said("mute nonsense")


async def test_muting_here_is_for_moderators(database: Database, clock: Clock) -> None:
    """A member is refused and shown the way; in a direct chat anybody mutes."""
    room, name = await open_room(database, clock)
    for line in (f"mute {name}", f"mute less {name}", f"mute off {name}"):
        reply = await room.ask(line, ANA)
        assert "is for its moderators to say. Nothing was changed." in reply.message.sections[0].body[0][0]
        assert reply.choices[0].endswith(f"{name} where:me")
    assert "Muted in this chat" in await room.said(f"mute {name}", ANA, DIRECT)
    assert "Nothing is muted in this channel." in await room.said("mute list", CHEN)


async def test_mutes_have_a_limit(database: Database, clock: Clock) -> None:
    """The limit is said with what to do."""
    room = await open_newsroom(database, clock, Limits(commands_per_minute=1000, mutes=1))
    first, second = [story_name(await room.tell(f"News {number}")) for number in range(2)]
    await room.said(f"mute {first}")
    assert "1 mutes are in force" in await room.said(f"mute {second}")


async def test_less_like_this_asks_before_it_does(database: Database, clock: Clock) -> None:
    """The word that tells the story from the others, what it would have removed, and the source; nothing is changed."""
    room, name = await open_room(database, clock)
    reply = await room.ask(f'mute "less like this" {name}')
    said = await room.said(f"mute less {name}")
    assert "Brought in this channel by: Rare earths. Nothing is changed until you choose." in said
    assert 'Leave out what says "podcast"' in said
    assert "In the last 30 days this would have removed 2 of 8 stories:" in said
    assert "- Rare earth podcast, part one" in said
    assert "Mute Wire" in said
    assert "8 of 8 stories" in said
    wanted = (f"mute less {name} without:podcast", f"mute less {name} source:Wire", f"mute add {name}")
    assert wanted == reply.choices
    async with database.read() as tx:
        assert ["rare-earths"] == list((await tx.execute(select(subscriptions.c.name))).scalars())
        assert [] == list((await tx.execute(select(mutes.c.id))).scalars())


async def test_a_word_is_left_out_in_the_open(database: Database, clock: Clock) -> None:
    """The subscription is called by what it leaves out, and brings the rest."""
    room, name = await open_room(database, clock)
    said = await room.said(f"mute less {name} without:podcast")
    assert 'Stories that say "podcast" are left out in this channel from now on.' in said
    assert "Rare earths: is now called rare-earths NOT podcast" in said
    assert "rare-earths NOT podcast · " in await room.said("following")
    latest = await room.said('latest "rare-earths NOT podcast"')
    assert "export quota 0" in latest
    assert "podcast, part" not in latest
    reply = await room.ask("unfollow rare-earths NOT podcast")
    assert "no longer followed" in str(reply.message)
    assert "Following rare-earths NOT podcast" in await room.said(reply.choices[0])
    assert "podcast, part" not in await room.said('latest "rare-earths NOT podcast"')


async def test_a_query_keeps_its_own_words(database: Database, clock: Clock) -> None:
    """What it looks for cannot be left out of it."""
    room, name = await open_room(database, clock)
    said = await room.said(f"mute less {name} without:rare")
    assert "stays as it is, as it looks for this very word" in said


async def test_a_source_can_be_chosen(database: Database, clock: Clock) -> None:
    """The second choice mutes it, and says how to end that."""
    room, name = await open_room(database, clock)
    reply = await room.ask(f"mute less {name} source:Wire")
    assert ("mute off Wire", "mute list") == reply.choices
    assert "Wire (source)" in await room.said("mute list")


async def test_a_story_nothing_here_brings(database: Database, clock: Clock) -> None:
    """No word is proposed where no subscription could leave it out."""
    room, _ = await open_room(database, clock)
    other = story_name(await room.tell("Chess results"))
    said = await room.said(f"mute less {other}")
    assert "Nothing that is followed in this channel brings it." in said
    assert "Leave out" not in said


async def test_a_source_that_is_not_polled_is_not_muted(database: Database, clock: Clock) -> None:
    """A slip of the finger mutes nothing, and the name that was meant is said; so by both ways to mute."""
    room, name = await open_room(database, clock)
    for line in (f"mute less {name} source:Wirre", "mute Wirre"):
        assert "Did you mean " in await room.said(line)
    assert 'No feed that is polled here is called "yes"' in await room.said(f"mute less {name} source:yes")
    assert "Nothing is muted in this channel." in await room.said("mute list")


async def test_mutes_by_less_have_the_same_limit(database: Database, clock: Clock) -> None:
    """No way round it."""
    room = await open_newsroom(database, clock, Limits(commands_per_minute=1000, mutes=1))
    name = story_name(await room.tell("News", on=[RARE]))
    await room.said(f"mute {name}")
    assert "1 mutes are in force" in await room.said(f"mute less {name} source:Wire")


@pytest.mark.parametrize("line", ["mute source Wire", "mute source:wire", "mute wire"])
async def test_what_kind_is_meant_may_be_said(line: str, database: Database, clock: Clock) -> None:
    """`source` before its name is understood; how to end it is said in the source's own letters."""
    room, _ = await open_room(database, clock)
    reply = await room.ask(line)
    assert ("mute off Wire", "mute list") == reply.choices
    assert "Wire is no longer muted" in await room.said(reply.choices[0])


async def test_sources_are_suggested_for_less(database: Database, clock: Clock) -> None:
    """Whoever types a source is shown those that are polled here."""
    room, name = await open_room(database, clock)
    call = Call(("mute", "less"), {"story": name}, CHEN, GUILD)
    assert ["Wire"] == await suggest(room.office, call, "source", "wi", room.account)
