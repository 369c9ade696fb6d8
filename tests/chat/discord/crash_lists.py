"""Lists of stories on Discord for the crash driver: a digest that is turned off at the end, or a message of too many.

The environment variable `LODEWIRE_CRASH_LIST` says which, `digest` or `rolling`.
"""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from sqlalchemy import update

from bot.app.build import App
from bot.app.once import jobs_by_name, run_round
from bot.chat.registry import PLATFORMS
from bot.core.pacing import Digest
from bot.storage import pacing, places
from bot.storage.schema import channels
from tests.chat.discord.crash_scene import DiscordScene
from tests.chat.discord_world import words_of
from tests.crash_driver import FIRST, NOISE, OLD, SECOND
from tests.fakediscord.control import ask
from tests.fakediscord.state import GUILD, MINERALS
from tests.feedserver import Entry

VARIABLE = "LODEWIRE_CRASH_LIST"
THIRD = Entry("Rare earth talks begin", "They began.", "d", "http://127.0.0.1/d")
FOURTH = Entry("Rare earth magnets recycled", "They are.", "e", "http://127.0.0.1/e")
WANTED = ("bans rare earth", "roadmap ordered", "talks begin", "magnets recycled")


class ListScene(DiscordScene):
    """Two stories, then two more, in a channel with a digest that is due, or in which one alert an hour is enough."""

    stages = ([OLD], [SECOND, NOISE, FIRST, OLD], [FOURTH, THIRD, SECOND, NOISE, FIRST, OLD])
    words = (*WANTED, "old rare earth", "Cup final")

    def __init__(self, kind: str) -> None:
        self.kind = kind

    async def enter(self, app: App) -> None:
        """Let the fake's channel follow, and be told in its way."""
        await super().enter(app)
        channel, now = await self._channel(app), app.line.now()
        async with app.line.database.write() as tx:
            if self.kind == "rolling":
                await pacing.set_flood(tx, channel, 1)
                return
            await pacing.set_digest(tx, channel, Digest(), now)
            due = {"next_digest_at": now - timedelta(minutes=1)}
            await tx.execute(update(channels).where(channels.c.id == channel).values(due))

    async def _channel(self, app: App) -> int:
        async with app.line.database.read() as tx:
            [account] = app.clients
            return (await places.find_place(tx, account, str(GUILD), str(MINERALS)))[1]

    async def leave(self, app: App, *, is_end: bool) -> None:
        """At the end the digest is turned off: what it held comes then."""
        if is_end and self.kind == "digest":
            async with app.line.database.write() as tx:
                await pacing.set_digest(tx, await self._channel(app), None, app.line.now())
            await run_round(jobs_by_name(app))

    def shown(self, folder: Path) -> list[tuple[str, str, str]]:
        """Each line that tells a story, and each whole alert, as they stand there now."""
        found = []
        for message in ask("messages"):
            for number, embed in enumerate(message["embeds"]):
                text = words_of({"content": "", "embeds": [embed]})
                lines = [line for line in text.splitlines() if line.startswith("- ")] or [text]
                told = [line for line in lines if any(word in line for word in self.words)]
                found += [("post", f"{message['id']}/{number}", line) for line in told]
        return found

    def is_right(self, shown: list[tuple[str, str, str]]) -> bool:
        """Each story stands there once, and nothing else does."""
        return sorted(words for *_, words in shown) == sorted(WANTED)


def open_crash_scene() -> ListScene:
    """The scene; the environment says which, and where the fake is."""
    PLATFORMS["discord"] = "tests.fakediscord.launch:NearDiscord"
    return ListScene(os.environ[VARIABLE])
