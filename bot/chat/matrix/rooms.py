"""What the server knows of a room, read anew each time it matters: who is in it, who may do what, what was said."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.chat.matrix.errors import Refused
from bot.chat.matrix.power import Powers
from bot.chat.matrix.wire import Json, Wire

ENCRYPTION = "m.room.encryption"
TOMBSTONE = "m.room.tombstone"
LEVELS = "m.room.power_levels"
CREATE = "m.room.create"

PAGE = "100"
MOST_PAGES = 100
"""Pages of history looked through at most, of our own messages alone: ten thousand."""


class Rooms:
    """Questions about rooms. Every one may raise Unreachable and Refused."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def state(self, room: str, kind: str, *, is_whole: bool = False) -> Json | None:
        """The content of a state event, or the whole event; None where the room has none."""
        query = {"format": "event"} if is_whole else None
        try:
            found: Json = await self._wire.ask("GET", "rooms", room, "state", kind, "", query=query)
        except Refused as error:
            if error.status == 404:
                return None
            raise
        return found

    async def is_encrypted(self, room: str) -> bool:
        """Whether its members expect to read and write encrypted only."""
        return await self.state(room, ENCRYPTION) is not None

    async def is_member(self, room: str) -> bool:
        """Whether we are in it."""
        return room in (await self._wire.ask("GET", "joined_rooms")).get("joined_rooms", [])

    async def powers(self, room: str) -> Powers:
        """Its levels as they are now: a right that was taken away is gone at once."""
        create = await self.state(room, CREATE, is_whole=True) or {}
        if "sender" not in create:  # a server that knows no format=event answers with the content
            create = await self._create_event(room)
        return Powers(await self.state(room, LEVELS), create)

    async def _create_event(self, room: str) -> Json:
        events: list[Json] = await self._wire.ask("GET", "rooms", room, "state")
        return next((event for event in events if event.get("type") == CREATE), {})

    async def members(self, room: str) -> int:
        """How many are in it, with us."""
        return len((await self._wire.ask("GET", "rooms", room, "joined_members")).get("joined", {}))

    async def event(self, room: str, event: str) -> Json | None:
        """An event; None where there is none, or we may not see it."""
        try:
            found: Json = await self._wire.ask("GET", "rooms", room, "event", event)
        except Refused as error:
            if error.status == 404:
                return None
            raise
        return found

    async def own_messages(self, room: str, since: datetime) -> AsyncIterator[Json]:
        """What we said, newest first, back to a time by the server's clock. Raises LookupError where it is too much."""
        wanted = json.dumps({"types": ["m.room.message"], "senders": [self._wire.user]})
        query = {"dir": "b", "limit": PAGE, "filter": wanted}
        for _ in range(MOST_PAGES):
            page = await self._wire.ask("GET", "rooms", room, "messages", query=query)
            for event in page.get("chunk", []):
                if said_at(event) < since:
                    return
                yield event
            if "end" not in page:
                return
            query["from"] = page["end"]
        raise LookupError("more history than is looked through")


def said_at(event: Mapping[str, Any]) -> datetime:
    """When the server took an event."""
    return datetime.fromtimestamp(event.get("origin_server_ts", 0) / 1000, UTC)
