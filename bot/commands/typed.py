"""Typed text to a call: `follow "rare earth" AND export where: me`. Forgiving, pure, and the same on every platform."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.commands.arguments import misused
from bot.commands.command import Asker, Call, Command, Parameter, Place, Unclear, find_command
from bot.commands.nearest import either, nearest
from bot.commands.table import COMMANDS
from bot.core.stories.names import SHORTEST, story_id

PREFIX = re.compile(r"^\s*(?:>\s*)?(?:[/!](?:news-admin\b|news\b)?|news-admin\s|news\s)?\s*", re.IGNORECASE)
WORD = re.compile(r'[^\s"“”„]*["“”„][^"“”„]*(?:["“”„]\S*|$)|\S+')
QUOTES = '"“”„'
NAMED = re.compile(r"^([a-z][a-z_]*)[:=](.*)$", re.IGNORECASE | re.DOTALL)
COMMON = {"topics": ("topic", "list"), "feeds": ("feed", "list"), "list": ("following",), "subscribe": ("follow",),
          "unsubscribe": ("unfollow",), "stories": ("latest",), "unmute": ("mute", "off"),
          "find": ("search",), "less": ("mute", "less")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """A word as typed; `text` is without its quotes. A quoted word is never a name or a number."""

    raw: str

    @property
    def is_quoted(self) -> bool:
        """Whether quotes hold it together."""
        return any(quote in self.raw for quote in QUOTES)

    @property
    def text(self) -> str:
        """The word without the quotes around it."""
        return self.raw.strip(QUOTES)


def read_call(text: str, who: Asker, where: Place, table: Sequence[Command] = COMMANDS) -> Call:
    """The call that a person typed; nothing but the bot's name asks for help. Raises Unclear, with what was meant."""
    words = split_words(PREFIX.sub("", text, count=1))
    if not words:
        return Call(("help",), {}, who, where)
    path, command, rest = _resolve(words, table)
    return Call(path, read_arguments(command, path, rest), who, where)


def split_words(text: str) -> list[Word]:
    """The words of a line; quotes hold words together, and one that is never closed holds the rest."""
    return [Word(match.group()) for match in WORD.finditer(text)]


def _resolve(words: Sequence[Word], table: Sequence[Command]) -> tuple[tuple[str, ...], Command, Sequence[Word]]:
    name = words[0].text.casefold()
    path = (name,) if find_command(table, (name,)) else COMMON.get(name, (name,))
    command, rest = find_command(table, path), words[1:]
    if command is None:
        raise _unknown(words[0].text, "", [entry.name for entry in table], words)
    if not command.subcommands:
        return path, command, rest
    sub = rest[0].text.casefold() if rest else command.subcommands[0].name
    found = find_command(command.subcommands, (sub,))
    if found is None and sub.isdecimal():  # the page of the list
        return (*path, command.subcommands[0].name), command.subcommands[0], rest
    if found is None and command.falls_to:
        fallen = find_command(command.subcommands, (command.falls_to,))
        assert fallen is not None
        return (*path, fallen.name), fallen, rest
    if found is None:
        raise _unknown(rest[0].text, f"{command.name} ", [entry.name for entry in command.subcommands], rest)
    return (*path, sub), found, rest[1:]


def _unknown(name: str, group: str, known: Sequence[str], words: Sequence[Word]) -> Unclear:
    said = f'There is no command "{group}{name}".'
    tail = "".join(f" {word.raw}" for word in words[1:])
    choices = tuple(f"{group}{close}{tail}" for close in nearest(name, known))
    if choices:
        return Unclear(said, f"Did you mean {either(choices)}?", choices)
    if group:
        return Unclear(said, f"There is: {either(f'{group}{one}' for one in known)}.", (f"help {group.strip()}",))
    is_like_one = len(name) == SHORTEST or any(map(str.isdigit, name))  # xyzzy is none that anybody has seen
    if len(words) == 1 and is_like_one and story_id(name) is not None:
        stories = (f"story {name.upper()}", f"why {name.upper()}")
        return Unclear(said, f"For the story of that id write {either(stories)}.", stories)
    return Unclear(said, "Write help for a list of commands.", ("help",))


def read_arguments(command: Command, path: Sequence[str], words: Sequence[Word]) -> dict[str, str]:
    """Which words are which argument: named ones anywhere, others by their order. Raises Unclear for words too many."""
    found, loose = _take_named(command, words)
    waiting = [one for one in command.parameters if one.name not in found and not one.is_named]
    while loose and waiting:
        parameter = waiting.pop(0)
        if _is_passed_over(parameter, waiting, loose[0]):
            continue
        if parameter.kind == "rest":
            loose = _take_tail(waiting, loose, found)
            found[parameter.name] = _joined(loose)
            return found
        found[parameter.name] = loose.pop(0).text
    if loose:
        raise misused(command, path, f'"{_joined(loose)}" is more than {" ".join(path)} takes.')
    return found


def _is_passed_over(parameter: Parameter, waiting: Sequence[Parameter], word: Word) -> bool:
    """A choice that may be left out, before free words or a number: `feed add <url> Example News`."""
    if parameter.kind != "choice" or parameter.required:
        return False
    if not word.is_quoted and word.text.casefold() in parameter.choices:
        return False
    is_number = word.text.isdecimal() and not word.is_quoted
    return any(later.kind == "rest" or (later.kind == "integer" and is_number) for later in waiting)


def _take_named(command: Command, words: Sequence[Word]) -> tuple[dict[str, str], list[Word]]:
    names = {parameter.name for parameter in command.parameters}
    found: dict[str, str] = {}
    loose: list[Word] = []
    queue = list(words)
    while queue:
        word = queue.pop(0)
        if command.has_pairs and queue and not word.is_quoted and word.text.casefold() in names:
            word = Word(f"{word.raw}:")
        match = NAMED.match(word.raw)
        if match is None or match[1].casefold() not in names:
            loose.append(word)
            continue
        value = match[2] or (queue.pop(0).raw if queue else "")
        while value.endswith(",") and queue:  # sources: kremlin, reuters
            value += f" {queue.pop(0).raw}"
        found[match[1].casefold()] = value.strip(QUOTES)
    return found, loose


def _take_tail(waiting: Sequence[Parameter], loose: Sequence[Word], found: dict[str, str]) -> list[Word]:
    """After the words of a query may stand bare choices or numbers: `follow gallium me`, `mute Reuters 7 me`."""
    words, left = list(loose), [parameter for parameter in waiting if parameter.kind in ("choice", "integer")]
    if len(words) > 2 and words[-2].text.isdecimal() and any(_is_unit(words[-1], one) for one in left):
        words.pop()  # search gallium 3 days
    while words and not words[-1].is_quoted:
        taking = next((parameter for parameter in left if _takes_last(parameter, words)), None)
        if taking is None:
            break
        found[taking.name] = words.pop().text.casefold()
        left.remove(taking)
    return words


def _is_unit(word: Word, parameter: Parameter) -> bool:
    return parameter.kind == "integer" and word.raw.casefold() in (parameter.name, parameter.name.removesuffix("s"))


def _takes_last(parameter: Parameter, words: Sequence[Word]) -> bool:
    last = words[-1].text.casefold()
    return (last in parameter.choices and len(words) > 1) or (parameter.kind == "integer" and last.isdecimal())


def _joined(words: Sequence[Word]) -> str:
    return " ".join(word.raw for word in words)
