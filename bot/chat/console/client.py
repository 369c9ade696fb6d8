"""The console as a platform: it prints what is posted, and a transcript remembers it. Reads nothing that is typed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from bot.chat.console import transcript
from bot.chat.console.settings import ConsoleSettings
from bot.core.errors import RetryLater
from bot.core.outbox import Capabilities, Finding, Found, Op, Outgoing

if TYPE_CHECKING:
    from bot.chat.console.screen import Screen

__all__ = ["ACCOUNT", "Console", "ConsoleSettings"]

ACCOUNT = "console"
"""The remote id of the console's one account; its tenant and channel are called the same."""

NOTES = {Op.EDIT: "Changed:", Op.REPLY: "In answer to an earlier alert:"}


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
        self._given = screen
        self._style, self._stream = settings.style, stream

    @cached_property
    def _screen(self) -> Screen:
        from bot.chat.console.screen import open_screen  # here: a round that posts nothing does not pay for a terminal

        return self._given or open_screen(self._style, self._stream)

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
        from bot.chat.console.render import render_plain

        if self._path is not None:
            of = post.of[0] if post.of else ""
            text = render_plain(post.message)
            transcript.append(self._path, transcript.Entry(now, post.op.value, remote_id, of, post.key, text))
        try:
            self._screen.show(post.message, NOTES.get(post.op, ""))
        except (OSError, ValueError) as error:  # a closed pipe; with a transcript, the post is made all the same
            if self._path is None:
                raise RetryLater(f"Standard output cannot be written: {error}.", in_doubt=False) from error
