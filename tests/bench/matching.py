"""Queries and items to be matched, made by chance from a seed, on words of a made-up tongue.

Words come as often as in a natural language (Zipf), and common ones are short; a third of the terms' names never come.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from bot.core.topics.document import Document

WORDS = 40_000
NAMES = 20_000
"""Words that no text has."""

COLLOCATIONS = 15_000
SYLLABLES = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]
CODAS = "", "n", "r", "t", "l", "k", "x", "m"


@dataclass(frozen=True, slots=True)
class Tongue:
    """Words by rank, the commonest first; names that texts never have; words that often stand together."""

    words: list[str]
    weights: list[float]
    names: list[str]
    collocations: list[tuple[str, ...]]


def make_tongue(chance: random.Random) -> Tongue:
    """Words whose length grows with their rank."""
    made: dict[str, None] = {}
    while len(made) < WORDS + NAMES:
        rank = min(len(made), WORDS - 1)
        syllables = 1 + (rank > 50) + (rank > 1_000) + chance.randint(0, 1)
        made["".join(chance.choices(SYLLABLES, k=syllables)) + chance.choice(CODAS)] = None
    words = list(made)
    seen, names = words[:WORDS], words[WORDS:]
    weights = list(accumulate(1 / (rank + 3) for rank in range(WORDS)))
    pairs = [tuple(chance.choices(seen[100:6_000], k=chance.choice((2, 2, 3)))) for _ in range(COLLOCATIONS)]
    return Tongue(seen, weights, names, pairs)


def make_items(tongue: Tongue, count: int, words: int, chance: random.Random) -> list[Document]:
    """Documents of so many words, ten of them the title, with words by their weight and phrases among them."""
    items = []
    for _ in range(count):
        text: list[str] = []
        while len(text) < words:
            if chance.random() < 0.06:
                text += chance.choice(tongue.collocations)
            else:
                text += chance.choices(tongue.words, cum_weights=tongue.weights, k=3)
        items.append(Document(" ".join(text[:10]), " ".join(text[10:words]), "en"))
    return items


@dataclass(frozen=True, slots=True)
class Taste:
    """What is asked for: words of this rank and rarer, the commoner ones oftener (`skew`); phrases; prefixes."""

    commonest: int
    skew: float = 1.0
    has_phrases: bool = True
    has_prefixes: bool = False


def make_queries(tongue: Tongue, taste: Taste, chance: random.Random) -> Iterator[str]:
    """Distinct queries without end: 2.6 terms on average, NOT in a fifth, AND oftener than OR."""
    made: set[str] = set()
    while True:
        expr = _make_query(tongue, taste, chance)
        if expr not in made:
            made.add(expr)
            yield expr


def _make_query(tongue: Tongue, taste: Taste, chance: random.Random) -> str:
    terms = [_make_term(tongue, taste, chance) for _ in range(chance.choices((1, 2, 3, 4, 5), (18, 34, 24, 18, 6))[0])]
    barred = terms.pop() if len(terms) > 1 and chance.random() < 0.25 else ""
    if len(terms) > 2 and chance.random() < 0.4:
        wanted = f"{terms[0]} AND ({' OR '.join(terms[1:])})"
    else:
        wanted = (" OR " if chance.random() < 0.4 else " AND ").join(terms)
    if not barred:
        return wanted
    return f"({wanted}) AND NOT {barred}" if " OR " in wanted and "(" not in wanted else f"{wanted} AND NOT {barred}"


def _make_term(tongue: Tongue, taste: Taste, chance: random.Random) -> str:
    is_seen = chance.random() < 2 / 3
    if taste.has_phrases and chance.random() < 0.2:
        if is_seen:
            return f'"{" ".join(chance.choice(tongue.collocations))}"'
        return f'"{chance.choice(tongue.names)} {chance.choice(tongue.words)}"'
    if not is_seen:
        return chance.choice(tongue.names)
    word = tongue.words[int(taste.commonest + (WORDS - taste.commonest) * chance.random() ** taste.skew)]
    return f"{word[:4]}*" if taste.has_prefixes and len(word) > 4 and chance.random() < 0.02 else word


def share_met(numbers: Sequence[int], queries: int) -> float:
    """The share of the queries that an item meets, on average."""
    return sum(numbers) / max(1, len(numbers)) / queries
