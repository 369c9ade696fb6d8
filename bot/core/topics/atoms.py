"""The atoms of many queries by number, and which of them a document has: each is looked for once, whoever asks for it.

A word, and a phrase of two, is found as a member of a set; what needs places (longer phrases, prefixes in phrases,
nearness) is looked at only where all its words are there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set

from bot.core.text.stems import STEMS
from bot.core.topics.document import Document
from bot.core.topics.judge import feature_key
from bot.core.topics.places import find_near, find_term, is_acronym
from bot.core.topics.query import USUAL_SLOP, Atom, Feature, Near, Or, Term, Word, is_character
from bot.core.topics.stored import PLAIN_ATOM, read_atom
from bot.core.topics.table import Prefixes, Stemmed, Table

OFTEN = {"lang": 50.0, "tier": 50.0, "source": 2.0, "country": 1.0, "topic": 1.0}
"""How often features are met, beside words: a text has a language, but seldom speaks of gallium."""

RARE = 0.01
LONGEST = 19
BY_LENGTH = [0.8**length for length in range(LONGEST + 1)]
"""How often words are met: the common ones are short."""

Clause = tuple[int, ...]
"""Atoms of which one must be there."""


class Atoms:
    """A register of atoms. Each is held as often as it was taken, and forgotten when it was let go as often."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._written: list[str] = [""]  # by number; there is no atom 0
        self._uses: list[int] = [0]
        self.costs: list[float] = [0.0]  # how often each is met, by guess
        self._free: list[int] = []
        self._stems: dict[str, Stemmed] = {}  # by language, made when the first document in it comes
        self._raws, self._title_raws = Table(), Table()
        self._facts = Table()
        self._prefixes, self._title_prefixes = Prefixes(), Prefixes()
        self._needs: dict[int, tuple[Clause, ...]] = {}  # atom -> what must be there before its places are looked for
        self._placed: dict[int, Term | Near] = {}  # those atoms
        self._led: tuple[dict[int, list[int]], ...] = ({}, {})  # atom -> phrases, nearnesses to be looked for

    def __len__(self) -> int:
        return len(self._numbers)

    def take(self, atom: Atom) -> int:
        """The number of an atom, which is held once more."""
        return self.take_written(str(atom), atom)

    def take_written(self, written: str, atom: Atom | None = None) -> int:
        """The same of an atom as it writes itself."""
        number = self._numbers.get(written)
        if number is None:
            number = self._take_new(written, atom)
        self._uses[number] += 1
        return number

    def _take_new(self, written: str, atom: Atom | None = None) -> int:
        """The number of an atom that was not known, held by nobody yet. Raises QueryError, and knows it no more."""
        plain = PLAIN_ATOM.fullmatch(written)
        if plain is None:
            atom = atom or read_atom(written)
            number = self._enter(written, _guess(written))
            self._register(atom, number)
            return number
        first, second = plain.groups()
        number = self._enter(written, RARE if first else BY_LENGTH[min(len(written), LONGEST)])
        for lang, language in self._stems.items():
            stems = STEMS[lang]
            if first is None:
                language.words.add(stems[written], number)
            else:
                language.pairs.add(f"{stems[first]} {stems[second]}", number)
        return number

    def take_all(self, written: Iterable[str], taken: list[int]) -> Clause:
        """The same of several, each of which is noted in `taken` as it comes. Raises QueryError."""
        known, uses = self._numbers.get, self._uses
        numbers = []
        for one in written:
            number = known(one) or self._take_new(one)
            uses[number] += 1
            numbers.append(number)
            taken.append(number)
        return tuple(numbers)

    def _enter(self, written: str, cost: float) -> int:
        if self._free:
            number = self._free.pop()
            self._written[number] = written
            self.costs[number] = cost
        else:
            number = len(self._written)
            self._written.append(written)
            self._uses.append(0)
            self.costs.append(cost)
        self._numbers[written] = number
        return number

    def hold(self, number: int) -> None:
        """Take an atom that is here already once more."""
        self._uses[number] += 1

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
        return read_atom(self._written[number])

    def written(self, number: int) -> str:
        """An atom as it is written."""
        return self._written[number]

    def _register(self, atom: Atom, number: int) -> None:
        needs = () if isinstance(atom, Term) and len(atom.words) == 1 else self._take_needs(atom)
        if needs:
            assert not isinstance(atom, Feature)
            self._needs[number], self._placed[number] = needs, atom
            for leader in min(needs, key=len):
                self._led[isinstance(atom, Near)].setdefault(leader, []).append(number)
            return
        for table, feature in self._features(atom, tuple(self._stems)):
            table.add(feature, number)

    def _unregister(self, atom: Atom, number: int) -> None:
        needs = self._needs.pop(number, ())
        if needs:
            del self._placed[number]
            self._follow_no_more(min(needs, key=len), number, self._led[isinstance(atom, Near)])
            for clause in needs:
                for needed in clause:
                    self.let_go(needed)
            return
        for table, feature in self._features(atom, tuple(self._stems)):
            table.drop(feature, number)

    def _follow_no_more(self, leaders: Clause, number: int, led: dict[int, list[int]]) -> None:
        for leader in leaders:
            led[leader].remove(number)
            if not led[leader]:
                del led[leader]

    def _take_needs(self, atom: Atom) -> tuple[Clause, ...]:
        return tuple(tuple(sorted({self.take(part) for part in clause})) for clause in _needed(atom))

    def _features(self, atom: Atom, languages: Sequence[str]) -> Iterator[tuple[Table | Prefixes, str]]:
        """By which features, and in which tables, an atom without needs is found."""
        if isinstance(atom, Feature):
            yield self._facts, feature_key(atom)
            return
        assert isinstance(atom, Term)
        in_title, word = atom.field == "title", atom.words[0]
        if word.is_exact:
            table = self._title_raws if in_title else self._raws
            yield table, word.text
            if is_acronym(word):
                yield table, f"{word.text}s"
        elif word.is_prefix:
            yield self._title_prefixes if in_title else self._prefixes, word.text
        else:
            for lang in languages:
                stem = " ".join([STEMS[lang][word.text] for word in atom.words])
                yield self._stems[lang].table(in_title=in_title, is_pair=len(atom.words) > 1), stem

    def find(self, document: Document, concepts: Set[str] = frozenset()) -> set[int]:
        """The atoms that a document has, where these concepts were found in it."""
        found: set[int] = set()
        language = self._stems.get(document.latin) or self._learn_language(document.latin)
        for table, features in language.asked(document):
            table.look_up(features, found)
        self._facts.look_up(document.facts, found)
        self._facts.look_up(concepts, found)
        if self._raws.first:
            self._raws.look_up(document.written, found)
        if self._title_raws.first:
            self._title_raws.look_up(document.title_written, found)
        for prefixes, words in ((self._prefixes, document.written), (self._title_prefixes, document.title_written)):
            if prefixes:
                prefixes.look_up(words, found)
        for led in self._led:
            if led:
                found.update(self._find_led(led, document, found))
        return found

    def _learn_language(self, lang: str) -> Stemmed:
        language = self._stems[lang] = Stemmed()
        for number, written in enumerate(self._written):
            if written and number not in self._needs:
                for table, feature in self._features(read_atom(written), (lang,)):
                    if table in language:
                        table.add(feature, number)
        return language

    def _find_led(self, led: dict[int, list[int]], document: Document, found: set[int]) -> list[int]:
        candidates = {number for leader in led.keys() & found for number in led[leader]}
        return [
            number
            for number in candidates
            if not any(found.isdisjoint(clause) for clause in self._needs[number]) and self._stands(number, document)
        ]

    def _stands(self, number: int, document: Document) -> bool:
        atom = self._placed[number]
        return find_near(atom, document) is not None if isinstance(atom, Near) else bool(find_term(atom, document))


def _guess(written: str) -> float:
    """How often an atom is met: phrases seldom, short words often."""
    if " " in written:
        return RARE
    field, colon, value = written.partition(":")
    if colon and value:
        return OFTEN.get(field, 0.3) * (10 if value == "any" else 1)
    return BY_LENGTH[min(len(written), LONGEST)]


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
