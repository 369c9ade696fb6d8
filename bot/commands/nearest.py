"""Did you mean: the known names nearest to a word that is none of them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches

CUTOFF = 0.6
"""The similarity (Ratcliff-Obershelp, 0 to 1) from which a name may have been meant."""

BEHIND = 0.12
"""How much less like it than the likeliest a name may be: who wrote `folow` did not mean `unfollow`."""


def nearest(word: str, known: Iterable[str], count: int = 3, cutoff: float = CUTOFF) -> list[str]:
    """Up to `count` known names like `word`, likest first, without regard to case."""
    by_key, wanted = {name.casefold(): name for name in known}, word.casefold()
    close = get_close_matches(wanted, by_key, count, cutoff)
    scores = [SequenceMatcher(None, key, wanted).ratio() for key in close]
    return [by_key[key] for key, score in zip(close, scores, strict=True) if score > scores[0] - BEHIND]


def either(names: Iterable[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    *first, last = list(names) or [""]
    return f"{', '.join(first)} or {last}" if first else last
