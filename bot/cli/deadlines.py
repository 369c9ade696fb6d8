"""`lodewire deadlines`: the dates ahead, as words, as a calendar file and as a picture."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bot.cli.options import config_option, json_option, open_settings, run_async

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.commands.command import Reply

Decorated = TypeVar("Decorated", bound="Callable[..., Any] | click.Command")
ICS, PICTURE, JSON = "text/calendar", "image/png", "application/json"


def out_option(name: str, what: str) -> Callable[[Decorated], Decorated]:
    """An option that names a file to write."""
    kind = click.Path(path_type=Path, dir_okay=False, writable=True, allow_dash=True)
    return click.option(name, type=kind, metavar="FILE", help=f"Write {what}; - is standard output.")


@click.command()
@click.argument("topic", required=False, default="")
@config_option
@click.option("--days", type=click.IntRange(1, 3650), default=60, show_default=True, help="How many days ahead.")
@out_option("--ics", "a calendar file, which any calendar program reads")
@out_option("--picture", "a timeline, as PNG")
@click.option("--look", type=click.Choice(["light", "dark"]), default="light", show_default=True, help="The picture's.")
@json_option
def deadlines(
    topic: str, config: Path | None, days: int, ics: Path | None, picture: Path | None, look: str, as_json: bool
) -> None:
    """Show the dates ahead that the news sets, on TOPIC or on all topics and what is followed in this terminal.

    Works while Lodewire runs.

    \b
    Examples:
      lodewire deadlines
      lodewire deadlines rare-earths --days 30
      lodewire deadlines --ics dates.ics --picture dates.png
    """
    from bot.app.talk import ask
    from bot.core.messages import as_text

    settings = open_settings(config, least="error")
    look = look if picture else "off"
    line = f"deadline list {topic} days:{days} picture:{look}{' format:json' if as_json else ''}"
    reply = run_async(lambda: ask(settings, line))
    to_pipe = Path("-") in (ics, picture)
    if as_json:
        rows: list[object] = next((json.loads(one.body) for one in reply.files if one.kind == JSON), [])
        said = {"text": as_text(reply.message), "dates": rows}
        click.echo(json.dumps(said, ensure_ascii=False), err=to_pipe)
    else:
        click.echo(as_text(reply.message), err=to_pipe)
    _save(reply, ICS, ics)
    _save(reply, PICTURE, picture)


def _save(reply: Reply, kind: str, path: Path | None) -> None:
    if path is None:
        return
    body = next((one.body for one in reply.files if one.kind == kind), None)
    if body is None:
        what = "calendar file" if kind == ICS else "picture (it takes two dates)"
        raise click.ClickException(f"There is nothing for a {what}; {path} was not written.")
    if path == Path("-"):
        sys.stdout.buffer.write(body)
        return
    try:
        path.write_bytes(body)
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}.") from error
    click.echo(f"Written: {path}", err=True)
