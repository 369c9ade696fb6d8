"""What a sentence says of one of its dates, and how sure that makes it. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.deadlines.patterns import DATE
from bot.core.deadlines.view import Sign
from bot.core.deadlines.written import Written

BOUND = frozenset("by toward until through from start end ends to occasion".split())
"""Heads that carry a date whose clause has no verb that can be told."""

LOOKS_AHEAD = ("ahead", "soft", "weak")
TERMS = ("within", "term")

AT_LEAST, BY_HEAD, BY_TOPIC, BY_TENSE, BY_SURENESS, SOFTLY = 0.45, 0.25, 0.15, 0.15, 0.1, 0.2
MOST = 0.95
"""How confidence adds up: what any date starts with, then each rule that speaks for it, then what is only planned."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a sentence says of one of its dates: right at it, in its clause, by the verb that governs it."""

    written: Written
    place: int
    words: str
    head: Sign | None
    topic: Sign | None
    tense: Sign | None
    is_joined: bool
    was_past: bool
    """whether a verb before the governing one looks back: `ordered the army to join in June`"""

    @property
    def looks(self) -> str:
        """Where the governing verb looks: maybe, soft, ahead, weak, past; "" where none can be told."""
        return self.tense.kind if self.tense else ""

    @property
    def gap(self) -> int:
        """Characters between the governing verb and the date."""
        return gap_between(self.tense, self.place) if self.tense else 0

    @property
    def is_bound(self) -> bool:
        """Whether a word at the date carries it."""
        return self.head is not None and self.head.kind in BOUND


def gap_between(sign: Sign, place: int) -> int:
    """Characters between a word and a date."""
    return max(sign.start - place, place - sign.end)


def weigh(said: Said) -> tuple[float, tuple[str, ...]]:
    """The confidence, and in words each rule that spoke."""
    spoken = list(_spoken(said))
    confidence = min(MOST, AT_LEAST + sum(weight for weight, _ in spoken))
    return round(confidence, 2), tuple(reason for _, reason in spoken)


def _spoken(said: Said) -> Iterator[tuple[float, str]]:
    """Each rule that speaks for or against a date, with its weight."""
    if said.is_bound:
        yield BY_HEAD, f"at the date: {_words(said.head)}"
    if said.topic:
        yield BY_TOPIC, f"about {said.topic.kind}: {_words(said.topic)}"
    if said.looks in LOOKS_AHEAD:
        yield BY_TENSE, f"looks ahead: {_words(said.tense)}"
    if said.written.is_sure:
        yield BY_SURENESS, "the date can only lie ahead"
    if said.is_joined:
        yield 0.0, "goes with the date before it"
    if said.written.form in TERMS:
        yield BY_HEAD, "a term"
    if said.looks == "soft":
        yield -SOFTLY, "only planned or expected"
    if said.looks == "weak" and not said.written.is_sure:
        yield -SOFTLY, "the verb may look elsewhere"


def _words(sign: Sign | None) -> str:
    return " ".join(sign.words.split()).replace(DATE, "…") if sign else ""
