"""The one tokeniser: text to words as they are compared, with their place in the text. Linear in the length.

A word is folded: compatibility forms and case go, accents of Latin letters go, Russian й stays apart from и, an
English plural becomes its singular. Han and kana are words by the character, so a phrase of them is a substring.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

HAN_KANA = "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
IS_HAN_KANA = re.compile(f"[{HAN_KANA}]").match

UNSPACED = ("zh", "ja")
"""Languages that leave no space between words."""
_WORD = rf"(?:[{HAN_KANA}]|(?:[^\W_{HAN_KANA}]++[\u0300-\u036f]*+)+)"
_POSSESSIVE = r"['’](?=[sS](?![^\W_]))"
WORD = re.compile(rf"({_WORD})(?:{_POSSESSIVE}{_WORD})?")  # the s of a possessive goes with its word, and is no other
ASCII_WORD = re.compile(r"([A-Za-z0-9]++)(?:'[sS](?![A-Za-z0-9]))?")  # the same where there are no others: far quicker
SIGNS = (("’", "'"), *((sign, " ") for sign in "‘“”–—…\xa0"))
"""What stands between words of most English news that is not ASCII, and what it may be taken for, one for one."""

ACCENTS = re.compile("(?<!и)\u0306|[\u0300-\u0305\u0307-\u036f]")
SINGULAR_TAILS = ("ss", "us", "is")


class Token(NamedTuple):
    """A word: folded for comparing, as written, and where it stands (offsets in characters)."""

    word: str
    raw: str
    start: int
    end: int


def find_words(text: str) -> list[Token]:
    """The words of a text, in order."""
    text, pattern = _prepare(text)
    return [Token(fold(match[1]), match[1], *match.span(1)) for match in pattern.finditer(text)]


def raw_places(text: str) -> list[tuple[str, int]]:
    """The same words as written, each with the place after it."""
    text, pattern = _prepare(text)
    return [(match[1], match.end(1)) for match in pattern.finditer(text)]


def raw_words(text: str) -> list[str]:
    """The same words as written, without their places: a small part of the work."""
    text, pattern = _prepare(text)
    found: list[str] = pattern.findall(text)
    return found


def _prepare(text: str) -> tuple[str, re.Pattern[str]]:
    """The text with typographic signs made plain, in place, and the quickest pattern for it."""
    if text.isascii():
        return text, ASCII_WORD
    for sign, plain in SIGNS:
        text = text.replace(sign, plain)
    return text, ASCII_WORD if text.isascii() else WORD


@lru_cache(maxsize=50_000)
def fold(raw: str) -> str:
    """A word as it is compared. Folding a folded word changes nothing."""
    if raw.isascii():
        return _singular(raw.lower())
    plain = bare(raw)
    return _singular(plain) if plain.isascii() else plain


def bare(raw: str) -> str:
    """A word without case and accents, its ending kept; Russian й stays apart from и."""
    if raw.isascii():
        return raw.lower()
    plain = ACCENTS.sub("", unicodedata.normalize("NFKD", raw).casefold())
    return unicodedata.normalize("NFC", plain)


def surface(raw: str) -> str:
    """A word without case and compatibility forms, its accents kept; of a surface it is the surface itself.

    A sign that would fall apart into several words (½) stays as it is.
    """
    if raw.isascii():
        return raw.lower()
    once = _caseless(raw)
    return once if _caseless(once) == once and WORD.fullmatch(once) else raw


def _caseless(raw: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", raw).casefold())


def _singular(word: str) -> str:
    """`exports` -> `export`, `batteries` -> `battery`; short words and -ss, -us, -is stay."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(SINGULAR_TAILS):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if not word.endswith("s", 0, -1) else word
