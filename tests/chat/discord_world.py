"""Discord's world: the real client over TLS, and the fake's channel as a person reads it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.chat.discord.client import Discord
from bot.chat.discord.render import render_reply
from bot.chat.discord.settings import DiscordSettings
from bot.commands.command import Asker, Place, Reply
from tests.chat.contract import Seen
from tests.clock import Clock
from tests.fakediscord.checks import find_violations
from tests.fakediscord.server import FakeDiscord
from tests.fakediscord.state import MINERALS, TOKEN, Channel

PERSON = Asker("discord", "902", "chen", is_moderator=True)
PLACE = Place("700", "800", direct="user:902", has_roles=True)
CALLBACK = "POST /interactions/{interaction_id}/{interaction_token}/callback"

MARKS = (
    (re.compile(r"(?<!\\)<t:(\d+):\w>"), r"time \1"),
    (re.compile(r"(?<!\\)\[((?:[^\]\\]|\\.)*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"(?<!\\)\*\*"), ""),
    (re.compile(r"\\([^0-9A-Za-z\s])"), r"\1"),
)


@dataclass
class DiscordWorld:
    """The client, the fake, and the one channel."""

    platform: Discord
    fake: FakeDiscord
    channel: str = str(MINERALS)

    async def seen(self) -> list[Seen]:
        """The channel's messages."""
        return [as_seen(message) for message in self.fake.state.channels[MINERALS].messages]

    def now(self) -> datetime:
        """The fake's clock, from which its message numbers are made."""
        return self.fake.state.clock()


def as_seen(message: dict[str, Any]) -> Seen:
    """A message as a person reads it."""
    answers = message.get("message_reference", {}).get("message_id", "")
    return Seen(message["id"], words_of(message), message.get("edits", 0), answers, message["pings"])


def words_of(message: dict[str, Any]) -> str:
    """The words of a message from top to bottom, with the marks as Discord draws them."""
    parts = [message["content"]]
    for embed in message["embeds"]:
        parts.append(embed.get("author", {}).get("name", ""))
        parts += [read(embed.get(name, "")) for name in ("title", "description")]
        parts.append(embed.get("footer", {}).get("text", ""))
    return "\n".join(part for part in parts if part)


def read(markdown: str) -> str:
    """Markdown as Discord shows it: links by their words, marks taken away, escaped signs plain."""
    for pattern, shown in MARKS:
        markdown = pattern.sub(shown, markdown)
    return markdown


def open_discord(fake: FakeDiscord, clock: Clock) -> Discord:
    """The real client, which reaches the fake."""
    return Discord(DiscordSettings(token=TOKEN), clock, connector=fake.connector)


@asynccontextmanager
async def open_world(folder: Path, clock: Clock) -> AsyncIterator[DiscordWorld]:
    """A fake with an empty channel, and every request checked at the end."""
    with FakeDiscord(clock) as fake:
        fake.state.channels[MINERALS] = Channel(MINERALS, "minerals")
        platform = open_discord(fake, clock)
        yield DiscordWorld(platform, fake)
        await platform.close()
        assert [] == fake.violations()


def read_reply(reply: Reply) -> str:
    """A reply as a person reads it, its buttons below."""
    payload = render_reply(reply)
    if troubles := find_violations(CALLBACK, {}, {"type": 4, "data": payload | {"allowed_mentions": {"parse": []}}}):
        raise AssertionError(troubles)
    buttons = [button["label"] for row in payload["components"] for button in row["components"]]
    return "\n".join([words_of({"content": "", **payload}), *buttons])
