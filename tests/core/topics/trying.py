"""One query on one text, for tests."""

from __future__ import annotations

from typing import Any

from bot.core.topics.concepts import NO_CONCEPTS, Concepts
from bot.core.topics.document import Document
from bot.core.topics.judge import is_met
from bot.core.topics.matcher import Matcher
from bot.core.topics.parser import parse_query


def found(expr: str, title: str, text: str = "", concepts: Concepts = NO_CONCEPTS, **facts: Any) -> bool:
    """Whether a query is met; judged by itself and by the index, which must agree."""
    document = Document(title, text, **facts)
    matcher = Matcher(concepts)
    matcher.add(1, expr)
    together = matcher.match(document) == [1]
    assert together == is_met(parse_query(expr), document, concepts.find(document))
    return together
