"""What comes along: topics, feeds and the demo's script, from the `config` folder beside or inside the package."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import bot
from bot.core.errors import SettingsError
from bot.core.model import FeedSpec, Recipe, Topic
from bot.core.topics.shipped import read_topics
from bot.feeds.opml import read_feed_list

if TYPE_CHECKING:
    from bot.core.actions import Grammar
    from bot.core.lexicon.events import Events
    from bot.core.topics.concepts import Concepts


def config_folder() -> Path:
    """The folder of shipped data: inside an installed package, beside the package in a checkout."""
    package = Path(bot.__file__).parent
    inside = package / "config"
    return inside if inside.is_dir() else package.parent / "config"


def read_table(name: str) -> dict[str, Any]:
    """One shipped TOML file as tables."""
    path = config_folder() / name
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"The shipped file {path} cannot be read: {error}.", "Install Lodewire again.") from error


def shipped_topics() -> tuple[Topic, ...]:
    """The topics that come along."""
    return read_topics(read_table("topics.toml"))


@cache
def shipped_concepts() -> Concepts:
    """What queries may speak of by name: minerals, actions, countries and topics. Raises SettingsError."""
    from bot.core.lexicon.concepts import read_concepts  # here: a round that brings nothing new reads no lexicon

    minerals, actions, countries = (read_table(f"{name}.toml") for name in ("minerals", "actions", "countries"))
    return read_concepts(minerals, actions, countries, shipped_topics())


@cache
def shipped_events() -> Events:
    """What tells events apart: kinds, names and common words. Raises SettingsError."""
    from bot.core.lexicon.events import read_events

    return read_events(read_table("stories.toml"))


@cache
def shipped_grammar() -> Grammar:
    """What tells who does what to whom in a sentence. Raises SettingsError."""
    from bot.core.lexicon.actions import read_grammar
    from bot.core.lexicon.countries import country_expressions

    return read_grammar(read_table("actions.toml"), country_expressions(read_table("countries.toml")))


def shipped_feeds() -> tuple[FeedSpec, ...]:
    """The feeds that come along and are on by default."""
    return tuple(
        FeedSpec(
            url=row["url"],
            title=row["title"],
            lang=row.get("lang"),
            tier=row.get("tier", 2),
            zone=row.get("zone"),
            interval_s=row.get("interval_min", 0) * 60,
            recipe=read_recipe(row),
            full_text=row.get("full_text", False),
        )
        for row in read_table("feeds.toml")["feed"]
        if row.get("enabled", True)
    )


def shipped_gaps() -> dict[str, timedelta]:
    """The time that some hosts want between two requests, by host."""
    return {row["name"]: timedelta(seconds=row["gap_s"]) for row in read_table("hosts.toml")["host"]}


def read_recipe(row: dict[str, Any]) -> Recipe | None:
    """How a page is read, from `page = { rows = "...", title = "...", link = "...", date = "..." }`."""
    if "page" not in row:
        return None
    try:
        return Recipe(**row["page"])
    except TypeError as error:
        raise SettingsError(f"The page of {row['id']} in feeds.toml is wrong: {error}.", "Name rows.") from error


def read_feeds(path: str) -> tuple[tuple[FeedSpec, ...], tuple[str, ...]]:
    """The feeds an operator lists in a file, and what is wrong with it in words. Raises SettingsError."""
    try:
        return read_feed_list(Path(path).read_bytes())
    except OSError as error:
        raise SettingsError(f"The list of feeds {path} cannot be read: {error.strerror}.", "Check the path.") from error
