"""How replies are put together: plain blocks, lists in pages of ten, and refusals that say what to do. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from bot.commands.command import Attachment, Call, Command, Desk, Page, Reply, Value, find_command
from bot.core.errors import LodewireError
from bot.core.messages import Fact, Line, Link, Message, Moment, Section
from bot.core.stories.names import story_name
from bot.core.text.urls import http_url
from bot.storage.archive import StoryHead

PAGE = 10


def plain(text: str, *, title: str = "", zone: str = "UTC", choices: Sequence[str] = ()) -> Reply:
    """A reply of one paragraph."""
    return Reply(Message((Section(title=title, body=((text,),)),), zone, notify=False), choices=tuple(choices))


def blocks(
    desk: Desk,
    *sections: Section,
    choices: Sequence[str] = (),
    page: Page | None = None,
    files: Sequence[Attachment] = (),
) -> Reply:
    """A reply of whole sections, in the channel's zone."""
    return Reply(Message(sections, desk.zone, notify=False), choices=tuple(choices), page=page, files=tuple(files))


def with_asides(desk: Desk, reply: Reply) -> Reply:
    """A reply, before it what the command had to say by the way: that the story asked for is another one."""
    if not desk.asides:
        return reply
    said = Section(body=tuple((line,) for line in dict.fromkeys(desk.asides)))
    sections = (said, *reply.message.sections)
    return replace(reply, message=replace(reply.message, sections=sections))


def refusal(error: LodewireError, zone: str = "UTC") -> Reply:
    """What an error says, and the commands that may have been meant."""
    choices: tuple[str, ...] = getattr(error, "choices", ())
    return plain(str(error), zone=zone, choices=choices)


def page_of(desk: Desk, call: Call, total: int, size: int = PAGE) -> Page:
    """The page a call asks for; past the end it is the last one."""
    pages = max(1, -(-total // size))
    number = min(int(call.arguments.get("page", 1)), pages)
    command = find_command(desk.table, call.command)
    following = retype(command, call.command, {**call.arguments, "page": number + 1}) if command else ""
    return Page(number, pages, total, following if number < pages else "")


def counted(number: int, one: str, many: str) -> str:
    """`1 story`, `47 stories`."""
    return f"{number} {one if number == 1 else many}"


def page_note(page: Page, one: str, many: str) -> str:
    """`47 stories, page 2 of 5. More: latest page:3`."""
    said = counted(page.total, one, many)
    if page.pages == 1:
        return f"{said}."
    more = f" More: {page.next}" if page.next else ""
    return f"{said}, page {page.number} of {page.pages}.{more}"


def retype(command: Command, path: Sequence[str], arguments: Mapping[str, Value]) -> str:
    """A call as a person would type it, so that a button or a choice is the same as typing."""
    words, is_next = list(path), True  # whether a bare word would be taken for this parameter
    for parameter in command.parameters:
        value = arguments.get(parameter.name)
        if value is None:
            is_next = False
            continue
        is_bare = is_next and parameter.kind in ("rest", "text") and not parameter.is_named
        said = f'"{value}"' if " " in str(value) and not (is_bare and parameter.kind == "rest") else str(value)
        words.append(said if is_bare else f"{parameter.name}:{said}")
        is_next = is_next and parameter.kind != "rest"
    return " ".join(words)


def linked(text: str, url: str | None) -> str | Link:
    """Words that lead to `url`, where it is one that may be linked."""
    target = http_url(url) if url else None
    return Link(text, target) if target else text


def story_line(head: StoryHead) -> Line:
    """A story in a list: headline, who told it first, when, and its id."""
    source = f" · {head.source}" if head.source else ""
    return (linked(head.headline, head.url), f"{source} · ", Moment(head.told_at), f" · {story_name(head.id)}")


def fact(label: str, *line: str | Link | Moment) -> Fact:
    """A labelled line."""
    return Fact(label, tuple(line))
