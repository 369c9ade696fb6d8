"""A line of real jobs that posts to the fake of Discord and, beside it, to the console; both follow rare earths."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.chat.discord.client import Discord
from bot.storage import places
from bot.storage.database import Database
from tests.bed import RARE, Bed, open_bed
from tests.chat.discord_world import open_discord, words_of
from tests.clock import Clock
from tests.fakediscord.server import FakeDiscord
from tests.fakediscord.state import GUILD, MINERALS, Channel


@dataclass
class Desk:
    """The bed of the jobs, the client, the fake. Moves the clock itself."""

    bed: Bed
    client: Discord
    fake: FakeDiscord
    account: int
    tenant: int

    async def open_channel(self, remote_id: str, expr: str = RARE) -> int:
        """A channel of the server, or a direct chat, that follows."""
        async with self.bed.line.database.write() as tx:
            number, _ = await places.ensure_channel(tx, self.tenant, remote_id, self.bed.clock())
        await self.bed.follow(expr, number)
        return number

    async def pump_for(self, time: timedelta, step: timedelta = timedelta(minutes=1)) -> Counter[str]:
        """Let the time pass in steps, with the jobs run at each."""
        counts = await self.bed.pump()
        until = self.bed.clock() + time
        while self.bed.clock() < until:
            self.bed.clock.advance(step)
            counts += await self.bed.pump()
        return counts

    def messages(self, channel: int = MINERALS) -> list[dict[str, Any]]:
        """What stands in a channel, oldest first."""
        return self.fake.state.channels[channel].messages

    def headlines(self, channel: int = MINERALS) -> list[str]:
        """The headlines that stand in a channel, oldest first."""
        return [embed["title"] for message in self.messages(channel) for embed in message["embeds"]]

    def words(self, channel: int = MINERALS) -> str:
        """All words in a channel."""
        return "\n".join(map(words_of, self.messages(channel)))

    def notices(self) -> list[str]:
        """What the operator was told on the console."""
        return [row["text"] for row in self.bed.shown() if row["text"].startswith("Lodewire\n")]


@asynccontextmanager
async def open_desk(database: Database, folder: Path, clock: Clock) -> AsyncIterator[Desk]:
    """A desk whose every request was right in the end."""
    with FakeDiscord(clock) as fake:
        bed = await open_bed(database, folder, clock)
        client = open_discord(fake, clock)
        async with database.write() as tx:
            account = await places.ensure_account(tx, "discord", client.account)
            tenant = await places.ensure_tenant(tx, account, str(GUILD))
        bed.line.platforms = {**bed.line.platforms, account: client}
        desk = Desk(bed, client, fake, account, tenant)
        await desk.open_channel(str(MINERALS))
        yield desk
        await client.close()
        print(fake.figures())
        assert [] == fake.violations()


def add_channel(fake: FakeDiscord, number: int, name: str) -> str:
    """Another channel of the server; its remote id."""
    fake.state.channels[number] = Channel(number, name)
    return str(number)
