"""The group of commands.

Each command's module is imported only when it is called, so that help and errors come at once.
"""

from __future__ import annotations

import importlib
import sys

import click

from bot import __version__
from bot.core.errors import LodewireError

COMMANDS = {
    "demo": "bot.cli.demo:demo",
    "run": "bot.cli.run:run",
    "once": "bot.cli.run:once",
    "chat": "bot.cli.chat:chat",
    "feeds": "bot.cli.feeds:feeds",
    "deadlines": "bot.cli.deadlines:deadlines",
    "check": "bot.cli.check:check",
    "discord": "bot.cli.networks:discord",
    "matrix": "bot.cli.networks:matrix",
    "db": "bot.cli.db:db",
    "lab": "bot.cli.lab:lab",
    "settings": "bot.cli.check:settings",
}

SUMMARIES = {
    "demo": "Watch four weeks of news in twenty seconds; needs nothing.",
    "run": "Run until stopped: poll, decide, alert.",
    "once": "One round: poll what is due, alert, report, exit.",
    "chat": "Talk to Lodewire here: type commands, read answers.",
    "feeds": "The list of feeds: show, add, remove, import and export OPML.",
    "deadlines": "The dates ahead, as words, a calendar file or a picture.",
    "check": "Check settings, topics, database and tokens.",
    "discord": "Discord: the link that invites the bot.",
    "matrix": "Matrix: the bot's one login.",
    "db": "The database: upgrade, status, prune, backup, restore.",
    "lab": "Try the parts on files and lines of your own.",
    "settings": "Print every setting with its default, ready to be saved as a file.",
}


class Door(click.Group):
    """A group that knows its commands by name and imports them late."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command called by name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, SUMMARIES[name]) for name in COMMANDS])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As usual, with a near name suggested for an unknown one."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            import difflib

            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean `lodewire {near[0]}`?" if near else " `lodewire --help` lists the commands."
            ctx.fail(f"There is no command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=Door,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with `lodewire demo`. Then `lodewire run` reads real feeds and alerts in this terminal.",
)
@click.version_option(__version__, prog_name="lodewire")
def door() -> None:
    """Lodewire: critical-minerals news alerts for Discord and Matrix.

    Each story once, with the reason it matched, its sources and the deadline it sets.
    """


def main() -> None:
    """Run the command line. An error of ours is told in words; nobody is shown a traceback for a wrong setting."""
    try:
        door(standalone_mode=True)
    except LodewireError as error:
        click.echo(f"lodewire: {error.message}", err=True)
        if error.todo:
            click.echo(error.todo, err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
