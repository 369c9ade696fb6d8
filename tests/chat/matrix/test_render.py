"""Messages as Matrix takes them: every fact in plain words, tidy HTML, and nothing that calls or misleads anybody."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from bot.chat.matrix.render import MOST_BYTES, OURS, edit_content, post_content, reply_content
from bot.commands.command import Page, Reply
from bot.core.messages import Fact, Link, Message, Moment, Section
from bot.core.outbox import Op, Outgoing

AT = datetime(2025, 11, 4, 6, 12, tzinfo=UTC)
ALLOWED = {"p", "strong", "em", "a", "br", "ul", "li", "hr", "code"}
TAGS = re.compile(r"<(/?)([a-z0-9]+)((?: [^<>]*)?)>")
ALERT = Section(
    kicker="Export controls · Rare earths",
    title="Ban & roadmap",
    url="https://wire.example/a?b=1&c=2",
    body=(("Dated ", Link("Tuesday", "https://wire.example/order"), "."),),
    facts=(Fact("Sources", ("First: ", Link("Wire", "https://wire.example/a?b=1&c=2"), ", ", Moment(AT, "time"))),),
    lines=(("One",), ("Two",)),
    footer="Story K7Q2",
)


def post(*sections: Section, op: Op = Op.POST, of: tuple[str, ...] = (), notify: bool = True) -> Outgoing:
    return Outgoing("key-1", op, "!room", Message(sections or (ALERT,), "Europe/Berlin", notify), of)


def test_the_plain_body_has_every_fact() -> None:
    """A client without HTML, a screen reader and a notification get each fact and each address, once, in order."""
    assert post_content(post())["body"].splitlines() == [
        "Export controls · Rare earths",
        "Ban & roadmap",
        "https://wire.example/a?b=1&c=2",
        "Dated Tuesday (https://wire.example/order).",
        "Sources: First: Wire, 07:12 CET",
        "- One",
        "- Two",
        "Story K7Q2 · React with ❓ for Why, ⏰ for Remind me, 📰 for Sources, 👎 for Less like this, "
        "🔇 for Mute story",
    ]


def test_the_html_is_of_allowed_tags_and_whole() -> None:
    """Every tag is one that the specification lets through, each is closed, and only links have attributes."""
    html = post_content(post(ALERT, ALERT))["formatted_body"]
    open_tags: list[str] = []
    for closing, name, attributes in TAGS.findall(html):
        assert name in ALLOWED
        assert not attributes or (name == "a" and re.fullmatch(r' href="https://[^"<>]*"', attributes))
        if name in ("br", "hr"):
            continue
        if closing:
            assert open_tags.pop() == name
        else:
            open_tags.append(name)
    assert open_tags == []
    assert "Ban &amp; roadmap" in html
    assert 'href="https://wire.example/a?b=1&amp;c=2"' in html


@pytest.mark.parametrize(
    "words", ['<b onclick="x">&lt;', '"><img src=x>', "a\nb", "@room look", "\u202eabc\x1b[31m\x00"]
)
def test_feed_text_is_only_text(words: str) -> None:
    """Wherever feed text stands, it opens no tag, calls no room, steers nothing, and its mentions are empty."""
    url = "https://wire.example/?q='\"<x>"
    section = Section(words, words, url, ((words, Link(words, url)),), (Fact(words, (words,)),), ((words,),), words)
    for content in (post_content(post(section)), edit_content(post(section, op=Op.EDIT, of=("$1",)))):
        said = content.get("m.new_content", content)
        assert {name for _, name, _ in TAGS.findall(said["formatted_body"])} <= ALLOWED
        assert "onclick" not in re.sub(r">[^<]*<", "><", said["formatted_body"])
        for text in (content["body"], said["body"], said["formatted_body"]):
            assert not re.search("@room|\u202e|\x1b|\x00", text)
        assert content["m.mentions"] == said["m.mentions"] == {}


def test_an_alert_rings_and_an_answer_does_not() -> None:
    """What asks for notification is m.text; answers to commands are m.notice, which never rings."""
    assert "m.text" == post_content(post())["msgtype"]
    assert "m.notice" == post_content(post(notify=False))["msgtype"]
    reply = Reply(Message((Section(title="Hi"),)), choices=("follow x", "help"))
    content = reply_content(reply, "$asked", prefix="!news")
    assert "m.notice" == content["msgtype"]
    assert content["body"].endswith("You can write: !news follow x | !news help")
    assert {"m.in_reply_to": {"event_id": "$asked"}} == content["m.relates_to"]


def test_the_next_page_is_a_command_to_write() -> None:
    """A list names its next page with the room's prefix, before what else can be written, once."""
    reply = Reply(Message((ALERT,)), choices=("latest", "topic list page:2"), page=Page(1, 3, 25, "topic list page:2"))
    body = reply_content(reply, "$asked", prefix="!news")["body"]
    assert body.endswith("You can write: !news topic list page:2 | !news latest")


def test_an_edit_names_its_message_and_an_answer_its_thread() -> None:
    """m.replace with the whole new content; m.thread with a fallback for clients that know no threads."""
    edit = edit_content(post(op=Op.EDIT, of=("$first",)))
    assert {"rel_type": "m.replace", "event_id": "$first"} == edit["m.relates_to"]
    assert edit["body"] == "* " + edit["m.new_content"]["body"]
    assert {"key": "key-1"} == edit[OURS]
    answer = post_content(post(op=Op.REPLY, of=("$first",)))["m.relates_to"]
    assert ("m.thread", "$first", True) == (answer["rel_type"], answer["event_id"], answer["is_falling_back"])
    assert {"event_id": "$first"} == answer["m.in_reply_to"]


@pytest.mark.parametrize("letter", ["x", "ж", "字", "🪨", '"', "&"])
@pytest.mark.parametrize("count", [4_000, 12_000, 40_000])
def test_it_always_fits(letter: str, count: int) -> None:
    """Whatever the letters weigh, post and edit stay within an event's limit, and the story's name is still there."""
    section = Section("Topic", "Headline", None, ((letter * count,),), footer="Story K7Q2")
    made: list[dict[str, Any]] = [post_content(post(section)), edit_content(post(section, op=Op.EDIT, of=("$1",)))]
    for content in made:
        assert len(msgspec.json.encode(content)) <= MOST_BYTES
        said = content.get("m.new_content", content)
        assert "Story K7Q2" in said["body"]
        assert "Headline" in content["body"]
        assert "key-1" == content[OURS]["key"]
