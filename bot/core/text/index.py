"""A text as a full-text index keeps it, and what is asked of the index: in our own words, so that both databases agree.

The words are those of the one tokeniser, folded: Han and kana stand by the character, and a phrase of them is a
substring. (A trigram index finds no Chinese or Japanese word of two characters, and most have two.) Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.text.words import HAN_KANA, find_words

BREAK = "|"
"""Stands between title and text, so that no phrase runs from one into the other."""

LONGEST_WORD = 60
"""Letters; what is longer is no word that anybody looks for."""

GLUED = re.compile(rf"[{HAN_KANA}]")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Folded words side by side; the last one may be only the beginning of a word."""

    words: tuple[str, ...]
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class All:
    """All of them."""

    parts: tuple[Wanted, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Any of them."""

    parts: tuple[Wanted, ...]


Wanted = Phrase | All | Either


def index_words(title: str, text: str) -> str:
    """The folded words of an item, in order, with a blank between two."""
    return " ".join([*_folded(title), BREAK, *_folded(text)])


def _folded(text: str) -> Iterator[str]:
    return (token.word for token in find_words(text) if len(token.word) <= LONGEST_WORD)


def wanted_words(typed: str) -> Wanted | None:
    """What a person looks for: all of the words, "phrases" as they stand, prefix* as a beginning. None: no words."""
    parts = [part for number, piece in enumerate(re.split(r'["“”„«»]', typed)) for part in _pieces(piece, number % 2)]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _pieces(piece: str, is_quoted: int) -> Iterator[Phrase]:
    """A quoted piece is one phrase; of others each word, and each run of Han and kana."""
    if is_quoted:
        words = tuple(_folded(piece))
        if words:
            yield Phrase(words, piece.rstrip().endswith("*"))
        return
    run: list[str] = []
    end = -1
    for token in find_words(piece):
        if GLUED.match(token.word) and token.start == end:
            run.append(token.word)
        else:
            if run:
                yield Phrase(tuple(run))
            run = [token.word]
        end = token.end if GLUED.match(token.word) else -1
        if piece[token.end : token.end + 1] == "*":
            yield Phrase(tuple(run), is_prefix=True)
            run, end = [], -1
    if run:
        yield Phrase(tuple(run))
