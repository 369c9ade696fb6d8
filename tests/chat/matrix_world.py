"""Matrix's world: a real homeserver, a room that somebody made for the bot, and what that person sees in it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

from bot.chat.matrix.client import Matrix
from bot.chat.matrix.render import reply_content
from bot.chat.matrix.settings import MatrixSettings
from bot.commands.command import Asker, Place, Reply
from tests.chat.contract import Seen
from tests.clock import Clock
from tests.person import Person
from tests.synapse import shared

PERSON = Asker("matrix", "@chen:lodewire.test", "chen", is_moderator=True)
PLACE = Place("!room:lodewire.test", "!room:lodewire.test", direct="!direct:lodewire.test", noun="room")

TAG = re.compile(r"<[^>]*>")
BREAK = re.compile(r"<(?:br|hr|/p|/li)>")


@dataclass
class MatrixWorld:
    """The real client, and Alice, who sits in the room."""

    platform: Matrix
    channel: str
    alice: Person
    bot: Person

    async def seen(self) -> list[Seen]:
        """The bot's messages as a client that draws HTML shows them."""
        return [self._seen(event) for event in self.alice.heard_from(self.channel, self.bot)]

    def _seen(self, event: dict[str, Any]) -> Seen:
        edits = [one for one in self.alice.events(self.channel) if relation(one).get("rel_type") == "m.replace"]
        mine = [one["content"]["m.new_content"] for one in edits if relation(one)["event_id"] == event["event_id"]]
        answers = relation(event).get("event_id", "")
        shown = (mine or [event["content"]])[-1]
        pings = any(content.get("m.mentions") != {} for content in (event["content"], *mine))
        return Seen(event["event_id"], shown_text(shown), len(mine), answers, pings)

    def now(self) -> datetime:
        """The server runs on this machine."""
        return datetime.now(UTC)


def relation(event: dict[str, Any]) -> dict[str, Any]:
    """How an event hangs on another."""
    found: dict[str, Any] = event["content"].get("m.relates_to", {})
    return found


def shown_text(content: dict[str, Any]) -> str:
    """The words of a message as they are drawn."""
    if "formatted_body" not in content:
        return str(content["body"])
    return unescape(TAG.sub("", BREAK.sub("\n", content["formatted_body"])))


def settings_of(bot: Person, **changes: Any) -> MatrixSettings:
    """Settings for a user's login."""
    form = {"homeserver": bot.server, "user": bot.user, "access_token": bot.token, "allow": (":lodewire.test",)}
    return MatrixSettings(**form | changes)


@asynccontextmanager
async def open_world(folder: Path, clock: Clock) -> AsyncIterator[MatrixWorld]:
    """A fresh bot and a fresh room on the server that all tests of this process share."""
    server = shared()
    bot, alice = server.person("bot"), server.person("alice")
    platform = Matrix(settings_of(bot))
    yield MatrixWorld(platform, alice.make_room(bot), alice, bot)
    await platform.close()


def read_reply(reply: Reply) -> str:
    """A reply as a client that draws HTML shows it."""
    return shown_text(reply_content(reply, "$asked", prefix="!news"))
