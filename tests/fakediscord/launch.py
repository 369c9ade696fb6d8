"""The real program with its way to Discord bent to the fake: `python -m tests.fakediscord.launch run --config FILE`.

One line of the platforms' table names the client below instead of its parent, which differs in the connector alone.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.chat.discord.client import Discord
from bot.chat.discord.settings import DiscordSettings
from bot.chat.registry import PLATFORMS
from bot.cli import main
from tests.fakediscord.server import way_to


class NearDiscord(Discord):
    """The client, told where the fake is by the environment."""

    def __init__(self, settings: DiscordSettings, now: Callable[[], datetime]) -> None:
        trusted = Path(os.environ["FAKE_DISCORD_CERTIFICATE"]).read_text("ascii")
        super().__init__(settings, now, connector=way_to(int(os.environ["FAKE_DISCORD_PORT"]), trusted))


if __name__ == "__main__":
    PLATFORMS["discord"] = "tests.fakediscord.launch:NearDiscord"
    main()
