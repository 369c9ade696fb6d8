"""Why a room does not let us write: looked up where the server's word alone does not say what to do about it."""

from __future__ import annotations

from datetime import timedelta

from bot.chat.matrix.errors import MatrixError, Refused
from bot.chat.matrix.rooms import TOMBSTONE, Rooms
from bot.chat.matrix.wire import Json
from bot.core.errors import DeliveryError, Gone, Rejected, RetryLater

NO_POWER = timedelta(minutes=10)


def replaced(room: str, me: str, tombstone: Json) -> Gone:
    """What an upgraded room is for us."""
    successor = tombstone.get("replacement_room", "another")
    return Gone(f"The room {room} was replaced by {successor}.", f"Invite {me} there, and let it follow anew.")


async def explain(rooms: Rooms, room: str, me: str, error: MatrixError) -> DeliveryError:
    """What a refusal means for a post to this room. Raises MatrixError where even that cannot be found out."""
    if not await rooms.is_member(room):
        return Gone(f"We are not in the room {room}.", f"Invite {me} again; what the room follows is kept.")
    tombstone = await rooms.state(room, TOMBSTONE)
    if tombstone is not None:
        return replaced(room, me, tombstone)
    if not isinstance(error, Refused) or error.status != 403:
        return Rejected(str(error))
    powers = await rooms.powers(room)
    has, needs = powers.of(me), powers.to_send("m.room.message")
    if has < needs:
        return RetryLater(
            f"We may not write in the room {room}: that needs the power level {needs:g}, and we have {has:g}.",
            after=NO_POWER,
            in_doubt=False,
            todo=f"Give {me} the level {needs:g} there. What waits is posted then.",
        )
    todo = "Ask the homeserver's admin why, or remove us from the room."
    return RetryLater(str(error), after=NO_POWER, in_doubt=False, todo=todo)
