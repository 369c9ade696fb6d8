"""The shape of a command, a call to it and its reply: the same for a slash, a button, a typed line and the console.

Knows no platform and no particular command.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, Protocol

import msgspec

from bot.commands.limits import Limits
from bot.core.errors import CommandError
from bot.core.messages import Message
from bot.core.probe import Probe
from bot.core.topics import no_concepts
from bot.core.trend import Trend
from bot.core.trial import Trial
from bot.core.weight import Weights, no_grammar
from bot.storage.database import Transaction

if TYPE_CHECKING:
    from bot.core.actions import Grammar
    from bot.core.topics.concepts import Concepts

Value = str | int
Kind = Literal["text", "rest", "integer", "choice", "role"]


class Who(StrEnum):
    """Who may use a command. An operator may do what a moderator may."""

    ANYONE = "anyone"
    MODERATOR = "moderator"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, by the platform's own id. The platform says what they are there; the settings, who operates."""

    platform: str
    remote_id: str
    name: str = ""
    is_moderator: bool = False
    is_operator: bool = False

    def may(self, who: Who) -> bool:
        """Whether this person is allowed what `who` is allowed."""
        allowed = {Who.ANYONE: True, Who.MODERATOR: self.is_moderator or self.is_operator}
        return allowed.get(who, self.is_operator)


@dataclass(frozen=True, slots=True)
class Place:
    """Where it was asked, by remote ids. `direct`: the asker's direct chat with the bot, "" where none is known.

    A direct chat is a tenant of its own, with the same remote id as its one channel. `noun`: what people there call
    a channel; `has_roles`: an alert there can call a role.
    """

    tenant: str
    channel: str
    is_direct: bool = False
    direct: str = ""
    zone: str = "UTC"
    noun: str = "channel"
    has_roles: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """A command by its path, such as ("feed", "add"), with the arguments as given: checked when it is answered."""

    command: tuple[str, ...]
    arguments: Mapping[str, Value]
    who: Asker
    where: Place


class Page(msgspec.Struct, frozen=True):
    """Page `number` (from 1) of `pages` with `total` entries. `next` is the typed command of the next page, or ""."""

    number: int
    pages: int
    total: int
    next: str = ""


class Attachment(msgspec.Struct, frozen=True):
    """A file beside a reply. `kind` is its media type; `words` say what is in it, for who cannot see or open it."""

    name: str
    kind: str
    body: bytes
    words: str


class Reply(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is said back. `choices` are typed commands to go on with; `private`: for the asker alone, if that can be."""

    message: Message
    private: bool = True
    choices: tuple[str, ...] = ()
    page: Page | None = None
    files: tuple[Attachment, ...] = ()


class Unclear(CommandError):
    """Something was not understood; `choices` are typed commands that may have been meant."""

    def __init__(self, message: str, todo: str = "", choices: Sequence[str] = ()) -> None:
        super().__init__(message, todo)
        self.choices = tuple(choices)


@dataclass(frozen=True, slots=True)
class About:
    """What `about` tells of the program."""

    name: str = "Lodewire"
    version: str = ""
    licence: str = "MIT"
    home: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a command works with: an open transaction, the time, and the place it was asked in, by row numbers."""

    tx: Transaction
    now: datetime
    account: int
    tenant: int
    channel: int
    zone: str
    limits: Limits
    about: About
    table: tuple[Command, ...]
    is_operator: bool = False
    found: Probe | None = None  # what the command's `ahead` found outside
    weights: Weights = field(default_factory=Weights)
    trial: Trial | None = None  # what its `study` found in the archive
    trend: Trend | None = None  # the same, by days
    concepts: Callable[[], Concepts] = no_concepts  # what queries may speak of by name
    grammar: Callable[[], Grammar] = no_grammar  # what is done in a sentence
    asides: list[str] = field(default_factory=list)  # sentences that are said before the answer


class Outside(Protocol):
    """The world outside the database, as a command may see it before its transaction opens."""

    async def probe(self, url: str) -> Probe:
        """Look at an address once. Raises FeedError."""

    async def probe_page(self, url: str, rows: str = "") -> Probe:
        """What watching a web page would bring, its rows found by a CSS selector or guessed. Raises FeedError."""


Suggest = Callable[[Desk, str], Awaitable[Sequence[str]]]
Run = Callable[[Desk, Call], Awaitable[Reply]]
Ahead = Callable[[Outside, Call], Awaitable[Probe]]
Study = Callable[[Desk, Call], Awaitable[Trial | Trend]]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument. `rest` takes all remaining words as typed; `suggest` offers values for what is typed so far.

    `is_named`: typed with its name only, such as `weight: urgent`; several words are joined by commas or quotes.
    """

    name: str
    kind: Kind
    help: str
    required: bool = False
    choices: tuple[str, ...] = ()
    suggest: Suggest | None = None
    is_named: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """An entry of the table: something to run, or a group with `subcommands`, whose bare name means the first.

    `falls_to`: the subcommand that is meant where none is named: `mute K7Q2`.
    `ahead` looks outside before `run`: no row is locked while a site is waited for. `study` reads much of the archive
    before it, in a transaction that only reads. Both raise CommandError. `has_pairs`: each argument may be typed as its
    name and then its value, with nothing between: `settings style compact`.
    """

    name: str
    summary: str
    run: Run | None = None
    parameters: tuple[Parameter, ...] = ()
    who: Who = Who.ANYONE
    examples: tuple[str, ...] = ()
    subcommands: tuple[Command, ...] = field(default=())
    ahead: Ahead | None = None
    study: Study | None = None
    falls_to: str = ""
    has_pairs: bool = False

    def usage(self, path: Sequence[str] = ()) -> str:
        """The line that shows how it is typed: `follow <topic or query> [where: here or me]`."""
        return " ".join([*(path or (self.name,)), *map(_usage_of, self.parameters)])


def _usage_of(parameter: Parameter) -> str:
    said = parameter.name.replace("_", " ")
    if parameter.is_named and not parameter.choices:
        said = f"{said}: ..."
    if parameter.choices:
        said = f"{said}: {' or '.join(parameter.choices)}"
    return f"<{said}>" if parameter.required else f"[{said}]"


def find_command(table: Sequence[Command], path: Sequence[str]) -> Command | None:
    """The command at a path that is complete, or None."""
    found: Command | None = None
    for name in path:
        found = next((command for command in table if command.name == name), None)
        if found is None:
            return None
        table = found.subcommands
    return found
