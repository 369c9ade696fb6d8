"""Whether the text found on an item's own page may stand in for the teaser of its feed. Pure.

What is found instead of an article (a wall that asks for consent, a front page, a notice of cookies) is about something
else, and is known by that.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from bot.core.text.words import find_words

ARTICLE_WAIT = timedelta(minutes=10)
"""How long an item waits for its page; then it goes on with its teaser."""

MOST_TRIES = 3
TRY_AGAIN = timedelta(minutes=2)

SHARED = 0.5
"""The share of the title's and teaser's telling words that an article has. A wall has a tenth."""

LOOKED_AT = 1_000  # characters of a teaser: it may be half an article itself
TELLING = 5  # letters from which a word says what a text is about, and by which two forms of it are the same


def is_better(title: str, teaser: str, text: str) -> bool:
    """Whether `text` says more than `teaser` and of the same matter."""
    if len(text) <= len(teaser):
        return False
    wanted = _telling(f"{title}\n{teaser[:LOOKED_AT]}")
    if not wanted:
        return False
    return len(wanted & _telling(text)) >= SHARED * len(wanted)


def _telling(text: str) -> set[str]:
    """The words that say what a text is about: long ones, numbers, and pairs of Han or kana, which are words."""
    words = find_words(text)
    long = {token.word[:TELLING] for token in words if len(token.word) >= TELLING or token.word.isdecimal()}
    pairs = pairwise(words)
    return long | {a.word + b.word for a, b in pairs if a.end == b.start and _is_han(a.word) and _is_han(b.word)}


def _is_han(word: str) -> bool:
    return len(word) == 1 and word >= "\u2e80"
