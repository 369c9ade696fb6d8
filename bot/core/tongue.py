"""The interface's own words in one language: looked up and filled in. Reads no file: `bot/locale` hands catalogues in.

News stays in its own words, whatever a channel's language. English is what stands in the code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

LANGUAGES = ("en", "ru", "zh", "de", "fr", "es", "ja")
"""The languages that the interface speaks, as two letters."""


def noted(words: str) -> str:
    """The same words: they stand in a table, are said later, and belong into the catalogues."""
    return words


def english_day(day: date, style: str) -> str:
    """`Mon 1 Dec 2025` (full), `Mon 1 Dec` (short) or `1 Dec` (bare)."""
    bare = f"{day.day} {day:%b}"
    return {"bare": bare, "short": f"{day:%a} {bare}"}.get(style, f"{day:%a} {bare} {day:%Y}")


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language. `words`: what stands in the code to its forms; `form_of`: which of them a number takes."""

    lang: str = "en"
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    form_of: Callable[[int], int] = lambda number: int(number != 1)
    write_day: Callable[[date, str], str] = english_day

    def say(self, words: str, /, **values: object) -> str:
        """Words of the interface with values in their places."""
        said = self.words.get(words, (words,))[0]
        return said.format(**values) if values else said

    def count(self, one: str, many: str, number: int, /, **values: object) -> str:
        """Words for so many: `{n}` is the number."""
        forms = self.words.get(one, (one, many))
        return forms[min(self.form_of(number), len(forms) - 1)].format(n=number, **values)

    def day(self, day: date, style: str = "full") -> str:
        """A day: with weekday and year (`full`), with its weekday (`short`), or neither (`bare`)."""
        return self.write_day(day, style)


ENGLISH = Tongue()
