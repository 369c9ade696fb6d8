"""Which channel a subscription is about: this one, or the asker's direct chat; and whether the asker may change it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.commands.command import Call, Desk, Parameter, Unclear, Who, find_command
from bot.commands.replies import retype
from bot.core.errors import CommandError
from bot.storage import places

WHERE = Parameter("where", "choice", "here, or me for a direct chat", choices=("here", "me"))


@dataclass(frozen=True, slots=True)
class Target:
    """A channel by number, its tenant, and what it is called in a sentence."""

    channel: int
    tenant: int
    words: str


async def choose_target(desk: Desk, call: Call, *, is_change: bool, what: str = "followed") -> Target:
    """The channel that `where` means. Raises CommandError where it may not be changed or cannot be reached.

    `what` is done to things there, in a word for the refusal.
    """
    if call.where.is_direct:
        return Target(desk.channel, desk.tenant, "in this chat")
    if call.arguments.get("where") == "me":
        return await _direct_chat(desk, call)
    if is_change and not call.who.may(Who.MODERATOR):
        raise _moderators_only(desk, call, what)
    return Target(desk.channel, desk.tenant, f"in this {call.where.noun}")


def _moderators_only(desk: Desk, call: Call, what: str) -> Unclear:
    command = find_command(desk.table, call.command)
    assert command is not None
    instead = retype(command, call.command, {**call.arguments, "where": "me"})
    return Unclear(
        f"What is {what} in this {call.where.noun} is for its moderators to say. Nothing was changed.",
        f"For {'alerts in a direct message' if what == 'followed' else 'your direct chat'}, write: {instead}",
        (instead,),
    )


def require_moderator(
    call: Call,
    what: str,
    whose: str = "is for moderators here",
    todo: str = "Ask one of them, or do it in a direct chat with me.",
) -> None:
    """Refuse what is for moderators to do; in a direct chat everybody is their own. Raises CommandError."""
    if not call.where.is_direct and not call.who.may(Who.MODERATOR):
        raise CommandError(f"{what} {whose}. Nothing was changed.", todo)


async def _direct_chat(desk: Desk, call: Call) -> Target:
    remote = call.where.direct
    if not remote:
        raise CommandError("There is no direct chat between us yet.", "Write to me directly, and ask there.")
    tenant = await places.ensure_tenant(desk.tx, desk.account, remote, call.where.zone)
    person = await places.ensure_person(desk.tx, call.who.platform, call.who.remote_id)
    channel, _ = await places.ensure_channel(desk.tx, tenant, remote, desk.now, person)
    return Target(channel, tenant, "in your direct chat")
