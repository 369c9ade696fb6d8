"""What came of a date: which later story names the thing that was due, and what it says of it.

Pure; it judges words, not whether it is so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from bot.core.outcome_signs import (
    BACKDATED,
    BETWEEN,
    CLAUSES,
    DENIED,
    EXTENDED,
    MAYBE,
    MET,
    MISSED,
    MOST_BETWEEN,
    NOT_ITSELF,
    ORDER,
    SIGNS,
    TURNS,
    WITHDRAWN,
)
from bot.core.text.sentences import split_sentences
from bot.core.text.words import find_words

ENOUGH = 0.6
"""The share of the thing's own words that a story must name."""

SENTENCE = 0.5
"""The share that the very sentence must name which says what became of it."""

SHORTEST, STEM = 4, 5
"""Letters from which a word says what a thing is, and by which it is told; Han and kana count by the pair."""


ENDING = re.compile("^[а-яё]+", re.IGNORECASE)
"""What a Russian sign leaves of its word."""


@dataclass(frozen=True, slots=True)
class Later:
    """A story that came after: its number, its words, and the days that it sets, each with its row."""

    story: int
    headline: str
    summary: str
    days: tuple[tuple[int, date], ...] = ()


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a date, by which story; `moved_to`: the row of the day that the story sets in its place."""

    word: str
    story: int
    moved_to: int | None = None


def share_named(what: str, text: str) -> float:
    """How much of a thing a text names, 0 to 1. A number must stand beside its word; one word is no name."""
    wanted, told = _telling(what), _telling(text)
    if len(wanted) < 2 or not {word for word in wanted if " " in word} <= told:
        return 0.0
    return len(wanted & told) / len(wanted)


def find_fate(what: str, due: date, later: Iterable[Later]) -> Fate | None:
    """What these stories, the first one first, say became of the thing due then; None where none says it clearly.

    One that still announces the day itself tells nothing of its end, unless it denies it.
    """
    for one in later:
        word = read_fate(what, one.headline, one.summary)
        still_due = any(day == due for _, day in one.days)
        if word is None or (still_due and word not in (DENIED, WITHDRAWN)):
            continue
        if word == EXTENDED:
            other = [row for row, day in one.days if day != due]
            return Fate("moved" if len(other) == 1 else WITHDRAWN, one.story, other[0] if len(other) == 1 else None)
        return Fate(word, one.story)
    return None


def read_fate(what: str, headline: str, summary: str) -> str | None:
    """What a text says became of a thing that it names: met, missed, extended, withdrawn, denied; None: nothing."""
    if share_named(what, f"{headline} {summary}") < ENOUGH:
        return None
    told = [part for part in (headline, *split_sentences(summary)) if share_named(what, part) >= SENTENCE]
    return next((fate for part in told if (fate := _sign_in(what, part))), None)


def says_an_end(headline: str, summary: str) -> bool:
    """Whether a text may say what became of something: few do, and only those are held against what is due."""
    return any(sign.search(f"{headline} {summary}") for sign in SIGNS.values())


def _sign_in(what: str, sentence: str) -> str | None:
    for fate in ORDER:
        if fate == MET:
            return MET if any(_is_met(what, clause) for clause in CLAUSES.split(sentence)) else None
        for found in SIGNS[fate].finditer(sentence):
            if not MAYBE.search(sentence[: found.start()]):
                return fate
    return None


def _is_met(what: str, clause: str) -> bool:
    """Whether a clause says it of the thing itself: `approved the roadmap`, `the roadmap was approved`."""
    if share_named(what, clause) < SENTENCE or _is_of_another(what, clause):
        return False
    wanted = _telling(what)
    for found in SIGNS[MET].finditer(clause):
        before, after = clause[: found.start()], ENDING.sub("", clause[found.end() :])
        if MAYBE.search(before) or BACKDATED.match(after):
            continue
        if _names_at_once(wanted, after) or _was_named_just(what, wanted, before):
            return True
    return False


def _is_of_another(what: str, clause: str) -> bool:
    """Whether a clause speaks of a draft, a part, a statement on it, unless that is the thing."""
    return any(found[0].casefold() not in what.casefold() for found in NOT_ITSELF.finditer(clause))


def _names_at_once(wanted: set[str], after: str) -> bool:
    """Whether the object of a verb is the thing: nothing between turns to something else."""
    words = [token.word for token in find_words(after)]
    first = next((place for place in range(len(words)) if _is_telling(words, place, wanted)), None)
    return first is not None and first <= MOST_BETWEEN and not TURNS.intersection(words[:first])


def _was_named_just(what: str, wanted: set[str], before: str) -> bool:
    """Whether the subject of a verb is the thing: only what belongs to the verb stands between."""
    words = [token.word for token in find_words(before)]
    last = next((place for place in reversed(range(len(words))) if _is_telling(words, place, wanted)), None)
    if last is None:
        return False
    own = {token.word for token in find_words(what)}
    between = [word for word in words[last + 1 + (len(words[last]) == 1) :] if word not in own]
    return len(between) <= MOST_BETWEEN and all(word in BETWEEN or word.isdecimal() for word in between)


def _is_telling(words: Sequence[str], place: int, wanted: set[str]) -> bool:
    word = words[place]
    if len(word) == 1:
        return "".join(words[place : place + 2]) in wanted
    return len(word) >= SHORTEST and word[:STEM] in wanted


def best_answer(what: str, later: Sequence[Later]) -> Fate | None:
    """What the first story given that says something of it says came of a thing whose day is past.

    That a story names the thing is no answer: previews, reminders and critics do.
    """
    for one in later:
        word = read_fate(what, one.headline, one.summary)
        if word is not None:
            return Fate(MET if word == MET else MISSED, one.story)
    return None


def _telling(text: str) -> set[str]:
    words = [token.word for token in find_words(text)]
    pairs = {one + two for one, two in pairwise(words) if len(one) == len(two) == 1}
    stems = {word[:STEM] for word in words if len(word) >= SHORTEST and not word.isdecimal()}
    numbered = {f"{one[:STEM]} {two}" for one, two in pairwise(words) if two.isdecimal() and not one.isdecimal()}
    return stems | numbered | {pair for pair in pairs if not pair.isascii()}
