"""Lists of stories on Discord: a digest in several messages with no line broken, the message of too many, the menu."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import select

from bot.core.model import Item
from bot.core.pacing import Digest
from bot.core.stories.names import story_name
from bot.storage import pacing
from bot.storage.database import Database
from bot.storage.schema import channels, stories
from tests.chat.discord.desk import Desk, open_desk
from tests.chat.discord.ears import open_ears
from tests.chat.discord_world import words_of
from tests.clock import Clock
from tests.commands.newsroom import RARE
from tests.fakediscord.state import MINERALS

pytestmark = pytest.mark.asyncio
LONG = "Rare earth plant number {} opens in a province whose officials say that it will double output by next year"


@pytest_asyncio.fixture
async def desk(sqlite_url: str, tmp_path: Path, clock: Clock) -> AsyncIterator[Desk]:
    """Discord beside the console; what decides is tried on both databases in tests/jobs."""
    database = await Database.open(sqlite_url)
    async with open_desk(database, tmp_path, clock) as opened:
        yield opened
    await database.close()


async def channel_of(desk: Desk) -> int:
    """The number of the fake's channel."""
    async with desk.bed.line.database.read() as tx:
        return int((await tx.execute(select(channels.c.id).where(channels.c.remote_id == str(MINERALS)))).scalar_one())


async def set_digest(desk: Desk, digest: Digest | None) -> None:
    """Give the channel a digest, or none."""
    number = await channel_of(desk)
    async with desk.bed.line.database.write() as tx:
        await pacing.set_digest(tx, number, digest, desk.bed.clock())


def item(number: int) -> Item:
    """A story with a long headline and a long address, as many are; each has numbers of its own."""
    link = f"https://wire.example/markets/2025/11/04/{'a-long-slug-' * 8}{number}"
    return Item(f"g{number}", link, LONG.format(number * 37), f"Number {number}.")


def lines_of(desk: Desk) -> list[list[str]]:
    """Of each message the lines that tell a story."""
    return [[line for line in words_of(message).splitlines() if line.startswith("- ")] for message in desk.messages()]


async def names(desk: Desk) -> list[str]:
    """All stories, by name."""
    async with desk.bed.line.database.read() as tx:
        return [story_name(number) for number in (await tx.execute(select(stories.c.id))).scalars()]


async def test_a_long_digest_is_several_messages(desk: Desk) -> None:
    """Forty stories: each named once, on a whole line, in menus too; every message within Discord's limits."""
    await set_digest(desk, Digest())
    await desk.bed.tell(*map(item, range(1, 41)))
    await desk.pump_for(timedelta(hours=24), timedelta(hours=1))
    told = lines_of(desk)
    print("\n\n".join(map(words_of, desk.messages())))
    assert 2 <= len(told) <= 5
    ends = [line.rsplit(" · ", 1)[1] for lines in told for line in lines]
    assert sorted(ends) == sorted(await names(desk))
    picked = [option["value"] for message in desk.messages() for row in message["components"]
              for menu in row["components"] for option in menu.get("options", ())]  # fmt: skip
    assert sorted(picked) == sorted(ends)
    kickers = [message["embeds"][0]["author"]["name"] for message in desk.messages()]
    assert kickers == ["Digest"] + ["Digest, continued"] * (len(told) - 1)
    assert "40 stories, Wed 5 Nov 2025" in words_of(desk.messages()[0])


async def test_a_digest_of_hundreds_ends_with_a_count(desk: Desk) -> None:
    """After five messages the rest is counted, with a button for it, and counts as shown."""
    await set_digest(desk, Digest())
    for first in range(1, 201, 20):
        await desk.bed.tell(*map(item, range(first, first + 20)))
        await desk.bed.pump()
    await desk.pump_for(timedelta(hours=24), timedelta(hours=6))
    told = lines_of(desk)
    assert 5 == len(told)
    named = sum(map(len, told))
    assert f'+{200 - named} more: write "more"' in words_of(desk.messages()[-1])
    assert "More" in [one.get("label") for row in desk.messages()[-1]["components"] for one in row["components"]]
    await set_digest(desk, None)
    await desk.pump_for(timedelta(minutes=5))
    assert 5 == len(desk.messages())


async def test_too_many_are_one_message_that_grows(desk: Desk) -> None:
    """Twelve alone, the rest in one message of ten lines and a count, edited in its pace; an hour later alone again."""
    for number in range(1, 31):
        await desk.bed.tell(item(number))
        await desk.pump_for(timedelta(seconds=20), timedelta(seconds=20))
    await desk.pump_for(timedelta(minutes=2))
    assert 13 == len(desk.messages())
    crowd = desk.messages()[-1]
    assert "18 stories more within an hour" in words_of(crowd)
    assert '+8 more: write "more"' in words_of(crowd)
    assert 10 == len(lines_of(desk)[-1])
    await desk.pump_for(timedelta(hours=2), timedelta(minutes=30))
    await desk.bed.tell(item(31))
    await desk.bed.pump()
    assert 14 == len(desk.messages())
    assert "Number 31." in words_of(desk.messages()[-1])


async def test_a_message_of_too_many_that_was_deleted_loses_nothing(desk: Desk) -> None:
    """Its next edit is refused: what it was to show comes all the same."""
    number = await channel_of(desk)
    async with desk.bed.line.database.write() as tx:
        await pacing.set_flood(tx, number, 1)
    await desk.bed.tell(item(1))
    await desk.bed.pump()
    await desk.bed.tell(item(2))
    await desk.bed.pump()
    desk.messages().pop()
    desk.bed.clock.advance(timedelta(minutes=2))
    await desk.bed.tell(item(3))
    await desk.pump_for(timedelta(minutes=2))
    assert "Number 3." in desk.words()


async def test_a_story_is_chosen_from_the_menu(sqlite_url: str, clock: Clock) -> None:
    """Whoever chooses one is offered, alone, what can be asked and done about it; one of elsewhere is not told of."""
    database = await Database.open(sqlite_url)
    async with open_ears(database, clock) as ears:
        story = await ears.newsroom.tell("Rare earth news", on=(RARE,))
        name = story_name(story)
        answer = await ears.ana.answer(await ears.ana.choose("lw:which0:key-1", name))
        unknown = await ears.ana.answer(await ears.ana.choose("lw:which1:key-1", story_name(story + 5)))
    await database.close()
    data = answer["data"]
    assert (data["flags"], data["embeds"][0]["title"]) == (64, "Rare earth news")
    ids = [button["custom_id"] for row in data["components"] for button in row["components"]]
    assert ids == [f"lw:say:{words} {name}" for words in ("why", "story", "remind add", "mute less", "mute")]
    assert "older than what is kept" in words_of({"content": "", **unknown["data"]})
