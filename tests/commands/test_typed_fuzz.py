"""Typed commands made of the words that people type, cut and shuffled: each is a call that fits, or a hint.

`-m soak` reads a million lines and prints its figures.
"""

from __future__ import annotations

import random
import time

import pytest

from bot.commands.arguments import check_arguments
from bot.commands.command import Asker, Command, Place, find_command
from bot.commands.table import COMMANDS
from bot.commands.typed import read_call
from bot.core.errors import CommandError
from tests.slowest import LONGEST_MS, find_slowest

WHO, WHERE = Asker("console", "x"), Place("t", "c")
MARKS = [
    '"',
    "“",
    "„",
    "(",
    ")",
    ":",
    "=",
    ",",
    "-",
    "/",
    "#",
    "\u0306",
    "\x00",
    "\n",
    "@everyone",
    "稀土",
    "й",
    "  ",
    "9" * 30,
]


def words_of(commands: tuple[Command, ...]) -> list[str]:
    """Every name, argument, choice and example of the table."""
    found: list[str] = []
    for command in commands:
        found += [command.name, *" ".join(command.examples).split(), *words_of(command.subcommands)]
        for parameter in command.parameters:
            found += [parameter.name, f"{parameter.name}:", *parameter.choices]
    return found


WORDS = sorted({*words_of(COMMANDS), *MARKS, "/news", "!news", ">", "2", "days", "K7Q2"})


def make_line(chance: random.Random) -> str:
    """A few words, often with a command in front, some of them cut, glued or doubled."""
    words = [chance.choice(COMMANDS).name] if chance.random() < 0.7 else []
    words += [chance.choice(WORDS) for _ in range(chance.randint(0, 8))]
    line = "".join(word + chance.choice((" ", " ", " ", "")) for word in words)
    if line and chance.random() < 0.3:
        at = chance.randrange(len(line))
        line = line[:at] + chance.choice(MARKS) + line[at + chance.randint(0, 3) :]
    return line * chance.randint(40, 400) if chance.random() < 0.01 else line


def try_one(line: str) -> float:
    """The seconds that reading and checking a line took; whatever but a hint is raised."""
    started = time.perf_counter()
    try:
        call = read_call(line, WHO, WHERE)
        command = find_command(COMMANDS, call.command)
        assert command is not None
        assert command.run is not None, line
        checked = check_arguments(command, call.command, call.arguments)
        assert checked.keys() <= {parameter.name for parameter in command.parameters}, line
    except CommandError as error:
        assert error.message, line
    return time.perf_counter() - started


def test_any_line_is_a_call_or_a_hint() -> None:
    """No exception but one written for a person, and nothing over 50 ms."""
    assert find_slowest(make_line, try_one, 3_000, seed=1)[1] == 0


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_a_million_lines_are_calls_or_hints() -> None:
    """The same for a million."""
    longest, slow = find_slowest(make_line, try_one, 1_000_000, seed=20251126)
    print(f"fuzzing of typed commands: 1,000,000 lines, longest {longest:.1f} ms, over {LONGEST_MS} ms: {slow}")
    assert slow == 0
