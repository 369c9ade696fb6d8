"""The console's world: a screen nobody looks at, and the transcript, which tells what was shown."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from pathlib import Path

from bot.chat.console.client import Console, ConsoleSettings
from bot.chat.console.inbound import PERSON, PLACE
from bot.chat.console.render import reply_plain
from bot.chat.console.screen import open_screen
from bot.commands.command import Reply
from tests.chat.contract import Seen
from tests.clock import Clock

__all__ = ["PERSON", "PLACE", "open_world", "read_reply"]


@dataclass
class ConsoleWorld:
    """The real console with a transcript."""

    platform: Console
    path: Path
    clock: Clock
    channel: str = "console"

    async def seen(self) -> list[Seen]:
        """Each message once, with its last words."""
        found: dict[str, Seen] = {}
        for line in self.path.read_text("utf-8").splitlines() if self.path.exists() else []:
            row = json.loads(line)
            known = found.get(row["remote_id"])
            answers = row["of"] if row["op"] == "reply" else ""
            edits = known.edits + 1 if known and row["op"] == "edit" else 0
            found[row["remote_id"]] = Seen(row["remote_id"], row["text"], edits, known.answers if known else answers)
        return list(found.values())

    def now(self) -> datetime:
        """The clock of the test."""
        return self.clock()


@asynccontextmanager
async def open_world(folder: Path, clock: Clock) -> AsyncIterator[ConsoleWorld]:
    """A console that prints to nowhere."""
    path = folder / "transcript.jsonl"
    screen = await asyncio.to_thread(open_screen, "plain", StringIO())
    console = Console(ConsoleSettings(transcript=str(path)), clock, screen)
    yield ConsoleWorld(console, path, clock)
    await console.close()


def read_reply(reply: Reply) -> str:
    """A reply as it is printed."""
    return reply_plain(reply)
