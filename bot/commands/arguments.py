"""Checks a call's arguments against the command's parameters. Every way in ends here, so all refuse alike. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.commands.command import Command, Parameter, Unclear, Value
from bot.commands.nearest import either, nearest

LONGEST = 1000
"""Characters of one argument; a longer one is a mistake or an attack."""


def check_arguments(command: Command, path: Sequence[str], given: Mapping[str, Value]) -> dict[str, Value]:
    """The arguments with their right types, empty ones left out. Raises Unclear with usage and an example."""
    by_name = {parameter.name: parameter for parameter in command.parameters}
    strange = next((name for name in given if name not in by_name), None)
    if strange is not None:
        raise misused(command, path, f'"{strange}" is no argument of {" ".join(path)}.')
    checked = {}
    for name, value in given.items():
        if str(value).strip():
            checked[name] = _check(command, path, by_name[name], value)
    missing = next((p for p in command.parameters if p.required and p.name not in checked), None)
    if missing is not None:
        raise misused(command, path, f"{' '.join(path)} needs: {missing.help}.")
    return checked


def misused(command: Command, path: Sequence[str], trouble: str) -> Unclear:
    """The refusal that shows how the command is written."""
    example = f" For example: {command.examples[0]}" if command.examples else ""
    return Unclear(trouble, f"Write: {command.usage(path)}.{example}")


def _check(command: Command, path: Sequence[str], parameter: Parameter, value: Value) -> Value:
    if len(str(value)) > LONGEST:
        raise misused(command, path, f"{parameter.name} can have {LONGEST} characters, and this has {len(str(value))}.")
    if parameter.kind == "integer":
        return _integer(command, path, parameter, value)
    text = " ".join(str(value).split())
    if parameter.kind != "choice":
        return text
    for choice in parameter.choices:
        if choice == text.casefold():
            return choice
    close = nearest(text, parameter.choices, 1)
    meant = f" Did you mean {close[0]}?" if close else ""
    raise misused(command, path, f'{parameter.name} can be {either(parameter.choices)}, not "{text}".{meant}')


def _integer(command: Command, path: Sequence[str], parameter: Parameter, value: Value) -> int:
    try:
        number = int(value)
    except ValueError:
        raise misused(command, path, f'{parameter.name} is a number from 1, not "{value}".') from None
    if not 1 <= number <= 100_000:
        raise misused(command, path, f"{parameter.name} is a number from 1, not {number}.")
    return number
