"""What to ask of /sync, and its answer as the things that matter to us, in order. Pure; asks and remembers nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]

LONGEST_MS = 30_000
EVENTS = ("m.room.message", "m.reaction", "m.room.encryption", "m.room.tombstone", "m.room.member")
"""Members only because a room that we were put out of is not told of when its last event is filtered away."""

NOTHING: dict[str, list[str]] = {"types": []}
FILTER = json.dumps(
    {
        "presence": NOTHING,
        "account_data": {"types": ["m.direct"]},
        "room": {
            "timeline": {"types": EVENTS, "limit": 100},
            "state": {"types": ["m.room.encryption", "m.room.tombstone"], "lazy_load_members": True},
            "ephemeral": NOTHING,
            "account_data": NOTHING,
        },
    }
)


@dataclass(frozen=True, slots=True)
class Invite:
    """Somebody asks us into a room."""

    room: str
    sender: str
    is_direct: bool


@dataclass(frozen=True, slots=True)
class Batch:
    """One answer. `left`: rooms we are no longer in. `events`: (room, event) in the order of each room."""

    next: str
    invites: tuple[Invite, ...]
    left: tuple[str, ...]
    events: tuple[tuple[str, Json], ...]


def sync_query(since: str | None) -> dict[str, str]:
    """The parameters of a request. The first ever does not wait: its answer is what there is."""
    query = {"filter": FILTER, "timeout": str(LONGEST_MS if since else 0), "set_presence": "offline"}
    return query | {"since": since} if since else query


def read_batch(answer: Json, me: str) -> Batch:
    """The answer, read forgivingly: what has not its right shape is passed over."""
    rooms = _table(answer.get("rooms"))
    joined = _table(rooms.get("join"))
    events = tuple((room, event) for room, part in joined.items() for event in _events_of(_table(part)))
    invites = tuple(_invites(_table(rooms.get("invite")), me))
    return Batch(str(answer["next_batch"]), invites, tuple(_table(rooms.get("leave"))), events)


def _events_of(part: Json) -> Iterator[Json]:
    """State that changed in a gap before the timeline, then the timeline."""
    for name in ("state", "timeline"):
        for event in _table(part.get(name)).get("events", ()):
            if isinstance(event, Mapping) and isinstance(event.get("content"), Mapping) and _is_whole(event):
                yield event


def _is_whole(event: Json) -> bool:
    return all(isinstance(event.get(key), str) for key in ("type", "event_id", "sender"))


def _invites(rooms: Json, me: str) -> Iterator[Invite]:
    for room, part in rooms.items():
        for event in _table(_table(part).get("invite_state")).get("events", ()):
            if event.get("type") == "m.room.member" and event.get("state_key") == me:
                content = _table(event.get("content"))
                yield Invite(room, str(event.get("sender", "")), content.get("is_direct") is True)
                break


def _table(value: object) -> Json:
    return value if isinstance(value, Mapping) else {}
