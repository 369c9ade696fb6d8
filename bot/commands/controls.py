"""Controls of an alert, the same on every platform: a button or a reaction becomes the command it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from bot.commands.answer import Office, answer
from bot.commands.command import Asker, Call, Place, Reply
from bot.commands.replies import plain
from bot.core.errors import StorageError
from bot.core.messages import Message, Section
from bot.core.stories.names import story_name
from bot.storage import shown


@dataclass(frozen=True, slots=True)
class Control:
    """One control. `command` is called with the story as `argument`; `label` is a button's word, `sign` a reaction.

    `is_change`: of a message with several stories it is asked which is meant.
    """

    name: str
    command: tuple[str, ...]
    label: str
    sign: str
    argument: str = "story"
    is_change: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """The message that a control belongs to: by the key of its post, or by the platform's own id."""

    key: str = ""
    remote_id: str = ""

    async def stories(self, office: Office, account: int) -> dict[int, str]:
        """What it shows, in order: numbers and headlines. Raises StorageError."""
        async with office.database.read() as tx:
            if self.key:
                found = await shown.stories_by_key(tx, account, self.key)
            else:
                found = await shown.stories_by_message(tx, account, self.remote_id)
            return await shown.headlines_of(tx, found)


CONTROLS = (
    Control("why", ("why",), "Why", "❓"),
    Control("less", ("mute", "less"), "Less like this", "👎", is_change=True),
    Control("mute", ("mute", "add"), "Mute story", "🔇", argument="what", is_change=True),
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
    if control.is_change and len(stories) > 1:
        return _which(control, stories, where.zone)
    replies = []
    for number, story in enumerate(stories):
        call = Call(control.command, {control.argument: story_name(story)}, who, where)
        replies.append(await answer(office, call, event and f"{event}/{number}", account))
    return _joined(replies)


def _which(control: Control, stories: Mapping[int, str], zone: str) -> Reply:
    """Nothing is changed of several stories at once: each is offered."""
    lines = tuple((f"{story_name(number)} · {headline}",) for number, headline in stories.items())
    section = Section(title=f"{control.label}: which story?", lines=lines)
    choices = tuple(f"{' '.join(control.command)} {story_name(number)}" for number in stories)
    return Reply(Message((section,), zone, notify=False), choices=choices)


def _joined(replies: list[Reply]) -> Reply:
    if len(replies) == 1:
        return replies[0]
    sections = tuple(section for reply in replies for section in reply.message.sections)
    choices = tuple(dict.fromkeys(choice for reply in replies for choice in reply.choices))
    return Reply(msgspec.structs.replace(replies[0].message, sections=sections), choices=choices)
