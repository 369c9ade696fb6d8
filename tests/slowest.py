"""The slowest of very many inputs from a seed: what fuzzing asks of a reader beside that it never fails."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

LONGEST_MS = 50


def find_slowest(
    make: Callable[[Random], str], try_one: Callable[[str], float], count: int, seed: int
) -> tuple[float, int]:
    """The longest time of one input, in ms, and how many took over `LONGEST_MS`. `try_one` gives seconds.

    One that did is tried three times more: it may have been the collector, or another process.
    """
    chance, longest, slow = Random(seed), 0.0, 0
    for _ in range(count):
        text = make(chance)
        spent = try_one(text)
        if spent * 1e3 > LONGEST_MS:
            spent = min(try_one(text) for _ in range(3))
            slow += spent * 1e3 > LONGEST_MS
        longest = max(longest, spent)
    return longest * 1e3, slow
