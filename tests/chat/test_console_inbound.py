"""Typing at the console: each line is answered, until `quit` or the end of the input."""

from __future__ import annotations

from io import StringIO

import pytest

from bot.chat.console.inbound import answer_line, chat_loop, read_line
from bot.chat.console.screen import open_screen
from bot.core.errors import CommandError
from bot.core.messages import as_text
from bot.storage.database import Database
from tests.clock import Clock
from tests.commands.newsroom import open_newsroom


def test_the_console_may_do_everything() -> None:
    """Whoever sits at the machine is moderator and operator, in a direct chat of their own."""
    call = read_line("> feed list")
    assert (("feed", "list"), True, True) == (call.command, call.who.is_moderator, call.who.is_operator)
    assert (True, "console") == (call.where.is_direct, call.where.direct)
    with pytest.raises(CommandError):
        read_line("folow gallium")


@pytest.mark.asyncio
async def test_piped_lines_are_answered_in_order(database: Database, clock: Clock) -> None:
    """Empty lines are nothing, mistakes are answered, and the end of the input is a good end."""
    room = await open_newsroom(database, clock)
    source, stream = StringIO("follow gallium\n\nfolow x\nfollowing"), StringIO()
    assert 0 == await chat_loop(room.office, room.account, open_screen("plain", stream), source=source)
    said = stream.getvalue()
    places = [said.find(part) for part in ("Following Gallium", 'There is no command "folow"', "Followed in this chat")]
    assert -1 not in places
    assert sorted(places) == places
    assert "lodewire>" not in said


@pytest.mark.asyncio
@pytest.mark.parametrize("word", ["quit", "EXIT", "bye"])
async def test_quit_ends(word: str, database: Database, clock: Clock) -> None:
    """What comes after it is not read."""
    room = await open_newsroom(database, clock)
    source, stream = StringIO(f"about\n{word}\nabout\n"), StringIO()
    done: list[int] = []

    async def count() -> None:
        done.append(stream.getvalue().count("Version: 1.2.3"))

    screen = open_screen("plain", stream)
    assert 0 == await chat_loop(room.office, room.account, screen, source=source, afterwards=count)
    assert 1 == stream.getvalue().count("Version: 1.2.3")
    assert [1] == done


@pytest.mark.asyncio
async def test_answers_are_panels_where_asked_for(database: Database, clock: Clock) -> None:
    """The same reply, drawn."""
    room = await open_newsroom(database, clock)
    source, stream = StringIO("topics\n"), StringIO()
    await chat_loop(room.office, room.account, open_screen("rich", stream), source=source)
    assert "╭" in stream.getvalue()
    assert "• Rare earths · follow rare-earths" in stream.getvalue()


@pytest.mark.asyncio
async def test_a_line_is_answered_alone(database: Database, clock: Clock) -> None:
    """`> follow ...` outside the loop is the same."""
    room = await open_newsroom(database, clock)
    reply = await answer_line(room.office, "> follow rare-earths", room.account)
    assert "Following Rare earths" in as_text(reply.message)
