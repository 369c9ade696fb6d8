"""Waiting for a person's next line without holding the event loop, and leaving the terminal as it was found."""

from __future__ import annotations

import asyncio
import sys
import termios
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from io import TextIOWrapper
from threading import Thread
from typing import TextIO

PROMPT = "lodewire> "

ReadLine = Callable[[], str | None]


async def next_line(read: ReadLine) -> str | None:
    """The next line, or None at the end.

    The thread that waits is a daemon: Ctrl-C must end the program although nobody presses Enter.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[str | None] = loop.create_future()

    def wait() -> None:
        try:
            line, error = read(), None
        except Exception as trouble:  # noqa: BLE001 - a stream that fails is the caller's to hear of
            line, error = None, trouble
        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(_give, answer, line, error)

    Thread(target=wait, name="keyboard", daemon=True).start()
    return await answer


def _give(answer: asyncio.Future[str | None], line: str | None, error: Exception | None) -> None:
    if answer.done():
        return
    if error is None:
        answer.set_result(line)
    else:
        answer.set_exception(error)


@contextmanager
def terminal_kept(stream: TextIO) -> Iterator[ReadLine]:
    """How lines are read: with prompt and history at a terminal, plainly from a pipe. Restores the terminal's modes."""
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(errors="replace")
    if stream is not sys.stdin or not stream.isatty():
        yield lambda: stream.readline() or None
        return
    with suppress(ImportError):
        import_module("readline")  # being imported, it gives `input` editing and history
    modes = termios.tcgetattr(stream)
    try:
        yield _ask
    finally:
        termios.tcsetattr(stream, termios.TCSANOW, modes)


def _ask() -> str | None:
    try:
        return input(PROMPT)
    except EOFError:
        return None
