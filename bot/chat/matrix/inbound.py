"""What people do in rooms becomes calls, and each is answered once, under an id made from the event it answers.

A batch that cannot be finished raises, is asked for again and done again: the inbox gives the same replies, and the
server makes no second event of the same id.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256

from bot.chat.matrix.directs import Directs
from bot.chat.matrix.errors import MatrixError, Refused, Unreachable
from bot.chat.matrix.render import OURS, Content, reply_content
from bot.chat.matrix.rooms import ENCRYPTION, TOMBSTONE, Rooms, said_at
from bot.chat.matrix.settings import MatrixSettings
from bot.chat.matrix.sync import Batch, Json
from bot.chat.matrix.visits import Visits
from bot.chat.matrix.wire import Wire
from bot.chat.matrix.words import command_text, relation_of, spoken, thread_of
from bot.commands.answer import Office, answer_text
from bot.commands.command import Asker, Place, Reply
from bot.commands.controls import Shown, answer_control, find_control
from bot.core.errors import LodewireError

log = logging.getLogger(__name__)

STALE = timedelta(minutes=10)
"""What was asked longer ago, while we were away, is not answered any more: the person has gone on."""


class Ears:
    """Hears one account's batches. `settings` say what a command begins with."""

    def __init__(
        self,
        wire: Wire,
        rooms: Rooms,
        settings: MatrixSettings,
        office: Office,
        account: int,
        now: Callable[[], datetime],
    ) -> None:
        self._wire, self._rooms, self._settings = wire, rooms, settings
        self._office, self._account, self._now = office, account, now
        self._directs = Directs(wire, rooms)
        self.visits = Visits(wire, rooms, settings, self._directs, office.database, account)
        self._names: tuple[str, ...] = ()
        self._done: set[str] = set()  # of the batch that is being heard

    async def begin(self) -> None:
        """Learn what we are called. Raises MatrixError."""
        user = self._wire.user
        self._names = (user, await self._shown_name(), user[1:].partition(":")[0])
        await self._directs.read()

    async def _shown_name(self) -> str:
        """The name that clients show for us, or ""."""
        try:
            return str((await self._wire.ask("GET", "profile", self._wire.user)).get("displayname") or "")
        except Refused as error:
            if error.status not in (403, 404):  # some servers show no profile, or have none
                raise
            return ""

    async def take(self, batch: Batch, since: str | None, *, is_last_try: bool = False) -> None:
        """Deal with a batch: all of it, or it raises. Of the first ever only invitations count: the rest is history.

        On the last try what the server cannot do is left undone, so that one room never silences all others.
        """
        works = [(f"invite {one.room}", partial(self.visits.answer_invite, one, since)) for one in batch.invites]
        works += [(f"leave {room}", partial(self.visits.leave_behind, room)) for room in batch.left]
        if since is not None:
            works += [(event["event_id"], partial(self._hear, room, event)) for room, event in batch.events]
        for name, work in works:
            await self._once(name, work, is_last_try)
        self._done.clear()

    async def _once(self, name: str, work: Callable[[], Awaitable[None]], is_last_try: bool) -> None:
        """Do it, unless a former try of this batch did. One event's trouble is not another's."""
        if name in self._done:
            return
        try:
            await work()
        except Unreachable:
            raise
        except Refused as error:
            if error.is_limit or error.is_token or (error.is_server and not is_last_try):
                raise
            log.warning("%s is left undone: %s", name, error)
        except LodewireError:
            raise
        except Exception:
            log.exception("%s is left undone.", name)
        self._done.add(name)

    async def _hear(self, room: str, event: Json) -> None:
        kind = event["type"]
        if kind in (ENCRYPTION, TOMBSTONE) and event.get("state_key") == "":
            await (
                self.visits.refuse_encrypted(room, event["event_id"])
                if kind == ENCRYPTION
                else self.visits.mark_replaced(room, event)
            )
        elif event["sender"] == self._wire.user or self._now() - said_at(event) > STALE:
            return
        elif kind == "m.room.message":
            await self._hear_message(room, event)
        elif kind == "m.reaction":
            await self._hear_reaction(room, event)

    async def _hear_message(self, room: str, event: Json) -> None:
        content, is_direct = event["content"], False
        text = command_text(content, self._wire.user, self._names, self._settings.prefix)
        if self._directs.has(room) and spoken(content):
            is_direct = await self._rooms.members(room) <= 2
            text = spoken(content) if text is None and is_direct else text
        if text is None:
            return
        who, where = await self._asker(room, event), await self._place(room, event, is_direct)
        reply = await answer_text(self._office, text, who, where, event["event_id"], self._account)
        await self._reply(room, event, reply, thread_of(content), "" if is_direct else self._settings.prefix)

    async def _hear_reaction(self, room: str, event: Json) -> None:
        relation = relation_of(event["content"])
        target, control = relation.get("event_id"), find_control(str(relation.get("key", "")))
        if control is None or relation.get("rel_type") != "m.annotation" or not isinstance(target, str):
            return
        message = await self._rooms.event(room, target)
        if message is None or not self._is_our_post(message):
            return
        is_direct = self._directs.has(room) and await self._rooms.members(room) <= 2
        who, where = await self._asker(room, event), await self._place(room, event, is_direct)
        shown = Shown(remote_id=target)
        reply = await answer_control(self._office, control, shown, who, where, event["event_id"], self._account)
        thread = thread_of(message["content"]) or target
        await self._reply(room, event, reply, thread, "" if is_direct else self._settings.prefix, to=target)

    def _is_our_post(self, message: Json) -> bool:
        ours = message.get("content", {}).get(OURS)
        return message.get("sender") == self._wire.user and isinstance(ours, dict) and "key" in ours

    async def _asker(self, room: str, event: Json) -> Asker:
        """Who asks, with the rights they have in this room at this moment."""
        sender = event["sender"]
        powers = await self._rooms.powers(room)
        return Asker("matrix", sender, sender[1:].partition(":")[0], is_moderator=powers.is_moderator(sender))

    async def _place(self, room: str, event: Json, is_direct: bool) -> Place:
        direct = room if is_direct else await self._directs.room_of(event["sender"])
        return Place(room, room, is_direct=is_direct, direct=direct, noun="room")

    async def _reply(self, room: str, event: Json, reply: Reply, thread: str, prefix: str, to: str = "") -> None:
        content = await asyncio.to_thread(reply_content, reply, to or event["event_id"], thread, prefix)
        await say(self._wire, room, f"re-{digest(event['event_id'])}", content)
        try:
            await self._wire.ask("POST", "rooms", room, "receipt", "m.read", event["event_id"], body={})
        except MatrixError as error:  # the answer is there; that it was read is a courtesy
            log.info("No read receipt for %s: %s", event["event_id"], error)


async def say(wire: Wire, room: str, key: str, content: Content) -> str:
    """Make an event of a room, or find out that the same key made it before; its id. Raises MatrixError."""
    answer = await wire.ask("PUT", "rooms", room, "send", "m.room.message", key, body=content)
    return str(answer["event_id"])


def digest(text: str) -> str:
    """A short name for something with a long one."""
    return sha256(text.encode()).hexdigest()[:24]
