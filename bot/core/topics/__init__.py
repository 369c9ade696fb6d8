"""Topics and queries: what somebody wants to hear of, and on which words a piece of news is that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.topics.parser import canonical, parse_query

if TYPE_CHECKING:
    from bot.core.topics.concepts import Concepts

__all__ = ["canonical", "no_concepts", "parse_query"]


def no_concepts() -> Concepts:
    """No named expressions, for whoever was given none."""
    from bot.core.topics.concepts import NO_CONCEPTS  # here: a round that brings nothing new loads no stemmer

    return NO_CONCEPTS
