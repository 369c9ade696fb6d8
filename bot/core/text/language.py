"""The language of a text that states none: by its letters, then by the commonest words. Guesses nothing on too little.

Knows en de fr es ru zh ja by name, and it pt nl uk ko well enough not to take them for one of those.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

ENOUGH = 80
"""Words looked at: the first ones of a text say it."""

MARKS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("zh", re.compile("[\u3400-\u9fff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("uk", re.compile("[іїєґІЇЄҐ]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
)
"""Scripts and letters in the order in which they decide: kana makes Han Japanese."""

COMMON = {
    "en": "the of to and in a for on is with as by at from that its it after over new says be will has are was more up "
          "this an not or than into amid could may against plans how why what us out who their first",
    "de": "der die das und in den von zu mit für auf im ist des dem ein eine nicht sich auch als nach bei aus wird an "
          "werden über vor wie zum zur um einen oder bis durch gegen will mehr sind neue hat es unter einer kein statt",
    "fr": "le la les de des et du un une en à au aux pour sur dans est par que qui avec plus son sa ses ce cette d l "
          "ne pas se ou sont après contre vers selon leur mais entre nouveau première ont sans été",
    "es": "el la los las de del y en un una por para con que se su sus al es lo como más sobre ante tras según entre "
          "no desde hasta contra nueva nuevo este esta fue ha son o sin pero primera",
    "it": "il lo gli di della delle dei del e in un una per con che si su al alla nel nella è come più sono da non dal "
          "anche tra le ai",
    "pt": "o os a as de do da dos das e em um uma por para com que se no na nos nas ao à é como mais sobre entre não "
          "são foi pela pelo",
    "nl": "de het een van en in op te voor met is dat zijn aan niet door bij ook als naar uit om tot over wordt er",
}  # fmt: skip

LETTERS = {"de": "äöüß", "fr": "çèêëœûîôàâù", "es": "ñ¿¡áíóú", "pt": "ãõç", "it": "ìòù"}

_LANGUAGES_OF: dict[str, tuple[str, ...]] = {}
for _lang, _words in COMMON.items():
    for _word in _words.split():
        _LANGUAGES_OF[_word] = (*_LANGUAGES_OF.get(_word, ()), _lang)
_LETTER_OF = {letter: [lang for lang in LETTERS if letter in LETTERS[lang]] for letter in "".join(LETTERS.values())}


def detect_language(raws: Sequence[str]) -> str:
    """The language of a text given as its words as written, as two letters; "" where nothing speaks for one."""
    head = raws[:ENOUGH]
    text = " ".join(head)
    if not text.isascii() and (lang := _by_script(text)):
        return lang
    points = dict.fromkeys(COMMON, 0.0)
    for word in text.lower().split():
        for lang in _LANGUAGES_OF.get(word, ()):
            points[lang] += 1 / len(_LANGUAGES_OF[word])
    if not text.isascii():
        for letter in set(text.lower()) & _LETTER_OF.keys():
            for lang in _LETTER_OF[letter]:
                points[lang] += 0.5
    best = max(points, key=points.__getitem__)
    return best if points[best] > 0 else ""


def _by_script(text: str) -> str:
    """The language of the script that a good part of the letters is in, or ""."""
    for lang, letters in MARKS:
        found = len(letters.findall(text))
        if found * 5 >= len(text) - text.count(" ") or (lang in ("ja", "uk") and found >= 2):
            return lang
    return ""
