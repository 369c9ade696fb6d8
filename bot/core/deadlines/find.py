"""Finding the dates that a text sets. Pure and linear; rather misses one than invents it.

A date counts where a cue announces it and it lies ahead of the day of publication. Without a year it is the next such
day, unless that day has only just passed: then the text looks back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache

from bot.core.deadlines.grammar import LANGUAGES, compile_cues
from bot.core.text.sentences import split_sentences

LOOKS_BACK = timedelta(days=75)
"""A day of this age without a year is taken for the past one, not for next year's."""

FARTHEST = timedelta(days=366 * 6)
CONFIDENT, DOUBTFUL = 0.8, 0.5
LONGEST_WHAT = 90
MAYBE = re.compile(
    r"\b(?:may|could|expected|hopes?|plans? to|proposed|draft)\b|ожида|может|可能|拟|予定", re.IGNORECASE
)
HAN = re.compile("[\u4e00-\u9fff]")
KANA = re.compile("[\u3040-\u30ff]")
CYRILLIC = re.compile("[\u0400-\u04ff]")
LATIN = ("en", "de", "fr", "es")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date set by a text. `type`: deadline, effective, expiry or event; `evidence`: the sentence that says it."""

    due: date
    precision: str
    type: str
    what: str
    who: str
    evidence: str
    confidence: float


def find_deadlines(title: str, text: str, published: datetime | date, lang: str | None = None) -> tuple[Deadline, ...]:
    """The dates that a title and text set, soonest first; each date once, with the fullest sentence."""
    day = published.date() if isinstance(published, datetime) else published
    best: dict[date, Deadline] = {}
    for sentence in (*split_sentences(text), title):
        for found in _in_sentence(" ".join(sentence.split()), day, lang):
            known = best.get(found.due)
            best[found.due] = found if known is None else _merge(known, found)
    return tuple(best[due] for due in sorted(best))


def _merge(known: Deadline, other: Deadline) -> Deadline:
    """The first stays; what it lacks is taken from the other."""
    return replace(known, what=known.what or other.what, who=known.who or other.who)


def _in_sentence(sentence: str, day: date, lang: str | None) -> Iterator[Deadline]:
    if not any(letter.isdigit() for letter in sentence):
        return
    taken: set[tuple[int, int]] = set()
    for name in _languages(sentence, lang):
        language = LANGUAGES[name]
        for kind, pattern in _patterns(name):
            for match in pattern.finditer(sentence):
                span = match.span("day")
                due = _read_day(match, language.months, day)
                if due is None or span in taken:
                    continue
                taken.add(span)
                if not re.search(language.off, sentence, re.IGNORECASE):
                    yield _deadline(sentence, name, kind, due)


@cache
def _patterns(name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return compile_cues(LANGUAGES[name])


def _languages(sentence: str, lang: str | None) -> tuple[str, ...]:
    """The languages to try: the stated one where the script fits it, else those of the script."""
    if KANA.search(sentence):
        return ("ja",)
    if HAN.search(sentence):
        return ("ja",) if lang == "ja" else ("zh",)
    if CYRILLIC.search(sentence):
        return ("ru",)
    stated = (lang or "").split("-")[0].lower()
    return (stated,) if stated in LATIN else LATIN


def _read_day(match: re.Match[str], months: dict[str, int], day: date) -> date | None:
    """The day that a match writes, if it lies ahead of `day`."""
    parts = match.groupdict()
    number = int(parts["number"]) if parts.get("number") else months.get(_month_key(parts["month"], months), 0)
    try:
        if parts["year"]:
            due = date(int(parts["year"]), number, int(parts["day"]))
        else:
            due = _next_such_day(number, int(parts["day"]), day)
    except ValueError:
        return None
    return due if day < due <= day + FARTHEST else None


def _month_key(name: str, months: dict[str, int]) -> str:
    plain = name.lower().rstrip(".")
    return plain if plain in months else next((key for key in months if key.startswith(plain)), plain)


def _next_such_day(month: int, number: int, day: date) -> date:
    due = date(day.year, month, number)
    if due < day - LOOKS_BACK:
        due = date(day.year + 1, month, number)
    return due


def _deadline(sentence: str, name: str, kind: str, due: date) -> Deadline:
    language = LANGUAGES[name]
    what = re.search(language.what, sentence, re.IGNORECASE)
    who = re.search(language.who, sentence, re.IGNORECASE)
    confidence = DOUBTFUL if MAYBE.search(sentence) else CONFIDENT
    said = _trim(what.group()) if what else ""
    return Deadline(due, "day", kind, said, who.group(1) if who else "", sentence, confidence)


def _trim(what: str) -> str:
    """The phrase without the words before it that belong to the verb."""
    words = what.split()
    while len(words) > 1 and words[0].lower() in VERBS_AND_ARTICLES:
        words.pop(0)
    while len(words) > 1 and words[-1].lower() in TAILS:
        words.pop()
    return " ".join(words)[:LONGEST_WHAT]


VERBS_AND_ARTICLES = frozenset(
    "a an the its his her their up draw draws out to of on in and must will submit approve file".split()
)
TAILS = frozenset("by before until till the a an of for on at и до в на к by".split())
