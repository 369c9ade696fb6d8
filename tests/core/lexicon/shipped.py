"""The lexicon that comes along, as tests use it: read once."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from bot.core.actions import Grammar
from bot.core.lexicon.actions import read_grammar
from bot.core.lexicon.concepts import read_concepts
from bot.core.lexicon.countries import country_expressions
from bot.core.topics.concepts import Concepts
from bot.core.topics.document import Document
from bot.core.topics.shipped import read_topics
from tests.sources import ROOT


def read_file(name: str) -> dict[str, Any]:
    """One file of `config/` as tables."""
    return tomllib.loads((ROOT / "config" / name).read_text("utf-8"))


@cache
def concepts() -> Concepts:
    """All that queries may speak of by name."""
    topics = read_topics(read_file("topics.toml"))
    return read_concepts(read_file("minerals.toml"), read_file("actions.toml"), read_file("countries.toml"), topics)


@cache
def grammar() -> Grammar:
    """What tells who does what to whom."""
    return read_grammar(read_file("actions.toml"), country_expressions(read_file("countries.toml")))


def found_in(title: str, lang: str, text: str = "") -> frozenset[str]:
    """The concepts of a headline."""
    return concepts().find(Document(title, text, lang))
