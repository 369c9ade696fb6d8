"""Words to stems, by Snowball: `exports`, `exported` and `export` are one. Each stem is worked out once and remembered.

The language is the document's, for words in Latin letters; words in Cyrillic ones are Russian; others have no stem but
themselves. Knows nothing of phrases and queries.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from Stemmer import Stemmer

from bot.core.text.words import bare, surface

LATIN = ("en", "de", "fr", "es")
"""The languages of Latin letters that have a stemmer; the first is that of words in any other language."""

MOST_KNOWN = 100_000
"""Words remembered in one language, some 20 MB; then it begins anew."""

SNOWBALL = {"en": "english", "de": "german", "fr": "french", "es": "spanish", "ru": "russian"}

CASES = ("", "а", "у", "ом", "е", "ы", "ов", "ам", "ами", "ах")
KEPT: Mapping[str, Mapping[str, str]] = {
    "ru": {stem + case: stem for stem in ("неодим", "празеодим", "магнит") for case in CASES},
    "en": {
        form: stem
        for stem in ("mineral", "important", "customer", "authority", "ironic", "processor", "procession")
        for form in (stem, f"{stem}s")
    }
    | {"authorities": "authority", "importance": "important", "importantly": "important", "mineralisation": "mineral"}
    | {"mineralization": "mineral", "mineralised": "mineral", "mineralized": "mineral", "processing": "processing"},
}
"""What Snowball would put together with another word of this trade: a mineral is no miner, important is no import."""

SPELLINGS = {"licenc": "licens", "defenc": "defens", "offenc": "offens", "aluminium": "aluminum", "sulphur": "sulfur",
             "sulphid": "sulfid", "sulphat": "sulfat", "labour": "labor", "centr": "center", "tonn": "ton",
             "harbour": "harbor", "fibr": "fiber", "programm": "program"}  # fmt: skip
"""British stems that are American ones spelt otherwise."""

IZED = re.compile(r"(?<=[a-z]{3}(?:al|il|or|on|im|an))is(?=(?:es?|ed|ers?|ing|ations?)$)")
"""Where -ise and -isation stand, which are written with a z, too."""


class Stems(dict[str, str]):
    """The stem of each word as written, in documents of one language; looked up as in any dictionary."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self.lang = lang
        self._latin = Stemmer(SNOWBALL[lang], 0)  # 0: it remembers nothing, we do
        self._cyrillic = Stemmer(SNOWBALL["ru"], 0)

    def __missing__(self, raw: str) -> str:
        if len(self) >= MOST_KNOWN:
            self.clear()
        stem = self[raw] = self._work_out(raw).replace(" ", "_")  # of a sign that falls apart; a space parts pairs
        return stem

    def _work_out(self, raw: str) -> str:
        word = surface(raw)
        first = word[0]
        is_cyrillic = "\u0400" <= first <= "\u052f"
        kept = KEPT.get("ru" if is_cyrillic else self.lang, {}).get(word)
        if kept is not None:
            return kept
        if is_cyrillic:
            return bare(self._cyrillic.stemWord(word))
        if not first.isalpha() or not _is_latin(first):
            return bare(word)
        if self.lang != "en":
            return bare(self._latin.stemWord(word))
        stem = bare(self._latin.stemWord(IZED.sub("iz", word) if "is" in word else word))
        return SPELLINGS.get(stem, stem)


def _is_latin(letter: str) -> bool:
    return letter < "\u0250" or "\u1e00" <= letter <= "\u1eff"


STEMS = {lang: Stems(lang) for lang in LATIN}
"""One memory a language for the whole process."""


def latin_of(lang: str) -> str:
    """The language whose stems the Latin words of a document in `lang` have."""
    return lang if lang in STEMS else LATIN[0]
