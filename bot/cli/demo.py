"""`lodewire demo`."""

from __future__ import annotations

import click

from bot.cli.options import run_async


@click.command()
@click.option(
    "--seconds", type=click.FloatRange(1, 600), default=None, help="How long the four weeks take. Default: 20."
)
@click.option("--plain", is_flag=True, help="Plain lines, as when the output is no terminal or NO_COLOR is set.")
def demo(seconds: float | None, plain: bool) -> None:
    """Watch four weeks of news in twenty seconds. Needs no account, no token and no network.

    Four invented outlets in three languages are served on this machine, a clock runs from 4 November to 2 December,
    and the real program reads, decides and alerts. Most of the news is noise; see what comes through, and why.
    """
    from bot.app.log import start_logging
    from bot.demo.show import run_demo

    start_logging("error", "plain")
    run_async(lambda: run_demo(seconds=seconds, plain=plain))
