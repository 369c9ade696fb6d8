"""What is read without asking anybody: powers, words for us, batches, and what a refusal means."""

from __future__ import annotations

from datetime import timedelta
from math import inf
from typing import Any

import pytest

from bot.chat.matrix.errors import Refused, Unreachable, as_delivery_error
from bot.chat.matrix.power import Powers
from bot.chat.matrix.settings import MatrixSettings
from bot.chat.matrix.sync import Batch, Invite, read_batch
from bot.chat.matrix.wire import address, read_wait
from bot.chat.matrix.words import command_text
from bot.core.errors import Rejected, RetryLater

ME = "@bot:a.example"


def create(version: str | None, **content: Any) -> dict[str, Any]:
    return {"sender": "@ana:a.example", "content": {"room_version": version, **content}}


@pytest.mark.parametrize(
    ("levels", "made", "user", "level"),
    [
        ({"users": {"@b:x": 50}}, create("10"), "@b:x", 50),
        ({"users": {"@b:x": "50"}}, create("1"), "@b:x", 50),
        ({"users": {"@b:x": None}, "users_default": 7}, create("10"), "@b:x", 7),
        ({"users": {}}, create("11"), "@ana:a.example", 0),
        ({}, create("12"), "@ana:a.example", inf),
        ({}, create("12", additional_creators=["@c:x"]), "@c:x", inf),
        ({}, create("12", additional_creators="@c:x"), "@c:x", 0),
        ({}, create("11", additional_creators=["@c:x"]), "@c:x", 0),
        (None, create("10"), "@ana:a.example", 100),
        (None, create(None), "@ana:a.example", 100),
        (None, create("10"), "@b:x", 0),
        ({"users": "broken", "users_default": True}, {}, "@b:x", 0),
    ],
)
def test_power(levels: Any, made: Any, user: str, level: float) -> None:
    """As the specification says, for rooms of every version, and 0 where an event is broken."""
    assert level == Powers(levels, made).of(user)


def test_power_to_send() -> None:
    """The level of the event's kind, else the default of events, else 0."""
    made = create("10")
    assert 0 == Powers(None, made).to_send("m.room.message")
    assert 30 == Powers({"events_default": 30}, made).to_send("m.room.message")
    assert 5 == Powers({"events_default": 30, "events": {"m.room.message": 5}}, made).to_send("m.room.message")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("!news help", "help"), ("!NEWS", ""), ("!newsletter", None), ("help", None), ("  !news  a  b ", "a  b"),
        ("Lodewire: help", "help"), ("lodewire, help", "help"), ("@bot:a.example help", "help"), ("bot help", "help"),
        ("bothelp", None), ("@bot: help", "help"), ("a bot help", None),
    ],
)  # fmt: skip
def test_words_for_us(body: str, text: str | None) -> None:
    """The prefix or a name of ours stands at the beginning, as a word."""
    assert text == command_text({"msgtype": "m.text", "body": body}, ME, (ME, "Lodewire", "bot"), "!news")


@pytest.mark.parametrize(
    "content",
    [{}, {"msgtype": 3, "body": "!news"}, {"msgtype": "m.text", "body": 3}, {"m.mentions": 3, "m.relates_to": 3}],
)
def test_strange_content_is_nobodys_word(content: dict[str, Any]) -> None:
    """Any shape may come over the wire; none is an error."""
    assert command_text(content, ME, (ME,), "!news") is None


def test_the_quote_of_an_old_client_is_not_the_answer() -> None:
    """What older clients copy in front of an answer is passed over."""
    content = {
        "msgtype": "m.text",
        "body": "> <@ana:x> !news help\n> more\n\n!news about",
        "m.relates_to": {"m.in_reply_to": {"event_id": "$1"}},
    }
    assert "about" == command_text(content, ME, (), "!news")


def test_a_batch_of_any_shape_is_read() -> None:
    """What has its right shape is kept in order; the rest is passed over."""
    message = {"type": "m.room.message", "event_id": "$1", "sender": "@a:x", "content": {}}
    broken = [3, {}, {"type": "m.room.message"}, message | {"content": 3}, message | {"sender": 3}]
    invite = {"type": "m.room.member", "state_key": ME, "sender": "@a:x", "content": {"is_direct": True}}
    answer = {
        "next_batch": "s2",
        "rooms": {
            "join": {"!r": {"timeline": {"events": [*broken, message]}, "state": None}, "!q": 3},
            "invite": {"!i": {"invite_state": {"events": [{"type": "m.room.name"}, invite]}}, "!j": {}},
            "leave": {"!l": {}},
        },
    }
    assert Batch("s2", (Invite("!i", "@a:x", True),), ("!l",), (("!r", message),)) == read_batch(answer, ME)
    assert Batch("s3", (), (), ()) == read_batch({"next_batch": "s3", "rooms": []}, ME)


@pytest.mark.parametrize(
    ("error", "scope", "in_doubt", "has_todo"),
    [
        (Unreachable("gone"), "account", True, False),
        (Unreachable("cut off", is_cut=True), "channel", True, False),
        (Refused(429, "M_LIMIT_EXCEEDED", "", timedelta(seconds=4)), "account", False, False),
        (Refused(401, "M_UNKNOWN_TOKEN", ""), "account", False, True),
        (Refused(403, "M_USER_DEACTIVATED", ""), "account", False, True),
        (Refused(502, "", ""), "channel", True, False),
    ],
)
def test_later(error: Any, scope: str, in_doubt: bool, has_todo: bool) -> None:
    """Which troubles pass, whom they hold up, whether the post may stand there, and whether somebody must act."""
    later = as_delivery_error(error)
    assert isinstance(later, RetryLater)
    assert (scope, in_doubt, has_todo) == (later.scope, later.in_doubt, bool(later.todo))


@pytest.mark.parametrize("error", [Refused(413, "M_TOO_LARGE", ""), Refused(400, "M_BAD_JSON", "")])
def test_never(error: Refused) -> None:
    """What the content is to blame for is not tried again."""
    assert isinstance(as_delivery_error(error), Rejected)


def test_waits_and_addresses() -> None:
    """The exact wish comes before the header's whole seconds; each part of a path is quoted whole."""
    assert timedelta(milliseconds=1500) == read_wait("2", 1500)
    assert timedelta(seconds=2) == read_wait("2", None)
    assert read_wait("Wed, 21 Oct 2015 07:28:00 GMT", None) is None
    assert "/_matrix/client/v3/rooms/%21a%2Fb/x?q=%2B" == address(("rooms", "!a/b", "x"), {"q": "+"})


def test_a_half_filled_section_is_named() -> None:
    """Nothing set is off; everything needed is on; what is missing is said."""
    assert not list(MatrixSettings().problems())
    assert not MatrixSettings(homeserver="https://a.example", user=ME).enabled
    whole = MatrixSettings(homeserver="https://a.example", user=ME, password="x", allow=(":a.example",))
    assert whole.enabled
    assert not list(whole.problems())
    said = " ".join(MatrixSettings(homeserver="a.example", allow=("ana",)).problems())
    for word in ("homeserver", "user", "access_token", '"ana"'):
        assert word in said
