"""The console as a platform: it prints what is posted, and a transcript remembers it. Reads nothing that is typed."""

from __future__ import annotations

import asyncio
import errno
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from rich.console import Console as RichConsole
from rich.console import RenderableType

from bot.chat.console import transcript
from bot.chat.console.render import render_plain, render_rich, reply_plain, reply_rich
from bot.chat.console.settings import ConsoleSettings
from bot.commands.command import Reply
from bot.core.errors import RetryLater
from bot.core.messages import Message
from bot.core.outbox import Capabilities, Finding, Found, Op, Outgoing

__all__ = ["ACCOUNT", "Console", "ConsoleSettings", "Screen", "open_screen"]

ACCOUNT = "console"
"""The remote id of the console's one account; its tenant and channel are called the same."""

NOTES = {Op.EDIT: "Changed:", Op.REPLY: "In answer to an earlier alert:"}


class Terminal(RichConsole):
    """Rich's console, which would end the whole program where the reader of a pipe has gone."""

    def on_broken_pipe(self) -> None:
        """Raise it like any other error."""
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))


@dataclass(frozen=True, slots=True)
class Screen:
    """Where it is printed. Blocking: a slow terminal holds up whoever prints."""

    terminal: Terminal
    is_rich: bool

    def show(self, message: Message, note: str = "") -> None:
        """Print a message, with a word on what it is where it is no new post."""
        self._print(f"{note}\n{render_plain(message)}".lstrip(), lambda: render_rich(message), note)

    def answer(self, reply: Reply) -> None:
        """Print a reply to a person."""
        self._print(reply_plain(reply), lambda: reply_rich(reply))

    def _print(self, text: str, draw: Callable[[], RenderableType], note: str = "") -> None:
        if not self.is_rich:
            self.terminal.file.write(f"{text}\n\n")
            self.terminal.file.flush()
            return
        if note:
            self.terminal.print(note, style="dim", markup=False, highlight=False)
        self.terminal.print(draw())


def open_screen(
    style: str = "auto", file: TextIO | None = None, environment: Mapping[str, str] | None = None
) -> Screen:
    """A screen on `file` (standard output). Plain where that is no terminal, or NO_COLOR or TERM=dumb asks for it."""
    env = os.environ if environment is None else environment
    stream = file or sys.stdout
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(errors="replace")  # a letter the terminal does not know must not hold up a post
    terminal = Terminal(file=stream, highlight=False, markup=False, emoji=False)
    asks_plain = bool(env.get("NO_COLOR")) or env.get("TERM") == "dumb"
    is_rich = style == "rich" or (style == "auto" and terminal.is_terminal and not asks_plain)
    return Screen(terminal, is_rich)


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Console:
    """The platform. Remote ids are made from the post's key, so the same key always gives the same id."""

    name = "console"
    capabilities = Capabilities(alerts_per_post=1)

    def __init__(
        self,
        settings: ConsoleSettings,
        now: Callable[[], datetime] = _utc_now,
        screen: Screen | None = None,
        *,
        stream: TextIO | None = None,
    ) -> None:
        """Print on `screen`, or to `stream`, or to standard output; `now` dates the transcript."""
        self._now = now
        self._path = Path(settings.transcript).expanduser() if settings.transcript else None
        self._screen = screen or open_screen(settings.style, stream)

    async def send(self, post: Outgoing) -> tuple[str, ...]:
        """Print a post or an answer; its one remote id. Raises RetryLater or Gone, and then nothing was printed."""
        remote_id = f"console-{post.key}"
        await self._put(post, remote_id)
        return (remote_id,)

    async def edit(self, post: Outgoing) -> tuple[str, ...]:
        """Print the changed post anew; a terminal cannot go back. The remote id stays. Raises RetryLater or Gone."""
        remote_id = post.of[0] if post.of else f"console-{post.key}"
        await self._put(post, remote_id)
        return (remote_id,)

    async def find(self, post: Outgoing, since: datetime) -> Found:
        """Whether the transcript has this key. Without a transcript nobody can tell. Raises RetryLater or Gone."""
        if self._path is None:
            return Found(Finding.CANNOT_TELL)
        remote_id = await asyncio.to_thread(transcript.find_key, self._path, post.key)
        return Found(Finding.ABSENT) if remote_id is None else Found(Finding.FOUND, (remote_id,))

    async def close(self) -> None:
        """Nothing is held open."""

    async def _put(self, post: Outgoing, remote_id: str) -> None:
        """Into the transcript first: what is printed is then always remembered, and never printed twice."""
        await asyncio.to_thread(self._put_now, post, remote_id, self._now())

    def _put_now(self, post: Outgoing, remote_id: str, now: datetime) -> None:
        if self._path is not None:
            of = post.of[0] if post.of else ""
            text = render_plain(post.message)
            transcript.append(self._path, transcript.Entry(now, post.op.value, remote_id, of, post.key, text))
        try:
            self._screen.show(post.message, NOTES.get(post.op, ""))
        except (OSError, ValueError) as error:  # a closed pipe; with a transcript, the post is made all the same
            if self._path is None:
                raise RetryLater(f"Standard output cannot be written: {error}.", in_doubt=False) from error
