"""Controls of an alert, the same on every platform: a button or a reaction becomes the command it stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from bot.commands.answer import Office, answer
from bot.commands.command import Asker, Call, Place, Reply
from bot.commands.replies import plain
from bot.core.errors import StorageError
from bot.core.messages import Message, Section
from bot.core.stories.names import date_name, story_id, story_name
from bot.core.tongue import noted
from bot.storage import places, shown
from bot.storage.database import Transaction
from bot.storage.deadlines import dates_of_story, read_deadline
from bot.storage.dossier import may_see

FORGOTTEN = "This message is older than what is kept, so nothing more is known of it. Write latest for recent stories."
OF_NO_DATE = "This message reminds of no date that is still kept. Write deadline list for what is ahead."


@dataclass(frozen=True, slots=True)
class Control:
    """One control. `command` is called with the story as `argument`; `label` is a button's word, `sign` a reaction.

    `is_change`: of a message with several stories it is asked which is meant; so is it where an answer is long.
    `of_date`: it is about the dates that a reminder tells; `more`: the command's other arguments.
    """

    name: str
    command: tuple[str, ...]
    label: str
    sign: str
    argument: str = "story"
    is_change: bool = False
    of_date: bool = False
    more: tuple[tuple[str, str], ...] = ()


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

    async def dates(self, office: Office, account: int, where: Place) -> dict[str, str]:
        """The dates it reminds of, as its tenant sees them: their names, and what is due. Raises StorageError."""
        async with office.database.read() as tx:
            numbers = await shown.dates_of_post(tx, account, self.key, self.remote_id)
            tenant, _ = await places.find_place(tx, account, where.tenant, where.channel)
            return await _names_of(tx, numbers, tenant)


async def _names_of(tx: Transaction, numbers: Sequence[int], tenant: int) -> dict[str, str]:
    found = {}
    for number in numbers:
        dated = await read_deadline(tx, number)
        known = [] if dated is None else await dates_of_story(tx, dated.story, tenant)
        same = [at for at, one in enumerate(known) if number in (one.id, one.copy_of)]
        if dated is not None and same:
            found[date_name(dated.story, same[0] + 1, len(known))] = dated.what or "the date"
    return found


CONTROLS = (
    Control("why", ("why",), noted("Why"), "❓"),
    Control("remind", ("remind", "add"), noted("Remind me"), "⏰", argument="what", is_change=True),
    Control("sources", ("story",), noted("Sources"), "📰", is_change=True),
    Control("less", ("mute", "less"), noted("Less like this"), "👎", is_change=True),
    Control("mute", ("mute", "add"), noted("Mute story"), "🔇", argument="what", is_change=True),
)
"""Every control of an alert, in the order in which it is offered."""

DATE_CONTROLS = (
    Control("snooze", ("remind", "add"), noted("Snooze a day"), "💤", "what", is_change=True, of_date=True,
            more=(("when", "in 1 day"),)),
    Control("done", ("deadline", "done"), noted("Done"), "☑", "which", is_change=True, of_date=True),
    Control("wrong", ("deadline", "dismiss"), noted("Wrong date"), "🚫", "which", is_change=True, of_date=True),
    CONTROLS[0],
)  # fmt: skip
"""Those of a reminder. Snoozing is for whoever asks, in their direct chat; the others are for moderators."""


MORE = Control("more", ("more",), "More", "")
MOST_ANSWERED = 10
"""Stories of one message that are all told of at once; of more it is asked which is meant."""

MOST_OFFERED = 25


def controls_of(message: Message) -> tuple[Control, ...]:
    """What a message is offered with; of a list it is chosen first which story is meant."""
    if message.is_list:
        return (MORE,) if any(section.controls == "more" for section in message.sections) else ()
    return DATE_CONTROLS if any(section.controls == "date" for section in message.sections) else CONTROLS


def find_control(name_or_sign: str) -> Control | None:
    """The control of a button's name or a reaction, with or without the mark that makes a sign an emoji."""
    plain_sign = name_or_sign.rstrip("\ufe0f\ufe0e")
    return next(
        (control for control in (*CONTROLS, *DATE_CONTROLS) if plain_sign in (control.name, control.sign)), None
    )


async def answer_control(
    office: Office, control: Control, message: Shown, who: Asker, where: Place, event: str | None, account: int
) -> Reply:
    """What a control of a message says. Of a message with several stories each is told of, in their order."""
    try:
        subjects = await _subjects(office, control, message, where, account)
    except StorageError:
        return plain("The database is busy or out of reach. Press it again in a minute.", zone=where.zone)
    if not subjects:
        return plain(OF_NO_DATE if control.of_date else FORGOTTEN, zone=where.zone)
    if len(subjects) > (1 if control.is_change else MOST_ANSWERED):
        return _which(control, subjects, where.zone)
    replies = []
    for number, name in enumerate(subjects):
        arguments = {control.argument: name.partition(".")[0] if control.more else name, **dict(control.more)}
        call = Call(control.command, arguments, who, where)
        replies.append(await answer(office, call, event and f"{event}/{number}", account))
    return _joined(replies)


async def _subjects(office: Office, control: Control, message: Shown, where: Place, account: int) -> Mapping[str, str]:
    """The stories or dates that a control is about: their names, and what they are."""
    if control.of_date:
        return await message.dates(office, account, where)
    return {story_name(number): headline for number, headline in (await message.stories(office, account)).items()}


def _which(control: Control, subjects: Mapping[str, str], zone: str) -> Reply:
    """Nothing is changed of several at once: each is offered."""
    lines = [(f"{name} · {words}",) for name, words in list(subjects.items())[:MOST_OFFERED]]
    if (rest := len(subjects) - MOST_OFFERED) > 0:
        lines.append((f"+{rest} more: write {' '.join(control.command)} and an id",))
    section = Section(title=f"{control.label}: which {'date' if control.of_date else 'story'}?", lines=tuple(lines))
    end = "".join(f" {value}" for _, value in control.more)
    choices = tuple(
        f"{' '.join(control.command)} {name.partition('.')[0] if control.more else name}{end}"
        for name in list(subjects)[:MOST_OFFERED]
    )
    return Reply(Message((section,), zone, notify=False), choices=choices)


async def offer_story(office: Office, name: str, where: Place, account: int) -> Reply:
    """What can be asked and done about a story that was chosen from a list."""
    number, zone, known = story_id(name), where.zone, dict[int, str]()
    try:
        async with office.database.read() as tx:
            tenant, _ = await places.find_place(tx, account, where.tenant, where.channel)
            if number is not None and await may_see(tx, number, tenant):
                known = await shown.headlines_of(tx, [number])
    except StorageError:
        return plain("The database is busy or out of reach. Choose it again in a minute.", zone=zone)
    headline = next(iter(known.values()), "")
    if not headline:
        return plain(FORGOTTEN, zone=zone)
    section = Section(title=headline, footer=f"Story {name}")
    choices = (f"why {name}", f"story {name}", f"remind add {name}", f"mute less {name}", f"mute {name}")
    return Reply(Message((section,), zone, notify=False), choices=choices)


def _joined(replies: list[Reply]) -> Reply:
    if len(replies) == 1:
        return replies[0]
    sections = tuple(section for reply in replies for section in reply.message.sections)
    choices = tuple(dict.fromkeys(choice for reply in replies for choice in reply.choices))
    return Reply(msgspec.structs.replace(replies[0].message, sections=sections), choices=choices)
