"""`lodewire run` and `lodewire once`."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.options import config_option, json_option, open_settings, print_report, run_async

feeds_option = click.option(
    "--feeds",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Read these feeds instead of the settings' list: OPML, or one address a line.",
)


@click.command()
@config_option
@feeds_option
def run(config: Path | None, feeds: Path | None) -> None:
    """Run until stopped: poll feeds, decide, alert.

    Without a settings file it reads the feeds that come along, keeps its database in your data folder, and alerts in
    this terminal on every shipped topic. The first sight of a feed posts nothing: only what is new from then on.
    Stop it with Ctrl-C; it ends within ten seconds and loses nothing.

    \b
    Examples:
      lodewire run
      lodewire run --config lodewire.toml
    """
    from bot.app.daemon import run_daemon
    from bot.app.shipped import read_feeds

    settings = open_settings(config)
    specs = read_feeds(str(feeds))[0] if feeds else None
    run_async(lambda: run_daemon(settings, specs))


@click.command()
@config_option
@feeds_option
@click.option("--all", "poll_all", is_flag=True, help="Ask every feed, due or not.")
@json_option
def once(config: Path | None, feeds: Path | None, poll_all: bool, as_json: bool) -> None:
    """One round: poll what is due, decide, deliver, print a report, exit.

    For cron, for a first look, and for scripts: with --json the last line of the output is the report. Feeds that fail
    are counted and logged; they do not make the round fail.

    \b
    Examples:
      lodewire once --feeds my-feeds.opml --all
      lodewire once --json | tail -n 1
    """
    from bot.app.build import open_app
    from bot.app.once import run_once
    from bot.app.shipped import read_feeds

    settings = open_settings(config, least="warning")
    specs = None
    if feeds:
        specs, problems = read_feeds(str(feeds))
        for problem in problems:
            click.echo(f"{feeds}: {problem}", err=True)

    async def round_by_hand() -> dict[str, float]:
        async with open_app(settings, feeds=specs) as app:
            return await run_once(app, poll_all=poll_all)

    print_report(run_async(round_by_hand), as_json=as_json)
