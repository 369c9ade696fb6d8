"""The numbers and dates that a text states, in one form for seven languages: 1,1 млрд, $1.1bn and 11亿 are one.

Reads amounts only as far as likeness needs; what a date means is for `core/deadlines`. Pure and linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.core.text.words import UNSPACED

COMMA_IS_POINT = ("ru", "de", "fr", "es")
"""Languages that write 1,1 for 1.1, and 2.700 for 2,700."""

SCALES = {
    "thousand": 1e3, "k": 1e3, "тыс": 1e3, "тысяч": 1e3, "tausend": 1e3, "mille": 1e3, "mil": 1e3, "千": 1e3,
    "万": 1e4, "萬": 1e4, "lakh": 1e5, "million": 1e6, "millions": 1e6, "m": 1e6, "mn": 1e6, "mln": 1e6, "млн": 1e6,
    "millionen": 1e6, "mio": 1e6, "millones": 1e6, "millón": 1e6, "crore": 1e7, "亿": 1e8, "億": 1e8, "billion": 1e9,
    "bn": 1e9, "b": 1e9, "млрд": 1e9, "milliarde": 1e9, "milliarden": 1e9, "mrd": 1e9, "milliard": 1e9,
    "milliards": 1e9, "mil millones": 1e9, "万亿": 1e12, "兆": 1e12, "trillion": 1e12, "трлн": 1e12,
}  # fmt: skip

WRITTEN = {
    word: number
    for number, words in {
        2: "two два zwei deux dos 二 两", 3: "three три drei trois tres 三", 4: "four четыре vier quatre cuatro 四",
        5: "five пять fünf cinq cinco 五", 6: "six шесть sechs seis 六", 7: "seven семь sieben sept siete 七",
        8: "eight восемь acht huit ocho 八", 9: "nine девять neun neuf nueve 九", 10: "ten десять zehn dix diez 十",
        12: "twelve двенадцать zwölf douze doce 十二",
    }.items()
    for word in words.split()
}  # fmt: skip

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january января январе январь januar janvier enero",
            "feb february февраля феврале февраль februar février febrero",
            "mar march марта марте март märz mars marzo",
            "apr april апреля апреле апрель avril abril",
            "may мая мае май mai mayo",
            "jun june июня июне июнь juni juin junio",
            "jul july июля июле июль juli juillet julio",
            "aug august августа августе август août agosto",
            "sep sept september сентября сентябре сентябрь septembre septiembre",
            "oct october октября октябре октябрь oktober octobre octubre",
            "nov november ноября ноябре ноябрь novembre noviembre",
            "dec december декабря декабре декабрь dezember décembre diciembre",
        ),
        start=1,
    )
    for name in names.split()
}
DOUBTFUL = frozenset({"may", "mar", "march", "mai", "mars", "sept", "jan", "dec", "мая", "мае", "май", "août"})
"""Months that alone are other words as well."""

_SCALE = "|".join(sorted(map(re.escape, SCALES), key=len, reverse=True))
_MONTH = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
_WRITTEN = "|".join(sorted(map(re.escape, WRITTEN), key=len, reverse=True))
DATE = re.compile(
    rf"(?<!\w)(?:(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th|er)?\s+(?:de\s+)?(?P<month>{_MONTH})(?!\w)"
    rf"|(?P<month2>{_MONTH})\.?\s+(?P<day2>\d{{1,2}})(?![\d,.]*\d)|(?P<alone>{_MONTH})(?!\w))"
    r"|(?P<month3>\d{1,2})月(?:(?P<day3>\d{1,2})日)?",
    re.IGNORECASE,
)
NUMBER = re.compile(
    rf"(?<![\w.,])(?:(?P<digits>\d+(?:[.,\u00a0\u202f ]\d{{3}}(?!\d))*(?:[.,]\d+)?)|(?<!\w)(?P<word>{_WRITTEN})(?!\w))"
    rf"(?:\s?-?(?P<scale>{_SCALE})(?![^\W\d_]*[a-zа-яё]))?"
    r"(?P<percent>\s?(?:%|percent|per cent|prozent|процент))?",
    re.IGNORECASE,
)
GLUED = re.compile(
    r"(?P<digits>\d+(?:,\d{3})*(?:\.\d+)?|[二两三四五六七八九十]+)(?P<scale>[万億亿千兆]+)?(?P<percent>%)?"
)
WORD, DIGIT = re.compile(r"\w+"), re.compile(r"\d")
YEARS = range(1900, 2101)
SMALL = 13
"""Whole numbers below this stand in many texts."""


def find_dates(text: str) -> Iterator[str]:
    """Days and months: `12-01`, `12`."""
    if not _may_have_dates(text):
        return
    for match in DATE.finditer(text):
        if alone := match["alone"]:
            if _is_surely_month(alone):
                yield f"{MONTHS[alone.lower()]:02}"
            continue
        month = match["month"] or match["month2"]
        day = match["day"] or match["day2"] or match["day3"]
        number = MONTHS[month.lower()] if month else int(match["month3"])
        yield f"{number:02}"
        if day:
            yield f"{number:02}-{int(day):02}"


@lru_cache(maxsize=1)
def _words(text: str) -> frozenset[str]:
    """The words of a text. Kept for the text that is read: its numbers and its dates ask one after the other."""
    return frozenset(WORD.findall(text.lower()))


def _may_have_dates(text: str) -> bool:
    """Whether it has a month: quicker than to look for dates, and most news has none."""
    return "月" in text or not MONTHS.keys().isdisjoint(_words(text))


def _may_have_numbers(text: str) -> bool:
    """Whether a number may stand in words between spaces."""
    return DIGIT.search(text) is not None or not WRITTEN.keys().isdisjoint(_words(text))


def _is_surely_month(word: str) -> bool:
    """Whether a month without a day is one: written with a capital, or Russian, and no other word as well."""
    return word.lower() not in DOUBTFUL and (word[0].isupper() or "\u0400" <= word[0] <= "\u04ff")


def find_numbers(text: str, lang: str) -> Iterator[str]:
    """Amounts to three places: `8.5e+09`, `50%`, `60`; years are `y2027`. Days of months are left out."""
    is_glued = lang in UNSPACED
    if not is_glued and not _may_have_numbers(text):
        return
    pattern = GLUED if is_glued else NUMBER
    for match in pattern.finditer(DATE.sub(" ; ", text) if _may_have_dates(text) else text):
        value = _value(match, lang)
        if value is None:
            continue
        if match["percent"]:
            yield f"{value:.3g}%"
        elif value in YEARS and not match["scale"] and len(match["digits"] or "") == len("2026"):
            yield f"y{int(value)}"
        else:
            yield f"{value:.3g}"


def _value(match: re.Match[str], lang: str) -> float | None:
    scale = match["scale"] or ""
    factor = 1.0
    for part in (scale.lower(),) if scale.lower() in SCALES else scale:
        factor *= SCALES[part.lower()]
    digits = match["digits"] or match["word"]
    if digits[0] not in "0123456789":
        number = WRITTEN.get(digits.lower())
        return number * factor if number else None
    return _read_digits(digits, lang) * factor


def _read_digits(digits: str, lang: str) -> float:
    compact = re.sub(r"[\u00a0\u202f ]", "", digits)
    point, group = (",", ".") if lang in COMMA_IS_POINT else (".", ",")
    if (
        compact.count(group) == 1
        and not re.fullmatch(rf"\d{{1,3}}{re.escape(group)}\d{{3}}", compact)
        and point not in compact
    ):
        return float(compact.replace(group, "."))  # an English number in another language, or the other way round
    plain = compact.replace(group, "").replace(point, ".")
    return float(plain) if plain.count(".") < 2 else float(plain.replace(".", ""))


def is_telling(number: str) -> bool:
    """Whether a number is no year and no small one."""
    return number.endswith("%") or (number[0] != "y" and float(number) >= SMALL)
