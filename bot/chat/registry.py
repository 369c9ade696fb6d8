"""The platforms, one line each. What one needs is imported when it is opened, so that others do not pay for it.

A platform's client sends (the jobs' `Platform`) and hears: `serve` turns what people do into calls and answers them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from bot.chat.console.settings import ConsoleSettings
from bot.chat.discord.settings import DiscordSettings
from bot.chat.matrix.settings import MatrixSettings
from bot.jobs.line import Platform

if TYPE_CHECKING:
    from bot.chat.console.client import Console
    from bot.chat.console.screen import Screen
    from bot.commands.answer import Office
    from bot.commands.command import Reply

__all__ = [
    "PLATFORMS",
    "Client",
    "Console",
    "ConsoleSettings",
    "DiscordSettings",
    "MatrixSettings",
    "Screen",
    "answer_line",
    "chat_loop",
    "discord_invitation",
    "list_accounts",
    "matrix_login",
    "open_clients",
    "open_console",
    "open_screen",
    "platform_class",
]

CONSOLE = "console"
PLATFORMS: dict[str, str] = {
    CONSOLE: "bot.chat.console.client:Console",
    "discord": "bot.chat.discord.client:Discord",
    "matrix": "bot.chat.matrix.client:Matrix",
}
"""Name in settings, commands and rows -> the class that is its client."""


class Client(Platform, Protocol):
    """A platform with the bot logged in as one account."""

    @property
    def name(self) -> str:
        """The platform's name in the registry, in rows and in settings."""

    @property
    def account(self) -> str:
        """The platform's own id of the login, known before the network is: a user's number, `@name:server`."""

    async def serve(self, office: Office, account: int) -> None:
        """Hear people and answer them until cancelled. May end or raise: the runner starts it again, with a pause."""

    async def close(self) -> None:
        """Let the connections go. What was sent stays sent."""


def platform_class(name: str) -> type:
    """The client's class of a platform. Raises KeyError for a name that is not in the table."""
    module, _, attribute = PLATFORMS[name].partition(":")
    found: type = getattr(import_module(module), attribute)
    return found


def open_screen(style: str = "auto") -> Screen:
    """A screen on standard output, in panels or plain lines."""
    from bot.chat.console import screen

    return screen.open_screen(style)


async def answer_line(office: Office, line: str, account: int) -> Reply:
    """The answer to one line of the console."""
    from bot.chat.console import inbound

    return await inbound.answer_line(office, line, account)


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


def list_accounts(settings: object) -> list[tuple[str, str]]:
    """The platforms that are set up, but the console, with the account each logs in as. Asks no network."""
    sections = ((name, getattr(settings, name)) for name in PLATFORMS if name != CONSOLE)
    return [(name, section.account) for name, section in sections if section.enabled]


def open_clients(settings: object, now: Callable[[], datetime]) -> Iterator[tuple[str, Client]]:
    """The clients of the platforms that are set up, by name, but the console. None of them waits for its network.

    `settings` has a section for each platform, under its name.
    """
    for name in PLATFORMS:
        section: Any = getattr(settings, name)
        if name != CONSOLE and section.enabled:
            yield name, platform_class(name)(section, now)


def discord_invitation(settings: DiscordSettings) -> str:
    """The link that invites the bot. Raises SettingsError for what is no token."""
    from bot.chat.discord.invite import invitation

    return invitation(settings.token)


async def matrix_login(settings: MatrixSettings, password: str) -> str:
    """The token of a login made now, for the bot's one device. Raises SettingsError."""
    from bot.chat.matrix.login import log_in

    return await log_in(settings, password)
