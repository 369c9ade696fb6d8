"""Typed text to a call: forgiving, and with a hint wherever it cannot be understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.arguments import check_arguments
from bot.commands.command import Asker, Command, Place, Unclear, find_command
from bot.commands.replies import retype
from bot.commands.table import COMMANDS
from bot.commands.typed import read_call

WHO, WHERE = Asker("test", "me"), Place("t", "c")


def read(text: str) -> tuple[tuple[str, ...], dict[str, str | int]]:
    call = read_call(text, WHO, WHERE)
    return call.command, dict(call.arguments)


@pytest.mark.parametrize(
    ("text", "path", "arguments"),
    [
        ("!news", ("help",), {}),
        ("help", ("help",), {}),
        ("  HELP   follow ", ("help",), {"command": "follow"}),
        ("> follow rare-earths", ("follow",), {"what": "rare-earths"}),
        ("!news follow rare earths me", ("follow",), {"what": "rare earths", "where": "me"}),
        ("/news-admin feed list 2", ("feed", "list"), {"page": "2"}),
        ("follow gallium where: me", ("follow",), {"what": "gallium", "where": "me"}),
        ("follow where=me gallium", ("follow",), {"what": "gallium", "where": "me"}),
        ('follow "here" me', ("follow",), {"what": '"here"', "where": "me"}),
        ("follow me", ("follow",), {"what": "me"}),
        (
            'follow "rare earth" AND (export OR licence) NOT podcast',
            ("follow",),
            {"what": '"rare earth" AND (export OR licence) NOT podcast'},
        ),
        ('follow title:"rare earth" lang:ru', ("follow",), {"what": 'title:"rare earth" lang:ru'}),
        ("follow “rare earth” here", ("follow",), {"what": "“rare earth”", "where": "here"}),
        ('follow "never closed', ("follow",), {"what": '"never closed'}),
        ("latest rare earths 5", ("latest",), {"topic": "rare earths", "count": "5"}),
        ("following 2", ("following",), {"page": "2"}),
        ("following me 2", ("following",), {"where": "me", "page": "2"}),
        ("mute list 2", ("mute", "list"), {"page": "2"}),
        ("search gallium 3 days", ("search",), {"words": "gallium", "days": "3"}),
        ("search gallium three days", ("search",), {"words": "gallium three days"}),
        ("latest page:2", ("latest",), {"page": "2"}),
        ("topics", ("topic", "list"), {}),
        ("topic 2", ("topic", "list"), {"page": "2"}),
        ('topic show "rare earths"', ("topic", "show"), {"name": '"rare earths"'}),
        (
            'feed add https://a.example/feed?x=1 "Paper A"',
            ("feed", "add"),
            {"url": "https://a.example/feed?x=1", "title": '"Paper A"'},
        ),
        ("subscribe gallium", ("follow",), {"what": "gallium"}),
    ],
)
def test_lines_are_read_as_meant(text: str, path: tuple[str, ...], arguments: dict[str, str]) -> None:
    """Prefixes, case, quotes, order and the short forms people use."""
    assert (path, arguments) == read(text)


@pytest.mark.parametrize(
    ("text", "said", "choices"),
    [
        ("folow gallium", 'There is no command "folow".', ("follow gallium",)),
        ("NG7A", 'There is no command "NG7A". For the story of that id', ("story NG7A", "why NG7A")),
        ("k7q2", 'no command "k7q2".', ("story K7Q2", "why K7Q2")),
        ("xyzzy", "Write help for a list of commands.", ("help",)),
        ("topic shwo gallium", 'There is no command "topic shwo".', ("topic show gallium",)),
        ("feed xyzzy", "There is: feed list, feed add, feed remove, feed pause, ", ("help feed",)),
        ("status of things", '"of things" is more than status takes.', ()),
    ],
)
def test_what_is_not_understood_gets_a_hint(text: str, said: str, choices: tuple[str, ...]) -> None:
    """Did you mean, with the rest of the line kept; or where the list is."""
    with pytest.raises(Unclear) as refused:
        read(text)
    assert said in str(refused.value)
    assert set(choices) == set(refused.value.choices)


@pytest.mark.parametrize(
    ("path", "arguments", "said"),
    [
        (("follow",), {}, "Write: follow <what> [where: here or me] [weight: all or"),
        (("follow",), {"what": "x", "where": "hre"}, 'where can be here or me, not "hre". Did you mean here?'),
        (("latest",), {"page": "two"}, 'page is a number from 1, not "two".'),
        (("latest",), {"page": 0}, "page is a number from 1, not 0."),
        (("latest",), {"colour": "red"}, '"colour" is no argument of latest.'),
        (("story",), {"story": "x" * 1001}, "story can have 1000 characters, and this has 1001."),
    ],
)
def test_wrong_arguments_are_answered_with_usage(path: tuple[str, ...], arguments: dict[str, str], said: str) -> None:
    """What is wrong, how it is written, and an example."""
    command = find_command(COMMANDS, path)
    assert command is not None
    with pytest.raises(Unclear) as refused:
        check_arguments(command, path, arguments)
    assert said in str(refused.value)
    assert "For example: " in str(refused.value)


@given(st.text(max_size=80))
def test_no_line_breaks_the_reader(text: str) -> None:
    """Whatever is typed is a call or a hint."""
    for start in ("", "follow ", "latest ", "feed add "):
        try:
            call = read_call(start + text, WHO, WHERE)
        except Unclear as error:
            assert error.message
        else:
            assert find_command(COMMANDS, call.command)


def _leaves(table: tuple[Command, ...] = COMMANDS, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], Command]]:
    found = []
    for command in table:
        here = (*path, command.name)
        found += _leaves(command.subcommands, here) if command.subcommands else [(here, command)]
    return found


@pytest.mark.parametrize(
    ("path", "command"), _leaves(), ids=lambda part: " ".join(part) if isinstance(part, tuple) else ""
)
def test_every_example_is_right(path: tuple[str, ...], command: Command) -> None:
    """An example of the table is that command, with arguments it takes; typed again it is the same call."""
    assert command.examples
    assert command.run is not None
    for example in command.examples:
        call = read_call(example, WHO, WHERE)
        arguments = check_arguments(command, path, call.arguments)
        again = read_call(retype(command, path, arguments), WHO, WHERE)
        assert (path, arguments) == (again.command, check_arguments(command, path, again.arguments))


def test_discord_can_take_the_table() -> None:
    """At most 25 entries a level, names of small letters, help within 100 characters, required arguments first."""
    for table in (COMMANDS, *(command.subcommands for command in COMMANDS)):
        assert len(table) <= 25
        for command in table:
            assert command.name.islower()
            assert len(command.summary) <= 100
            required = [parameter.required for parameter in command.parameters]
            assert sorted(required, reverse=True) == required
            assert all(len(parameter.help) <= 100 for parameter in command.parameters)
