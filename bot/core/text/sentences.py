"""Splitting text into whole sentences. Loses no text: the pieces, joined, are the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof rev gen sen rep gov sgt col capt lt st jr sr vs no nos vol fig pp cf al inc ltd co corp plc "
    "bros jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun "
    "approx est dept univ "
    "e.g i.e a.m p.m u.s u.k u.n e.u etc "
    "т.е т.д т.п т.к г гг в вв им ул стр млн млрд тыс руб долл проф акад "
    "bzw ca d.h z.b u.a u.ä usw evtl ggf inkl nr abs art mio mrd str "
    "env p.ex c.-à-d mm mme mlle av ej pág núm sra dra ud uds".split()
)
"""Words that carry a full stop of their own: English, Russian, German, French, Spanish."""

STOP = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)|[。！？]+[”’」』）]*|\n{1,}")
LAST_WORD = re.compile(r"(?:^|[\s(\[\"'“«„])([^\s(\[\"'“«„]*)$")
OPENS = re.compile(r"\s*[\"'“«„(\[¿¡]*([^\s])")
GERMAN_COUNTED = re.compile(
    r"\s+(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
    r"|Quartal|Halbjahr|Jahrhundert|Jahrestag|Woche|Platz)s?\b"
)
"""What follows a German ordinal: in `1. Dezember` the stop ends no sentence."""


def split_sentences(text: str) -> list[str]:
    """The sentences in order, each with the space that follows it."""
    return list(iter_sentences(text))


def iter_sentences(text: str) -> Iterator[str]:
    """The same one by one: who wants the first ones does not pay for the rest."""
    start = 0
    for stop in STOP.finditer(text):
        if stop.start() < start or not _ends_here(text, start, stop):
            continue
        end = stop.end()
        while end < len(text) and text[end].isspace():
            end += 1
        yield text[start:end]
        start = end
    if start < len(text):
        yield text[start:]


def _ends_here(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether a stop ends a sentence, and not an abbreviation, an initial or a number."""
    if stop.group()[0] not in ".!?…":
        return True
    following = OPENS.match(text, stop.end())
    if following is None:
        return True
    if following.group(1).islower():
        return False
    if stop.group()[0] != ".":
        return True
    if stop.group().startswith(".."):
        return True
    word = LAST_WORD.search(text[max(start, stop.start() - 40) : stop.start()])
    last = word.group(1).casefold() if word else ""
    is_initial = len(last) == 1 and last.isalpha()
    is_ordinal = last.isdecimal() and len(last) <= 2 and GERMAN_COUNTED.match(text, stop.end()) is not None
    return not (last in ABBREVIATIONS or is_initial or is_ordinal)
