"""What came of a date: which later story names the thing that was due. Pure; it judges words, not whether it is so."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from bot.core.text.words import find_words

ENOUGH = 0.6
"""The share of the thing's own words that a story must name."""

SHORTEST = 4
"""Letters from which a word says what a thing is; Han and kana are words by the character, and count by the pair."""


def best_answer(what: str, later: Iterable[tuple[int, str]]) -> int | None:
    """The number of the story, of these (number, text), that names most of `what`; None where none names enough.

    Of equals the first given is taken. One word alone is no name: at least two must be met.
    """
    wanted = _telling(what)
    if len(wanted) < 2:
        return None
    shares = [(len(wanted & _telling(text)) / len(wanted), number) for number, text in later]
    best = max(shares, key=lambda scored: scored[0], default=None)
    return best[1] if best is not None and best[0] >= ENOUGH else None


def _telling(text: str) -> set[str]:
    words = [token.word for token in find_words(text)]
    pairs = {one + two for one, two in pairwise(words) if len(one) == len(two) == 1}
    return {word for word in words if len(word) >= SHORTEST} | {pair for pair in pairs if not pair.isascii()}
