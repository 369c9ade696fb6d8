"""The platforms, one line each. What one needs is imported when it is opened, so that others do not pay for it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING

from bot.chat.console.settings import ConsoleSettings

if TYPE_CHECKING:
    from bot.chat.console.client import Console, Screen
    from bot.commands.answer import Office

__all__ = [
    "PLATFORMS",
    "Console",
    "ConsoleSettings",
    "Screen",
    "chat_loop",
    "open_console",
    "open_screen",
    "platform_class",
]

PLATFORMS: dict[str, str] = {
    "console": "bot.chat.console.client:Console",
}
"""Name in settings, commands and rows -> the class that is its client."""


def platform_class(name: str) -> type:
    """The client's class of a platform. Raises KeyError for a name that is not in the table."""
    module, _, attribute = PLATFORMS[name].partition(":")
    found: type = getattr(import_module(module), attribute)
    return found


def open_screen(style: str = "auto") -> Screen:
    """A screen on standard output, in panels or plain lines."""
    from bot.chat.console import client

    return client.open_screen(style)


async def chat_loop(
    office: Office, account: int, screen: Screen, *, afterwards: Callable[[], Awaitable[None]] | None = None
) -> int:
    """Answer what is typed until the end; the exit code. `afterwards` is awaited after each answer."""
    from bot.chat.console import inbound

    return await inbound.chat_loop(office, account, screen, afterwards=afterwards)


def open_console(settings: ConsoleSettings, now: Callable[[], datetime], screen: Screen | None = None) -> Console:
    """The console as a platform, on `screen` or on standard output."""
    from bot.chat.console.client import Console

    return Console(settings, now, screen)
