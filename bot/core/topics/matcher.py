"""A set of queries, with the concepts they may speak of: which of them a document meets, and on which words."""

from __future__ import annotations

from bot.core.topics.concepts import NO_CONCEPTS, Concepts
from bot.core.topics.document import Document
from bot.core.topics.evidence import Evidence, evidence_of_atoms, explain
from bot.core.topics.index import Index
from bot.core.topics.parser import parse_query

__all__ = ["Document", "Evidence", "Matcher", "explain"]


class Matcher:
    """Queries by number. Matching gives numbers; evidence is worked out only for what is asked for."""

    def __init__(self, concepts: Concepts = NO_CONCEPTS) -> None:
        self.concepts = concepts
        self._index = Index()

    def __len__(self) -> int:
        return len(self._index)

    def __contains__(self, number: int) -> bool:
        return number in self._index

    def add(self, number: int, expr: str) -> None:
        """Add a query, or replace the one with this number. Raises QueryError."""
        self._index.add(number, parse_query(expr))

    def add_stored(self, number: int, expr: str) -> None:
        """The same for a query in its normal form, which is read quicker. Raises QueryError."""
        self._index.add_stored(number, expr)

    def remove(self, number: int) -> None:
        """Remove a query; no such query is no error."""
        self._index.remove(number)

    def match(self, document: Document) -> list[int]:
        """The numbers of the queries that a document meets, in order."""
        return sorted(self._index.match(document, self.concepts.find(document)))

    def evidence(self, number: int, document: Document) -> Evidence:
        """On which words a document meets a query that is here."""
        return evidence_of_atoms(self._index.wanted(number), document, self.concepts)
