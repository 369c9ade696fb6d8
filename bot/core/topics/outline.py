"""A query as people can take it in: a few of its words in each script, how many there are, what it leaves out. Pure.

A query of few words is shown as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.text.words import HAN_KANA
from bot.core.topics.parser import parse_query
from bot.core.topics.query import And, Atom, Not, Or, Query

SHORT = 160
"""Characters up to which a query is shown as it stands."""

SHOWN = 8
SCRIPTS = (
    ("Japanese", re.compile("[\u3040-\u30ff]")),
    ("Chinese and Japanese", re.compile(f"[{HAN_KANA}]")),
    ("Korean", re.compile("[\uac00-\ud7af]")),
    ("Cyrillic", re.compile("[\u0400-\u04ff]")),
    ("Arabic", re.compile("[\u0600-\u06ff]")),
)
LATIN = "Latin script"


@dataclass(frozen=True, slots=True)
class Outline:
    """`groups`: (script, terms, of how many); `excluded`: the terms under NOT, shortened alike. `total`: all terms."""

    total: int
    groups: tuple[tuple[str, str], ...]
    excluded: str


def outline(expr: str) -> Outline | None:
    """The outline of a long query; None for one that is short enough to be read as it stands."""
    if len(expr) <= SHORT:
        return None
    wanted: dict[str, list[str]] = {}
    excluded: list[str] = []
    for atom, is_wanted in _atoms(parse_query(expr)):
        words = re.sub(r"~\d+$", "", str(atom).replace('"', ""))
        (wanted.setdefault(_script(words), []) if is_wanted else excluded).append(words)
    groups = tuple((script, _few(terms)) for script, terms in wanted.items())
    return Outline(sum(map(len, wanted.values())), groups, _few(excluded))


def _atoms(query: Query, *, is_wanted: bool = True) -> Iterator[tuple[Atom, bool]]:
    if isinstance(query, Not):
        yield from _atoms(query.part, is_wanted=not is_wanted)
    elif isinstance(query, (And, Or)):
        for part in query.parts:
            yield from _atoms(part, is_wanted=is_wanted)
    else:
        yield query, is_wanted


def _script(words: str) -> str:
    return next((name for name, pattern in SCRIPTS if pattern.search(words)), LATIN)


def _few(terms: list[str]) -> str:
    """`rare earth, ree, neodymium, +52`."""
    different = list(dict.fromkeys(terms))
    more = len(different) - SHOWN
    return ", ".join(different[:SHOWN]) + (f", +{more}" if more > 0 else "")
