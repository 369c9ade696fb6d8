"""Why a query matched, with the words as the text writes them; and why it did not, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.core.topics.concepts import NO_CONCEPTS, Concepts
from bot.core.topics.document import Document, Place
from bot.core.topics.judge import is_met
from bot.core.topics.places import find_near, find_side, find_term
from bot.core.topics.query import And, Atom, Feature, Near, Not, Or, Query, Term

QUOTES_SHOWN = 4
NAMED = 8
"""Alternatives of a clause that are named where none was found."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A term found: `quote` as the text writes it, at `start` to `end` of the title or the text.

    `concept`: the nearest one whose words these are, such as `mineral:gallium`, or "" where the query itself has them.
    """

    phrase: str
    quote: str
    in_title: bool
    start: int
    end: int
    concept: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a query matched: the first place of each of its terms that was found, those in the title first."""

    hits: tuple[Hit, ...]


def find_evidence(query: Query, document: Document, concepts: Concepts = NO_CONCEPTS) -> Evidence:
    """The evidence of a query that a document meets."""
    return gather(_hits(query, document, concepts, ""))


def evidence_of_atoms(atoms: Iterable[Atom], document: Document, concepts: Concepts) -> Evidence:
    """The evidence of those of some atoms that a document has."""
    return gather(hit for atom in atoms for hit in _hits(atom, document, concepts, ""))


def gather(hits: Iterable[Hit]) -> Evidence:
    """Hits in order, the title first, each once."""
    return Evidence(tuple(sorted(dict.fromkeys(hits), key=lambda hit: (not hit.in_title, hit.start, hit.end))))


def _hits(query: Query, document: Document, concepts: Concepts, concept: str) -> Iterator[Hit]:
    if isinstance(query, Term):
        for place in find_term(query, document)[:1]:
            yield _hit(query, place, document, concept)
    elif isinstance(query, Near):
        for place in find_near(query, document) or ():
            yield _hit(query, place, document, concept)
    elif isinstance(query, Feature):
        inner = concepts.query(query)
        if inner is not None:
            yield from _hits(inner, document.opening, concepts, str(query))
    elif not isinstance(query, Not):
        found = concepts.find(document)
        for part in query.parts:
            if isinstance(query, And) or is_met(part, document, found):
                yield from _hits(part, document, concepts, concept)


def _hit(atom: Atom, place: Place, document: Document, concept: str) -> Hit:
    in_title = place.first < document.cut
    start, end = document.tokens[place.first].start, document.tokens[place.last].end
    return Hit(str(atom), (document.title if in_title else document.text)[start:end], in_title, start, end, concept)


def explain(evidence: Evidence, most: int = QUOTES_SHOWN) -> str:
    """The words of the evidence as the text writes them, each once, at most `most`: `"rare earth", roadmap`."""
    quotes: dict[str, str] = {}
    for hit in evidence.hits:
        words = " ".join(hit.quote.split())
        quotes.setdefault(words.casefold(), f'"{words}"' if " " in words else words)
    shown = list(quotes.values())[:most]
    return ", ".join(shown) + (f", +{len(quotes) - most}" if len(quotes) > most else "")


def why_not(query: Query, document: Document, concepts: Concepts = NO_CONCEPTS) -> tuple[str, ...]:
    """Which clauses of a query a document fails, in words: `missing: any of export, licence`; () where it meets it."""
    found = concepts.find(document)
    parts = query.parts if isinstance(query, And) else (query,)
    return tuple(_failure(part, document, concepts) for part in parts if not is_met(part, document, found))


def _failure(part: Query, document: Document, concepts: Concepts) -> str:
    if isinstance(part, Not):
        words = explain(find_evidence(part.part, document, concepts))
        return f"excluded by: {words or part.part}"
    if isinstance(part, Term) and part.field == "title":
        return f"not in the title: {Term(part.words, slop=part.slop)}"
    if isinstance(part, Near) and all(find_side(side, document) for side in (part.left, part.right)):
        return f"more than {part.distance} words apart: {part.left} and {part.right}"
    if isinstance(part, Or):
        return f"missing: any of {_named(part)}"
    return f"missing: {part}"


def _named(choice: Or) -> str:
    shown = [f"({part})" if isinstance(part, And) else str(part) for part in choice.parts[:NAMED]]
    left = len(choice.parts) - NAMED
    return ", ".join(shown) + (f", +{left}" if left > 0 else "")
