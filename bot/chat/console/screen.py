"""Where the console prints: panels on a terminal, else plain lines. Decides nothing, remembers nothing."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import TextIOWrapper
from typing import TextIO

from rich.console import Console as RichConsole
from rich.console import RenderableType

from bot.chat.console.render import render_plain, render_rich, reply_plain, reply_rich
from bot.commands.command import Reply
from bot.core.messages import Message


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
