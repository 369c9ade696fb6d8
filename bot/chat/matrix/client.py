"""Matrix as a platform: a post becomes one event of a room, and what people write there becomes answers.

The transaction id of an event is the post's key: within a day the server makes one event of it, however often it is
sent. Waits for nothing but the network, and in `serve`.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TypeVar

from bot.chat.matrix.errors import MatrixError, Refused, Unreachable, as_delivery_error
from bot.chat.matrix.inbound import Ears, say
from bot.chat.matrix.render import OURS, Content, edit_content, fits_whole, post_content
from bot.chat.matrix.rooms import TOMBSTONE, Rooms
from bot.chat.matrix.settings import MatrixSettings
from bot.chat.matrix.standing import explain, replaced
from bot.chat.matrix.sync import LONGEST_MS, Batch, read_batch, sync_query
from bot.chat.matrix.wire import Json, Wire
from bot.commands.answer import Office
from bot.core.errors import DeliveryError, Gone, RetryLater
from bot.core.outbox import Capabilities, Finding, Found, Op, Outgoing
from bot.storage.accounts import read_sync_token, save_sync_token

__all__ = ["Matrix", "MatrixSettings"]

log = logging.getLogger(__name__)

REST_FIRST_S, REST_CAP_S = 1.0, 60.0
SKEW = timedelta(minutes=5)
"""How far the server's clock may be behind ours when history is looked through."""

TRIES = 6
"""How often a batch is tried as a whole before what the server cannot do is left undone."""

UNENCRYPTED = "Invite me to a room without encryption, or make one for the news alone."

T = TypeVar("T")


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Matrix:
    """The platform, logged in as one user. Remote ids are event ids."""

    name = "matrix"
    capabilities = Capabilities(
        alerts_per_post=1, characters=12_000, resend_window=timedelta(hours=20), fits=fits_whole, replaces=True
    )

    def __init__(self, settings: MatrixSettings, now: Callable[[], datetime] = _utc_now) -> None:
        """Nothing is asked of the network yet. `now` tells how old what people wrote is."""
        self._settings = settings
        self._now = now
        self._wire = Wire(settings)
        self._rooms = Rooms(self._wire)
        self._open: set[str] = set()  # rooms known to be unencrypted and in use; `serve` hears when that ends

    @property
    def account(self) -> str:
        """Our user id."""
        return self._settings.user

    async def send(self, post: Outgoing) -> tuple[str, ...]:
        """Post or answer; its one event id. Raises RetryLater, Rejected or Gone."""
        return (await self._put(post, post_content),)

    async def edit(self, post: Outgoing) -> tuple[str, ...]:
        """Replace a message; its id stays. One whose words were taken out stays empty: nothing new is shown for it."""
        event = await self._asked(post.channel, lambda: self._rooms.event(post.channel, post.of[0]))
        if event is None or is_redacted(event):
            log.info("The message %s is no longer there to be edited.", post.of[0])
            return post.of
        await self._put(post, edit_content)
        return post.of

    async def find(self, post: Outgoing, since: datetime) -> Found:
        """Whether the room's history has a message of ours with this key. Raises RetryLater or Gone."""
        try:
            return await self._asked(post.channel, lambda: self._look(post, since - SKEW))
        except LookupError:
            return Found(Finding.CANNOT_TELL)

    async def serve(self, office: Office, account: int) -> None:
        """Hear people and answer them until cancelled. Raises LodewireError where somebody has to act first."""
        ears = Ears(self._wire, self._rooms, self._settings, office, account, self._now)
        ears.visits.on_closed = self._open.discard
        await self._until_answered(ears.begin)
        async with office.database.read() as tx:
            since = await read_sync_token(tx, account)
        while True:
            batch = await self._until_answered(partial(self._next_batch, since))
            if batch is not None:
                await self._until_answered(partial(self._take, ears, batch, since, itertools.count(1)))
            since = batch.next if batch is not None else None
            async with office.database.write() as tx:
                await save_sync_token(tx, account, since)

    async def _take(self, ears: Ears, batch: Batch, since: str | None, tries: Iterator[int]) -> None:
        await ears.take(batch, since, is_last_try=next(tries) > TRIES)

    async def close(self) -> None:
        """Let the connections go. What was sent stays sent."""
        await self._wire.close()

    async def _next_batch(self, since: str | None) -> Batch | None:
        """What happened since then; None where the server knows no such time, as after its database was restored."""
        try:
            answer = await self._wire.ask("GET", "sync", query=sync_query(since), patience_s=LONGEST_MS / 1000 + 30)
        except Refused as error:
            if since is None or error.status != 400:
                raise
            log.warning("The homeserver no longer knows how far we had heard; we begin anew: %s", error)
            return None
        return read_batch(answer, self.account)

    async def _until_answered(self, work: Callable[[], Awaitable[T]]) -> T:
        """Try until the server answers, resting in between; said in the log once. A lost login is raised at once."""
        rest = REST_FIRST_S
        while True:
            try:
                return await work()
            except (Unreachable, Refused) as error:
                if isinstance(error, Refused) and error.is_token:
                    raise as_delivery_error(error) or error from error
                (log.warning if rest == REST_FIRST_S else log.info)("Matrix is not heard: %s", error)
                wished = error.after if isinstance(error, Refused) else None
                await asyncio.sleep(wished.total_seconds() if wished else rest)
                rest = min(rest * 2, REST_CAP_S)

    async def _look(self, post: Outgoing, since: datetime) -> Found:
        async for event in self._rooms.own_messages(post.channel, since):
            if post.key in keys_of(event):
                return Found(Finding.FOUND, post.of if post.op is Op.EDIT else (str(event["event_id"]),))
        return Found(Finding.ABSENT)

    async def _put(self, post: Outgoing, draw: Callable[[Outgoing], Content]) -> str:
        """One event of the room under the post's key, where the room may have it."""
        content = await asyncio.to_thread(draw, post)  # the first look at a time zone reads a file

        async def put() -> str:
            await self._require_open(post.channel)
            return await say(self._wire, post.channel, post.key, content)

        return await self._asked(post.channel, put)

    async def _require_open(self, room: str) -> None:
        """Raise Gone for an encrypted or replaced room. Asked once a room; `serve` hears when one becomes so later."""
        if room in self._open:
            return
        if await self._rooms.is_encrypted(room):
            raise Gone(f"The room {room} is encrypted, which this version cannot do.", UNENCRYPTED)
        tombstone = await self._rooms.state(room, TOMBSTONE)
        if tombstone is not None:
            raise replaced(room, self.account, tombstone)
        self._open.add(room)

    async def _asked(self, room: str, work: Callable[[], Awaitable[T]]) -> T:
        """Do it, with every trouble said as one that delivery knows."""
        try:
            return await work()
        except MatrixError as error:
            raise as_delivery_error(error) or await self._explain(room, error) from error

    async def _explain(self, room: str, error: MatrixError) -> DeliveryError:
        """Why the room does not let us: we are not in it, it was replaced, or we may not write."""
        try:
            return await explain(self._rooms, room, self.account, error)
        except MatrixError as second:
            return as_delivery_error(second) or RetryLater(str(error), in_doubt=False)


def keys_of(event: Json) -> tuple[object, ...]:
    """The keys under which a message of ours was made: in its content, and, if its words were taken out, as its
    transaction, which the server tells the device that made it.
    """
    ours = event.get("content", {}).get(OURS, {})
    return ours.get("key"), event.get("unsigned", {}).get("transaction_id")


def is_redacted(event: Json) -> bool:
    """Whether its words were taken out."""
    return "redacted_because" in event.get("unsigned", {}) or not event.get("content")
