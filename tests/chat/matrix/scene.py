"""A line of real jobs with a console and Matrix on a real homeserver: who posts, who asks, and what people see.

`open_scene(server, url, folder)` gives a `Scene`; its console is the operator's channel.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from inspect import isawaitable
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from bot.chat.matrix.client import Matrix
from bot.chat.matrix.settings import MatrixSettings
from bot.commands.answer import Office, open_office
from bot.commands.limits import Limits
from bot.core.model import Topic
from bot.storage import places, topics
from bot.storage.accounts import read_sync_token
from bot.storage.database import Database
from bot.storage.schema import accounts, channels
from tests.bed import RARE, Bed, open_bed
from tests.chat.matrix_world import settings_of, shown_text
from tests.clock import Clock
from tests.person import Person
from tests.synapse import Synapse

TOPICS = (Topic("rare-earths", "Rare earths", '"rare earth"'), Topic("gallium", "Gallium", "gallium"))


@dataclass
class Scene:
    """The bot `bot` on a server, Alice, and the jobs over one database."""

    server: Synapse
    bed: Bed
    office: Office
    account: int
    matrix: Matrix
    bot: Person
    alice: Person

    @property
    def database(self) -> Database:
        return self.bed.line.database

    @property
    def clock(self) -> Clock:
        return self.bed.clock

    async def log_in(self, settings: MatrixSettings | None = None) -> Matrix:
        """The bot anew, as after a restart, with these settings."""
        await self.matrix.close()
        self.matrix = Matrix(settings or settings_of(self.bot), self.clock)
        self.bed.line.platforms = {**self.bed.line.platforms, self.account: self.matrix}
        return self.matrix

    async def open_room(self, *, follows: str = RARE, **options: object) -> str:
        """A room with Alice and the bot in it, which follows a query."""
        room = self.alice.make_room(self.bot, **options)
        async with self.database.write() as tx:
            tenant = await places.ensure_tenant(tx, self.account, room)
            channel, _ = await places.ensure_channel(tx, tenant, room, self.clock())
        if follows:
            await self.bed.follow(follows, channel)
        return room

    @asynccontextmanager
    async def heard(self) -> AsyncIterator[None]:
        """While the bot listens. The first answer of the server, with its history, is over when it begins."""
        task = asyncio.create_task(self.matrix.serve(self.office, self.account))
        try:
            await self.comes(lambda: task.done() or self._token(), 20)
            yield
            assert not task.done(), task.exception()
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _token(self) -> str | None:
        async with self.database.read() as tx:
            return await read_sync_token(tx, self.account)

    async def comes(self, wanted: Callable[[], Any], within_s: float = 15.0) -> Any:
        """What `wanted` answers as soon as it is true."""
        end = asyncio.get_running_loop().time() + within_s
        while True:
            found = wanted()
            if isawaitable(found):
                found = await found
            if found:
                return found
            assert asyncio.get_running_loop().time() < end, "it did not come in time"
            await asyncio.sleep(0.03)

    def said(self, room: str) -> list[str]:
        """The bot's messages in a room, as they are drawn."""
        return [shown_text(event["content"]) for event in self.alice.heard_from(room, self.bot)]

    async def answers(self, room: str, count: int) -> list[dict[str, Any]]:
        """The bot's first `count` messages in a room, as soon as there are so many."""
        heard = lambda: self.alice.heard_from(room, self.bot)  # noqa: E731
        return (await self.comes(lambda: (found := heard())[count - 1 :] and found))[:count]

    async def becomes(self, room: str, state: str) -> None:
        """Wait until a room's channel is open or gone."""

        async def is_so() -> bool:
            return await self.state_of(room) == state

        await self.comes(is_so)

    async def state_of(self, room: str) -> str | None:
        """Whether the room's channel is open or gone; None where it has none."""
        async with self.database.read() as tx:
            return (await tx.execute(select(channels.c.state).where(channels.c.remote_id == room))).scalar()

    async def forget_to(self, token: str | None) -> None:
        """Set how far was heard, as a crash before the last saving leaves it."""
        async with self.database.write() as tx:
            await tx.execute(update(accounts).where(accounts.c.id == self.account).values(sync_token=token))

    async def token(self) -> str | None:
        """How far was heard."""
        return await self._token()

    async def pump_for(self, wanted: Callable[[], Any], within_s: float = 30.0) -> None:
        """Run the jobs, the clock going as fast as the world's, until something is true."""
        loop = asyncio.get_running_loop()
        started, began = loop.time(), self.clock()
        while not wanted():
            assert loop.time() < started + within_s, "it did not come in time"
            await self.bed.pump()
            await asyncio.sleep(0.2)
            self.clock.now = began + timedelta(seconds=loop.time() - started)


@asynccontextmanager
async def open_scene(server: Synapse, url: str, folder: Path) -> AsyncIterator[Scene]:
    """A fresh bot and Alice on the server, and a database with two topics."""
    database = await Database.open(url)
    clock = Clock(datetime.now(UTC))
    bed = await open_bed(database, folder, clock, name=folder.name)
    bot, alice = server.person("bot"), server.person("alice")
    async with database.write() as tx:
        account = await places.ensure_account(tx, "matrix", bot.user)
        await topics.sync_shipped(tx, TOPICS)
    office = open_office(database, clock, Limits(commands_per_minute=1000))
    matrix = Matrix(settings_of(bot), clock)
    bed.line.platforms = {**bed.line.platforms, account: matrix}
    scene = Scene(server, bed, office, account, matrix, bot, alice)
    yield scene
    await scene.matrix.close()
    await database.close()
