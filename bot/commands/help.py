"""`help`: the commands, or one of them with its examples. Made of the table alone, so it is never out of date."""

from __future__ import annotations

from bot.commands.command import Call, Command, Desk, Parameter, Reply, Unclear, Who, find_command
from bot.commands.nearest import either, nearest
from bot.commands.replies import blocks, fact
from bot.commands.suggest import suggest_commands
from bot.core.messages import Fact, Line, Section


async def run(desk: Desk, call: Call) -> Reply:
    """All commands that the asker may use, or everything about one."""
    wanted = str(call.arguments.get("command", "")).casefold().split()
    if not wanted:
        return _all(desk, call)
    command = find_command(desk.table, wanted)
    if command is None:
        close = tuple(f"help {name}" for name in nearest(wanted[0], [entry.name for entry in desk.table]))
        todo = f"Did you mean {either(close)}?" if close else "Write help for a list."
        raise Unclear(f'There is no command "{" ".join(wanted)}".', todo, close or ("help",))
    return blocks(desk, *_sections(command, tuple(wanted)))


def _all(desk: Desk, call: Call) -> Reply:
    lines: list[Line] = []
    for entry in desk.table:
        for command, path in _leaves(entry):
            if call.who.may(command.who):
                lines.append((f"{command.usage(path)} · {command.summary}",))
    footer = "help <command> shows examples. A story's id, such as K7Q2, works wherever a story is asked for."
    return blocks(desk, Section(title="Commands", lines=tuple(lines), footer=footer))


def _leaves(entry: Command) -> list[tuple[Command, tuple[str, ...]]]:
    if not entry.subcommands:
        return [(entry, (entry.name,))]
    return [(sub, (entry.name, sub.name)) for sub in entry.subcommands]


def _sections(command: Command, path: tuple[str, ...]) -> list[Section]:
    if command.subcommands:
        return [_section(sub, (*path, sub.name)) for sub in command.subcommands]
    return [_section(command, path)]


def _section(command: Command, path: tuple[str, ...]) -> Section:
    facts: list[Fact] = [fact(parameter.name, _explain(parameter)) for parameter in command.parameters]
    if command.who is not Who.ANYONE:
        facts.append(fact("Who", f"{command.who}s only"))
    return Section(
        title=command.usage(path),
        body=((f"{command.summary[:1].upper()}{command.summary[1:]}.",),),
        facts=tuple(facts),
        lines=tuple((example,) for example in command.examples),
    )


def _explain(parameter: Parameter) -> str:
    return parameter.help if parameter.required else f"{parameter.help} (may be left out)"


HELP = Command(
    "help",
    "this list, or one command with examples",
    run,
    (Parameter("command", "rest", "a command", suggest=suggest_commands),),
    examples=("help", "help follow"),
)
