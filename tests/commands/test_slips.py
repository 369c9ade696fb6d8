"""What people nearly say: a source, a story's id, a topic of their own. Each gets the nearest that there is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.commands.answer import suggest
from bot.commands.command import Call
from bot.core.model import FeedSpec
from bot.core.stories.names import story_name
from bot.storage import feeds
from bot.storage.database import Database
from tests.clock import Clock
from tests.commands.newsroom import ANA, CHEN, GALLIUM, GUILD, RARE, WIRE, Newsroom, open_newsroom

pytestmark = pytest.mark.asyncio
KREMLIN = FeedSpec("http://en.kremlin.example/events/rss", "The Kremlin: Events of the President", tier=0)


async def open_room(database: Database, clock: Clock) -> Newsroom:
    """A newsroom that polls the Kremlin, too, and has a story."""
    room = await open_newsroom(database, clock)
    async with database.write() as tx:
        await feeds.sync_operator_feeds(tx, [WIRE, KREMLIN], clock())
    await room.tell("Gallium exports are licensed", on=[GALLIUM], age=timedelta(days=8))
    return room


@pytest.mark.parametrize(
    "line", ["follow gallium source:{}", "try gallium source:{}", "topic add mine gallium source:{}"]
)
async def test_a_source_that_is_not_polled_is_said(database: Database, clock: Clock, line: str) -> None:
    """Who follows or tries a source that no feed here has, or makes a topic of it, is told so, with near ones."""
    room = await open_room(database, clock)
    said = await room.said(line.format("kremlinn"))
    assert "source:kremlinn" in said and "no source of that name is polled here" in said
    assert "near: The Kremlin: Events of the President" in said
    unlike = await room.said(line.format("xinhua").replace("mine", "other"))
    assert "no source of that name is polled here, so it meets nothing; feed list shows what is polled" in unlike
    assert "no source" not in await room.said(line.format("kremlin").replace("mine", "third"))
    assert "no source" not in await room.said(line.format('"wire example"').replace("mine", "fourth"))


async def test_sources_nearly_named_are_asked_about(database: Database, clock: Clock) -> None:
    """A slip in `sources:` or in a mute is near a word of an outlet's name or of its address."""
    room = await open_room(database, clock)
    assert "Did you mean The Kremlin: Events of the President?" in await room.said("follow gallium sources: kremlinn")
    assert "Did you mean Wire?" in await room.said("follow gallium sources: wirre")
    assert "mute add The Kremlin: Events of the President?" in await room.said("mute kremlim")


async def test_a_topic_made_here_cannot_stand_in_a_query(database: Database, clock: Clock) -> None:
    """It is said why not, and which words to write in its place; a shipped one can, and an unknown one is unknown."""
    room = await open_room(database, clock)
    await room.ask("topic add magnets magnet OR ndfeb")
    for command in ("follow", "try", "topic add more"):
        said = await room.said(f"{command} topic:magnets AND export")
        assert "topic:magnets was made here" in said and "write in its place: (magnet OR ndfeb)" in said, said
    assert "unknown topic: magnetz" in await room.said("follow topic:magnetz AND export")
    assert "Following magnets" in await room.said("follow magnets")


async def test_own_words_stand_first(database: Database, clock: Clock) -> None:
    """`following` and `topic list` begin with what was made here."""
    room = await open_room(database, clock)
    for line in ("follow gallium", "follow rare-earths", "follow tungsten OR tin", "topic add zz zinc"):
        await room.ask(line)
    said = await room.said("following")
    assert said.index("tungsten OR tin") < said.index(GALLIUM.title) < said.index(RARE.title)
    listed = await room.said("topic list")
    assert listed.index("zz · made here") < listed.index(GALLIUM.title)


async def test_a_slip_in_a_storys_id_is_asked_about(database: Database, clock: Clock) -> None:
    """A letter missing, wrong, too much, or two in each other's place: the stories of nearly that id are named."""
    room = await open_room(database, clock)
    name = story_name(await room.tell("Tungsten is scarce"))
    other = "Z" if name[3] != "Z" else "Y"
    for slip in (name[:3], name[:3] + other, name + other, name[1:], name[1] + name[0] + name[2:], name[:3].lower()):
        for command in ("story", "why", "mute less", "mute"):
            reply = await room.ask(f"{command} {slip}")
            assert any(choice.endswith(name) for choice in reply.choices), (slip, command, reply)
    assert f"Near is {name}: Tungsten is scarce. Did you mean story {name}?" in await room.said(f"story {name[:3]}")
    assert "No story that is kept" in await room.said("story quartz")


async def test_words_are_suggested_for_less(database: Database, clock: Clock) -> None:
    """While `without:` is typed, words that tell the stories followed here from each other are offered."""
    room = await open_room(database, clock)
    await room.tell("Gallium hydroxide plant", on=[GALLIUM])
    await room.tell("Gallium recycling", on=[GALLIUM])
    await room.ask("follow gallium")
    call = Call(("mute", "less"), {}, CHEN, GUILD)
    found = await suggest(room.office, call, "without", "", room.account)
    assert "hydroxide" in found and "recycling" in found and "gallium" not in found
    assert await suggest(room.office, call, "without", "hydr", room.account) == ["hydroxide"]
    assert await room.said("following", ANA)


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        ("follow (gallium AND", "(gallium AND→"),
        ("try title:gallium AND mineral:galium", "title:gallium AND →mineral:galium"),
        ('topic add mine "rare earth', '→"rare earth'),
        (f"try {'tin OR ' * 20}tier:9 OR {'zinc OR ' * 20}lead", "… OR tin OR tin OR tin OR tin OR tin OR →tier:9 OR"),
    ],
)
async def test_a_mistake_in_a_query_is_pointed_at(database: Database, clock: Clock, line: str, marked: str) -> None:
    """Beside what is wrong stands the query with an arrow at the place, in one line; of a long one what is around."""
    room = await open_room(database, clock)
    said = await room.said(line)
    assert f"Here, at the arrow: {marked}" in said and len(said) < 300, said
