"""Coming into rooms and going out of them: who may ask us in, what we say first, and rooms we cannot stay in."""

from __future__ import annotations

import logging
from collections.abc import Callable
from hashlib import sha256

from bot.chat.matrix.directs import Directs
from bot.chat.matrix.errors import Refused, Unreachable
from bot.chat.matrix.render import notice_content
from bot.chat.matrix.rooms import Rooms
from bot.chat.matrix.settings import MatrixSettings
from bot.chat.matrix.sync import Invite, Json
from bot.chat.matrix.wire import Wire
from bot.storage.accounts import mark_channel
from bot.storage.database import Database

log = logging.getLogger(__name__)

ENCRYPTED = (
    "This room is encrypted, and I cannot write or read encrypted messages yet, so I leave. "
    "Please invite me to a room without encryption; a room for news alone is enough."
)
NOT_ALLOWED = "The operator of this bot does not take invitations from you."
JOIN_PATIENCE_S = 120.0  # a room on another server takes its time
"""Joining is done one room after another; the server's own limit, one in ten seconds, paces more."""


class Visits:
    """The rooms of one account. Calls may raise MatrixError and StorageError; done twice they do no harm."""

    def __init__(
        self, wire: Wire, rooms: Rooms, settings: MatrixSettings, directs: Directs, database: Database, account: int
    ) -> None:
        self._wire, self._rooms, self._settings, self._directs = wire, rooms, settings, directs
        self._database, self._account = database, account
        self.on_closed: Callable[[str], None] = lambda room: None

    def may_invite(self, user: str) -> bool:
        """Whether the settings name this user, or everybody on the user's server."""
        server = user.partition(":")[2]
        return user in self._settings.allow or f":{server}" in self._settings.allow

    async def answer_invite(self, invite: Invite, since: str | None) -> None:
        """Enter where we may, and say how to begin."""
        if not self.may_invite(invite.sender):
            log.warning("%s may not invite us and is refused; see allow in [matrix].", invite.sender)
            await self._leave(invite.room, NOT_ALLOWED)
            return
        await self._join(invite.room, invite.sender.partition(":")[2])
        log.info("%s invited us to %s.", invite.sender, invite.room)
        if await self._rooms.is_encrypted(invite.room):
            await self.refuse_encrypted(invite.room, str(since))
            return
        await self._mark(invite.room, "open")
        if invite.is_direct:
            await self._directs.add(invite.sender, invite.room)
        await self._say(invite.room, f"hello-{since}", self._hello(invite))

    async def _join(self, room: str, via: str) -> None:
        query = {"via": via, "server_name": via}
        try:
            await self._wire.ask("POST", "join", room, body={}, query=query, patience_s=JOIN_PATIENCE_S)
        except Unreachable as error:  # some other server's slowness must not be taken for our own server's end
            raise Refused(504, "", f"joining {room} took too long") from error

    def _hello(self, invite: Invite) -> str:
        if invite.is_direct:
            return "Hello. Write: follow rare-earths. The word help lists what else I understand."
        prefix = self._settings.prefix
        return f"Hello. A moderator can write: {prefix} follow rare-earths. {prefix} help lists what else I understand."

    async def refuse_encrypted(self, room: str, when: str) -> None:
        """Say once why we cannot stay, and go. What the room follows is kept, in case a later version can."""
        self.on_closed(room)
        await self._mark(room, "gone")
        try:
            await self._say(room, f"encrypted-{when}", ENCRYPTED)
        except Refused as error:
            if error.is_limit:
                raise
            log.warning("The encrypted room %s could not be told why we leave: %s", room, error)
        log.warning("The room %s is encrypted, which this version cannot do; we leave it.", room)
        await self._leave(room, ENCRYPTED)

    async def mark_replaced(self, room: str, event: Json) -> None:
        """A room was upgraded: nothing more is posted into the old one."""
        self.on_closed(room)
        successor = event["content"].get("replacement_room", "another")
        if await self._mark(room, "gone"):
            log.warning("The room %s was replaced by %s. Invite us there, and let it follow anew.", room, successor)

    async def leave_behind(self, room: str) -> None:
        """We are out of a room, by our own will or another's."""
        if await self._mark(room, "gone"):
            log.warning("We are no longer in the room %s. What it follows is kept for the next invitation.", room)

    async def _mark(self, room: str, state: str) -> bool:
        async with self._database.write() as tx:
            return await mark_channel(tx, self._account, room, state)

    async def _leave(self, room: str, reason: str) -> None:
        try:
            await self._wire.ask("POST", "rooms", room, "leave", body={"reason": reason})
        except Refused as error:
            if error.status not in (403, 404):  # we are out already
                raise

    async def _say(self, room: str, what: str, text: str) -> None:
        key = sha256(f"{room} {what}".encode()).hexdigest()[:24]
        content = notice_content(text)
        await self._wire.ask("PUT", "rooms", room, "send", "m.room.message", f"say-{key}", body=content)
