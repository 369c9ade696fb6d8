"""The languages in which dates are found: one line each."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice

from bot.core.deadlines.chinese import CHINESE
from bot.core.deadlines.english import ENGLISH
from bot.core.deadlines.french import FRENCH
from bot.core.deadlines.german import GERMAN
from bot.core.deadlines.japanese import JAPANESE
from bot.core.deadlines.language import Language
from bot.core.deadlines.russian import RUSSIAN
from bot.core.deadlines.spanish import SPANISH

DAY_FIRST = replace(ENGLISH, month_first=False)
"""English as outside the United States: 3/4/2026 is 3 April."""

LATIN = {language.name: language for language in (ENGLISH, GERMAN, FRENCH, SPANISH)}
COMMON = {
    "en": re.compile(r"\b(?:the|of|and|to|is|that|by|with)\b", re.IGNORECASE),
    "de": re.compile(r"\b(?:der|die|und|das|den|dem|ist|mit|von|bis|zum)\b", re.IGNORECASE),
    "fr": re.compile(r"\b(?:le|les|des|et|du|une|est|dans|au|sur)\b", re.IGNORECASE),
    "es": re.compile(r"\b(?:el|los|y|las|una|del|con|en|que|por)\b", re.IGNORECASE),
}
"""Words of a language that are hardly ever absent, and rare in the others."""

LOOKED_AT = 2000
"""Characters of a text from which its language is told where nobody says."""

TOLD_BY = 3
LONG_ENOUGH, LOOKED_AT_FIRST = 200, 600
HAN = re.compile("[\u4e00-\u9fff]")
KANA = re.compile("[\u3040-\u30ff]")
CYRILLIC = re.compile("[\u0400-\u04ff]")
DAY_ABOVE_TWELVE = re.compile(r"(?<![\d/])(?:1[3-9]|2\d|3[01])/(?:0?\d|1[0-2])/(?:20)?\d\d(?![\d/])")
NOT_LATIN = ("ru", "zh", "ja")
US = ("en-us", "en-ph")


def main_languages(text: str, lang: str | None) -> tuple[Language, ...]:
    """The grammars for what is written in Latin letters: the stated one; else the one whose words prevail, else all."""
    stated = (lang or "").lower().replace("_", "-")
    if stated.startswith(NOT_LATIN):
        return (ENGLISH,)
    known = LATIN.get(stated.split("-")[0])
    if known is None or _is_another(text, known):
        known = _by_words(text[:LOOKED_AT]) or known
    if known is not ENGLISH:
        return (known,) if known else tuple(LATIN.values())
    is_day_first = ("-" in stated and stated not in US) or ("/" in text and DAY_ABOVE_TWELVE.search(text) is not None)
    return (DAY_FIRST if is_day_first else ENGLISH,)


def _is_another(text: str, stated: Language) -> bool:
    """Whether a text can hardly be in the stated language: feeds often state that of the program that made them."""
    if len(text) <= LONG_ENOUGH:
        return False
    found = islice(COMMON[stated.name].finditer(text[:LOOKED_AT_FIRST]), TOLD_BY)
    return sum(1 for _ in found) < TOLD_BY


def _by_words(text: str) -> Language | None:
    counts = {name: len(words.findall(text)) for name, words in COMMON.items()}
    best = max(counts, key=counts.__getitem__)
    others = max(count for name, count in counts.items() if name != best)
    return LATIN[best] if counts[best] >= TOLD_BY and counts[best] > 2 * others else None


def languages_of(sentence: str, lang: str | None, latin: tuple[Language, ...] = ()) -> tuple[Language, ...]:
    """The grammars to try for a sentence: that of its script; for Latin letters `latin`, as `main_languages` tells."""
    if sentence.isascii():
        return latin or main_languages("", lang)
    if KANA.search(sentence):
        return (JAPANESE,)
    if HAN.search(sentence):
        return (JAPANESE,) if (lang or "").lower().startswith("ja") else (CHINESE,)
    if CYRILLIC.search(sentence):
        return (RUSSIAN,)
    return latin or main_languages("", lang)
