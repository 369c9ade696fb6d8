"""Whether a date in a sentence is set by it, and as what. The rules; the words they look for are the grammar's.

A date that can only lie ahead counts unless it is taken back or only supposed. One that could as well be past, a bare
weekday or month, also needs a word at the date or a verb that looks ahead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.core.deadlines.language import DEADLINE, EFFECTIVE, EVENT, EXPIRY, TARGET, Language
from bot.core.deadlines.phrases import AND
from bot.core.deadlines.said import LOOKS_AHEAD, TERMS, Said, gap_between, weigh
from bot.core.deadlines.view import Sign, View

TYPES = {"by": DEADLINE, "from": EFFECTIVE, "start": EFFECTIVE, "since": EFFECTIVE}
ENDINGS = frozenset("until through end ends".split())

INSTEAD = frozenset("to by until".split())
"""Heads of a date that takes the place of another."""

ANOTHER = re.compile(rf"[,，]?\s*{AND}\s")
OCCASION = "occasion"
"""The head of a day of which a thing is: `they met ahead of Thursday's vote`."""

SET_BY_PAST = frozenset(("to", OCCASION))
"""Heads whose date lies ahead although the verb looks back: `it was moved to Friday`."""

YEAR = re.compile(r"\d{4}")
REFUSED = "refused"
NEAR_TOPIC = 110
"""Characters from a date within which a word tells what it is about."""

NEAR_VERB = 40
"""Characters within which an infinitive governs a count of days: `to leave office in two weeks`."""


STRONG = ("ahead", "soft")
PLACED = frozenset("month quarter half".split())
"""Forms that name a time only with a word before them: `a March paper` does not."""

DAYS_AHEAD = {
    "weekday": (6, 4),
    "day_of_month": (31, 20),
    "day": (320, 200),
    "week": (7, 7),
    "end": (335, 335),
    "count": (600, 240),
}
REPORTED = 200
SPANS_AHEAD = (330, 240)
NAMED_AHEAD, SINCE_AHEAD = 75, 120
"""How far ahead, by form or for longer spans, a date that could be past may lie: with a verb that surely looks ahead,
and with one that may; without any, when only the kind of event is told, not beyond the last. `On Sunday`, said on a
Monday, is more likely yesterday; and figures `for` a month farther ahead than REPORTED are those of the last one."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """That a date counts: as what, how sure, and why in words."""

    type: str
    confidence: float
    reasons: tuple[str, ...]
    head: Sign | None
    topic: Sign | None


def judge(view: View, number: int, language: Language, day: date, before: Verdict | None) -> Verdict | None:
    """What the sentence sets by its date of that number; None for nothing. `before`: the verdict on the date before."""
    said = _said(view, number, language, before)
    if (
        _is_refused(view, said, language)
        or _is_moved_away(view, number, language)
        or not _lies_ahead(said, language, day)
    ):
        return None
    kind = _type(view, said, language)
    return Verdict(kind, *weigh(said), said.head, said.topic) if kind else None


def _said(view: View, number: int, language: Language, before: Verdict | None) -> Said:
    written, place = view.written[number], view.places[number]
    head, topic = view.heads.get(place), _topic(view, place)
    joined = before if head is None and before and _is_joined(view, number, language) else None
    if joined:
        head = joined.head
        topic = topic if topic and topic.start > view.places[number - 1] else joined.topic
    words, tense = view.sentence[written.start : written.end], _tense(view, place, language)
    return Said(written, place, words, head, topic, tense, joined is not None, _was_past(view, place, tense))


def _was_past(view: View, place: int, tense: Sign | None) -> bool:
    start, _ = view.clause(place)
    return tense is not None and any(s.kind == "past" and start <= s.start < tense.start for s in view.tenses)


def _is_joined(view: View, number: int, language: Language) -> bool:
    """Whether a date continues the one before it: `by March 2 and April 9`."""
    between = view.plain[view.places[number - 1] + 1 : view.places[number]] if number else ""
    has_verb = (
        any(view.places[number - 1] < sign.start < view.places[number] for sign in view.tenses) if number else False
    )
    return bool(number) and not has_verb and language.compiled.joins.match(between) is not None


def _topic(view: View, place: int) -> Sign | None:
    """The word nearest to the date in its clause that tells what it is about."""
    start, end = view.clause(place)
    near = [sign for sign in view.topics if start <= sign.start < end and gap_between(sign, place) <= NEAR_TOPIC]
    return min(near, key=lambda sign: gap_between(sign, place), default=None)


def _tense(view: View, place: int, language: Language) -> Sign | None:
    """The verb that governs a date: the nearest in its clause on the side where the language has it, else the other."""
    start, end = view.clause(place)
    left = [sign for sign in view.tenses if start <= sign.start < place]
    right = [sign for sign in view.tenses if place < sign.start < end]
    if language.verb_follows:
        return next((sign for sign in view.tenses if sign.start > place), None)
    if len(left) > 1 and _governs(*left[-2:]):
        return left[-2]
    earlier = [sign for sign in view.tenses if sign.start < start]
    return next(iter(left[-1:] or right or earlier[-1:]), None)


def _governs(verb: Sign, sign: Sign) -> bool:
    """Whether what follows a verb belongs to it: `is set to open`, `will stay shut`, `pourrait s'appliquer`."""
    is_right_behind = sign.start - verb.end <= 1
    if verb.kind in STRONG and sign.kind == "weak":
        return True
    return is_right_behind and (verb.kind == "maybe" or (verb.kind == "ahead" and sign.kind == "past"))


def _is_refused(view: View, said: Said, language: Language) -> bool:
    """Whether it is no date of this kind, only supposed, or taken back."""
    if (said.head and said.head.kind.startswith(REFUSED)) or said.looks == "maybe":
        return True
    if said.head and said.head.kind == "after" and _follows_the_past(view, said.head):
        return True
    if said.written.form == "fixed" and not said.is_bound:
        return True
    if said.written.form == "month" and language.compiled.attributive.match(view.plain, max(0, said.place - 4)):
        return True
    if said.head and said.head.kind == "through" and not _tells_an_end(view, said, language):
        return True
    clause = view.clause(said.place)
    if language.compiled.perhaps.search(view.plain, *clause):
        return True
    if not YEAR.search(said.words) and language.compiled.recurs.search(view.plain, *clause):
        return True
    cancelled = language.compiled.cancelled.search(view.plain)
    if cancelled is None or _stands_apart(view, said, cancelled.end()):
        return False
    return language.compiled.anew.search(view.plain, cancelled.end(), max(said.place, cancelled.end())) is None


def _is_moved_away(view: View, number: int, language: Language) -> bool:
    """Whether the next date takes the place of this one: `the hearing, planned for ◆, was moved to ◆`."""
    if number + 1 == len(view.places):
        return False
    place, later = view.places[number : number + 2]
    head, words = view.heads.get(later), view.plain[place + 1 : later + NEAR_VERB]
    if head is None or head.kind not in INSTEAD or ANOTHER.match(words) or ";" in words:
        return False
    return language.compiled.moves.search(words) is not None


def _follows_the_past(view: View, head: Sign) -> bool:
    """Whether the last verb before looks back: `apologised after an update in July`."""
    before = [sign.kind for sign in view.tenses if sign.start < head.start]
    return before[-1:] == ["past"]


def _stands_apart(view: View, said: Said, end: int) -> bool:
    """Whether a clause of its own, behind what is taken back, sets the date: `it is off; tickets are taken back by`."""
    start, _ = view.clause(said.place)
    is_own = said.tense is not None and said.tense.start >= start and said.looks in STRONG
    return end <= start and view.marked[:start].rstrip()[-1:] in (",", ";", "，") and said.is_bound and is_own


def _tells_an_end(view: View, said: Said, language: Language) -> bool:
    """Whether the second date of `from .. to ..` matters by itself: a rule or a term ends then, not a fair."""
    is_lasting = language.compiled.lasts.search(view.plain, *view.clause(said.place)) is not None
    return is_lasting or said.topic is None or said.topic.kind != EVENT


def _lies_ahead(said: Said, language: Language, day: date) -> bool:
    """Whether the date is ahead: by itself, or by what is said of it."""
    form = said.written.form
    if said.is_joined or (said.written.is_sure and not _is_told_of_before(said)):
        return True
    if said.head is not None and said.head.kind == "since" and said.looks not in STRONG:
        return False
    is_said = said.is_bound or form in TERMS
    is_spoken = said.is_bound or form == "term" or said.looks in LOOKS_AHEAD or said.topic is not None
    if not is_spoken or form == "relative":
        return is_spoken
    if form == "count" and said.looks == "weak" and said.topic is None and said.gap > NEAR_VERB:
        return False
    if said.looks == "weak" and said.was_past and said.topic is None and not is_said:
        return False
    is_set = said.is_bound and (form == "day" or (said.head is not None and said.head.kind in SET_BY_PAST))
    is_past = said.looks == "past" and not is_set
    return not is_past and _is_placed(said, language) and _is_near(said, day, is_said)


def _is_told_of_before(said: Said) -> bool:
    """Whether a day that only its nearness puts ahead is one of the past: `that changed on January 20`."""
    is_loose = not said.is_bound and said.topic is None and said.looks == "past" and said.written.form == "day"
    is_right_at_it = said.tense is not None and said.tense.end < said.place and said.gap <= len(" on ")
    return is_loose and is_right_at_it and not YEAR.search(said.words)


def _is_placed(said: Said, language: Language) -> bool:
    """Whether a word says that something happens then: `a March paper` does not."""
    has_words = said.head is not None or (said.written.form == "month" and " " in said.words)
    return has_words or language.bare_months or said.written.form not in PLACED


def _is_near(said: Said, day: date, is_said: bool) -> bool:
    """Whether a date that could be past is near enough to be ahead."""
    if said.written.period is None:
        return False
    if said.head is not None and said.head.kind in ("for", "toward") and said.written.form == "month":
        return (said.written.period.start - day).days <= REPORTED
    surely, maybe = DAYS_AHEAD.get(said.written.form, SPANS_AHEAD)
    if said.head is not None and said.head.kind == OCCASION and said.looks == "past":
        surely = maybe
    if said.head is not None and said.head.kind == "since":
        farthest = min(surely, SINCE_AHEAD)
    elif is_said or said.looks in STRONG:
        is_day_only = said.written.form == "day" and said.looks not in STRONG
        farthest = maybe if is_day_only else surely
    else:
        farthest = maybe if said.tense else min(maybe, NAMED_AHEAD)
    return (said.written.period.start - day).days <= farthest


def _type(view: View, said: Said, language: Language) -> str:
    """The type by the word at the date, else by what the clause is about; "" for a year that is no target."""
    kind, topic = said.head.kind if said.head else "", said.topic.kind if said.topic else ""
    period = said.written.period
    if said.written.form == "year":
        return TARGET if kind in ("by", "until") else ""
    if kind in ENDINGS:
        return _type_of_end(view, said, language, kind)
    is_range = period is not None and period.precision == "day" and period.start < period.end
    if is_range and said.tense is None and language.compiled.asks.search(view.plain, *view.clause(said.place)):
        return DEADLINE  # `Comment period: 25 April - 24 June`
    if kind == "from" and (topic == EVENT or is_range):
        return EVENT
    if kind == "for" and said.written.form == "count":
        return _type_of_end(view, said, language, "end")
    if kind == "to" and topic != EVENT and language.compiled.asks.search(view.plain, *view.clause(said.place)):
        return DEADLINE
    if kind == OCCASION:
        return topic if topic in (DEADLINE, EXPIRY) else EVENT
    if kind == "toward":
        return EVENT if topic == EVENT else DEADLINE
    if kind in TYPES:
        return TYPES[kind]
    if said.written.form in TERMS and topic in ("", EVENT):
        return DEADLINE
    return topic or EVENT


def _type_of_end(view: View, said: Said, language: Language, kind: str) -> str:
    """Whether a rule or contract ends at the date, or the time to hand something in, or only a gathering."""
    patterns, (start, end) = language.compiled, view.clause(said.place)
    if patterns.asks.search(view.plain, start, end):
        return DEADLINE
    if kind == "ends" and said.topic is not None and said.topic.kind in (EVENT, DEADLINE):
        return said.topic.kind
    return EXPIRY if kind in ("end", "ends") or patterns.lasts.search(view.plain, 0, end) else DEADLINE
