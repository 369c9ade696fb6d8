"""The atoms of many queries by number, and which of them a document has: each is looked for once, whoever asks for it.

A word, and a phrase of two, is found as a member of a set; what needs places (longer phrases, prefixes in phrases,
nearness) is looked at only where all its words are there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from bot.core.text.stems import STEMS
from bot.core.topics.document import TITLE, Document
from bot.core.topics.judge import feature_key
from bot.core.topics.parser import parse_once
from bot.core.topics.places import find_near, find_term, is_acronym
from bot.core.topics.query import USUAL_SLOP, Atom, Feature, Near, Or, Term, Word, is_character
from bot.core.topics.table import Table

MOST_KNOWN = 50_000
"""Words whose prefixes are remembered."""

Clause = tuple[int, ...]
"""Atoms of which one must be there."""


class Atoms:
    """A register of atoms. Each is held as often as it was taken, and forgotten when it was let go as often."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._written: list[str] = []
        self._uses: list[int] = []
        self._free: list[int] = []
        self._stems: dict[str, Table] = {}  # by language, made when the first document in it comes
        self._raws = Table()
        self._facts = Table()
        self._prefixes: dict[int, Table] = {}  # by length
        self._prefixed: dict[str, Collection[int]] = {}  # word as written -> atoms that are prefixes of it
        self._needs: dict[int, tuple[Clause, ...]] = {}  # atom -> what must be there before its places are looked for
        self._led: tuple[dict[int, list[int]], ...] = ({}, {})  # atom -> phrases, nearnesses to be looked for

    def __len__(self) -> int:
        return len(self._numbers)

    def take(self, atom: Atom) -> int:
        """The number of an atom, which is held once more."""
        written = str(atom)
        number = self._numbers.get(written)
        if number is None:
            number = self._enter(written)
            self._register(atom, number)
        self._uses[number] += 1
        return number

    def _enter(self, written: str) -> int:
        if self._free:
            number = self._free.pop()
            self._written[number] = written
        else:
            number = len(self._written)
            self._written.append(written)
            self._uses.append(0)
        self._numbers[written] = number
        return number

    def hold(self, number: int) -> None:
        """Take an atom that is here already once more."""
        self._uses[number] += 1

    def cost(self, number: int) -> float:
        """How often an atom is met, by guess: phrases seldom, short words often."""
        written = self._written[number]
        return 0.01 if " " in written else 0.8 ** len(written)

    def let_go(self, number: int) -> None:
        """Undo one `take`."""
        self._uses[number] -= 1
        if self._uses[number] == 0:
            atom = self.read(number)
            del self._numbers[self._written[number]]
            self._written[number] = ""
            self._free.append(number)
            self._unregister(atom, number)

    def read(self, number: int) -> Atom:
        """The atom that has a number."""
        return parse_once(self._written[number])

    def written(self, number: int) -> str:
        """An atom as it is written."""
        return self._written[number]

    def _register(self, atom: Atom, number: int) -> None:
        needs = self._take_needs(atom)
        if needs:
            self._needs[number] = needs
            for leader in min(needs, key=len):
                self._led[isinstance(atom, Near)].setdefault(leader, []).append(number)
            return
        for table, feature in self._features(atom, tuple(self._stems)):
            table.add(feature, number)
        self._forget_prefixes(atom)

    def _unregister(self, atom: Atom, number: int) -> None:
        needs = self._needs.pop(number, ())
        if needs:
            self._follow_no_more(min(needs, key=len), number, self._led[isinstance(atom, Near)])
            for clause in needs:
                for needed in clause:
                    self.let_go(needed)
            return
        for table, feature in self._features(atom, tuple(self._stems)):
            table.drop(feature, number)
        self._forget_prefixes(atom)

    def _follow_no_more(self, leaders: Clause, number: int, led: dict[int, list[int]]) -> None:
        for leader in leaders:
            led[leader].remove(number)
            if not led[leader]:
                del led[leader]

    def _take_needs(self, atom: Atom) -> tuple[Clause, ...]:
        return tuple(tuple(sorted({self.take(part) for part in clause})) for clause in _needed(atom))

    def _forget_prefixes(self, atom: Atom) -> None:
        if isinstance(atom, Term) and len(atom.words) == 1 and atom.words[0].is_prefix:
            self._prefixed.clear()

    def _features(self, atom: Atom, languages: Sequence[str]) -> Iterator[tuple[Table, str]]:
        """By which features, and in which tables, an atom without needs is found."""
        if isinstance(atom, Feature):
            yield self._facts, feature_key(atom)
            return
        assert isinstance(atom, Term)
        mark, word = TITLE if atom.field == "title" else "", atom.words[0]
        if word.is_exact:
            yield self._raws, mark + word.text
            if is_acronym(word):
                yield self._raws, f"{mark}{word.text}s"
        elif word.is_prefix:
            yield self._prefixes.setdefault(len(mark + word.text), Table()), mark + word.text
        else:
            for lang in languages:
                yield self._stems[lang], mark + " ".join(STEMS[lang][word.text] for word in atom.words)

    def find(self, document: Document, concepts: Collection[str] = ()) -> set[int]:
        """The atoms that a document has, where these concepts were found in it."""
        found: set[int | None] = set()
        table = self._stems.get(document.latin) or self._learn_language(document.latin)
        table.look_up(document.words, found)
        table.look_up(document.pairs, found)
        self._facts.look_up(document.facts, found)
        self._facts.look_up(concepts, found)
        self._raws.look_up(document.written, found)
        if self._prefixes:
            self._find_prefixes(document, found)
        found.discard(None)
        known: set[int] = found  # type: ignore[assignment]
        for led in self._led:
            if led:
                known.update(self._find_led(led, document, known))
        return known

    def _learn_language(self, lang: str) -> Table:
        table = self._stems[lang] = Table()
        for number, written in enumerate(self._written):
            if written and number not in self._needs:
                for where, feature in self._features(parse_once(written), (lang,)):
                    if where is table:
                        table.add(feature, number)
        return table

    def _find_prefixes(self, document: Document, found: set[int | None]) -> None:
        for raw in document.written:
            atoms = self._prefixed.get(raw)
            if atoms is None:
                atoms = self._look_up_prefixes(raw, document)
            found.update(atoms)

    def _look_up_prefixes(self, raw: str, document: Document) -> Collection[int]:
        if len(self._prefixed) >= MOST_KNOWN:
            self._prefixed.clear()
        word = TITLE + document.bares[raw[1:]] if raw[0] == TITLE else document.bares[raw]
        found: set[int | None] = set()
        for length, table in self._prefixes.items():
            if len(word) >= length:
                table.look_up((word[:length],), found)
        found.discard(None)
        atoms = self._prefixed[raw] = tuple(atom for atom in found if atom is not None)
        return atoms

    def _find_led(self, led: dict[int, list[int]], document: Document, found: set[int]) -> list[int]:
        candidates = {number for leader in led.keys() & found for number in led[leader]}
        return [
            number
            for number in candidates
            if not any(found.isdisjoint(clause) for clause in self._needs[number]) and self._stands(number, document)
        ]

    def _stands(self, number: int, document: Document) -> bool:
        atom = self.read(number)
        if isinstance(atom, Near):
            return find_near(atom, document) is not None
        assert isinstance(atom, Term)
        return bool(find_term(atom, document))


