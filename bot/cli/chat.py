"""`lodewire chat`: the console as a chat."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.options import config_option, open_settings, run_async


@click.command()
@config_option
def chat(config: Path | None) -> None:
    """Talk to Lodewire here: type commands, read answers. `help` lists them, `quit` ends.

    Works beside a running Lodewire, on the same database. Also in a pipe, one command a line.

    \b
    Examples:
      lodewire chat
      echo "topic list" | lodewire chat
    """
    from bot.app.talk import talk

    settings = open_settings(config, least="error")
    run_async(lambda: talk(settings))
