"""Slash commands from the table of commands: `/news` for anyone's, `/news-admin` for moderators'. Answers nothing."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any

import discord
from discord import app_commands

from bot.chat.discord.markdown import cleaned
from bot.commands.arguments import LONGEST
from bot.commands.command import Command, Parameter, Value, Who

NAME = "news"
ADMIN_NAME = "news-admin"
DESCRIPTION, CHOICE, CHOICES = 100, 100, 25
MOST = 100_000

OnCall = Callable[[Any, tuple[str, ...], Mapping[str, Value]], Awaitable[None]]
OnType = Callable[[Any, tuple[str, ...], str, str], Awaitable[Sequence[str]]]
Slash = app_commands.Command[Any, ..., None]


def add_commands(
    tree: app_commands.CommandTree[Any], table: Iterable[Command], on_call: OnCall, on_type: OnType
) -> None:
    """Fill a tree. `on_call` answers a command by its path; `on_type` suggests values for one of its arguments."""
    entries = list(table)
    for_all = app_commands.Group(
        name=NAME,
        description="News alerts: follow topics, look stories up",
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
    )
    for_moderators = app_commands.Group(
        name=ADMIN_NAME,
        description="News alerts: what moderators decide",
        default_permissions=discord.Permissions(manage_guild=True),
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
    )
    for command in entries:
        top = for_all if command.who is Who.ANYONE else for_moderators
        top.add_command(_entry(command, on_call, on_type))
    for group in (for_all, for_moderators):
        if group.commands:
            tree.add_command(group)


def tree_hash(tree: app_commands.CommandTree[Any]) -> str:
    """Short and equal for equal commands; Discord need not be told of them again."""
    told = [command.to_dict(tree) for command in tree.get_commands()]
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()[:32]


def _entry(command: Command, on_call: OnCall, on_type: OnType) -> Slash | app_commands.Group:
    if not command.subcommands:
        return _slash(command, (command.name,), on_call, on_type)
    group = app_commands.Group(name=command.name, description=cleaned(command.summary, DESCRIPTION))
    for sub in command.subcommands:
        group.add_command(_slash(sub, (command.name, sub.name), on_call, on_type))
    return group


def _slash(command: Command, path: tuple[str, ...], on_call: OnCall, on_type: OnType) -> Slash:
    """One command. The library reads its options from a signature, so that one is made."""

    async def callback(interaction: discord.Interaction[Any], **given: Any) -> None:
        await on_call(interaction, path, {name: _plain(value) for name, value in given.items() if value is not None})

    ordered = sorted(command.parameters, key=lambda parameter: not parameter.required)
    first = inspect.Parameter("interaction", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=discord.Interaction)
    callback.__signature__ = inspect.Signature([first, *map(_option, ordered)])  # type: ignore[attr-defined]
    told = {parameter.name: cleaned(parameter.help, DESCRIPTION) for parameter in ordered}
    choices = {
        parameter.name: [app_commands.Choice(name=choice, value=choice) for choice in parameter.choices[:CHOICES]]
        for parameter in ordered
        if parameter.choices
    }
    described = app_commands.choices(**choices)(app_commands.describe(**told)(callback))
    made: Slash = app_commands.Command(
        name=command.name, description=cleaned(command.summary, DESCRIPTION), callback=described
    )
    for parameter in ordered:
        if parameter.suggest is not None:
            made.autocomplete(parameter.name)(_suggester(path, parameter.name, on_type))
    return made


def _plain(value: Any) -> Value:
    """A role as its number and its name."""
    return f"{value.id} {value.name}" if isinstance(value, discord.Role) else value


def _option(parameter: Parameter) -> inspect.Parameter:
    kind: Any = str if parameter.choices else app_commands.Range[str, 1, LONGEST]
    if parameter.kind == "integer":
        kind = app_commands.Range[int, 1, MOST]
    elif parameter.kind == "role":
        kind = discord.Role
    default: Any = inspect.Parameter.empty if parameter.required else None
    annotation = kind if parameter.required else kind | None
    return inspect.Parameter(parameter.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _suggester(path: tuple[str, ...], name: str, on_type: OnType) -> Any:
    async def suggest(interaction: discord.Interaction[Any], current: str) -> list[app_commands.Choice[str]]:
        found = await on_type(interaction, path, name, current)
        return [app_commands.Choice(name=value, value=value) for value in found if 0 < len(value) <= CHOICE][:CHOICES]

    return suggest
