"""Did you mean: the known names nearest to a word that is none of them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

CUTOFF = 0.6
"""The similarity (Ratcliff-Obershelp, 0 to 1) from which a name may have been meant."""


def nearest(word: str, known: Iterable[str], count: int = 3, cutoff: float = CUTOFF) -> list[str]:
    """Up to `count` known names like `word`, likest first, without regard to case."""
    by_key = {name.casefold(): name for name in known}
    return [by_key[key] for key in get_close_matches(word.casefold(), by_key, count, cutoff)]


def either(names: Iterable[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    *first, last = list(names) or [""]
    return f"{', '.join(first)} or {last}" if first else last