def _needed(atom: Atom) -> list[list[Term]]:
    """What must be there before places need be looked at, as clauses; nothing for what a set tells."""
    if isinstance(atom, Near):
        return [_choice(atom.left), _choice(atom.right)]
    if isinstance(atom, Feature) or len(atom.words) == 1:
        return []
    if all(map(_is_stem, atom.words)):
        return [] if len(atom.words) == 2 and _is_pair(atom) else [[pair] for pair in _pairs(atom)]
    return [[Term((word,), atom.field)] for word in atom.words]


def _choice(side: Term | Or) -> list[Term]:
    return [side] if isinstance(side, Term) else [part for part in side.parts if isinstance(part, Term)]


def _is_stem(word: Word) -> bool:
    return not word.is_exact and not word.is_prefix


def _is_pair(term: Term) -> bool:
    """Whether two words are side by side as documents note it: with at most one between, if they are no characters."""
    return term.slop == USUAL_SLOP or all(is_character(word.text) for word in term.words)


def _pairs(term: Term) -> list[Term]:
    """The pairs of words of a phrase that a document must have; where slop is large, its single words."""
    if term.slop > USUAL_SLOP:
        return [Term((word,), term.field) for word in term.words]
    return [Term(two, term.field) for two in zip(term.words, term.words[1:], strict=False)]
