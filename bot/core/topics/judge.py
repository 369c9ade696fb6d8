"""One query against one document, the plain way: part by part. What the index finds must be what this finds."""

from __future__ import annotations

from collections.abc import Container

from bot.core.topics.document import Document
from bot.core.topics.places import find_near, find_term
from bot.core.topics.query import And, Feature, Near, Not, Query, Term


def is_met(query: Query, document: Document, concepts: Container[str] = ()) -> bool:
    """Whether a query holds of a document in which these concepts were found, each as `field:value`."""
    if isinstance(query, Term):
        return bool(find_term(query, document))
    if isinstance(query, Near):
        return find_near(query, document) is not None
    if isinstance(query, Feature):
        return feature_key(query) in document.facts or feature_key(query) in concepts
    if isinstance(query, Not):
        return not is_met(query.part, document, concepts)
    met = (is_met(part, document, concepts) for part in query.parts)
    return all(met) if isinstance(query, And) else any(met)


def feature_key(feature: Feature) -> str:
    """A feature as documents and concepts name it."""
    return f"{feature.field}:{feature.value}"
