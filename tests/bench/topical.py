"""Topics over concepts, as they are shipped but made by chance; and queries and items as mokaccino takes them."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from typing import Any

from bot.core.text.stems import STEMS
from bot.core.topics.concepts import Concepts
from bot.core.topics.document import Document
from bot.core.topics.matcher import Matcher
from bot.core.topics.query import And, Not, Or, Query, Term
from tests.bench.matching import Tongue

TOPICS, TERMS, CONCEPTS = 11, 100, 100


def measure(tongue: Tongue, items: Sequence[Document], chance: random.Random) -> dict[str, Any]:
    """CPU ms for the topics of one item, from its text on."""
    concepts = {f"mineral:m{number}": _any_of(tongue, 12, chance) for number in range(CONCEPTS)}
    concepts |= {f"action:a{number}": _near(tongue, chance) for number in range(20)}
    matcher = Matcher(Concepts(concepts))
    for number in range(TOPICS):
        matcher.add(number, f"(mineral:any AND action:a{number}) OR ({_any_of(tongue, TERMS, chance)}) NOT podcast")
    texts = [(item.title, item.text) for item in items]
    met = [matcher.match(Document(*text)) for text in texts]
    started = time.process_time()
    for text in texts:
        matcher.match(Document(*text))
    seconds = time.process_time() - started
    shown = sum(map(len, met)) / len(met)
    return {"topics_of_one_item_ms": round(seconds / len(texts) * 1e3, 4), "topics_met": round(shown, 2)}


def _any_of(tongue: Tongue, count: int, chance: random.Random) -> str:
    """Words, phrases, prefixes and nearness, any of them."""
    words = tongue.words[1_000:]
    terms = [chance.choice(words) for _ in range(count * 6 // 10)]
    terms += [f'"{" ".join(chance.choice(tongue.collocations))}"' for _ in range(count * 2 // 10)]
    terms += [f"{chance.choice(words)[:6]}*" for _ in range(count // 10)]
    terms += [f"{chance.choice(tongue.words[:500])} NEAR/8 {chance.choice(words)}" for _ in range(count // 10)]
    return " OR ".join(terms)


def _near(tongue: Tongue, chance: random.Random) -> str:
    left, right = (" OR ".join(chance.choices(tongue.words[200:5_000], k=5)) for _ in range(2))
    return f"({left}) NEAR/8 ({right})"


def for_peer(query: Query, peer: Any) -> Any:
    """The same query of single words and prefixes, as mokaccino's `Query`. Stems are values of one field."""
    if isinstance(query, And):
        return peer.from_and([for_peer(part, peer) for part in query.parts])
    if isinstance(query, Or):
        return peer.from_or([for_peer(part, peer) for part in query.parts])
    if isinstance(query, Not):
        return peer.from_not(for_peer(query.part, peer))
    assert isinstance(query, Term)
    [word] = query.words
    return peer.from_kprefix("raw", word.text) if word.is_prefix else peer.from_kv("stem", STEMS["en"][word.text])


def paper(document: Document, peer: Any) -> Any:
    """The same item as mokaccino's `Document`: its stems, and its words for prefixes."""
    made = peer()
    for stem in document.words:
        made = made.with_value("stem", stem)
    for bare in set(document.bares.values()):
        made = made.with_value("raw", bare)
    return made
