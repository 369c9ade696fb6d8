"""Proper names across scripts: Кайракты and Kairakty, Grasberg and グラスベルグ come to one skeleton of consonants.

A rough key for likeness, never for display: sounds that scripts tell apart differently are put together, vowels go.
Han has no letters to go by; its names are in the lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.core.text.words import bare

SHORTEST = 3
"""Consonants of a skeleton that says anything."""

CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e s s i i k l m n o p r s t u f k s s s s _ i _ e u a".split(),
        strict=True,
    )
)
KANA = {
    row[0]: row[1:]
    for row in (
        "アa イi ウu エe オo カka キki クku ケke コko サsa シsi スsu セse ソso タta チti ツtu "
        "テte トto ナna ニni ヌnu ネne ノno ハha ヒhi フfu ヘhe ホho マma ミmi ムmu メme モmo ヤa "
        "ユu ヨo ラra リri ルru レre ロro ワva ヲo ンn ガga ギgi グgu ゲge ゴgo ザsa ジsi ズsu "
        "ゼse ゾso ダda ヂdi ヅdu デde ドdo バva ビvi ブvu ベve ボvo パpa ピpi プpu ペpe ポpo ヴv "
        "ァa ィi ゥu ェe ォo ッ_ ャa ュu ョo ー_ "
    ).split()
}
SOUNDS = str.maketrans({"b": "v", "w": "v", "c": "k", "q": "k", "g": "k", "z": "s", "j": "s", "x": "s", "l": "r",
                        "d": "t", "p": "f", "h": None, "y": None, "_": None, **dict.fromkeys("aeiou")})  # fmt: skip
DIGRAPHS = (("sch", "s"), ("sh", "s"), ("ch", "s"), ("ph", "f"), ("th", "t"), ("zh", "s"), ("kh", "k"), ("ck", "k"))
DOUBLED = re.compile(r"(.)\1+")
INNER_R = re.compile(r"(?<=.)r")
"""English and Japanese leave out what others write, so an r counts at the beginning alone."""

KATAKANA = re.compile(r"[ァ-ヴー]{3,}")
CAPITAL = re.compile(r"(?<![\w'’-])[A-ZÀ-ÞА-ЯЁ][\w'’]*[a-zà-ÿа-яё][\w'’]*")
CAPITAL_IN_HAN = re.compile(r"(?<![A-Za-zÀ-ÿ\d'’-])[A-ZÀ-Þ][A-Za-zÀ-ÿ'’]*[a-zß-ÿ][A-Za-zÀ-ÿ'’]*")
POSSESSIVE = re.compile(r"['’]s?$")
BEFORE_A_NAME = re.compile(r" [A-ZÀ-ÞА-ЯЁ][a-zà-ÿа-яё]")
OPENS = re.compile(r"(?:^|[.!?:;…“«„\"]\s*|\n\s*)$")


LONG, ENOUGH, MOST = 4, 4, 0.8
"""A headline of four words or more, four letters each, is all in capitals where most of them are."""


CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar "
    "marz mai juni juli oktober dezember".split()
)
"""Words with a capital that name no one and no place."""


@lru_cache(maxsize=20_000)
def skeleton(name: str) -> str:
    """The consonants of a name in any of three scripts; "" where there are too few."""
    plain = "".join(KANA.get(letter, letter) for letter in name) if KATAKANA.match(name) else bare(name)
    plain = "".join(CYRILLIC.get(letter, letter) for letter in plain)
    for pair, sound in DIGRAPHS:
        plain = plain.replace(pair, sound)
    bones = INNER_R.sub("", DOUBLED.sub(r"\1", plain.translate(SOUNDS)))
    return bones if len(bones) >= SHORTEST else ""


def find_proper(text: str, lang: str) -> Iterator[str]:
    """Words that are names by their capital, inside a sentence or before another one, and katakana."""
    if lang == "ja":
        yield from KATAKANA.findall(text)
        return
    for match in (CAPITAL_IN_HAN if lang == "zh" else CAPITAL).finditer(text):
        is_first = OPENS.search(text[max(0, match.start() - 3) : match.start()])
        if (not is_first or BEFORE_A_NAME.match(text, match.end())) and bare(match[0]) not in CALENDAR:
            yield POSSESSIVE.sub("", match[0])


def is_all_capitals(text: str) -> bool:
    """Whether a text is written like a Headline of This Kind, in which a capital says nothing."""
    words = [word for word in text.split() if len(word) >= LONG and word[0].isalpha()]
    return len(words) >= ENOUGH and sum(word[0].isupper() for word in words) > MOST * len(words)
