"""The time of day and the zone that stand beside a date, in any of the languages. Reads them; converts nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

REACH = 48
"""Characters beside a date in which its time is looked for."""

_CLOCK = (
    r"(?:(?P<half>上午|下午|晚上|午前|午後)\s?)?(?P<hour>\d{1,2})(?:(?:[:.：]|\s?[hH]\s?)(?P<minute>[0-5]\d)(?::[0-5]\d)?"
    r"|\s?[时時点](?P<minute_cjk>\d{1,2})?分?|(?=\s?(?:[ap]\.?\s?m\b|Uhr\b|horas?\b|heures?\b|час|hrs?\b|h\b)))"
    r"\s?(?P<ap>[ap]\.?\s?m\b\.?)?(?:\s?(?:Uhr|horas?|heures?|час\w*|hrs?|h|ч\.)(?!\w))?"
    r"|(?P<word>midnight|noon|midday|close of business|close of play|COB|Mitternacht|minuit|midi|medianoche|mediodía"
    r"|полуночи|正午)"
)
_PLACE = (
    "[Ee]astern|Central|Mountain|Pacific|Greenwich Mean|Brussels|London|Beijing|Tokyo|Moscow|Perth|Sydney|Toronto|local"
)
_ZONE = (
    rf"(?:U\.?S\.?\s)?(?:{_PLACE})(?:\s(?:[Ss]tandard|[Dd]aylight))?\s[Tt]ime|(?:Eastern|Pacific)\b"
    r"|(?:UTC|GMT)(?:[+-]\d{1,2}(?::\d\d)?)?\b|CES?T\b|BST\b|E[SD]?T\b|P[SD]?T\b|C[SD]T\b|M[SD]T\b|JST\b|AE[SD]?T\b"
    r"|AWST\b|MSK\b|МСК\b|мск\b|MESZ\b|MEZ\b|Ortszeit|по московскому времени|по местному времени|по времени \w+"
    r"|heure de \w+|heure locale|hora (?:local|peninsular|de \w+)|(?:北京|当地|美东|东部|日本|現地|米東部)(?:时间|時間)"
)
_BESIDE = rf"(?:{_CLOCK})(?:\s?[(（]?(?P<zone>{_ZONE})[)）]?)?"
_AFTER = re.compile(
    rf"\s?(?:,\s|[(（][月火水木金土日一二三四五六]曜?[)）]\s?)?(?:(?:at|um|à|a las|в|до|by|以前)\s)?{_BESIDE}"
)
_BEFORE = re.compile(rf"(?<![\w.,-]){_BESIDE}\s?(?:,\s)?(?:(?:on|of|le|del|el|am|den|dem|vom)\s)?(?:the\s)?$")

_WORDS = {
    **dict.fromkeys(("noon", "midday", "midi", "mediodía", "正午"), time(12)),
    **dict.fromkeys(("midnight", "mitternacht", "minuit", "medianoche", "полуночи"), time(23, 59)),
}
_AFTERNOON = ("下午", "晚上", "午後")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as written, with its zone as written; `start` and `end` are where it stands."""

    start: int
    end: int
    at: time | None
    zone: str


def clock_beside(sentence: str, start: int, end: int) -> Clock | None:
    """The time of day right before or after a date that stands at `start` to `end`; None where none does."""
    after = _AFTER.match(sentence, end, end + REACH)
    if after:
        return _read(after, end, after.end())
    first = max(0, start - REACH)
    before = _BEFORE.search(sentence[first:start])
    return _read(before, first + before.start(), start) if before else None


def _read(match: re.Match[str], start: int, end: int) -> Clock | None:
    """`24:00` is the last minute of its day, as midnight of a term is; None for what is no time."""
    zone = match["zone"] or ""
    if match["word"]:
        return Clock(start, end, _WORDS.get(match["word"].lower()), zone)
    hour, minute = int(match["hour"]), int(match["minute"] or match["minute_cjk"] or 0)
    half = (match["ap"] or "").lower()[:1]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif match["half"] in _AFTERNOON and hour < 12:
        hour += 12
    if hour == 24 and not minute:
        return Clock(start, end, time(23, 59), zone)
    return Clock(start, end, time(hour, minute), zone) if hour < 24 and minute < 60 else None
