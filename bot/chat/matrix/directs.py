"""Direct chats, kept where Matrix clients keep them: in the account data `m.direct`. A new database knows them so."""

from __future__ import annotations

from bot.chat.matrix.errors import Refused
from bot.chat.matrix.rooms import Rooms
from bot.chat.matrix.wire import Wire

KEY = "m.direct"


class Directs:
    """Rooms by the person they were made with. Each call may raise MatrixError."""

    def __init__(self, wire: Wire, rooms: Rooms) -> None:
        self._wire = wire
        self._rooms = rooms
        self._by_person: dict[str, list[str]] = {}

    async def read(self) -> None:
        """Learn them from the server."""
        try:
            found = await self._wire.ask("GET", "user", self._wire.user, "account_data", KEY)
        except Refused as error:
            if error.status != 404:
                raise
            found = {}
        self._by_person = {
            person: [room for room in rooms if isinstance(room, str)]
            for person, rooms in found.items()
            if isinstance(rooms, list)
        }

    def has(self, room: str) -> bool:
        """Whether a room was made as a direct chat with us."""
        return any(room in rooms for rooms in self._by_person.values())

    async def room_of(self, person: str) -> str:
        """The latest direct chat with a person in which we still are, or ""."""
        for room in reversed(self._by_person.get(person, [])):
            if await self._rooms.is_member(room):
                return room
        return ""

    async def add(self, person: str, room: str) -> None:
        """Remember a direct chat."""
        known = self._by_person.setdefault(person, [])
        if room not in known:
            known.append(room)
            await self._wire.ask("PUT", "user", self._wire.user, "account_data", KEY, body=self._by_person)
