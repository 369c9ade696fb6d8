"""What leads from a feature of a document to the atoms that it is: a dictionary with one value, and seldom more."""

from __future__ import annotations

from collections.abc import Iterable


class Table:
    """Features to atoms. Nearly every feature is one atom; the few that are several stand apart, to keep it small."""

    def __init__(self) -> None:
        self.first: dict[str, int] = {}
        self.more: dict[str, tuple[int, ...]] = {}

    def add(self, feature: str, atom: int) -> None:
        """Let a feature be an atom, too."""
        if self.first.setdefault(feature, atom) != atom:
            self.more[feature] = (*self.more.get(feature, ()), atom)

    def drop(self, feature: str, atom: int) -> None:
        """Undo `add`."""
        others = [one for one in (self.first[feature], *self.more.pop(feature, ())) if one != atom]
        if not others:
            del self.first[feature]
            return
        self.first[feature] = others[0]
        if len(others) > 1:
            self.more[feature] = tuple(others[1:])

    def look_up(self, features: Iterable[str], found: set[int | None]) -> None:
        """Add the atoms that these features are, and None."""
        found.update(map(self.first.get, features))
        if self.more:
            for feature in self.more.keys() & features:
                found.update(self.more[feature])
