"""Terms as numbers, each kept once in memory however many items have it. Knows nothing of what they mean."""

from __future__ import annotations

from collections.abc import Iterable


class Terms:
    """Numbers are given in order of first sight, and never given back: a window's words are few."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._words: list[str] = []

    def number(self, word: str) -> int:
        """The number of a term."""
        number = self._numbers.get(word)
        if number is None:
            number = self._numbers[word] = len(self._words)
            self._words.append(word)
        return number

    def words(self, numbers: Iterable[int]) -> tuple[str, ...]:
        """The terms of these numbers."""
        return tuple([self._words[number] for number in numbers])
