"""A message as neutral blocks: what is said, not how a platform shows it.

Every platform's `render` draws the same blocks.

A message is frozen as JSON in `posts.payload` before it is sent, so a retry sends the same words.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from bot.core.tongue import ENGLISH, Tongue


class Moment(msgspec.Struct, frozen=True, tag="moment"):
    """A point in time inside a line; a platform with native timestamps draws it natively.

    `style`: "time", "day" or "both".
    """

    at: datetime
    style: str = "both"


class Link(msgspec.Struct, frozen=True, tag="link"):
    """Words that lead somewhere. `url` is http(s) only: feeds are cleaned at the door."""

    text: str
    url: str


Inline = str | Moment | Link
Line = tuple[Inline, ...]


class Fact(msgspec.Struct, frozen=True):
    """A labelled line, such as `Sources: First: Kremlin (official), 06:12 UTC`."""

    label: str
    line: Line


class Section(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing said. Read in this order by eye, screen reader and plain text alike."""

    kicker: str = ""  # what kind: topic titles and a word for weight
    title: str = ""
    url: str | None = None
    body: tuple[Line, ...] = ()  # paragraphs
    facts: tuple[Fact, ...] = ()
    lines: tuple[Line, ...] = ()  # a list
    footer: str = ""
    controls: str = ""  # what it can be answered with by one tap: `date`, `list`, `more`, "": what its story can


class Message(msgspec.Struct, frozen=True, omit_defaults=True):
    """Sections in order. `zone` names the IANA zone in which times are written; `notify` asks for a notification.

    `calls`: the roles that it calls by name, by the platform's own ids, where moderators asked for that.
    `picks`: of a list of stories, those to choose from: name and headline of each. `lang`: that of our own words.
    """

    sections: tuple[Section, ...]
    zone: str = "UTC"
    notify: bool = True
    calls: tuple[str, ...] = ()
    picks: tuple[tuple[str, str], ...] = ()
    lang: str = "en"

    @property
    def is_list(self) -> bool:
        """Whether it tells many stories, a line each."""
        return any(section.controls in ("list", "more") for section in self.sections)


def freeze(message: Message) -> str:
    """The message as JSON text, stable for equal messages."""
    return msgspec.json.encode(message, order="deterministic").decode()


def thaw(payload: str) -> Message:
    """The message that `freeze` wrote. Raises msgspec.ValidationError for anything else."""
    return msgspec.json.decode(payload, type=Message)


def moment_text(moment: Moment, zone: str, tongue: Tongue = ENGLISH) -> str:
    """`06:12 UTC`, `Mon 1 Dec 2025` or both, in `zone`, always naming the zone where a time of day is shown."""
    local = moment.at.astimezone(ZoneInfo(zone))
    day, time = tongue.day(local.date()), f"{local:%H:%M} {local.tzname()}"
    return {"day": day, "time": time}.get(moment.style, f"{day}, {time}")


def line_text(line: Line, zone: str, tongue: Tongue = ENGLISH) -> str:
    """A line as plain words; a link is its text (platforms that can link do it themselves)."""
    return "".join(
        part if isinstance(part, str) else part.text if isinstance(part, Link) else moment_text(part, zone, tongue)
        for part in line
    )


def section_text(section: Section, zone: str, tongue: Tongue = ENGLISH) -> str:
    """A section as plain text with every fact in it: what a screen reader or a plain terminal gets."""
    rows = [section.kicker, section.title, section.url or ""]
    rows += [line_text(line, zone, tongue) for line in section.body]
    rows += [f"{fact.label}: {line_text(fact.line, zone, tongue)}" for fact in section.facts]
    rows += [f"- {line_text(line, zone, tongue)}" for line in section.lines]
    rows.append(section.footer)
    return "\n".join(row for row in rows if row)


def as_text(message: Message, tongue: Tongue = ENGLISH) -> str:
    """The whole message as plain text, sections parted by an empty line."""
    return "\n\n".join(section_text(section, message.zone, tongue) for section in message.sections)
