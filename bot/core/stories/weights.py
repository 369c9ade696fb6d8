"""What a term tells, as a number from 0. Compares nothing.

Numbers are counted by size, words by how rare they are in news at large.
"""

from __future__ import annotations

from bot.core.lexicon.entries import LANGUAGES
from bot.core.lexicon.events import LEVELS, Events
from bot.core.stories.figures import is_telling
from bot.core.text.words import UNSPACED

TITLE_COUNTS = 1.5
"""A word in the headline weighs so much more."""

WEIGHTS = {
    "mineral": 2.0,
    "country": 1.8,
    "name": 2.5,
    "place": 2.5,
    "sound": 1.8,
    "pair": 1.5,
    "kind": 0.8,
    "number": 2.0,
    "date": 1.2,
    "from": 0.0,
    "aside": 0.0,
}
COMMON = ("mineral:lithium", "mineral:rare-earths", "mineral:copper", "mineral:nickel", "mineral:cobalt")
FAINT = {"mineral:critical": 0.6, "mineral:ores": 0.3, "country:united-states": 1.0, "country:china": 1.0,
         "mineral:miners": 0.0, "mineral:battery-makers": 0.0, **dict.fromkeys(COMMON, 1.2)}  # fmt: skip
"""What stands in so much of this news that it tells less."""

LITTLE = 0.5
"""Of a small number, or a month without a day."""

FAMOUS = 0.5
"""Of a name that stands in much of the news."""

PAIR_OF_CHARACTERS = 0.4
SHORT = 3
"""Letters of a word that is likely of no meaning, in a language whose common words are not known."""


def weigh_term(term: str, lang: str, events: Events) -> float:
    """What a term tells, from 0."""
    field, colon, value = term.partition(":")
    if not colon:
        if len(term) == 2 and not term.isascii() and lang in UNSPACED:
            return PAIR_OF_CHARACTERS
        if len(term) <= SHORT and lang not in LANGUAGES:
            return 0.0
        return float((events.level(term, lang) / LEVELS) ** 2)
    if term in FAINT:
        return FAINT[term]
    if (field == "number" and not is_telling(value)) or (field == "date" and len(value) == len("12")):
        return LITTLE
    return WEIGHTS[field]
