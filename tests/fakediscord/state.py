"""What the fake of Discord remembers: a server with channels, messages, permissions, nonces; and every request."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

EPOCH_MS = 1_420_070_400_000
BOT, OWNER, GUILD, APPLICATION = 900000000000000001, 900000000000000002, 900000000000000003, 900000000000000001
MINERALS = 900000000000000010
TOKEN = "OTAwMDAwMDAwMDAwMDAwMDAx.fake00.a-token-that-nobody-ever-had-0123456789"  # begins with the bot's number

VIEW, SEND, EMBED, HISTORY, IN_THREADS = 1 << 10, 1 << 11, 1 << 14, 1 << 16, 1 << 38
MENTION = re.compile(r"(?<!\\)@(?:everyone|here)|(?<!\\)<@[!&]?\d+>")


class Refusal(Exception):
    """An answer of Discord's that is an error."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message

    def body(self) -> dict[str, Any]:
        return {"code": self.code, "message": self.message}


@dataclass
class Channel:
    """A channel: `person` where it is a direct chat; `denied`: the permissions taken from the bot."""

    id: int
    name: str = ""
    person: int | None = None
    denied: int = 0
    messages: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Recorded:
    """A request as it came, and what was wrong with it."""

    route: str
    path: str
    query: dict[str, str]
    body: Any
    violations: list[str]
    status: int = 0
    files: dict[str, bytes] = field(default_factory=dict)


@dataclass
class Fault:
    """What goes wrong with the next `times` requests whose route holds `route`.

    `status` 0 drops the connection. `committed`: the request is carried out before its answer is spoiled. `path`: only
    of requests whose path holds it.
    """

    route: str = "POST /channels/{channel_id}/messages"
    status: int = 0
    files: dict[str, bytes] = field(default_factory=dict)
    committed: bool = False
    times: int = 1
    body: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    path: str = ""


@dataclass
class State:
    """The whole of it; outlives a restart of the server in front of it."""

    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    nonce_window: timedelta = timedelta(minutes=5)
    channels: dict[int, Channel] = field(default_factory=lambda: {MINERALS: Channel(MINERALS, "minerals")})
    closed_people: set[int] = field(default_factory=set)
    nonces: dict[str, tuple[dict[str, Any], datetime]] = field(default_factory=dict)
    requests: list[Recorded] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    commands: list[dict[str, Any]] = field(default_factory=list)
    is_revoked: bool = False
    limit: tuple[int, float] | None = None  # posts in so many seconds, by channel
    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def new_id(self) -> int:
        """A number that tells the time it was made at."""
        made = int(self.clock().timestamp() * 1000) - EPOCH_MS
        return (made << 22) | (next(self.numbers) & 0x3FFFFF)

    def channel(self, number: int) -> Channel:
        """A channel the bot may see. Raises Refusal."""
        found = self.channels.get(number)
        if found is None:
            raise Refusal(404, 10003, "Unknown Channel")
        if found.denied & VIEW:
            raise Refusal(403, 50001, "Missing Access")
        return found

    def direct(self, person: int) -> Channel:
        """The direct chat with somebody."""
        number = person + 5_000
        return self.channels.setdefault(number, Channel(number, person=person))

    def create(self, number: int, body: dict[str, Any]) -> dict[str, Any]:
        """Post a message, or give the one made with this nonce. Raises Refusal."""
        channel = self.channel(number)
        if channel.denied & (SEND | EMBED):
            raise Refusal(403, 50013, "Missing Permissions")
        if channel.person in self.closed_people:
            raise Refusal(403, 50007, "Cannot send messages to this user")
        nonce = body.get("nonce")
        if nonce is not None and body.get("enforce_nonce") and (known := self.nonces.get(str(nonce))):
            message, at = known
            if self.clock() - at < self.nonce_window:
                if message not in self.channels[int(message["channel_id"])].messages:
                    raise Refusal(404, 10008, "Unknown Message")
                return message
        message = self.message(channel, body)
        channel.messages.append(message)
        if nonce is not None:
            self.nonces[str(nonce)] = (message, self.clock())
        return message

    def edit(self, number: int, message_id: int, body: dict[str, Any]) -> dict[str, Any]:
        """Change a message. Raises Refusal."""
        found = next((m for m in self.channel(number).messages if m["id"] == str(message_id)), None)
        if found is None:
            raise Refusal(404, 10008, "Unknown Message")
        found.update({name: body[name] for name in ("content", "embeds", "components") if name in body})
        found["content"] = found["content"] or ""
        found["edited_timestamp"] = self.clock().isoformat()
        found["edits"] = found.get("edits", 0) + 1
        return found

    def history(self, number: int, query: dict[str, str]) -> list[dict[str, Any]]:
        """Messages newest first; empty, and no error, where they may not be read."""
        channel = self.channel(number)
        if channel.denied & HISTORY:
            return []
        limit = int(query.get("limit", 50))
        if "after" in query:
            return [m for m in channel.messages if int(m["id"]) > int(query["after"])][:limit][::-1]
        before = int(query.get("before", 1 << 63))
        return [m for m in channel.messages if int(m["id"]) < before][-limit:][::-1]

    def message(self, channel: Channel, body: dict[str, Any]) -> dict[str, Any]:
        """A message of the bot's, which stands nowhere yet."""
        reference = body.get("message_reference") or {}
        answered = str(reference.get("message_id", ""))
        exists = any(m["id"] == answered for m in channel.messages)
        message = {
            "id": str(self.new_id()), "channel_id": str(channel.id), "author": bot_user(), "type": 19 if exists else 0,
            "content": body.get("content") or "", "embeds": body.get("embeds") or [],
            "components": body.get("components") or [], "timestamp": self.clock().isoformat(),
            "edited_timestamp": None, "tts": False, "mention_everyone": False, "mentions": [], "mention_roles": [],
            "attachments": [], "pinned": False, "flags": body.get("flags") or 0, "pings": pings(body),
        }  # fmt: skip
        if exists:
            message["message_reference"] = {"message_id": answered, "channel_id": str(channel.id)}
        return message


def pings(body: dict[str, Any]) -> bool:
    """Whether somebody is notified by name: embeds never do, content does unless it is forbidden."""
    allowed = body.get("allowed_mentions")
    is_allowed = allowed is None or bool(allowed.get("parse") or allowed.get("users") or allowed.get("roles"))
    answers = bool(body.get("message_reference")) and (allowed is None or allowed.get("replied_user", False))
    return answers or (is_allowed and bool(MENTION.search(body.get("content") or "")))


def bot_user() -> dict[str, Any]:
    """The bot as a user."""
    return {"id": str(BOT), "username": "lodewire", "discriminator": "0001", "avatar": None, "bot": True,
            "global_name": None}  # fmt: skip
