"""A query as people can take it in: a few of its words in each script, how many there are, what it leaves out. Pure.

A query of few words is shown as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from bot.core.text.words import HAN_KANA
from bot.core.topics.concepts import NO_CONCEPTS, Concepts
from bot.core.topics.parser import parse_query
from bot.core.topics.query import And, Atom, Feature, Near, Not, Or, Query

SHORT = 160
"""Characters up to which a query is shown as it stands."""

SHOWN = 8
LONGEST = 24
MOST = 20_000
"""Terms that are counted."""

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


def outline(expr: str, concepts: Concepts = NO_CONCEPTS) -> Outline | None:
    """The outline of a long query, or of one that names concepts; None for what can be read as it stands."""
    query = parse_query(expr)
    names = [atom for atom, _ in _atoms(query, NO_CONCEPTS) if isinstance(atom, Feature) and concepts.query(atom)]
    if len(expr) <= SHORT and not names:
        return None
    wanted: dict[str, list[str]] = {}
    excluded: list[str] = []
    for atom, is_wanted in dict.fromkeys(islice(_atoms(query, concepts), MOST)):
        words = _plain(atom)
        (wanted.setdefault(_script(words or str(atom)), []) if is_wanted else excluded).append(words)
    groups = tuple((script, _few(terms)) for script, terms in wanted.items())
    return Outline(sum(map(len, wanted.values())), groups, _few(excluded))


def _atoms(query: Query, concepts: Concepts, *, is_wanted: bool = True) -> Iterator[tuple[Atom, bool]]:
    """The atoms, with those of the concepts in place of their names; what a concept itself leaves out is no matter."""
    if isinstance(query, Not):
        yield from _atoms(query.part, concepts, is_wanted=not is_wanted)
    elif isinstance(query, (And, Or)):
        for part in query.parts:
            yield from _atoms(part, concepts, is_wanted=is_wanted)
    elif isinstance(query, Feature) and (inner := concepts.query(query)) is not None:
        yield from ((atom, is_wanted) for atom, says in _atoms(inner, concepts) if says)
    else:
        yield query, is_wanted


def _script(words: str) -> str:
    return next((name for name, pattern in SCRIPTS if pattern.search(words)), LATIN)


def _plain(atom: Atom) -> str:
    """A term without its signs; "" for what takes more than a few words to say, which is counted only."""
    if isinstance(atom, Near):
        return ""
    words = re.sub(r"~\d+$|^title:|=", "", str(atom).replace('"', ""))
    return words if len(words) <= LONGEST else ""


def _few(terms: list[str]) -> str:
    """`rare earth, ree, neodymium, +52`."""
    different = list(dict.fromkeys(words for words in terms if words))
    more = len(terms) - min(len(different), SHOWN)
    return ", ".join(different[:SHOWN]) + (f", +{more}" if more > 0 else "")
