"""A message as neutral blocks."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.core.messages import Fact, Link, Message, Moment, Section, as_text, freeze, thaw
from bot.core.model import Item, require_aware

AT = datetime(2025, 11, 4, 6, 12, tzinfo=UTC)
MESSAGE = Message(
    (
        Section(
            kicker="Rare earths",
            title="A headline",
            url="https://a.example/1",
            body=(("A sentence.",),),
            facts=(Fact("Sources", ("First: ", Link("Wire", "https://a.example/1"), ", ", Moment(AT, "time"))),),
            lines=(("one",),),
            footer="Story K7Q2",
        ),
    ),
    zone="Europe/Moscow",
)


def test_frozen_and_thawed_is_the_same() -> None:
    """What is saved before sending says the same words after a restart, byte for byte."""
    assert thaw(freeze(MESSAGE)) == MESSAGE
    assert freeze(thaw(freeze(MESSAGE))) == freeze(MESSAGE)


def test_plain_text_holds_every_fact() -> None:
    """The plain form has everything, in reading order, with times in the channel's zone and the zone named."""
    assert as_text(MESSAGE) == (
        "Rare earths\nA headline\nhttps://a.example/1\nA sentence.\nSources: First: Wire, 09:12 MSK\n- one\nStory K7Q2"
    )


def test_naive_times_are_refused() -> None:
    """A time without a zone has no place in the program."""
    with pytest.raises(ValueError, match="time zone"):
        Item("g", None, "t", published=datetime(2025, 11, 4))  # noqa: DTZ001
    assert require_aware(None, "x") is None
