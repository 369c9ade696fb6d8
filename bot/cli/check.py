"""`lodewire check` and `lodewire settings`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot.cli.options import config_option, json_option, print_report


@click.command()
@config_option
@json_option
def check(config: Path | None, as_json: bool) -> None:
    """Check settings, topics and their examples, feeds, the database. Prints no secret.

    Every problem is named with its file, its key and the nearest right spelling. Exit code 1 if there is one.
    """
    from bot.app.check import check_all

    found = check_all(config)
    if as_json:
        print_report({"problems": found.problems, "checked": found.checked}, as_json=True)
    else:
        for line in found.checked:
            click.echo(f"ok       {line}")
        for line in found.problems:
            click.echo(f"problem  {line}")
        click.echo("All is well." if not found.problems else f"Problems: {len(found.problems)}.")
    sys.exit(1 if found.problems else 0)


@click.command()
def settings() -> None:
    """Print every setting with its default and meaning, ready to be saved as a settings file."""
    from bot.app.sample import render_sample

    click.echo(render_sample(), nl=False)
