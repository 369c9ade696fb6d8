"""What a platform is tried in: a world with the real client in it, and the eyes of somebody who sits in the channel.

Each platform has `tests/chat/<name>_world.py` with `open_world(folder, clock)`; `test_contract.py` runs over all.
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Protocol

from bot.chat.registry import Client
from bot.jobs.line import Platform
from tests.clock import Clock

__all__ = ["Client", "Seen", "World", "open_world"]


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as it stands in the channel: its words as a person reads them, and how often it was edited.

    `answers` is the remote id of the message it answers, or "". `pings` says whether anybody was notified by name.
    """

    remote_id: str
    text: str
    edits: int = 0
    answers: str = ""
    pings: bool = False


class World(Protocol):
    """A platform with one channel, which the bot may write to."""

    platform: Platform
    channel: str

    async def seen(self) -> list[Seen]:
        """The bot's messages in the channel, oldest first."""

    def now(self) -> datetime:
        """The time on the platform's own clock: what `find` is asked to look back to."""


def open_world(name: str, folder: Path, clock: Clock) -> AbstractAsyncContextManager[World]:
    """The world of a platform in the registry."""
    world: AbstractAsyncContextManager[World] = import_module(f"tests.chat.{name}_world").open_world(folder, clock)
    return world
