"""What is due at a date and who owes it, in the words of the sentence. Picks words; never invents or translates any."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.core.deadlines.judging import Verdict
from bot.core.deadlines.language import DATE, EFFECTIVE, EVENT, EXPIRY, Language, lower
from bot.core.deadlines.view import View

LONGEST_WHAT, LONGEST_WHO = 140, 60
SHORT_VERB, SHORT_VERB_IN_CJK = 12, 3
"""A verb phrase of up to so many letters says too little by itself: its subject is what happens."""

SHORTEST_THING = 3
LONGEST_TAIL = 40
ITSELF = frozenset("start end ends".split())
"""Heads that speak of what takes effect or ends by itself."""

LISTED = r"(?!(?:[\w-]+, )*[\w-]+,? (?:and|or|und|oder|et|ou|y|o|e|и|или) )"
COMMA = re.compile(rf"\s?[,，、](?!\d){LISTED}\s?|\s[–—-]\s|:\s")
DATELINE = re.compile(
    r"(?:[A-ZÀ-ÝА-ЯЁ][\w. ]{1,30},? )?[^◆]{0,40}?(?:\([^()◆]{2,12}\)|Reuters|ТАСС|◆)\s[-–—]\s|【[^】]{1,20}】"
)
RELATIVE = re.compile(r",\s(?:which|who|whose|qui|dont|que|котор\w+)\s*\Z")
BRACKETS = re.compile(r"^\s*[(（][^)）]*[)）]\s*")


@dataclass(frozen=True, slots=True)
class Naming:
    """A date in the clause that names what it is about; `start` and `end` bound the clause."""

    view: View
    place: int
    start: int
    end: int
    verdict: Verdict
    language: Language


def name(view: View, number: int, verdict: Verdict, language: Language) -> tuple[str, str]:
    """What and who; either may be empty."""
    naming = _naming(view, view.places[number], verdict, language)
    owes = language.compiled.owes.search(view.plain, naming.start, naming.end)
    if owes is None:
        return _cut(_before_relative(naming) or _subject(naming), LONGEST_WHAT), ""
    has_who = "who" in owes.re.groupindex and owes["who"] is not None
    who_from, who_to = owes.span("who") if has_who else (naming.start, owes.start())
    who = _noun(_words(naming, who_from, who_to), language)
    what = _first_part(_trim(_words(naming, owes.end(), naming.end), language))
    if not has_who and who and _is_done_to_subject(naming, owes.end(), what):
        return _cut(who, LONGEST_WHAT), ""
    return _cut(what or who, LONGEST_WHAT), _cut(who, LONGEST_WHO) if what else ""


def _naming(view: View, place: int, verdict: Verdict, language: Language) -> Naming:
    """The clause of a date; with the one before it where it holds hardly more than the date."""
    start, end = view.clause(place)
    dateline = DATELINE.match(view.marked) if start == 0 else None
    start = dateline.end() if dateline and dateline.end() < place else start
    is_itself = verdict.head is not None and verdict.head.kind in ITSELF
    while start > 0 and not dateline and not _has_words(view.marked, start, place if is_itself else end):
        start = view.clause(start - 1)[0]
    if not _has_words(view.marked, start, end):
        end = view.clause(min(end, len(view.marked) - 1))[1]
    number = view.places.index(place)
    if number and start < view.places[number - 1] and _is_listed(view, number, language):
        start = view.places[number - 1] + 1
    if number + 1 < len(view.places) and view.places[number + 1] < end and _is_listed(view, number + 1, language):
        end = place + 1
    return Naming(view, place, start, end, verdict, language)


def _before_relative(naming: Naming) -> str:
    """The noun before a relative clause that ends before the date: `the period, which began in May, ends on ◆`."""
    relative = RELATIVE.search(naming.view.plain, 0, naming.start)
    if relative is None or "," not in naming.view.marked[naming.start : naming.place]:
        return ""
    start, _ = naming.view.clause(max(0, relative.start() - 1))
    return _noun(naming.view.original(start, relative.start()), naming.language)


def _is_listed(view: View, number: int, language: Language) -> bool:
    """Whether a date comes with a thing of its own after the one before: `briefs by ◆ and replies by ◆`."""
    between = view.plain[view.places[number - 1] + 1 : view.places[number]]
    is_joined = language.compiled.joins.match(between) is not None
    return is_joined and len(_trim(between, language)) >= SHORTEST_THING


def _has_words(marked: str, start: int, end: int) -> bool:
    left = SHORT_VERB_IN_CJK if " " in marked else 1
    for sign in marked[start:end]:
        left -= sign.isalpha()
        if left < 0:
            return True
    return False


def _is_done_to_subject(naming: Naming, start: int, what: str) -> bool:
    """Whether the subject is the thing itself: it takes effect, ends, is filed, is held."""
    view, verdict = naming.view, naming.verdict
    if not what or (verdict.head is not None and verdict.head.kind in ITSELF):
        return True
    if naming.language.compiled.passive.match(view.plain, start, naming.end):
        return True
    if verdict.type == EVENT and len(what) <= (SHORT_VERB if " " in view.marked else SHORT_VERB_IN_CJK):
        return True
    topic = verdict.topic
    is_own = topic is not None and verdict.type in (EFFECTIVE, EXPIRY) and topic.kind == verdict.type
    return is_own and topic is not None and what.startswith(topic.words[:4])


def _subject(naming: Naming) -> str:
    """The words before the verb or the label's colon; of an event with an object, the clause; else what follows."""
    view, language = naming.view, naming.language
    signs = [(sign.start, sign.end) for sign in view.tenses if naming.start < sign.start < naming.place]
    signs += [
        (sign.start, sign.end)
        for sign in view.topics
        if naming.start < sign.start < naming.place and sign.kind in (EFFECTIVE, EXPIRY)
    ]
    verb, after_verb = min(signs, default=(naming.place, naming.place))
    before = _noun(_words(naming, naming.start, verb), language)
    may_be_clause = naming.verdict.type == EVENT and before and signs and " " in view.marked
    if before and not may_be_clause:
        return before
    after = _trim(_words(naming, naming.place + 1, naming.end), language)
    has_object = _trim(_words(naming, after_verb, naming.place), language) or (after and " " not in before)
    if before and not has_object and not (may_be_clause and " " not in before):  # `Work` alone names nothing
        return before
    clause = _first_part(_trim(_words(naming, naming.start, naming.end), language))
    return clause if may_be_clause else _first_part(after) or clause


