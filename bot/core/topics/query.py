"""What a query is: words, phrases, nearness and features, joined by AND, OR and NOT. Read by `parser`.

Values only. Each writes itself, in one way, and what is written is read back as the same value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.text.words import IS_HAN_KANA

USUAL_SLOP = 1
"""Foreign words that may stand within a phrase."""

LONGEST_ACRONYM = 6
LONGEST_SYMBOL = 7
OPERATOR_WORD = re.compile(r"and|or|not|near", re.IGNORECASE)
OPERATOR_WORDS = frozenset(("and", "or", "not", "near"))
PLAIN_VALUE = re.compile(r"[^\W_][\w-]*")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a term. `is_prefix`: the beginning of one; `is_exact`: it must stand just so, case and all."""

    text: str
    is_prefix: bool = False
    is_exact: bool = False

    def __str__(self) -> str:
        return f"{self.text}*" if self.is_prefix else self.text


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must follow each other, with at most `slop` foreign ones within; in the title, where `field` says."""

    words: tuple[Word, ...]
    field: str = ""
    slop: int = USUAL_SLOP

    def __str__(self) -> str:
        first = self.words[0]
        if not (self.words[1:] or self.field or first.is_prefix or first.is_exact or first.text in OPERATOR_WORDS):
            return first.text
        return f"{self.field}:{self._written()}" if self.field else self._written()

    def _written(self) -> str:
        text = _spaced(self.words)
        if self._is_literal():
            return f'="{text}"' + (f"~{self.slop}" if self.slop and len(self.words) > 1 else "")
        if " " not in text and self.slop == USUAL_SLOP and not OPERATOR_WORD.fullmatch(text):
            return text
        return f'"{text}"' + (f"~{self.slop}" if self.slop != USUAL_SLOP else "")

    def _is_literal(self) -> bool:
        """Whether these are exact words that need a = to be read as such."""
        if not (self.words[0].is_exact and all(word.is_exact for word in self.words)):
            return False
        return (self.slop == 0 and len(self.words) > 1) or not all(acronym_of(word.text) for word in self.words)


@dataclass(frozen=True, slots=True)
class Feature:
    """What is true of a document as a whole: `mineral:gallium`, `lang:ru`, `source:kremlin`."""

    field: str
    value: str

    def __str__(self) -> str:
        return f"{self.field}:{self.value}" if PLAIN_VALUE.fullmatch(self.value) else f'{self.field}:"{self.value}"'


@dataclass(frozen=True, slots=True)
class Near:
    """Two things at most `distance` words apart, in either order: each a term, or any of some terms."""

    left: Term | Or
    right: Term | Or
    distance: int

    def __str__(self) -> str:
        left, right = (f"({side})" if isinstance(side, Or) else str(side) for side in (self.left, self.right))
        return f"{left} NEAR/{self.distance} {right}"


@dataclass(frozen=True, slots=True)
class And:
    """All of them."""

    parts: tuple[Query, ...]

    def __str__(self) -> str:
        return " AND ".join(map(_part, self.parts))


@dataclass(frozen=True, slots=True)
class Or:
    """Any of them."""

    parts: tuple[Query, ...]

    def __str__(self) -> str:
        return " OR ".join(map(_part, self.parts))


@dataclass(frozen=True, slots=True)
class Not:
    """Not this."""

    part: Query

    def __str__(self) -> str:
        return f"NOT ({self.part})" if isinstance(self.part, (And, Or, Near)) else f"NOT {self.part}"


Atom = Term | Feature | Near
Query = Atom | And | Or | Not


def _spaced(words: tuple[Word, ...]) -> str:
    """Words with spaces between; characters of Chinese and Japanese without."""
    if len(words) == 1:
        return str(words[0])
    text = ""
    for before, word in zip((None, *words), words, strict=False):
        is_joined = before is None or (is_character(before.text) and not before.is_prefix and is_character(word.text))
        text += str(word) if is_joined else f" {word}"
    return text


def is_character(word: str) -> bool:
    """Whether a word is a Chinese or Japanese character: no foreign word stands between two of a phrase."""
    return len(word) == 1 and IS_HAN_KANA(word) is not None


def _part(part: Query) -> str:
    return f"({part})" if isinstance(part, (And, Or)) else str(part)


def join(kind: type[And] | type[Or], parts: list[Query]) -> Query:
    """One part stands for itself; parts of the same kind are laid flat; what is said twice counts once."""
    if len(parts) == 1:
        return parts[0]
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, kind) else (part,))]
    distinct = tuple(dict.fromkeys(flat))
    return distinct[0] if len(distinct) == 1 else kind(distinct)


def acronym_of(raw: str) -> str:
    """The acronym or symbol a word as written is, without a plural s, or "": REE, REEs, NdPr, LiFePO4, kWh.

    Two capitals or one after a small letter, and short: a SHOUTED word or a ThyssenKrupp is none.
    """
    word = raw[:-1] if len(raw) > 2 and raw[-1] == "s" and raw[:-1].isupper() else raw
    if not (word.isascii() and word.isalnum()) or not 2 <= len(word) <= LONGEST_SYMBOL or word[0].isdigit():
        return ""
    capitals = sum(map(str.isupper, word))
    if word.isupper():
        return word if capitals > 1 and len(word) <= LONGEST_ACRONYM else ""
    return word if capitals > word[0].isupper() else ""


def atoms_of(query: Query) -> Iterator[Atom]:
    """Every term, nearness and feature, those under NOT too, from left to right."""
    if isinstance(query, (And, Or)):
        for part in query.parts:
            yield from atoms_of(part)
    elif isinstance(query, Not):
        yield from atoms_of(query.part)
    else:
        yield query


def wanted_atoms(query: Query) -> Iterator[Atom]:
    """Those that speak for a match: none under NOT."""
    if isinstance(query, (And, Or)):
        for part in query.parts:
            yield from wanted_atoms(part)
    elif not isinstance(query, Not):
        yield query


def is_positive(query: Query, is_wanted: bool = True) -> bool:
    """Whether it says what is wanted, and not only what is not. `is_wanted`: it does not stand under a NOT."""
    if isinstance(query, Not):
        return is_positive(query.part, not is_wanted)
    if isinstance(query, (And, Or)):
        says = (is_positive(part, is_wanted) for part in query.parts)
        return any(says) if isinstance(query, And) == is_wanted else all(says)
    return is_wanted
