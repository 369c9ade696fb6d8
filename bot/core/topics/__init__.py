"""Topics and queries: what somebody wants to hear of, and on which words a piece of news is that."""

from bot.core.topics.query import canonical, parse_query

__all__ = ["canonical", "parse_query"]
