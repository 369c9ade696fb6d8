"""What is due at a date and who owes it, in the words of the sentence. Picks words; never invents or translates any."""

from __future__ import annotations

from bot.core.deadlines.judging import Verdict
from bot.core.deadlines.language import EFFECTIVE, EVENT, EXPIRY, Language
from bot.core.deadlines.view import View

LONGEST_WHAT, LONGEST_WHO = 90, 60
LETTERS_IN_A_ROW = 8
"""From this many on, the verb's own words are more than an auxiliary."""


def name(view: View, number: int, verdict: Verdict, language: Language) -> tuple[str, str]:
    """What and who; either may be empty."""
    place = view.places[number]
    start, end = view.clause(place)
    owes = language.compiled.owes.search(view.marked, start, end)
    if owes is None:
        return _subject(view, place, verdict, language), ""
    has_who = "who" in owes.re.groupindex and owes["who"] is not None
    who_from, who_to = owes.span("who") if has_who else (start, owes.start())
    who = _words(view, who_from, who_to, place, verdict, language)
    what = _words(view, owes.end(), end, place, verdict, language)
    if not has_who and _is_done_to_subject(view, owes.end(), end, verdict, language, what):
        return _cut(who, LONGEST_WHAT), ""
    return _cut(what or who, LONGEST_WHAT), _cut(who, LONGEST_WHO) if what else ""


def _is_done_to_subject(view: View, start: int, end: int, verdict: Verdict, language: Language, what: str) -> bool:
    """Whether the subject is the thing itself: it takes effect, ends, is filed, is held."""
    if language.compiled.passive.search(view.marked, start, end):
        return True
    topic = verdict.topic
    is_its_own = topic is not None and verdict.type in (EFFECTIVE, EXPIRY, EVENT) and topic.kind == verdict.type
    return not what or (is_its_own and topic is not None and what.startswith(topic.words[:4]))


def _subject(view: View, place: int, verdict: Verdict, language: Language) -> str:
    """The words before the verb or the label's colon; else those after the date."""
    start, end = view.clause(place)
    signs = [sign.start for sign in (*view.tenses, *view.topics) if start < sign.start < place]
    stop = min([*signs, place])
    before = _words(view, start, stop, place, verdict, language)
    between = _words(view, start, place, place, verdict, language)
    after = _words(view, place + 1, end, place, verdict, language)
    return _cut(before or between or after, LONGEST_WHAT)


def _words(view: View, start: int, end: int, place: int, verdict: Verdict, language: Language) -> str:
    """The words between two places without the date and what introduces it, trimmed at their ends."""
    head = verdict.head if verdict.head and verdict.head.start <= place < verdict.head.end else None
    first, last = (head.start, max(head.end, place + 1)) if head else (place, place + 1)
    if last <= start or end <= first:
        raw = view.original(start, end)
    else:
        raw = view.original(start, max(start, first)) + " " + view.original(min(end, last), end)
    return language.compiled.trims.sub("", " ".join(raw.split()))


def _cut(words: str, longest: int) -> str:
    """The first words that fit."""
    if len(words) <= longest:
        return words
    whole = words[: longest + 1].rpartition(" ")[0]
    return whole or words[:longest]
