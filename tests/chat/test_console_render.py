"""How a terminal shows a message: every fact, in order, and nothing that a feed could steer it with."""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console as Terminal
from rich.console import RenderableType

from bot.chat.console.render import cleaned, render_plain, render_rich, reply_plain, reply_rich
from bot.chat.console.screen import open_screen
from bot.commands.command import Reply
from bot.core.messages import Fact, Link, Message, Moment, Section

AT = datetime(2025, 11, 4, 6, 12, tzinfo=UTC)
ALERT = Section(
    kicker="Export controls · Rare earths",
    title="Putin orders roadmap for rare-earth extraction",
    url="http://kremlin.example/events/78391",
    body=(("The Kremlin has ordered a roadmap for the extraction of rare-earth metals by Dec. 1. " * 2,),),
    facts=(
        Fact("Due", ("Mon 1 Dec 2025 (in 27 days): roadmap",)),
        Fact("Due", ("Tue 9 Dec 2025 (in 35 days): hearing",)),
        Fact("Sources", ("First: ", Link("Kremlin", "http://kremlin.example/1"), ", ", Moment(AT, "time"))),
    ),
    lines=(("one",), ("two ", Moment(AT, "day"))),
    footer="Story K7Q2",
)
HOSTILE = Section(
    kicker="@everyone [red]x[/red]",
    title="\x1b[31mRed\x1b[0m [bold]b[/bold]\x1b]8;;http://evil.example\x07click\x1b]8;;\x07",
    url="https://a.example/\x1b[2J",
    body=(("line\u2028two\u202e\x07\x9b31m :smile: [link=http://evil.example]y[/link]",),),
    facts=(Fact("[/]", ("[/nothing]", Link("[b]", "https://b.example"))),),
    footer="[/]",
)


def draw(renderable: RenderableType, width: int) -> list[str]:
    """What a terminal of this width shows, without colours."""
    stream = StringIO()
    Terminal(file=stream, width=width, highlight=False, markup=False, emoji=False).print(renderable)
    return stream.getvalue().splitlines()


@pytest.mark.parametrize("width", [40, 80, 120])
def test_every_fact_is_shown_at_every_width(width: int) -> None:
    """Nothing is cut, nothing sticks out, and the order is the message's."""
    lines = draw(render_rich(Message((ALERT,))), width)
    assert {width} == {len(line) for line in lines}
    shown = " ".join(" ".join(line.strip("│╭╮╰╯─ ") for line in lines).split())
    parts = [
        "Export controls · Rare earths",
        "Putin orders roadmap",
        "http://kremlin.example/events/78391",
        "by Dec. 1.",
    ]
    parts += ["Due", "1 Dec 2025", "9 Dec 2025", "Sources", "06:12 UTC", "• one", "Tue 4 Nov 2025", "Story K7Q2"]
    places = [shown.find(part) for part in parts]
    assert -1 not in places
    assert sorted(places) == places
    assert 1 == shown.count("Due ")


def test_feed_text_is_never_read_as_markup() -> None:
    """Brackets, emoji codes and mentions stand as they are; escape sequences are gone."""
    shown = "\n".join(draw(render_rich(Message((HOSTILE,))), 120))
    assert not any(ord(letter) < 32 and letter != "\n" for letter in shown)
    assert "@everyone [red]x[/red]" in shown
    assert "Red [bold]b[/bold]click" in shown
    assert ":smile: [link=http://evil.example]y[/link]" in shown
    assert "[/nothing][b]" in shown


def test_a_coloured_terminal_gets_only_our_colours() -> None:
    """On a real terminal the only escape sequences are rich's own; the feed's link leads nowhere."""
    stream = StringIO()
    Terminal(file=stream, width=80, force_terminal=True, markup=False, emoji=False).print(
        render_rich(Message((HOSTILE,)))
    )
    assert "\x1b[31m" not in stream.getvalue()
    assert "\x1b[2J" not in stream.getvalue()
    assert ";http://evil.example" not in stream.getvalue()
    assert "\u202e" not in stream.getvalue()


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_cleaning_is_idempotent_and_leaves_no_control(text: str) -> None:
    """Whatever comes, what is left cannot steer; cleaned again it is the same."""
    once = cleaned(text)
    assert not [letter for letter in once if (ord(letter) < 32 and letter != "\n") or 127 <= ord(letter) < 160]
    assert once == cleaned(once)


def test_plain_lines_hold_every_fact() -> None:
    """What a screen reader or a pipe gets: no frame, no escape, one fact a line."""
    text = render_plain(Message((ALERT, HOSTILE)))
    assert "Due: Tue 9 Dec 2025 (in 35 days): hearing\nSources: First: Kremlin, 06:12 UTC\n- one" in text
    assert "\x1b" not in text
    assert "Story K7Q2\n\n@everyone [red]x[/red]\nRed [bold]b[/bold]click\n" in text


def test_a_reply_names_what_comes_next() -> None:
    """Choices stand under it, as they are typed."""
    reply = Reply(Message((Section(body=(("Hello.",),)),)), choices=("topic list", "help"))
    assert "Hello.\n\nNext: topic list | help" == reply_plain(reply)
    assert "Next: topic list  |  help" in "\n".join(draw(reply_rich(reply), 80))


def test_long_footers_move_into_the_frame() -> None:
    """A frame's edge cuts what is longer than it; a footer is never cut."""
    footer = "47 stories, page 2 of 5. More: latest rare earths count:10 page:3, and so on"
    assert footer in "\n".join(draw(render_rich(Message((Section(title="Latest", footer=footer),))), 90))


@pytest.mark.parametrize(
    ("style", "environment", "is_rich"),
    [
        ("auto", {}, False),
        ("rich", {}, True),
        ("rich", {"NO_COLOR": "1"}, True),
        ("plain", {}, False),
    ],
)
def test_panels_are_for_terminals(style: str, environment: dict[str, str], is_rich: bool) -> None:
    """Without a terminal lines are plain, unless panels were asked for by name."""
    assert is_rich == open_screen(style, StringIO(), environment).is_rich


class FakeTerminal(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "is_rich"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False), ({"NO_COLOR": ""}, True)],
)
def test_a_terminal_may_ask_for_plain(
    environment: dict[str, str], is_rich: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NO_COLOR, unless empty, and TERM=dumb ask for plain lines."""
    for name in ("NO_COLOR", "TERM", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    assert is_rich == open_screen("auto", FakeTerminal(), environment).is_rich
