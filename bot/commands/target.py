"""Which channel a subscription is about: this one, or the asker's direct chat; and whether the asker may change it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.commands.command import Call, Desk, Parameter, Unclear, Who
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


async def choose_target(desk: Desk, call: Call, *, is_change: bool) -> Target:
    """The channel that `where` means. Raises CommandError where it may not be changed or cannot be reached."""
    if call.where.is_direct:
        return Target(desk.channel, desk.tenant, "in this chat")
    if call.arguments.get("where") == "me":
        return await _direct_chat(desk, call)
    if is_change and not call.who.may(Who.MODERATOR):
        raise _moderators_only(desk, call)
    return Target(desk.channel, desk.tenant, "in this channel")


def _moderators_only(desk: Desk, call: Call) -> Unclear:
    command = next(entry for entry in desk.table if entry.name == call.command[0])
    instead = retype(command, call.command, {**call.arguments, "where": "me"})
    return Unclear(
        "What is followed in this channel is for its moderators to say. Nothing was changed.",
        f"For alerts in a direct message, write: {instead}",
        (instead,),
    )


async def _direct_chat(desk: Desk, call: Call) -> Target:
    remote = call.where.direct
    if not remote:
        raise CommandError("There is no direct chat between us yet.", "Write to me directly, and ask there.")
    tenant = await places.ensure_tenant(desk.tx, desk.account, remote, call.where.zone)
    person = await places.ensure_person(desk.tx, call.who.platform, call.who.remote_id)
    channel, _ = await places.ensure_channel(desk.tx, tenant, remote, desk.now, person)
    return Target(channel, tenant, "in your direct chat")
