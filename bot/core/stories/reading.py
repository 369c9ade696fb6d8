"""A piece of news as grouping compares it: gist, sketch, and what its link and headline come to. Decides nothing."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

from bot.core.lexicon.events import Events
from bot.core.stories.gist import PREFIXES, read_gist
from bot.core.stories.grouping import Candidate
from bot.core.stories.sketch import pack, sketch
from bot.core.text.hashes import hash64
from bot.core.text.urls import canonical_url
from bot.core.text.words import IS_HAN_KANA, bare, raw_words
from bot.core.topics.concepts import Concepts

SKETCHED = 2_000
"""Characters of a text that are compared word for word."""

FEWEST_WORDS, FEWEST_CHARACTERS = 4, 8
"""Of a headline that two outlets do not come upon by chance: Market report, Daily briefing."""

UNSIGNED = 0xFFFFFFFF


def read_candidate(
    title: str, text: str, lang: str, published: datetime, url: str | None, events: Events, concepts: Concepts
) -> Candidate:
    """An item, ready to be placed. `lang`: as its feed says, or ""."""
    title = PREFIXES.sub("", title)
    words = [bare(word) for word in raw_words(text[:SKETCHED])]
    heads = [bare(word) for word in raw_words(title)]
    return Candidate(
        gist=read_gist(title, text, lang, events, concepts),
        hours=published.timestamp() / 3600,
        link=hash64("link", link) & UNSIGNED if (link := canonical_url(url) if url else "") and "/" in link else 0,
        title=hash64("headline", *heads) & UNSIGNED if _is_of_its_own(heads) else 0,
        sketch=pack(sketch(map(" ".join, pairwise([*heads, *words])))),
    )


def _is_of_its_own(words: list[str]) -> bool:
    characters = sum(1 for word in words if IS_HAN_KANA(word))
    return len(words) - characters >= FEWEST_WORDS or characters >= FEWEST_CHARACTERS
