"""What leads from a feature of a document to the atoms that it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Set

from bot.core.text.words import bare
from bot.core.topics.document import Document

MOST_KNOWN = 50_000
"""Words whose prefixes are remembered."""

FEW_FIRSTS = 2_000
"""With so many stems that begin a pair, most words of a text do: then all its pairs are quicker made at once."""


class Table:
    """Features to atoms, none of which is 0. Nearly every feature is one atom; the few that are several stand apart."""

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

    def look_up(self, features: Set[str], found: set[int]) -> None:
        """Add the atoms that these features are."""
        found.update(filter(None, map(self.first.get, features)))
        if self.more:
            for feature in self.more.keys() & features:
                found.update(self.more[feature])


class Pairs(Table):
    """Pairs of stems to atoms, which knows the stems that begin one."""

    def __init__(self) -> None:
        super().__init__()
        self._firsts: Counter[str] = Counter()

    def add(self, feature: str, atom: int) -> None:
        """Let a pair be an atom, too."""
        self._firsts[feature.partition(" ")[0]] += feature not in self.first
        super().add(feature, atom)

    def drop(self, feature: str, atom: int) -> None:
        """Undo `add`."""
        super().drop(feature, atom)
        if feature not in self.first:
            begun = feature.partition(" ")[0]
            self._firsts[begun] -= 1
            if not self._firsts[begun]:
                del self._firsts[begun]

    def look_up(self, features: Set[str], found: set[int]) -> None:
        """Add the atoms that these pairs are. Few are any: what both have is sooner found than each is asked for."""
        known = self.first.keys() & features
        found.update(map(self.first.__getitem__, known))
        if self.more:
            for feature in self.more.keys() & known:
                found.update(self.more[feature])

    def wanted(self, document: Document) -> Set[str]:
        """The pairs of a document among which are all that are atoms."""
        return document.pairs_begun_by(self._firsts) if len(self._firsts) < FEW_FIRSTS else document.pairs


class Stemmed:
    """The words and pairs of words that are atoms, in documents of one language: anywhere, and in the title."""

    def __init__(self) -> None:
        self.words, self._title_words, self._title_pairs = Table(), Table(), Table()
        self.pairs = Pairs()
        self._tables = self.words, self.pairs, self._title_words, self._title_pairs

    def __contains__(self, table: object) -> bool:
        return table in self._tables

    def table(self, *, in_title: bool, is_pair: bool) -> Table:
        """The table of words or pairs, anywhere or in the title."""
        return self._tables[2 * in_title + is_pair]

    def asked(self, document: Document) -> Iterator[tuple[Table, Set[str]]]:
        """The tables that hold anything, with what a document has to look up in them."""
        if self.words.first:
            yield self.words, document.words
        if self.pairs.first:
            yield self.pairs, self.pairs.wanted(document)
        if self._title_words.first:
            yield self._title_words, document.title_words
        if self._title_pairs.first:
            yield self._title_pairs, document.title_pairs


class Prefixes:
    """Beginnings of words that are atoms. What a word as written begins with is worked out once and remembered."""

    def __init__(self) -> None:
        self._tables: dict[int, Table] = {}  # by length
        self._known: dict[str, Collection[int]] = {}

    def __bool__(self) -> bool:
        return bool(self._tables)

    def add(self, prefix: str, atom: int) -> None:
        """Let a beginning be an atom, too."""
        self._tables.setdefault(len(prefix), Table()).add(prefix, atom)
        self._known.clear()

    def drop(self, prefix: str, atom: int) -> None:
        """Undo `add`."""
        table = self._tables[len(prefix)]
        table.drop(prefix, atom)
        if not table.first:
            del self._tables[len(prefix)]
        self._known.clear()

    def look_up(self, raws: Set[str], found: set[int]) -> None:
        """Add the atoms that any of these words begins with."""
        known = self._known
        new = [raw for raw in raws if raw not in known]  # `raws - known.keys()` walks through all that is known
        if len(known) + len(new) > MOST_KNOWN:
            known.clear()
            new = list(raws)
        for raw in new:
            known[raw] = self._begin(bare(raw))
        found.update(*map(known.__getitem__, raws))

    def _begin(self, word: str) -> Collection[int]:
        found: set[int] = set()
        for length, table in self._tables.items():
            begun = word[:length]
            if begun in table.first:
                found.add(table.first[begun])
                found.update(table.more.get(begun, ()))
        return tuple(found)
