"""The words that tell one story from others: often in it, in its headline above all, and seldom in the rest. Pure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import zip_longest

from bot.core.text.index import GLUED
from bot.core.text.words import find_words

SHORTEST = 4
TITLE_COUNTS = 3
COMMON = 0.5
"""The share of the other stories from which a word tells nothing."""

EMPTY = frozenset(
    "about above after again against also amid among another around because been before being below between both "
    "could does doing down during each ever every first from further have having here into itself just last like "
    "made make many more most much must near need next none only other over said same says should since some still "
    "such take than that their them then there these they this those through under until upon very were what when "
    "where which while will with within without would year week month today monday tuesday wednesday thursday friday "
    "saturday sunday new news может после также если чтобы когда будет более было этого года году которые который "
    "nach einer eine einen wird werden oder auch über dans pour avec plus sont cette para como más desde según".split()
)
"""Words that stand in every story sooner or later. Folded."""

Text = tuple[str, str]
"""Title and text."""


def telling_words(story: Text, others: Sequence[Text], taken: Collection[str], count: int = 3) -> list[str]:
    """Up to `count` folded words of a story that few of the others have, most telling first; never one that is taken.

    By tf-idf (Spärck Jones 1972) over these stories. Of Han and kana, pairs of characters are words.
    """
    words = Counter(_words(story[1]))
    for word in _words(story[0]):
        words[word] += TITLE_COUNTS
    spread = Counter(word for other in others for word in set(_words(other[0])) | set(_words(other[1])))
    most = COMMON * len(others)
    scores = {
        word: number * math.log((len(others) + 2) / (spread[word] + 1))
        for word, number in words.items()
        if not _is_taken(word, taken) and (spread[word] <= most or not others)
    }
    return sorted(scores, key=lambda word: (-scores[word], word))[:count]


def _is_taken(word: str, taken: Collection[str]) -> bool:
    return word in taken or (GLUED.match(word) is not None and all(character in taken for character in word))


def _words(text: str) -> Iterable[str]:
    tokens = find_words(text)
    for token, following in zip_longest(tokens, tokens[1:]):
        if GLUED.match(token.word):
            if following and GLUED.match(following.word) and following.start == token.end:
                yield token.word + following.word
        elif len(token.word) >= SHORTEST and not token.word.isdecimal() and token.word not in EMPTY:
            yield token.word
