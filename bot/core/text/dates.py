"""Dates as feeds write them, read into UTC. Never raises, never guesses from the clock: it has none.

Order: ISO and other year-first forms, RFC 822, epochs of 10 and 13 digits, day-first, Chinese, Japanese, Korean.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

FIRST_YEAR = 1995  # there was no feed before; an earlier year is an epoch gone wrong
RAW_LIMIT = 100

_MONTH_NAMES = {  # how they begin, in the languages of the feeds
    1: "jan gen ene янв січ",
    2: "feb fev fév фев лют",
    3: "mar mär mae mrz maa мар бер",
    4: "apr avr abr апр кві",
    5: "may mai maj mei mag мая май тра",
    6: "jun juin giu июн чер",
    7: "jul juil lug июл лип",
    8: "aug aoû aou ago авг сер",
    9: "sep set сен вер",
    10: "oct okt ott out окт жов",
    11: "nov ноя лис",
    12: "dec dez dic déc дек гру",
}
_MONTHS = {name: number for number, names in _MONTH_NAMES.items() for name in names.split()}

_OFFSETS = {  # hours; a feed's own zone decides first where it uses the same letters (CST in Shanghai, IST in Israel)
    **dict.fromkeys(("z", "ut", "utc", "gmt", "wet"), 0.0),
    **{"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "akst": -9, "akdt": -8},
    **{
        "hst": -10,
        "ast": -4,
        "adt": -3,
        "nst": -3.5,
        "ndt": -2.5,
        "brt": -3,
        "art": -3,
        "clt": -4,
        "clst": -3,
        "pet": -5,
    },
    **{
        "bst": 1,
        "west": 1,
        "cet": 1,
        "met": 1,
        "cest": 2,
        "mest": 2,
        "mez": 1,
        "mesz": 2,
        "eet": 2,
        "eest": 3,
        "msk": 3,
    },
    **{
        "trt": 3,
        "wat": 1,
        "cat": 2,
        "sast": 2,
        "eat": 3,
        "irst": 3.5,
        "gst": 4,
        "pkt": 5,
        "uzt": 5,
        "ist": 5.5,
        "npt": 5.75,
    },
    **{"ict": 7, "wib": 7, "wita": 8, "wit": 9, "hkt": 8, "sgt": 8, "myt": 8, "pht": 8, "awst": 8, "jst": 9, "kst": 9},
    **{"acst": 9.5, "acdt": 10.5, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13},
}

_REGIONS = {"et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver", "pt": "America/Los_Angeles"}

_EPOCH = re.compile(r"(\d{10})(?:\.\d+|(\d{3}))?")
_COMPACT = re.compile(r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)(?:T?(?P<time>\d{4}(?:\d\d)?))?")
_TIME = re.compile(
    r"[T,\s]*(?:\([^)]{1,9}\)|星期.|г\.|года)?[,\s]*(?:(?:at|um|à|в|о|-|–|—|\|)\s+)?(?P<half>上午|下午|午前|午後|오전|오후)?\s*"
    r"(?P<h>\d{1,2})(?:[:.時时点h]|시)\s?(?P<min>\d{1,2})(?:[分분]|(?::(?P<s>\d{1,2})(?:[.,]\d+)?))?\s*"
    r"(?P<ampm>[AaPp]\.?[Mm]\.?(?![A-Za-z]))?"
)
_WEEKDAY = r"(?:[^\W\d]+\.?,?\s+|[^\W\d]+\.?,\s*)?"
_YEAR_FIRST = re.compile(r"(?P<y>\d{4})\s?[-/.年년]\s?(?P<m>\d{1,2})\s?[-/.月월]\s?(?P<d>\d{1,2})\s?[日일.]?")
_RFC_822 = re.compile(
    _WEEKDAY
    + r"(?P<d>\d{1,2})(?:st|nd|rd|th)?\.?[\s-]+(?:de\s+)?(?P<mon>[^\W\d]+)\.?,?[\s-]+(?:de\s+)?(?P<y>\d{4}|\d\d)\b"
)
_MONTH_FIRST = re.compile(_WEEKDAY + r"(?P<mon>[^\W\d]{3,})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})\b")
_ASCTIME = re.compile(
    _WEEKDAY + r"(?P<mon>[^\W\d]{3,})\s+(?P<d>\d{1,2})\s+(?P<rest>\d\d:\d\d:\d\d(?:\s+[A-Z]+)?)\s+(?P<y>\d{4})$"
)
_DAY_FIRST = re.compile(_WEEKDAY + r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})")
_SLASHED = re.compile(_WEEKDAY + r"(?P<a>\d{1,2})[/-](?P<b>\d{1,2})[/-](?P<y>\d{4})")
_HALVES = {"上午": "a", "午前": "a", "오전": "a", "下午": "p", "午後": "p", "오후": "p"}
_FORMS = (_YEAR_FIRST, _ASCTIME, _RFC_822, _MONTH_FIRST, _DAY_FIRST, _SLASHED)

_OFFSET = re.compile(r"(?:GMT|UTC|UT)?\s*([+\-−])\s?(\d{1,2})(?::?(\d\d))?(?!\d)", re.IGNORECASE)
_ZONE_NAME = re.compile(r"[A-Za-z]{1,5}(?![A-Za-z])")


def read_date(raw: str, zone: str | None = None) -> datetime | None:
    """The moment `raw` means, aware and in UTC; None where it means none, or one before 1995.

    `zone` is the IANA name of the feed's own zone, for times that state none and for letters with several meanings;
    without it they are UTC. A date without a time is its midnight.
    """
    try:
        text = " ".join(unicodedata.normalize("NFKC", raw[:RAW_LIMIT]).split())
        moment = _read_epoch(text) or _read_written(text, _zone(zone), zone or "")
        return moment if moment is not None and moment.year >= FIRST_YEAR else None
    except (ValueError, OverflowError):
        return None


def _zone(name: str | None) -> tzinfo:
    try:
        return ZoneInfo(name) if name else UTC
    except (KeyError, ValueError, OSError):  # KeyError: unknown; OSError: the name of a folder of zones
        return UTC


def _read_epoch(text: str) -> datetime | None:
    match = _EPOCH.fullmatch(text)
    return datetime.fromtimestamp(int(match[1]), UTC) if match else None


def _read_written(text: str, home: tzinfo, zone: str) -> datetime | None:
    compact = _COMPACT.match(text)
    if compact and not text[compact.end() :][:1].isdigit():
        return _join(_day_of(compact, zone), _spread(compact["time"]) + text[compact.end() :], home)
    for form in _FORMS:
        match = form.match(text)
        day = _day_of(match, zone) if match else None
        if match and day:
            rest = match["rest"] if "rest" in match.re.groupindex else text[match.end() :]
            return _join(day, rest, home)
    return None


def _spread(digits: str | None) -> str:
    """`1000` and `100030` as times with colons."""
    return " " + ":".join(digits[i : i + 2] for i in range(0, len(digits), 2)) if digits else ""


def _day_of(match: re.Match[str], zone: str) -> datetime | None:
    """Midnight of the date in a match, naive; None where the month has no such name or the order cannot be told."""
    found = match.groupdict()
    if "mon" in found:
        month = _month(found["mon"])
        return datetime(_year(found["y"]), month, int(found["d"])) if month else None
    if "a" in found:
        return _slashed_day(int(found["a"]), int(found["b"]), int(found["y"]), zone)
    return datetime(int(found["y"]), int(found["m"]), int(found["d"]))


def _slashed_day(first: int, second: int, year: int, zone: str) -> datetime | None:
    """`2/18/2026` and `18/2/2026` tell themselves apart; `2/3/2026` is read as in its zone, never without one."""
    is_american = zone.startswith(("America/", "US/", "Pacific/Honolulu"))
    if first > 12 or (second <= 12 and (first == second or (zone and not is_american))):
        return datetime(year, second, first)
    if second > 12 or is_american:
        return datetime(year, first, second)
    return None


def _month(word: str) -> int | None:
    name = word.lower()
    return next((_MONTHS[name[:size]] for size in range(min(len(name), 4), 2, -1) if name[:size] in _MONTHS), None)


def _year(digits: str) -> int:
    number = int(digits)
    return number if len(digits) == 4 else number + (2000 if number < 70 else 1900)


def _join(day: datetime | None, rest: str, home: tzinfo) -> datetime | None:
    """The day with the time and the zone that `rest` states."""
    if day is None:
        return None
    time = _TIME.match(rest)
    if time:
        day += _time_of_day(time)
    return _in_zone(day, rest[time.end() :] if time else "", home).astimezone(UTC)


def _time_of_day(time: re.Match[str]) -> timedelta:
    """The time since midnight; 24:00 is the next midnight, a leap second the second before."""
    hour, minute, second = int(time["h"]), int(time["min"]), min(int(time["s"] or 0), 59)
    half = _HALVES.get(time["half"] or "") or (time["ampm"] or "").lower()[:1]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 24 or minute > 59 or (hour == 24 and (minute or second)):
        raise ValueError("no such time of day")
    return timedelta(hours=hour, minutes=minute, seconds=second)


def _in_zone(day: datetime, rest: str, home: tzinfo) -> datetime:
    """The naive time in the zone that `rest` names, else in the feed's own."""
    text = rest.strip(" ()[],;")
    offset = _OFFSET.match(text)
    if offset:
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        return day.replace(tzinfo=timezone(timedelta(minutes=minutes if offset[1] == "+" else -minutes)))
    word = _ZONE_NAME.match(text)
    local = day.replace(tzinfo=home)
    if word is None or word[0].upper() == (local.tzname() or "").upper():
        return local
    region = _REGIONS.get(word[0].lower())
    if region:
        return day.replace(tzinfo=_zone(region))
    hours = _OFFSETS.get(word[0].lower())
    return local if hours is None else day.replace(tzinfo=timezone(timedelta(hours=hours)))
