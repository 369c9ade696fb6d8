"""What several commands share: the --config option, starting the event loop, printing reports."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from bot.app.log import start_logging
from bot.app.settings import Settings, load_settings

Result = TypeVar("Result")

config_option = click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="A settings file (TOML). Without one: defaults that work, and a database in your data folder.",
)

json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as one line of JSON, last.")


def open_settings(config: Path | None, *, least: str | None = None, check: bool = True) -> Settings:
    """The settings, with logging started. Raises SettingsError.

    `least` overrides the weight that is logged; without `check` a section may be begun and not finished.
    """
    settings = load_settings(config, check=check)
    start_logging(least or settings.log.level, settings.log.format)
    return settings


def run_async(main: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
    """Run a coroutine on uvloop where it exists."""
    if sys.platform != "win32":
        try:
            import uvloop
        except ImportError:
            pass
        else:
            return uvloop.run(main())
    return asyncio.run(main())


def print_report(report: Mapping[str, object], *, as_json: bool) -> None:
    """A report as one JSON line, or as aligned words."""
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False))
        return
    width = max(map(len, report), default=0)
    for name, value in report.items():
        click.echo(f"{name.replace('_', ' '):{width}}  {value}")
