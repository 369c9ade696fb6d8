"""A message as Matrix takes it: a plain body with every fact in it, and the same as HTML of the allowed tags. Pure.

Feed text is only ever text: nothing in it is markup, moves other text about, or calls anybody by name. `m.mentions` is
always there and always empty, which tells every client and server that nobody is meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from html import escape
from typing import Any

import msgspec

from bot.commands.command import Attachment, Reply
from bot.commands.controls import CONTROLS, DATE_CONTROLS, Control
from bot.core.messages import Fact, Line, Link, Message, Moment, Section, moment_text
from bot.core.outbox import Op, Outgoing
from bot.core.tongue import ENGLISH, Tongue
from bot.locale import tongue_of

Content = dict[str, Any]
Say = Callable[[Moment], str]

OURS = "org.lodewire"
"""Our own key in an event's content: what was posted under which key is found again by it."""

MOST_BYTES = 60_000
"""Of content as JSON. An event may have 65,536 bytes with its envelope."""

STEERING = {"\u2028", "\u2029", *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"}
ROOM_PING = re.compile(r"@(?=room\b)", re.IGNORECASE)


def hint(controls: Sequence[Control], tongue: Tongue = ENGLISH) -> str:
    """Which reaction is for what: `React with ❓ for Why, ⏰ for Remind me`."""
    each = (tongue.say("{sign} for {what}", sign=one.sign, what=tongue.say(one.label)) for one in controls)
    return tongue.say("React with {list}", list=", ".join(each))


def post_content(post: Outgoing) -> Content:
    """The content of a post or an answer to one."""
    content = _said(post.message, "m.text" if post.message.notify else "m.notice", is_alert=True)
    if post.op is Op.REPLY and post.of:
        content["m.relates_to"] = in_thread(post.of[0])
    return _fitted(content | {OURS: {"key": post.key}})


def edit_content(post: Outgoing) -> Content:
    """The content of the event that replaces `post.of`. The new words stand in it twice, for old clients once plain."""
    new = _said(post.message, "m.text" if post.message.notify else "m.notice", is_alert=True)
    content = {
        "msgtype": new["msgtype"],
        "body": f"* {new['body']}",
        "m.mentions": {},
        "m.new_content": new,
        "m.relates_to": {"rel_type": "m.replace", "event_id": post.of[0]},
        OURS: {"key": post.key},
    }
    return _fitted(content)


def fits_whole(message: Message) -> bool:
    """Whether Matrix shows a message with no word left out, also when an edit says it twice."""
    return 2 * _size(_said(message, "m.text", is_alert=True)) <= MOST_BYTES


def reply_content(reply: Reply, to: str, thread: str = "", prefix: str = "") -> Content:
    """The answer to an event, in its thread where it has one. It notifies nobody."""
    following = (reply.page.next,) if reply.page and reply.page.next else ()
    message, choices = (
        reply.message,
        [f"{prefix} {choice}".strip() for choice in dict.fromkeys((*following, *reply.choices))],
    )
    content = _said(message, "m.notice", choices)
    content["m.relates_to"] = in_thread(thread, to) if thread else {"m.in_reply_to": {"event_id": to}}
    return _fitted(content | {OURS: {"answers": to}})


def file_content(file: Attachment, mxc: str, to: str, thread: str = "") -> Content:
    """A file of an answer, with its words as the caption that is read where it cannot be seen."""
    return {
        "msgtype": "m.image" if file.kind.startswith("image/") else "m.file",
        "body": cleaned(file.words),
        "filename": file.name,
        "url": mxc,
        "info": {"mimetype": file.kind, "size": len(file.body)},
        "m.mentions": {},
        "m.relates_to": in_thread(thread, to) if thread else {"m.in_reply_to": {"event_id": to}},
        OURS: {"answers": to},
    }


def notice_content(text: str) -> Content:
    """A sentence of our own to a room."""
    return {"msgtype": "m.notice", "body": text, "m.mentions": {}, OURS: {}}


def in_thread(root: str, to: str = "") -> Content:
    """The relation of a message in the thread that `root` opens; clients without threads show an answer to `to`."""
    shown = {"m.in_reply_to": {"event_id": to or root}}
    return {"rel_type": "m.thread", "event_id": root, "is_falling_back": not to, **shown}


def cleaned(text: str) -> str:
    """The text without control characters and direction overrides, and without the word that calls a whole room."""
    kept = (letter if letter == "\n" or not _steers(letter) else " " for letter in text)
    return ROOM_PING.sub("@\u200b", "".join(kept))


def _steers(letter: str) -> bool:
    return letter in STEERING or unicodedata.category(letter) in ("Cc", "Cs")


def _said(message: Message, kind: str, choices: Sequence[str] = (), *, is_alert: bool = False) -> Content:
    tongue = tongue_of(message.lang)
    say = partial(moment_text, zone=message.zone, tongue=tongue)
    sections = _with_hint(message.sections, tongue) if is_alert else message.sections
    plain = "\n\n".join("\n".join(_plain_rows(section, say)) for section in sections)
    html = "<hr>".join("".join(_html_blocks(section, say)) for section in sections)
    if choices:
        plain += "\n\nYou can write: " + " | ".join(map(cleaned, choices))
        html += "<p>You can write: " + " · ".join(f"<code>{_html(choice)}</code>" for choice in choices) + "</p>"
    return {
        "msgtype": kind,
        "body": plain or "\u200b",
        "format": "org.matrix.custom.html",
        "formatted_body": html,
        "m.mentions": {},
    }


def _with_hint(sections: tuple[Section, ...], tongue: Tongue) -> tuple[Section, ...]:
    """Below each story's id: which reaction says more. A list has a sentence of its own."""
    hints = {"date": hint(DATE_CONTROLS, tongue), "": hint(CONTROLS, tongue)}
    return tuple(
        msgspec.structs.replace(section, footer=f"{section.footer} · {hints[section.controls]}")
        if section.footer and section.controls not in ("list", "more")
        else section
        for section in sections
    )


def _plain_rows(section: Section, say: Say) -> Iterator[str]:
    """Every fact and every address, each address once."""
    told = {section.url}
    rows = [section.kicker, section.title, section.url or ""]
    rows += [_plain_line(line, say, told) for line in section.body]
    rows += [f"{fact.label}: {_plain_line(fact.line, say, told)}" for fact in section.facts]
    rows += [f"- {_plain_line(line, say, told)}" for line in section.lines]
    rows.append(section.footer)
    return (cleaned(row) for row in rows if row)


def _plain_line(line: Line, say: Say, told: set[str | None]) -> str:
    parts = []
    for part in line:
        if isinstance(part, str):
            parts.append(part)
        elif isinstance(part, Link):
            parts.append(part.text if part.url in told else f"{part.text} ({part.url})")
            told.add(part.url)
        else:
            parts.append(say(part))
    return "".join(parts)


def _html_blocks(section: Section, say: Say) -> Iterator[str]:
    if section.kicker:
        yield f"<p><em>{_html(section.kicker)}</em></p>"
    if section.title:
        title = _html(section.title)
        yield f"<p><strong>{_anchor(title, section.url) if section.url else title}</strong></p>"
    for line in section.body:
        yield f"<p>{_html_line(line, say)}</p>"
    if section.facts:
        yield f"<p>{'<br>'.join(_html_facts(section.facts, say))}</p>"
    if section.lines:
        yield f"<ul>{''.join(f'<li>{_html_line(line, say)}</li>' for line in section.lines)}</ul>"
    if section.footer:
        yield f"<p>{_html(section.footer)}</p>"


def _html_facts(facts: Iterable[Fact], say: Say) -> Iterator[str]:
    for fact in facts:
        yield f"<strong>{_html(fact.label)}:</strong> {_html_line(fact.line, say)}"


def _html_line(line: Line, say: Say) -> str:
    return "".join(
        _html(part)
        if isinstance(part, str)
        else _anchor(_html(part.text), part.url)
        if isinstance(part, Link)
        else _html(say(part))
        for part in line
    )


def _html(text: str) -> str:
    return escape(cleaned(text)).replace("\n", "<br>")


def _anchor(shown: str, url: str) -> str:
    return f'<a href="{escape(cleaned(url))}">{shown}</a>'


def _fitted(content: Content) -> Content:
    """The content within the limit: first the old clients' copy of an edit is cut, then the HTML goes, then words."""
    if _size(content) <= MOST_BYTES:
        return content
    new = content.get("m.new_content")
    if new is not None:
        content = content | {"body": f"* {new['body'][:300]}..."}
    if _size(content) <= MOST_BYTES:
        return content
    said = {key: value for key, value in (new or content).items() if key not in ("format", "formatted_body")}
    room = MOST_BYTES - _size((content | {"m.new_content": said | {"body": ""}}) if new else said | {"body": ""})
    said["body"] = _cut(said["body"], room)
    return content | {"m.new_content": said} if new else said


def _cut(text: str, most: int) -> str:
    """At most so many bytes of JSON: the beginning, and the last line, which names the story."""
    if len(msgspec.json.encode(text)) <= most:
        return text
    last = text.rpartition("\n")[2][:200]
    keep = text
    while len(msgspec.json.encode(f"{keep}\n...\n{last}")) > most:
        keep = keep[: len(keep) * 9 // 10]
    return f"{keep}\n...\n{last}"


def _size(content: Content) -> int:
    return len(msgspec.json.encode(content))
