"""Discord for the crash driver: the fake runs in the process that started the driver, and outlives every crash."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.app.build import App
from bot.chat.discord.client import Discord
from bot.chat.registry import PLATFORMS, ConsoleSettings, DiscordSettings
from bot.storage import following, places, topics
from tests.chat.discord_world import words_of
from tests.crash_driver import ConsoleScene
from tests.fakediscord.control import ask
from tests.fakediscord.state import GUILD, MINERALS, TOKEN


class DiscordScene(ConsoleScene):
    """The real client; its two calls that change something are points."""

    wire = (Discord, ("send", "edit"))

    def sections(self, folder: Path) -> dict[str, Any]:
        """Discord alone."""
        return {"console": ConsoleSettings(enabled=False), "discord": DiscordSettings(token=TOKEN)}

    async def enter(self, app: App) -> None:
        """Let the fake's channel follow."""
        async with app.line.database.write() as tx:
            [account] = app.clients
            tenant = await places.ensure_tenant(tx, account, str(GUILD))
            channel, _ = await places.ensure_channel(tx, tenant, str(MINERALS), app.line.now())
            query = await topics.intern_query(tx, '"rare earth"')
            await following.follow(tx, query, channel, "rare earth", None, app.line.now())

    def begin(self, folder: Path) -> None:
        """An empty channel."""
        ask("forget")

    def shown(self, folder: Path) -> list[tuple[str, str, str]]:
        """Each alert that stands there, with its words as they are now: several may share a message."""
        return [
            ("post", f"{message['id']}/{number}", words_of({"content": "", "embeds": [embed]}))
            for message in ask("messages")
            for number, embed in enumerate(message["embeds"])
        ]


def open_crash_scene() -> DiscordScene:
    """The scene; the environment says where the fake is."""
    PLATFORMS["discord"] = "tests.fakediscord.launch:NearDiscord"
    return DiscordScene()