def _noun(words: str, language: Language) -> str:
    """The part that names a thing: not the phrase that introduces it, nor what is put in between."""
    parts = [part for part in COMMA.split(BRACKETS.sub("", words)) if part.strip()]
    named = [part for part in parts if not language.compiled.intro.match(part.strip().lower())]
    return _trim((named or parts or [""])[0], language)


def _first_part(words: str) -> str:
    """The words up to a comma, if that leaves a phrase."""
    comma = COMMA.search(words, SHORT_VERB)
    return words[: comma.start()] if comma else words


def _words(naming: Naming, start: int, end: int) -> str:
    """The words between two places, without the date and what stands right at it."""
    view, place, head = naming.view, naming.place, naming.verdict.head
    if not start <= place < end:
        return view.original(start, end)
    after = max(head.end if head and head.start <= place < head.end else 0, place + 1)
    before = _trim_end(view.original(start, place), naming.language)
    return f"{before} {view.original(min(after, end), end)}"


def _trim_end(words: str, language: Language) -> str:
    return _strip(f"{DATE} {words}", language).removeprefix(DATE).strip()


def _trim(words: str, language: Language) -> str:
    """The words without those at the ends that belong to the verb or to the date."""
    return _strip(" ".join(words.replace(DATE, " ").split()), language)


def _strip(words: str, language: Language) -> str:
    """The words without what the grammar trims; it knows them in lower case."""
    plain = lower(words)
    lead = language.compiled.leads.match(plain)
    start = lead.end() if lead else 0
    tail = language.compiled.tails.search(plain, max(start, len(plain) - LONGEST_TAIL))
    return words[start : tail.start() if tail else len(words)]


def _cut(words: str, longest: int) -> str:
    """The first words that fit."""
    if len(words) <= longest:
        return words
    whole = words[: longest + 1].rpartition(" ")[0]
    return whole or words[:longest]
