"""The bot with its ears open at the fake: a real office over a database, and a gateway session in a task."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from sqlalchemy import insert, select

from bot.chat.discord.client import Discord
from bot.core.errors import LodewireError
from bot.storage.database import Database
from bot.storage.schema import cards, post_cards, posts
from tests.chat.discord_world import open_discord
from tests.clock import Clock
from tests.commands.newsroom import Newsroom, open_newsroom
from tests.fakediscord.people import Person
from tests.fakediscord.server import FakeDiscord

ANA, CHEN = 901, 902


@dataclass
class Ears:
    """What a test needs of it. `ended`: why sessions ended, oldest first."""

    fake: FakeDiscord
    client: Discord
    newsroom: Newsroom
    ended: list[str] = field(default_factory=list)

    @property
    def ana(self) -> Person:
        """Somebody without rights."""
        return Person(self.fake, ANA)

    @property
    def chen(self) -> Person:
        """Somebody who manages the server."""
        return Person(self.fake, CHEN, "chen", manages=True)

    async def hears(self, count: int = 1, said: str = "identify") -> None:
        """Wait until so many sessions have begun (or been resumed)."""
        async with asyncio.timeout(15):
            while sum(said in line for line in self.fake.gateway.log) < count:  # noqa: ASYNC110 - in another thread
                await asyncio.sleep(0.01)

    async def deliver(self, key: str) -> None:
        """Count the newest story's card as shown by a post with this key."""
        async with self.newsroom.database.write() as tx:
            channel, card = (await tx.execute(select(cards.c.channel, cards.c.id).order_by(cards.c.id.desc()))).first()
            post = {"key": key, "channel": channel, "op": "post", "state": "shown"}
            number = (await tx.execute(insert(posts).values(post).returning(posts.c.id))).scalar_one()
            await tx.execute(insert(post_cards).values(post=number, card=card, rev=1))

    async def keep(self) -> None:
        """Serve again whenever a session ends, as the runner does, without its pauses."""
        while True:
            try:
                await self.client.serve(self.newsroom.office, self.newsroom.account)
                self.ended.append("it ended")
            except LodewireError as error:
                self.ended.append(str(error))
            except Exception as error:  # noqa: BLE001 - the runner logs it and goes on
                self.ended.append(f"unforeseen {type(error).__name__}")
            await asyncio.sleep(0.1)


@asynccontextmanager
async def open_ears(database: Database, clock: Clock) -> AsyncIterator[Ears]:
    """Ears that hear; everything sent meanwhile was right."""
    with FakeDiscord(clock) as fake:
        ears = Ears(fake, open_discord(fake, clock), await open_newsroom(database, clock))
        serving = asyncio.create_task(ears.keep())
        await ears.hears()
        yield ears
        serving.cancel()
        with suppress(asyncio.CancelledError):
            await serving
        await ears.client.close()
        print(fake.figures())
        assert [] == fake.violations()
