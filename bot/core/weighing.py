"""What a piece of news that matched weighs, by its words and by what its story was told by before. Pure.

Only for what matches: the sentences are read for what is done in them, which most of what comes is not worth.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.core.intake import Decision, Scales
from bot.core.weight import Signs, weigh, weightiest

if TYPE_CHECKING:
    from bot.core.actions import Grammar
    from bot.core.topics.matcher import Matcher


def with_weight(decision: Decision, matcher: Matcher, scales: Scales, grammar: Grammar) -> Decision:
    """The decision with the weight of its story: never less than before, unless its one source corrected it."""
    if not decision.matches:
        return decision
    from bot.core.actions import find_deeds  # here: a round that brings nothing new loads no stemmer

    item = decision.item
    action, stage = weightiest(find_deeds(item.title, item.text, item.lang or "", grammar))
    on_topics = scales.topics.intersection(decision.matches)
    signs = Signs(
        action=action,
        stage=stage,
        is_official=item.is_official or item.tier == 0,
        sources=item.sources,
        topics=len(on_topics),
        is_in_title=_is_in_title(decision, matcher, on_topics),
        sets_date=bool(decision.deadlines),
    )
    weight = weigh(signs, scales.weights).weight
    return replace(decision, weight=int(weight if item.sources <= 1 else max(weight, item.weight)))


def _is_in_title(decision: Decision, matcher: Matcher, on_topics: frozenset[int]) -> bool:
    """Whether a topic's words stand in the headline; those of any query where no topic matched."""
    from bot.core.topics.document import Document

    item = decision.item
    document = Document(item.title, item.text, item.lang or "", item.source, item.tier)
    queries = on_topics or decision.matches
    return any(hit.in_title for query in queries for hit in matcher.evidence(query, document).hits[:1])
