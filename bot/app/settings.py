"""The settings: each part's own frozen model, composed. One TOML file, the environment over it, secrets from files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import Meta
from platformdirs import user_data_path

from bot.app.reading import find_problems, overlay_environment, read_file, read_secrets
from bot.chat.registry import ConsoleSettings, DiscordSettings, MatrixSettings
from bot.commands.limits import Limits
from bot.core.errors import SettingsError
from bot.core.weight import Weights
from bot.feeds.settings import Polling
from bot.feeds.writer import Summaries

PREFIX = "LODEWIRE_"
"""Environment variables: `LODEWIRE_DATABASE`, `LODEWIRE_POLLING__CONNECTIONS`, ..."""


def _described(text: str, *, secret: bool = False) -> Meta:
    return Meta(description=text, extra={"secret": True} if secret else None)


class Delivery(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How posts leave."""

    edit_interval_s: Annotated[float, Meta(ge=0, description="Seconds between two edits of one post.")] = 60.0
    workers: Annotated[int, Meta(ge=1, le=64, description="Channels served side by side.")] = 4


class Operator(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who is told of trouble."""

    channel: Annotated[
        str,
        _described(
            'Where trouble and the weekly line go: "console", "discord:CHANNEL", "matrix:!ROOM:SERVER", '
            'or "" for the log only.'
        ),
    ] = "console"
    people: Annotated[
        tuple[str, ...], _described('Who operates, such as "discord:80351110224678912" or "matrix:@dora:example.org".')
    ] = ()
    zone: Annotated[str, _described("The operator's time zone, an IANA name.")] = "UTC"

    def problems(self) -> Iterator[str]:
        """A zone that nobody knows."""
        try:
            ZoneInfo(self.zone)
        except (ValueError, OSError, ZoneInfoNotFoundError):
            yield f'zone = {self.zone!r} is wrong: there is no such time zone. Write one like "Europe/Berlin".'


class Logging(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is logged, on standard error."""

    level: Annotated[Literal["debug", "info", "warning", "error"], _described("The least weight that is logged.")] = (
        "info"
    )
    format: Annotated[Literal["plain", "json"], _described('"plain" lines, or one "json" object a line.')] = "plain"


class Retention(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How long things are kept."""

    days: Annotated[int, Meta(ge=7, description="Days that items and stories are kept.")] = 90


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything an operator can set. Every key has a default that works."""

    database: Annotated[
        str,
        _described('"sqlite:///PATH" or "postgresql://user:password@host/name". Empty: your data folder.', secret=True),
    ] = ""
    feeds: Annotated[
        str, _described("A file with your feeds: OPML, or one address a line. Empty: the feeds that come along.")
    ] = ""
    lease_s: Annotated[
        float, Meta(ge=1, description="PostgreSQL only: seconds after which a silent process is taken for dead.")
    ] = 30.0
    polling: Polling = Polling()
    delivery: Delivery = Delivery()
    console: ConsoleSettings = ConsoleSettings()
    discord: DiscordSettings = DiscordSettings()
    matrix: MatrixSettings = MatrixSettings()
    operator: Operator = Operator()
    limits: Limits = Limits()
    weight: Weights = Weights()
    summaries: Summaries = Summaries()
    retention: Retention = Retention()
    log: Logging = Logging()


def default_database() -> str:
    """The address of the file in the user's data folder."""
    return f"sqlite:///{user_data_path('lodewire') / 'lodewire.db'}"


def load_settings(path: Path | None, environment: Mapping[str, str] = os.environ, *, check: bool = True) -> Settings:
    """The settings of `path` (None: the defaults) and the environment. Raises SettingsError listing every problem.

    Without `check` a section that is begun and not finished is let through.
    """
    tables = read_file(path) if path else {}
    overlay_environment(tables, environment, PREFIX)
    where = str(path) if path else "environment"
    read_secrets(tables, Settings, where)
    problems = list(find_problems(tables, Settings, where))
    if problems:
        raise SettingsError("\n".join(problems), "Run `lodewire check` to see all settings that are right.")
    settings = msgspec.convert(_relative_to(tables, path), Settings)
    problems = list(_section_problems(settings, where)) if check else []
    if problems:
        raise SettingsError("\n".join(problems), "Mend them, or take the section out.")
    return settings if settings.database else msgspec.structs.replace(settings, database=default_database())


def _section_problems(settings: Settings, where: str) -> Iterator[str]:
    """What is right as a type and wrong all the same, such as a section begun and not finished: each knows its own."""
    for name in settings.__struct_fields__:
        find: Callable[[], Iterator[str]] | None = getattr(getattr(settings, name), "problems", None)
        if find is not None:
            yield from (f"{where} [{name}]: {problem}" for problem in find())


def _relative_to(tables: dict[str, object], path: Path | None) -> dict[str, object]:
    """A feeds file is looked for beside the settings file that names it."""
    feeds = tables.get("feeds")
    if path and isinstance(feeds, str) and feeds:
        tables["feeds"] = str(path.parent / Path(feeds).expanduser())
    return tables
