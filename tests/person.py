"""Somebody on a Matrix server, in tests: makes rooms, writes, reacts, looks. Plain blocking requests, no library."""

from __future__ import annotations

import itertools
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

V3 = "/_matrix/client/v3"


class Refusal(Exception):
    """The server said no."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        super().__init__(f"{status} {body}")
        self.status, self.body = status, body


def ask(base: str, method: str, path: str, body: object = None, token: str = "") -> Any:
    """One request; the JSON of its answer. Raises Refusal."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(base + path, data, {"Content-Type": "application/json"}, method=method)
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            raise Refusal(error.code, json.loads(error.read() or b"{}")) from None


@dataclass
class Person:
    """A user of a server, logged in."""

    server: str
    user: str
    token: str
    device: str
    password: str
    numbers: itertools.count[int] = field(default_factory=itertools.count)

    def ask(self, method: str, *path: str, body: object = None, **query: str) -> Any:
        """A request under /_matrix/client/v3 in this person's name."""
        address = "/".join([V3, *(quote(part, safe="") for part in path)])
        return ask(self.server, method, f"{address}?{urlencode(query)}" if query else address, body, self.token)

    def download(self, mxc: str) -> bytes:
        """A file that was kept on the server."""
        path = f"/_matrix/client/v1/media/download/{mxc.removeprefix('mxc://')}"
        request = urllib.request.Request(self.server + path, headers={"Authorization": f"Bearer {self.token}"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            body: bytes = answer.read()
        return body

    def make_room(self, *invited: Person, **options: object) -> str:
        """A private room; those invited are members at once. `options` as in createRoom."""
        form = {"preset": "private_chat", "invite": [person.user for person in invited], **options}
        room: str = self.ask("POST", "createRoom", body=form)["room_id"]
        for person in invited:
            person.join(room)
        return room

    def join(self, room: str) -> None:
        """Enter a room."""
        self.ask("POST", "join", room, body={})

    def invite(self, room: str, other: Person) -> None:
        """Ask somebody in."""
        self.ask("POST", "rooms", room, "invite", body={"user_id": other.user})

    def remove(self, room: str, other: Person, how: str = "kick") -> None:
        """Kick, ban or unban somebody."""
        self.ask("POST", "rooms", room, how, body={"user_id": other.user})

    def say(self, room: str, text: str, **content: object) -> str:
        """Write a message; its event id."""
        return self.send(room, "m.room.message", {"msgtype": "m.text", "body": text, **content})

    def react(self, room: str, event: str, sign: str) -> str:
        """React to a message; the reaction's event id."""
        relation = {"rel_type": "m.annotation", "event_id": event, "key": sign}
        return self.send(room, "m.reaction", {"m.relates_to": relation})

    def send(self, room: str, kind: str, content: object) -> str:
        """Any event; its id."""
        number = f"{self.device}-{next(self.numbers)}"
        event: str = self.ask("PUT", "rooms", room, "send", kind, number, body=content)["event_id"]
        return event

    def redact(self, room: str, event: str) -> None:
        """Take the words out of a message."""
        self.ask("PUT", "rooms", room, "redact", event, f"{self.device}-{next(self.numbers)}", body={})

    def state(self, room: str, kind: str, key: str = "") -> Any:
        """The content of a state event."""
        return self.ask("GET", "rooms", room, "state", kind, key)

    def set_state(self, room: str, kind: str, content: object, key: str = "") -> None:
        """Change the room."""
        self.ask("PUT", "rooms", room, "state", kind, key, body=content)

    def set_power(self, room: str, other: Person, level: int | None) -> None:
        """Give somebody a level, or take it away."""
        levels = self.state(room, "m.room.power_levels")
        levels.setdefault("users", {})
        levels["users"].pop(other.user, None)
        if level is not None:
            levels["users"][other.user] = level
        self.set_state(room, "m.room.power_levels", levels)

    def events(self, room: str, *kinds: str) -> list[dict[str, Any]]:
        """The room's events of some kinds, oldest first; messages where none is named."""
        wanted = json.dumps({"types": list(kinds) or ["m.room.message"]})
        found: list[dict[str, Any]] = []
        start: dict[str, str] = {}
        while True:
            page = self.ask("GET", "rooms", room, "messages", dir="b", limit="500", filter=wanted, **start)
            found += page["chunk"]
            if "end" not in page:
                return found[::-1]
            start = {"from": page["end"]}

    def heard_from(self, room: str, other: Person) -> list[dict[str, Any]]:
        """What somebody said in a room, oldest first, without edits."""
        said = [event for event in self.events(room) if event["sender"] == other.user]
        return [event for event in said if event["content"].get("m.relates_to", {}).get("rel_type") != "m.replace"]

    def membership(self, room: str, other: Person) -> str:
        """How somebody stands in a room: join, invite, leave or ban."""
        members = self.events(room, "m.room.member")
        return next((e["content"]["membership"] for e in reversed(members) if e["state_key"] == other.user), "")


def until(wanted: Callable[[], Any], within_s: float = 15.0) -> Any:
    """What `wanted` answers as soon as it is true. For programs in other processes; blocks."""
    end = time.monotonic() + within_s
    while not (found := wanted()):
        assert time.monotonic() < end, "it did not come in time"
        time.sleep(0.05)
    return found
