"""A text as a full-text index keeps it, and what is asked of the index: in our own words, so that both databases agree.

The words are the stems by which queries match, in the language of the text. Han and kana stand by the character, and a
phrase of them is a substring. (A trigram index finds no Chinese or Japanese word of two characters, and most have two.)
Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.core.text.words import HAN_KANA, bare, find_words

BREAK = "|"
"""Stands between title and text, so that no phrase runs from one into the other."""

LONGEST_WORD = 60
"""Letters; what is longer is no word that anybody looks for."""

SHORTEST_STEM = 3
KEPT_OF_TEN = 6
"""Of ten letters of a word so many are in its stem, at least."""

GLUED = re.compile(rf"[{HAN_KANA}]")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Stems side by side; the last one may be only the beginning of a word."""

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


def index_words(stems: Iterable[str]) -> str:
    """The stems of an item as a document has them, title and text with a line break between, as one line."""
    return " ".join(stem if stem.strip() else BREAK for stem in stems if len(stem) <= LONGEST_WORD)


def join(kind: type[All] | type[Either], parts: Iterable[Wanted]) -> Wanted | None:
    """One part stands for itself, what is said twice counts once; None of no parts."""
    several = tuple(dict.fromkeys(parts))
    if not several:
        return None
    return several[0] if len(several) == 1 else kind(several)


def in_any_language(raws: Sequence[str]) -> Wanted | None:
    """Words side by side, by their stems in each language: a text has those of its own."""
    from bot.core.text.stems import STEMS  # here: most of a process looks nothing up

    return join(Either, (Phrase(tuple(stems[raw] for raw in raws)) for stems in STEMS.values())) if raws else None


def beginning(raw: str) -> Wanted:
    """What may begin so. A stem may be shorter than that, and its last letter another: exportation, export; licens."""
    plain = bare(raw)
    return Phrase((plain[: max(SHORTEST_STEM, len(plain) * KEPT_OF_TEN // 10)],), is_prefix=True)


def wanted_words(typed: str) -> Wanted | None:
    """What a person looks for: all of the words, "phrases" as they stand, prefix* as a beginning. None: no words."""
    pieces = re.split(r'["“”„«»]', typed)
    return join(All, (part for number, piece in enumerate(pieces) for part in _parts(piece, is_quoted=number % 2 == 1)))


def _parts(piece: str, *, is_quoted: bool) -> Iterator[Wanted]:
    """A quoted piece is one phrase; of others each word, and each run of Han and kana."""
    for raws, is_prefix in [([token.raw for token in find_words(piece)], False)] if is_quoted else _runs(piece):
        found = Phrase((bare(raws[-1]),), is_prefix=True) if is_prefix and len(raws) == 1 else in_any_language(raws)
        if found is not None:
            yield found


def _runs(piece: str) -> Iterator[tuple[list[str], bool]]:
    run: list[str] = []
    end = -1
    for token in find_words(piece):
        if run and not (GLUED.match(token.raw) and token.start == end):
            yield run, False
            run = []
        run.append(token.raw)
        end = token.end if GLUED.match(token.raw) else -1
        if piece[token.end : token.end + 1] == "*":
            yield run, True
            run, end = [], -1
    if run:
        yield run, False
