"""One line, every platform of the registry at once: the same story in each channel, and none waits for another."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest
import pytest_asyncio

from bot.chat.registry import PLATFORMS
from bot.core.errors import RetryLater
from bot.storage import places
from bot.storage.database import Database
from tests.bed import Bed, ToldConsole, news, open_bed
from tests.chat.contract import Seen, World, open_world
from tests.clock import Clock

for _name in PLATFORMS:  # what a platform imports is imported before any event loop runs
    import_module(f"tests.chat.{_name}_world")

OTHERS = sorted(set(PLATFORMS) - {"console"})
STORY = re.compile(r"Story (\w{4,6})")


@dataclass
class Networks:
    """A bed whose console has company: each other platform's world, and the hand that makes its calls fail."""

    bed: Bed
    worlds: dict[str, World]
    hands: dict[str, ToldConsole]

    async def seen(self) -> dict[str, list[Seen]]:
        """What stands in each channel but the console's."""
        return {name: await world.seen() for name, world in self.worlds.items()}

    async def headlines(self) -> dict[str, list[int]]:
        """The numbers of the news in each channel, in order; the console's too."""
        found = {
            name: [int(number) for one in seen for number in re.findall(r"Rare earth news (\d+)", one.text)]
            for name, seen in (await self.seen()).items()
        }
        return found | {"console": [int(headline.rpartition(" ")[2]) for headline in self.bed.posts()]}


@pytest_asyncio.fixture
async def networks(database: Database, tmp_path: Path, clock: Clock) -> AsyncIterator[Networks]:
    """Every platform with one channel that follows rare earths, on both databases."""
    async with AsyncExitStack() as stack:
        bed = await open_bed(database, tmp_path, clock)
        worlds = {name: await stack.enter_async_context(open_world(name, tmp_path, clock)) for name in OTHERS}
        hands = {name: ToldConsole(world.platform, capabilities=world.platform.capabilities)
                 for name, world in worlds.items()}  # type: ignore[arg-type]  # fmt: skip
        joined = dict(bed.line.platforms)
        for name, world in worlds.items():
            async with database.write() as tx:
                account = await places.ensure_account(tx, name, f"bot-{name}")
                tenant = await places.ensure_tenant(tx, account, world.channel)
                channel, _ = await places.ensure_channel(tx, tenant, world.channel, clock())
            joined[account] = hands[name]
            await bed.follow('"rare earth"', channel)
        bed.line.platforms = joined
        yield Networks(bed, worlds, hands)


@pytest.mark.asyncio
async def test_one_story_is_one_everywhere(networks: Networks) -> None:
    """The same story id in each channel, one message each, and a correction arrives in all of them."""
    bed = networks.bed
    await bed.tell(news(1, "The first words of it."))
    await bed.pump()
    seen = await networks.seen()
    assert dict.fromkeys(OTHERS, 1) == {name: len(messages) for name, messages in seen.items()}
    ids = {STORY.search(text)[1] for text in (bed.shown()[0]["text"], *(seen[name][0].text for name in OTHERS))}  # type: ignore[index]
    assert 1 == len(ids), ids
    bed.clock.advance(timedelta(minutes=2))
    await bed.tell(news(1, "The corrected words of it."))
    await bed.pump()
    for name, messages in (await networks.seen()).items():
        assert 1 == len(messages), name
        assert "The corrected words of it." in messages[0].text
        assert 1 == messages[0].edits
    assert ["post", "edit"] == [row["op"] for row in bed.shown()]


@pytest.mark.asyncio
@pytest.mark.parametrize("lame", OTHERS)
async def test_a_lost_answer_is_no_second_post(networks: Networks, lame: str) -> None:
    """A post was made and its answer lost: looked for or sent under the same key, it stands there once, in order."""
    bed = networks.bed
    networks.hands[lame].after = [RetryLater("The connection was lost.")]
    await bed.tell(news(1), news(2))
    for _ in range(4):
        await bed.pump()
        bed.clock.advance(timedelta(minutes=1))
    assert {name: [1, 2] for name in PLATFORMS} == await networks.headlines()


@pytest.mark.asyncio
@pytest.mark.parametrize("away", OTHERS)
async def test_one_platform_away_holds_up_no_other(networks: Networks, away: str) -> None:
    """An hour without one platform: the others show the news at once, and it shows all of it when it is back."""
    bed = networks.bed
    networks.hands[away].before = [RetryLater("It is away.", in_doubt=False, scope="account")] * 5
    await bed.tell(news(1), news(2))
    await bed.pump()
    found = await networks.headlines()
    assert [] == found.pop(away)
    assert {name: [1, 2] for name in PLATFORMS if name != away} == found
    for _ in range(12):
        bed.clock.advance(timedelta(minutes=15))
        await bed.pump()
    assert [1, 2] == (await networks.headlines())[away]
