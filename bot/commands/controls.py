"""Controls of an alert, the same on every platform: a button or a reaction becomes the command it stands for."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from bot.commands.answer import Office, answer
from bot.commands.command import Asker, Call, Place, Reply
from bot.commands.replies import plain
from bot.core.errors import StorageError
from bot.core.stories.names import story_name
from bot.storage import shown


@dataclass(frozen=True, slots=True)
class Control:
    """One control. `command` is called with the story as `argument`; `label` is a button's word, `sign` a reaction."""

    name: str
    command: tuple[str, ...]
    label: str
    sign: str
    argument: str = "story"


@dataclass(frozen=True, slots=True)
class Shown:
    """The message that a control belongs to: by the key of its post, or by the platform's own id."""

    key: str = ""
    remote_id: str = ""

    async def stories(self, office: Office, account: int) -> tuple[int, ...]:
        """What it shows. Raises StorageError."""
        async with office.database.read() as tx:
            if self.key:
                return await shown.stories_by_key(tx, account, self.key)
            return await shown.stories_by_message(tx, account, self.remote_id)


CONTROLS = (
    Control("why", ("why",), "Why", "❓"),
    Control("less", ("mute", "less"), "Less like this", "👎"),
    Control("mute", ("mute", "add"), "Mute story", "🔇", argument="what"),
)
"""Every control, in the order in which it is offered."""


def find_control(name_or_sign: str) -> Control | None:
    """The control of a button's name or a reaction, with or without the mark that makes a sign an emoji."""
    plain_sign = name_or_sign.rstrip("\ufe0f\ufe0e")
    return next((control for control in CONTROLS if plain_sign in (control.name, control.sign)), None)


async def answer_control(
    office: Office, control: Control, message: Shown, who: Asker, where: Place, event: str | None, account: int
) -> Reply:
    """What a control of a message says. Of a message with several stories each is told of, in their order."""
    try:
        stories = await message.stories(office, account)
    except StorageError:
        return plain("The database is busy or out of reach. Press it again in a minute.", zone=where.zone)
    if not stories:
        return plain(
            "This message is older than what is kept, so nothing more is known of it. Write latest for recent stories.",
            zone=where.zone,
        )
    replies = []
    for number, story in enumerate(stories):
        call = Call(control.command, {control.argument: story_name(story)}, who, where)
        replies.append(await answer(office, call, event and f"{event}/{number}", account))
    return _joined(replies)


def _joined(replies: list[Reply]) -> Reply:
    if len(replies) == 1:
        return replies[0]
    sections = tuple(section for reply in replies for section in reply.message.sections)
    choices = tuple(dict.fromkeys(choice for reply in replies for choice in reply.choices))
    return Reply(msgspec.structs.replace(replies[0].message, sections=sections), choices=choices)
