"""What is typed at the console becomes calls: the loop of `lodewire chat`. Who sits there is moderator and operator."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import TextIO

from bot.chat.console.client import ACCOUNT
from bot.chat.console.keyboard import next_line, terminal_kept
from bot.chat.console.screen import Screen
from bot.commands.answer import Office, answer
from bot.commands.command import Asker, Call, Place, Reply
from bot.commands.replies import refusal
from bot.commands.typed import read_call
from bot.core.errors import CommandError

LEAVING = {"quit", "exit", "bye", ":q"}
PERSON = Asker("console", "console", "console", is_moderator=True, is_operator=True)
PLACE = Place(ACCOUNT, ACCOUNT, is_direct=True, direct=ACCOUNT)


def read_line(text: str, zone: str = "UTC") -> Call:
    """The call that a line means. Raises CommandError, written for the person."""
    return read_call(text, PERSON, PLACE if zone == "UTC" else Place(ACCOUNT, ACCOUNT, True, ACCOUNT, zone))


async def answer_line(office: Office, text: str, account: int, zone: str = "UTC") -> Reply:
    """The reply to a line. Never raises on purpose."""
    try:
        call = read_line(text, zone)
    except CommandError as error:
        return refusal(error, zone)
    return await answer(office, call, None, account)


async def chat_loop(
    office: Office,
    account: int,
    screen: Screen,
    *,
    source: TextIO | None = None,
    zone: str = "UTC",
    afterwards: Callable[[], Awaitable[None]] | None = None,
) -> int:
    """Answer line after line until `quit` or the end of the input. Returns the exit code, 0.

    Piped input works the same, without a prompt. `afterwards` is awaited after each answer.
    """
    stream = source or sys.stdin
    if stream.isatty():
        await asyncio.to_thread(print_hint, screen)
    with terminal_kept(stream) as read:
        while (line := await next_line(read)) is not None:
            said = line.strip()
            if said.casefold() in LEAVING:
                break
            if said:
                reply = await answer_line(office, said, account, zone)
                await asyncio.to_thread(screen.answer, reply)
                if afterwards is not None:
                    await afterwards()
    return 0


def print_hint(screen: Screen) -> None:
    """Say how to go on."""
    screen.terminal.print("Write a command; help lists them, quit ends.", style="dim")
