"""The fake's gateway: sessions over a websocket, resumed or begun anew, and the ways in which Discord ends them."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.fakediscord.rest import Rest, application, channel_json, guild_json, member_json
from tests.fakediscord.state import GUILD, TOKEN, State, bot_user

HELLO, DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, ACK = 10, 0, 1, 2, 6, 7, 9, 11
BAD_TOKEN = 4004


@dataclass
class Session:
    """One session, which may outlive its connection."""

    id: str
    socket: web.WebSocketResponse | None = None
    sent: list[dict[str, Any]] = field(default_factory=list)

    async def dispatch(self, event: str, data: Any) -> None:
        """Send an event, or keep it for the one who resumes."""
        frame = {"op": DISPATCH, "t": event, "s": len(self.sent) + 1, "d": data}
        self.sent.append(frame)
        await self._send(frame)

    async def replay(self, after: int) -> None:
        """Send again what came behind number `after`."""
        for frame in self.sent[after:]:
            await self._send(frame)

    async def _send(self, frame: dict[str, Any]) -> None:
        if self.socket is not None and not self.socket.closed:
            await self.socket.send_str(json.dumps(frame))


@dataclass
class Gateway:
    """All sessions; `log` tells in words what happened, oldest first."""

    state: State
    rest: Rest
    sessions: dict[str, Session] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)
    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    refuses: bool = False
    wishes: dict[web.WebSocketResponse, asyncio.Future[int]] = field(default_factory=dict)  # the code to close with

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """A connection from hello to its end."""
        if self.refuses:
            return web.Response(status=503)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str(json.dumps({"op": HELLO, "d": {"heartbeat_interval": 41_250}}))
        session: Session | None = None
        while (message := await self._next(socket)) is not None:
            frame = json.loads(message)
            if frame["op"] == HEARTBEAT:
                await socket.send_str(json.dumps({"op": ACK}))
            elif self.state.is_revoked or frame["d"].get("token", TOKEN) != TOKEN:
                self.wishes[socket].set_result(BAD_TOKEN)
            elif frame["op"] == IDENTIFY:
                session = await self._begin(socket, frame["d"])
            elif frame["op"] == RESUME:
                session = await self._resume(socket, frame["d"])
        if session is not None and session.socket is socket:
            session.socket = None
        return socket

    async def _next(self, socket: web.WebSocketResponse) -> str | None:
        """The next text frame, or None at the end.

        A connection is closed here, by the task that reads it: closed by another, aiohttp ends it before the other side
        can answer, and the code is lost on the way.
        """
        wish = self.wishes.setdefault(socket, asyncio.get_running_loop().create_future())
        reading = asyncio.ensure_future(socket.receive())
        await asyncio.wait({reading, wish}, return_when=asyncio.FIRST_COMPLETED)
        if wish.done() and not reading.done():
            reading.cancel()
            await asyncio.wait({reading})
            await socket.close(code=wish.result())
        if reading.cancelled() or reading.result().type is not WSMsgType.TEXT:
            self.wishes.pop(socket, None)
            return None
        text: str = reading.result().data
        return text

    async def _begin(self, socket: web.WebSocketResponse, data: dict[str, Any]) -> Session:
        session = Session(f"session-{next(self.numbers)}", socket)
        self.sessions[session.id] = session
        self.log.append(f"identify intents={data['intents']}")
        ready = {"v": 10, "user": bot_user(), "guilds": [{"id": str(GUILD), "unavailable": True}],
                 "session_id": session.id, "resume_gateway_url": "wss://gateway-resume.discord.gg",
                 "application": {"id": application()["id"], "flags": 0}, "private_channels": [],
                 "relationships": []}  # fmt: skip
        await session.dispatch("READY", ready)
        channels = [channel_json(one) for one in self.state.channels.values() if one.person is None]
        guild = {**guild_json(), "channels": channels, "threads": [], "presences": [], "voice_states": [],
                 "members": [member_json()], "member_count": 2, "unavailable": False, "large": False,
                 "joined_at": "2025-01-01T00:00:00+00:00", "stage_instances": [],
                 "guild_scheduled_events": []}  # fmt: skip
        await session.dispatch("GUILD_CREATE", guild)
        return session

    async def _resume(self, socket: web.WebSocketResponse, data: dict[str, Any]) -> Session | None:
        session = self.sessions.get(data["session_id"] or "")
        if session is None:
            self.log.append("resume refused")
            await socket.send_str(json.dumps({"op": INVALID, "d": False}))
            return None
        session.socket = socket
        self.log.append("resume")
        await session.replay(data["seq"])
        await session.dispatch("RESUMED", {})
        return session

    @property
    def live(self) -> list[Session]:
        """The sessions with a connection."""
        return [one for one in self.sessions.values() if one.socket is not None and not one.socket.closed]

    async def emit(self, event: str, data: Any) -> None:
        """Send an event to the newest session."""
        if "token" in data:
            self.rest.asked_at[data["token"]] = time.monotonic()
        await list(self.sessions.values())[-1].dispatch(event, data)

    async def close_all(self, code: int) -> None:
        """Close every connection with a code; its session can be resumed."""
        for wish in self.wishes.values():
            if not wish.done():
                wish.set_result(code)

    async def ask_reconnect(self) -> None:
        """Opcode 7."""
        for session in self.live:
            assert session.socket is not None
            await session.socket.send_str(json.dumps({"op": RECONNECT, "d": None}))

    async def invalidate(self) -> None:
        """Opcode 9: the session is over, and must be begun anew."""
        live = self.live
        self.sessions.clear()
        for session in live:
            assert session.socket is not None
            await session.socket.send_str(json.dumps({"op": INVALID, "d": False}))
