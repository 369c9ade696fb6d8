"""All queries against one text at once: their terms are looked up together, then only candidates are judged.

The law: what `match` finds is what each query, judged by itself, would find.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.core.text.words import Token, find_words, fold, raw_words
from bot.core.topics.query import And, Not, Or, Query, Term, Word, parse_query, terms_of

QUOTES_SHOWN = 4
MOST_KNOWN = 50_000
BREAK = Token("\n", "\n", -1, -1)
"""Stands between title and text, so that no phrase runs from one into the other."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A term found: `quote` as the text writes it, at `start` to `end` of the title or the text."""

    phrase: str
    quote: str
    in_title: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a query matched: the first place of each of its terms that was found, those in the title first."""

    hits: tuple[Hit, ...]


class Matcher:
    """A set of queries by number. Adding and removing one touches only its own terms."""

    def __init__(self) -> None:
        self._queries: dict[int, Query] = {}
        self._users: defaultdict[Term, set[int]] = defaultdict(set)  # term -> queries that it speaks for
        self._wanted: defaultdict[Term, set[int]] = defaultdict(set)  # term -> all queries that name it
        self._by_first: defaultdict[str, set[Term]] = defaultdict(set)
        self._by_prefix: defaultdict[int, defaultdict[str, set[Term]]] = defaultdict(lambda: defaultdict(set))

        self._known: dict[str, tuple[Term, ...]] = {}  # word as written -> the terms that may begin with it

    def __len__(self) -> int:
        return len(self._queries)

    def add(self, number: int, expr: str) -> None:
        """Add a query, or replace the one with this number. Raises QueryError."""
        query = parse_query(expr)
        self.remove(number)
        self._queries[number] = query
        for term in set(terms_of(query)):
            self._users[term].add(number)
        for term in set(_all_terms(query)):
            self._wanted[term].add(number)
            self._shelf(term.words[0]).add(term)
        self._known.clear()

    def remove(self, number: int) -> None:
        """Remove a query; no such query is no error."""
        query = self._queries.pop(number, None)
        if query is None:
            return
        for term in set(_all_terms(query)):
            self._users[term].discard(number)
            self._wanted[term].discard(number)
            if not self._wanted[term]:
                del self._wanted[term], self._users[term]
                self._shelf(term.words[0]).discard(term)
        self._known.clear()

    def match(self, title: str, text: str) -> dict[int, Evidence]:
        """The queries that a title and text match, with the evidence of each.

        Most news matches nothing: it is looked through as bare words, and places are found only of what matched.
        """
        held = self._held_terms(title, text)
        candidates = {number for term in held for number in self._users.get(term, ())}
        met = sorted(number for number in candidates if is_met(self._queries[number], held))
        if not met:
            return {}
        found = self._find_terms(title, text)
        return {number: _evidence(self._queries[number], found) for number in met}

    def _shelf(self, first: Word) -> set[Term]:
        if first.is_prefix:
            return self._by_prefix[len(first.text)][first.text]
        return self._by_first[first.text.lower()]

    def _held_terms(self, title: str, text: str) -> set[Term]:
        """The terms found, without their places."""
        held: set[Term] = set()
        for raws, in_title in ((raw_words(title), True), (raw_words(text), False)):
            for raw in set(raws):
                for term in self._terms_at(raw):
                    if term not in held and (in_title or term.field != "title") and _is_among(term, raws, raw):
                        held.add(term)
        return held

    def _find_terms(self, title: str, text: str) -> dict[Term, Hit]:
        """Each term found, with its first place; the title is looked through first."""
        head = find_words(title)
        tokens = [*head, BREAK, *find_words(text)]
        found: dict[Term, Hit] = {}
        for at in range(len(tokens)):
            in_title = at < len(head)
            for term in self._terms_at(tokens[at].raw):
                if term not in found and (in_title or term.field != "title") and _stands_at(term, tokens, at):
                    found[term] = _hit(term, tokens, at, title if in_title else text, in_title=in_title)
        return found

    def _terms_at(self, raw: str) -> tuple[Term, ...]:
        """The terms that may begin with a word as written; most words of the news come again and again."""
        terms = self._known.get(raw)
        if terms is None:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            terms = self._known[raw] = tuple(self._look_up(raw))
        return terms

    def _look_up(self, raw: str) -> Iterator[Term]:
        word, lowered = fold(raw), raw.lower()
        yield from self._by_first.get(word, ())
        if lowered != word:  # an acronym that looks like a plural: APTS, REES
            yield from self._by_first.get(lowered, ())
        for length, shelf in self._by_prefix.items():
            yield from shelf.get(word[:length], ())
            if lowered != word and lowered[:length] != word[:length]:
                yield from shelf.get(lowered[:length], ())


def is_met(query: Query, found: Container[Term]) -> bool:
    """Whether a query holds where these terms were found."""
    if isinstance(query, Term):
        return query in found
    if isinstance(query, Not):
        return not is_met(query.part, found)
    if isinstance(query, And):
        return all(is_met(part, found) for part in query.parts)
    return any(is_met(part, found) for part in query.parts)


def explain(evidence: Evidence) -> str:
    """The words of the evidence as the text writes them, each once, at most four: `"rare earth", roadmap`."""
    quotes: dict[str, str] = {}
    for hit in evidence.hits:
        words = " ".join(hit.quote.split())
        quotes.setdefault(words.casefold(), f'"{words}"' if " " in words else words)
    shown = list(quotes.values())[:QUOTES_SHOWN]
    return ", ".join(shown) + (f", +{len(quotes) - QUOTES_SHOWN}" if len(quotes) > QUOTES_SHOWN else "")


def _all_terms(query: Query) -> list[Term]:
    if isinstance(query, Term):
        return [query]
    if isinstance(query, Not):
        return _all_terms(query.part)
    assert isinstance(query, (And, Or))
    return [term for part in query.parts for term in _all_terms(part)]


def _stands_at(term: Term, tokens: Sequence[Token], at: int) -> bool:
    return _is_spelt(term, [token.raw for token in tokens[at : at + len(term.words)]], 0)


def _is_among(term: Term, raws: list[str], first: str) -> bool:
    """Whether a term stands anywhere where its first word is written so."""
    at = -1
    for _ in range(raws.count(first) if len(term.words) > 1 else 1):
        at = raws.index(first, at + 1)
        if _is_spelt(term, raws, at):
            return True
    return False


def _is_spelt(term: Term, raws: Sequence[str], at: int) -> bool:
    if at + len(term.words) > len(raws):
        return False
    return all(_is_word(word, raws[at + step]) for step, word in enumerate(term.words))


def _is_word(word: Word, raw: str) -> bool:
    if word.is_exact:
        return raw in (word.text, f"{word.text}s")
    if word.is_prefix:
        return fold(raw).startswith(word.text) or raw.lower().startswith(word.text)
    return fold(raw) == word.text


def _hit(term: Term, tokens: Sequence[Token], at: int, source: str, *, in_title: bool) -> Hit:
    start, end = tokens[at].start, tokens[at + len(term.words) - 1].end
    return Hit(str(term), source[start:end], in_title, start, end)


def _evidence(query: Query, found: Mapping[Term, Hit]) -> Evidence:
    hits = {found[term] for term in terms_of(query) if term in found}
    return Evidence(tuple(sorted(hits, key=lambda hit: (not hit.in_title, hit.start, hit.end))))
