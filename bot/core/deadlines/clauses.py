"""The clause that names what a date is about, which may begin before the date's own. Bounds words; picks none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.core.deadlines.judging import Verdict
from bot.core.deadlines.language import Language
from bot.core.deadlines.phrases import AND, DATELINE, ITEM, trim
from bot.core.deadlines.view import View

SHORT_VERB, SHORT_VERB_IN_CJK = 12, 3
"""A verb phrase of up to so many letters says too little by itself: its subject is what happens."""

SHORTEST_THING = 3
ITSELF = frozenset("start end ends".split())
"""Heads that speak of what takes effect or ends by itself."""

LAST_OF_LIST = re.compile(rf"{AND} {ITEM}\s*")
INTRO_ENDS = re.compile(r",\s(?=\w)")


@dataclass(frozen=True, slots=True)
class Naming:
    """A date in the clause that names what it is about; `start` and `end` bound the clause."""

    view: View
    place: int
    start: int
    end: int
    verdict: Verdict
    language: Language


def find_naming(view: View, place: int, verdict: Verdict, language: Language) -> Naming:
    """The clause of a date; with the one before it where it holds hardly more than the date."""
    start, end = view.clause(place)
    dateline = DATELINE.match(view.marked) if start == 0 else None
    start = dateline.end() if dateline and dateline.end() < place else _main_clause(view, start, place, language)
    is_itself = verdict.head is not None and verdict.head.kind in ITSELF
    while start > 0 and not dateline and not _has_words(view.marked, start, place if is_itself else end):
        start = view.clause(start - 1)[0]
    if _is_last_of_list(view, start, place):
        start = view.clause(start - 1)[0]
    if not _has_words(view.marked, start, end):
        end = view.clause(min(end, len(view.marked) - 1))[1]
    number = view.places.index(place)
    if number and start < view.places[number - 1] and _is_listed(view, number, language):
        start = view.places[number - 1] + 1
    if number + 1 < len(view.places) and view.places[number + 1] < end and _is_listed(view, number + 1, language):
        end = place + 1
    return Naming(view, place, start, end, verdict, language)


def _main_clause(view: View, start: int, place: int, language: Language) -> int:
    """Where the main clause begins whose verb governs the date: after what introduces it, before what interrupts it.

    `After years of delay, the plant is to open`; `the treaty, the last that limits arms, is set to expire`.
    """
    verb = max((sign.start for sign in view.tenses if start <= sign.start < place), default=start)
    if 0 < start < verb and view.marked[:verb].rstrip()[-1:] == "," != view.marked[:start].rstrip()[-1:]:
        return view.clause(start - 1)[0]
    first = 0 if language.compiled.intro.fullmatch(view.plain[:start].strip()) else start
    comma = INTRO_ENDS.search(view.marked, first, verb) if language.compiled.intro.match(view.plain, first) else None
    return comma.end() if comma else start


def _is_listed(view: View, number: int, language: Language) -> bool:
    """Whether a date comes with a thing of its own after the one before: `briefs by ◆ and replies by ◆`."""
    between = view.plain[view.places[number - 1] + 1 : view.places[number]]
    is_joined = language.compiled.joins.match(between) is not None
    return is_joined and len(trim(between, language)) >= SHORTEST_THING


def _is_last_of_list(view: View, start: int, place: int) -> bool:
    """Whether a clause is only the end of a list whose verb stands before it: `a tariff on A, B, and C from`."""
    head = view.heads.get(place)
    words = view.original(start, head.start if head else place)
    return view.marked[:start].rstrip()[-1:] == "," and LAST_OF_LIST.fullmatch(words) is not None


def _has_words(marked: str, start: int, end: int) -> bool:
    left = SHORT_VERB_IN_CJK if " " in marked else 1
    for sign in marked[start:end]:
        left -= sign.isalpha()
        if left < 0:
            return True
    return False
