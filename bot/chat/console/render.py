"""A message as a terminal shows it: panels, or plain lines where there is no terminal. Pure; prints nothing.

Feed text is only ever text: it is never read as markup, and nothing in it can move the cursor or colour the screen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import partial

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.style import Style
from rich.table import Table
from rich.text import Text

from bot.commands.command import Reply
from bot.core.messages import Fact, Line, Link, Message, Moment, Section, moment_text, section_text
from bot.locale import tongue_of

Say = Callable[[Moment], str]

BORDER = "cyan"
KICKER = "bold yellow"
QUIET = "dim"
BULLET = "•"
SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -~])|\x9b[0-?]*[ -/]*[@-~]")
STEERING = {"\u2028", "\u2029", *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"}


def cleaned(text: str) -> str:
    """The text without what steers a terminal: escape sequences, control characters, direction overrides."""
    text = SEQUENCE.sub("", text)
    return "".join(
        letter if letter == "\n" or (unicodedata.category(letter) != "Cc" and letter not in STEERING) else " "
        for letter in text
    )


def render_plain(message: Message) -> str:
    """The message as plain lines, with every fact and address in it."""
    tongue = tongue_of(message.lang)
    return "\n\n".join(cleaned(section_text(section, message.zone, tongue)) for section in message.sections)


def render_rich(message: Message) -> RenderableType:
    """The message as panels, one a section."""
    say = partial(moment_text, zone=message.zone, tongue=tongue_of(message.lang))
    return Group(*(_panel(section, say) for section in message.sections))


def reply_plain(reply: Reply) -> str:
    """A reply as plain lines, with what can be written next."""
    said = "\n\n".join(filter(None, (render_plain(reply.message), files_line(reply))))
    return f"{said}\n\nNext: {cleaned(' | '.join(reply.choices))}" if reply.choices else said


def files_line(reply: Reply) -> str:
    """What else the reply holds: a terminal shows no file, so it is named, with the words for it."""
    return "\n".join(cleaned(f"File {one.name}: {one.words}") for one in reply.files)


def reply_rich(reply: Reply) -> RenderableType:
    """A reply as panels, with what can be written next under them."""
    parts = [render_rich(reply.message)]
    if reply.files:
        parts.append(Padding(Text(files_line(reply), style=QUIET), (0, 2)))
    if reply.choices:
        hint = Text("Next: ", style=QUIET)
        hint.append("  |  ".join(map(cleaned, reply.choices)))
        parts.append(Padding(hint, (0, 2)))
    return Group(*parts)


def _panel(section: Section, say: Say) -> Panel:
    """A section in its frame: what kind above, reason and id below."""
    return Panel(
        Group(*_parts(section, say)),
        title=Text(cleaned(section.kicker), style=KICKER) if section.kicker else None,
        title_align="left",
        subtitle=Text(cleaned(section.footer), style=QUIET) if _fits_below(section.footer) else None,
        subtitle_align="left",
        border_style=BORDER,
        box=box.ROUNDED,
        padding=(0, 1),
    )


def _fits_below(footer: str) -> bool:
    """Whether a footer is short enough for the frame, which cuts what is longer."""
    return 0 < len(footer) <= 60


def _parts(section: Section, say: Say) -> Iterable[RenderableType]:
    blocks: list[RenderableType] = []
    if section.title:
        blocks.append(_title(section))
    blocks += [_line(line, say) for line in section.body]
    if section.facts:
        blocks.append(_facts(section.facts, say))
    if section.lines:
        blocks.append(_list(section.lines, say))
    if section.footer and not _fits_below(section.footer):
        blocks.append(Text(cleaned(section.footer), style=QUIET))
    for index, block in enumerate(blocks):
        if index:
            yield Text("")
        yield block


def _title(section: Section) -> Text:
    """The headline, linked, and under it the address, for terminals that do not link."""
    title = Text(cleaned(section.title), style="bold")
    if section.url:
        address = cleaned(section.url)
        title.stylize(Style(link=address))
        title.append(f"\n{address}", style=Style(dim=True, underline=False, bold=False, link=address))
    return title


def _line(line: Line, say: Say) -> Text:
    text = Text()
    for part in line:
        if isinstance(part, str):
            text.append(cleaned(part))
        elif isinstance(part, Link):
            text.append(cleaned(part.text), style=Style(link=cleaned(part.url), underline=True))
        else:
            text.append(say(part))
    return text


def _facts(facts: Iterable[Fact], say: Say) -> Table:
    """Labels in one column, what they say in the other; a label said twice running is shown once."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", max_width=24)
    table.add_column(ratio=1)
    before = ""
    for fact in facts:
        table.add_row(Text("" if fact.label == before else cleaned(fact.label)), _line(fact.line, say))
        before = fact.label
    return table


def _list(lines: Iterable[Line], say: Say) -> Table:
    table = Table.grid(padding=(0, 1))
    table.add_column(width=1, style=QUIET)
    table.add_column(ratio=1)
    for line in lines:
        table.add_row(BULLET, _line(line, say))
    return table
