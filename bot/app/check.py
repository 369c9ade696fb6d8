"""Checking an installation: settings, topics' own examples, feeds, database. Changes nothing and prints no secret."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bot.app.log import hide_secrets
from bot.app.settings import Settings, load_settings
from bot.app.shipped import read_feeds, shipped_concepts, shipped_events, shipped_feeds, shipped_grammar, shipped_topics
from bot.chat.registry import list_accounts
from bot.core.errors import LodewireError
from bot.core.topics.shipped import check_examples
from bot.storage.upgrade import HEAD, version_of

if TYPE_CHECKING:
    from bot.core.topics.concepts import Concepts


@dataclass(slots=True)
class Findings:
    """What was checked and is right, and what is not."""

    checked: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def check_all(config: Path | None) -> Findings:
    """Check everything that can be checked without the network. One problem never hides another."""
    found = Findings()
    settings = _check_settings(config, found)
    _check_topics(found)
    if settings is not None:
        _check_feeds(settings, found)
        _check_database(settings, found)
    return found


def _check_settings(config: Path | None, found: Findings) -> Settings | None:
    try:
        settings = load_settings(config)
    except LodewireError as error:
        found.problems += error.message.splitlines()
        return _load_unchecked(config)
    found.checked.append(f"settings: {config or 'defaults'}")
    found.checked += [f"{name}: set up as {account}; its login is tried at the start" for name, account in
                      list_accounts(settings)]  # fmt: skip
    return settings


def _load_unchecked(config: Path | None) -> Settings | None:
    """The settings with whatever section is half filled, so that the rest is checked too; None where they are none."""
    try:
        return load_settings(config, check=False)
    except LodewireError:
        return None


def _check_topics(found: Findings) -> None:
    try:
        topics = shipped_topics()
    except LodewireError as error:
        found.problems.append(str(error))
        return
    concepts = _check_lexicon(found)
    if concepts is None:
        return
    for topic in topics:
        troubles = check_examples(topic, concepts)
        found.problems += [f"topics.toml [{topic.name}]: {trouble}" for trouble in troubles]
        if not troubles:
            count = len(topic.matches) + len(topic.rejects)
            found.checked.append(f"topic {topic.name}: {count} examples")


def _check_lexicon(found: Findings) -> Concepts | None:
    """Minerals, actions and countries, and whether the topics speak of no other ones."""
    try:
        concepts = shipped_concepts()
        shipped_grammar()
        found.checked.append(f"events: {shipped_events().size} names")
    except LodewireError as error:
        found.problems.append(str(error))
        return None
    found.checked += [f"{field}: {len(names)} names" for field, names in concepts.known.items() if field != "topic"]
    return concepts


def _check_feeds(settings: Settings, found: Findings) -> None:
    try:
        specs, problems = read_feeds(settings.feeds) if settings.feeds else (shipped_feeds(), ())
    except LodewireError as error:
        found.problems.append(str(error))
        return
    found.problems += [f"{settings.feeds}: {problem}" for problem in problems]
    found.checked.append(f"feeds: {len(specs)} from {settings.feeds or 'those that come along'}")


def _check_database(settings: Settings, found: Findings) -> None:
    path = Path(settings.database.removeprefix("sqlite:///"))
    shown = hide_secrets(settings.database)
    if settings.database.startswith("sqlite:///") and not path.exists():
        found.checked.append(f"database: {shown} will be made at the first start")
        return
    try:
        version = version_of(settings.database)
    except LodewireError as error:
        found.problems.append(hide_secrets(f"database {shown}: {error}"))
        return
    found.checked.append(f"database: {shown}, version {version or 'none yet'}, this program's is {HEAD}")
