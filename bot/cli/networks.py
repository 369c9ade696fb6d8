"""`lodewire discord` and `lodewire matrix`: what is done once, by hand, before the bot can join."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.options import config_option, open_settings, run_async
from bot.core.errors import SettingsError


@click.group()
def discord() -> None:
    """Discord: the link that invites the bot."""


@discord.command()
@config_option
def invite(config: Path | None) -> None:
    """Print the link that invites the bot to a server, with exactly the permissions it uses.

    \b
    Example:
      lodewire discord invite --config lodewire.toml
    """
    from bot.chat.registry import discord_invitation

    settings = open_settings(config, least="error").discord
    if not settings.enabled:
        raise SettingsError("There is no [discord] token.", "Name it in the settings: token_file = PATH.")
    click.echo(discord_invitation(settings))
    click.echo("Open it, choose a server, and start `lodewire run`.", err=True)


@click.group()
def matrix() -> None:
    """Matrix: the bot's one login."""


@matrix.command()
@config_option
@click.option("--token-file", type=click.Path(path_type=Path, dir_okay=False), default=Path("matrix-token"),
              show_default=True, help="Where the token goes, readable for you alone. Never overwritten.")  # fmt: skip
def login(config: Path | None, token_file: Path) -> None:
    """Log in once, and keep the token in a file.

    The settings name homeserver, user and device_id; the password is asked for and kept nowhere. The device is the same
    each time: by it the server knows a message that is sent twice.

    \b
    Example:
      lodewire matrix login --config lodewire.toml
    """
    from bot.chat.registry import matrix_login

    section = open_settings(config, least="error", check=False).matrix
    if not (section.homeserver and section.user):
        raise SettingsError("[matrix] names no homeserver and user.", "Set both, then log in.")
    if token_file.exists():
        raise SettingsError(f"{token_file} is there already.", "Name another file, or move that one away.")
    password = click.prompt(f"Password of {section.user}", hide_input=True)
    token = run_async(lambda: matrix_login(section, password))
    token_file.touch(0o600, exist_ok=False)
    token_file.write_text(token + "\n", encoding="utf-8")
    click.echo(f"Logged in as {section.user}, device {section.device_id}. Add to [matrix] in the settings:")
    click.echo(f'access_token_file = "{token_file.absolute()}"')
