"""The languages in which dates are found: one line each."""

from __future__ import annotations

import re

from bot.core.deadlines.chinese import CHINESE
from bot.core.deadlines.english import ENGLISH
from bot.core.deadlines.french import FRENCH
from bot.core.deadlines.german import GERMAN
from bot.core.deadlines.japanese import JAPANESE
from bot.core.deadlines.language import Language
from bot.core.deadlines.russian import RUSSIAN
from bot.core.deadlines.spanish import SPANISH

LATIN = {language.name: language for language in (ENGLISH, GERMAN, FRENCH, SPANISH)}
HAN = re.compile("[\u4e00-\u9fff]")
KANA = re.compile("[\u3040-\u30ff]")
CYRILLIC = re.compile("[\u0400-\u04ff]")


def languages_of(sentence: str, lang: str | None) -> tuple[Language, ...]:
    """The grammars to try: that of the script, and among Latin ones the stated one or, where none is known, all."""
    stated = (lang or "").split("-")[0].lower()
    if KANA.search(sentence):
        return (JAPANESE,)
    if HAN.search(sentence):
        return (JAPANESE,) if stated == "ja" else (CHINESE,)
    if CYRILLIC.search(sentence):
        return (RUSSIAN,)
    return (LATIN[stated],) if stated in LATIN else tuple(LATIN.values())
