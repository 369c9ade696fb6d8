"""Whether a date in a sentence is set by it, and as what. The rules; the words they look for are the grammar's.

A date that can only lie ahead counts unless it is taken back or only supposed. One that could as well be past, a bare
weekday or month, also needs a word at the date or a verb that looks ahead.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.deadlines.language import DEADLINE, EFFECTIVE, EVENT, EXPIRY, TARGET, Language
from bot.core.deadlines.view import Sign, View
from bot.core.deadlines.written import Written

TYPES = {"by": DEADLINE, "from": EFFECTIVE, "start": EFFECTIVE, "end": EXPIRY}
BOUND = frozenset("by until from start end to".split())
"""Heads that carry a date whose clause has no verb that can be told."""

REFUSED = "refused"
NEAR_TOPIC = 110
"""Characters from a date within which a word tells what it is about."""

AT_LEAST, BY_HEAD, BY_TOPIC, BY_TENSE, BY_SURENESS, SOFTLY = 0.45, 0.25, 0.15, 0.15, 0.1, 0.15
"""How confidence adds up: what any date starts with, then each rule that speaks for it, then what is only planned."""

LOOKS_AHEAD = ("ahead", "soft")


@dataclass(frozen=True, slots=True)
class Verdict:
    """That a date counts: as what, how sure, and why in words."""

    type: str
    confidence: float
    reasons: tuple[str, ...]
    head: Sign | None
    topic: Sign | None


def judge(view: View, number: int, language: Language, before: Verdict | None) -> Verdict | None:
    """What the sentence sets by its date of that number; None for nothing. `before`: the verdict on the date before."""
    written, place = view.written[number], view.places[number]
    head, topic = view.heads.get(place), _topic(view, place)
    joined = before if head is None and before and _is_joined(view, number, language) else None
    if joined:
        head = joined.head
        topic = topic if topic and topic.start > view.places[number - 1] else joined.topic
    tense = _tense(view, place, language)
    if _is_refused(view, place, language, head, tense) or not _lies_ahead(written, head, topic, tense, bool(joined)):
        return None
    kind = _type(view, written, place, head, topic, language)
    return Verdict(kind, *_weigh(written, head, topic, tense, bool(joined)), head, topic) if kind else None


def _is_joined(view: View, number: int, language: Language) -> bool:
    """Whether a date continues the one before it: `by March 2 and April 9`."""
    between = view.marked[view.places[number - 1] + 1 : view.places[number]] if number else ""
    return bool(number) and language.compiled.joins.match(between) is not None


def _topic(view: View, place: int) -> Sign | None:
    """The word nearest to the date in its clause that tells what it is about."""
    start, end = view.clause(place)
    near = [sign for sign in view.topics if start <= sign.start < end and _gap(sign, place) <= NEAR_TOPIC]
    return min(near, key=lambda sign: _gap(sign, place), default=None)


def _gap(sign: Sign, place: int) -> int:
    return max(sign.start - place, place - sign.end)


def _tense(view: View, place: int, language: Language) -> Sign | None:
    """The verb that governs a date: the nearest in its clause on the side where the language has it, else the other."""
    start, end = view.clause(place)
    left = [sign for sign in view.tenses if start <= sign.start < place]
    right = [sign for sign in view.tenses if place < sign.start < end]
    if language.verb_follows:
        later = [sign for sign in view.tenses if sign.start > place]
        return next(iter(right or later or left[-1:]), None)
    earlier = [sign for sign in view.tenses if sign.start < start]
    return next(iter(left[-1:] or right or earlier[-1:]), None)


def _is_refused(view: View, place: int, language: Language, head: Sign | None, tense: Sign | None) -> bool:
    """Whether it is no date of this kind, only supposed, or taken back."""
    if head and head.kind.startswith(REFUSED):
        return True
    if tense and tense.kind == "maybe":
        return True
    cancelled = language.compiled.cancelled.search(view.marked)
    if cancelled is None:
        return False
    return language.compiled.anew.search(view.marked, cancelled.end(), max(place, cancelled.end())) is None


def _lies_ahead(written: Written, head: Sign | None, topic: Sign | None, tense: Sign | None, is_joined: bool) -> bool:
    if written.is_sure or is_joined:
        return True
    if tense is not None:
        return tense.kind in LOOKS_AHEAD
    is_bound = head is not None and head.kind in BOUND
    return is_bound or written.form == "within" or (topic is not None and written.form != "month")


def _type(view: View, written: Written, place: int, head: Sign | None, topic: Sign | None, language: Language) -> str:
    """The type by the word at the date, else by what the clause is about; "" for a year that is no target."""
    kind = head.kind if head else ""
    if written.form == "year":
        return TARGET if kind in ("by", "until") else ""
    if kind == "until":
        start, end = view.clause(place)
        return EXPIRY if language.compiled.lasts.search(view.marked, start, end) else DEADLINE
    if kind == "from" and topic and topic.kind == EVENT:
        return EVENT
    if kind in TYPES:
        return TYPES[kind]
    if written.form == "within" and (topic is None or topic.kind == EVENT):
        return DEADLINE
    return topic.kind if topic else EVENT


def _weigh(
    written: Written, head: Sign | None, topic: Sign | None, tense: Sign | None, is_joined: bool
) -> tuple[float, tuple[str, ...]]:
    """The confidence, and in words each rule that spoke."""
    is_ahead = tense is not None and tense.kind in LOOKS_AHEAD
    is_soft = tense is not None and tense.kind == "soft"
    spoken = (
        (head is not None and head.kind in BOUND, BY_HEAD, f"at the date: {_words(head)}"),
        (topic is not None, BY_TOPIC, f"about {topic.kind if topic else ''}: {_words(topic)}"),
        (is_ahead, BY_TENSE, f"looks ahead: {_words(tense)}"),
        (written.is_sure, BY_SURENESS, "the date can only lie ahead"),
        (is_joined, 0.0, "goes with the date before it"),
        (written.form == "within", BY_HEAD, "a term"),
        (is_soft, -SOFTLY, "only planned or expected"),
    )
    return (
        round(min(0.95, AT_LEAST + sum(weight for holds, weight, _ in spoken if holds)), 2),
        tuple(reason for holds, _, reason in spoken if holds),
    )


def _words(sign: Sign | None) -> str:
    return " ".join(sign.words.split()) if sign else ""
