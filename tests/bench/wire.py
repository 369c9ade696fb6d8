"""News for benchmarks: the same for the same seed, a fifth of it on the shipped topics, the rest noise."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.core.model import Item, Topic
from tests.feedxml import Entry

SEED = 20251104
FIRST = datetime(2025, 11, 4, 6, 0, tzinfo=UTC)
MATCHING = 0.2
WORDS = (
    "market council river museum season budget winter station harbour bridge festival school harvest railway minister "
    "report record stadium theatre library garden weather concert village airport hospital election coach painter "
    "morning evening citizens visitors workers quiet sudden large small early local regional national public private "
    "opened closed visited repaired discussed announced postponed described measured collected delivered painted"
).split()
DATED = "Comments are due by {day} December 2025, the agency said."


def make_items(count: int, topics: Sequence[Topic], seed: int = SEED) -> list[Item]:
    """`count` items of about 900 characters, oldest first."""
    chance = random.Random(seed)
    headlines = [headline for topic in topics for headline in topic.matches]
    return [_make_item(number, chance, headlines) for number in range(count)]


def _make_item(number: int, chance: random.Random, headlines: Sequence[str]) -> Item:
    is_matching = chance.random() < MATCHING
    title = f"{chance.choice(headlines)} ({number})" if is_matching else f"{_sentence(chance)[:-1]} {number}"
    text = " ".join(_sentence(chance) for _ in range(14))
    if is_matching and number % 2:
        text = f"{DATED.format(day=1 + number % 28)} {text}"
    url = f"https://wire.example/{noise_word(chance)}/{number}"
    return Item(f"urn:item:{number}", url, title, text, published=FIRST + timedelta(seconds=number), lang="en")


def noise_word(chance: random.Random) -> str:
    """A word of the noise."""
    return chance.choice(WORDS)


def _sentence(chance: random.Random) -> str:
    return f"The {' '.join(chance.choices(WORDS, k=8))}."


def make_queries(count: int, seed: int = SEED) -> list[str]:
    """`count` queries as tenants write them; few of them match the noise."""
    chance = random.Random(seed)
    return [
        f'"{noise_word(chance)} {noise_word(chance)} {noise_word(chance)}" OR (mineral{number} AND export)'
        for number in range(count)
    ]


def as_entries(items: Sequence[Item]) -> list[Entry]:
    """The same items as a feed would carry them, newest first."""
    return [Entry(item.title, item.text, item.guid, item.url, item.published) for item in reversed(items)]
