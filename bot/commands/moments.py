"""When somebody means: `tomorrow 9:00`, `in 3 days`, `1 декабря`, read in seven languages and said back."""

from __future__ import annotations

import asyncio
import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.commands.command import Desk, Unclear
from bot.core.reminders import MORNING

LANGUAGES = ["en", "ru", "zh", "de", "fr", "es", "ja"]
FARTHEST = timedelta(days=366 * 6)
CJK_DAY = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号]?")
DOTTED_DAY = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(?!\d)")
HOURS = re.compile(r"hour|minut|stunde|heure|hora|час|мин|小时|分钟|時間後|分後|\d\s*h\b", re.IGNORECASE)
SPAN = re.compile(r"\b(in|dans|en|через)\s+(\d+)\s*(?:h|heures?)\b", re.IGNORECASE)
CLOCK = re.compile(
    r"(?:\b(?:at|um|gegen|à|a las?|в|к)\s+)?"
    r"(?<![\d.:/-])(?P<hour>\d{1,2})"
    r"(?::(?P<minute>\d{2})(?!\d)(?:\s*(?:uhr|h)\b)?|\s*h\s*(?P<french>\d{2})\b|\.(?P<dotted>\d{2})\s*uhr\b"
    r"|\s*(?:uhr|h(?:eures?)?|часов)\b|[点點時时]整?(?![間间])|(?=\s*[ap]\.?m\b))"
    r"\s*(?P<half>[ap]\.?m\b\.?)?",
    re.IGNORECASE,
)
"""A time of day in the ways of seven languages: 9:00, 9.30 Uhr, 9 am, 9 Uhr, 9h30, 9 часов, 9点, 9時."""


async def read_moment(desk: Desk, text: str) -> datetime:
    """The moment ahead that a person means, in the channel's zone; in the morning where no time of day is said.

    Raises Unclear with examples, for what cannot be read or is past.
    """
    moment = await asyncio.to_thread(_parse, text, desk.now, desk.zone)
    if moment is None:
        raise Unclear(
            f'"{text}" is no time I can read.', "Write it like: tomorrow 9:00, in 3 days, 1 December, 12月1日."
        )
    if not desk.now < moment < desk.now + FARTHEST:
        raise Unclear(
            f'"{text}" means {said(moment, desk.zone)}, which is past or very far away.', "Nothing was changed."
        )
    return moment


async def read_day(desk: Desk, text: str) -> date:
    """The day that a person means, today or later. Raises Unclear."""
    moment = await asyncio.to_thread(_parse, text, desk.now, desk.zone)
    today = desk.now.astimezone(ZoneInfo(desk.zone)).date()
    if moment is None:
        raise Unclear(f'"{text}" is no date I can read.', "Write it like: 2025-12-01, 1 December, in 30 days.")
    day = moment.astimezone(ZoneInfo(desk.zone)).date()
    if not today <= day < today + FARTHEST:
        raise Unclear(
            f'"{text}" means {day:%a} {day.day} {day:%b %Y}, which is past or very far away.', "Nothing was changed."
        )
    return day


def said(moment: datetime, zone: str) -> str:
    """`Mon 1 Dec 2025, 09:00 CET`."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local:%a} {local.day} {local:%b %Y, %H:%M} {local.tzname()}"


def _parse(text: str, now: datetime, zone: str) -> datetime | None:
    """The moment, or None. A time of day is taken out first: it is written alike everywhere, and days are not."""
    import dateparser  # here: its tables of languages are large, and few commands need them

    local = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    words, at = _take_time(SPAN.sub(r"in \2 hours", text))
    words = DOTTED_DAY.sub(lambda match: _day(local, int(match[2]), int(match[1])), words)
    words = CJK_DAY.sub(lambda match: _day(local, int(match[2]), int(match[3]), match[1]), words)
    settings = {"PREFER_DATES_FROM": "future", "RELATIVE_BASE": local, "DATE_ORDER": "DMY"}
    reader = dateparser.DateDataParser(languages=LANGUAGES, settings=settings)
    found: datetime | None = reader.get_date_data(words or "today").date_obj
    if found is None:
        return None
    if at is None and HOURS.search(words):
        return found.replace(tzinfo=ZoneInfo(zone))  # counted from now, to the minute
    moment = datetime.combine(found.date(), at or MORNING)
    if not words and moment <= local:
        moment += timedelta(days=1)
    return moment.replace(tzinfo=ZoneInfo(zone))


def _day(now: datetime, month: int, day: int, year: str | None = None) -> str:
    """A day as numbers that nobody misreads; without a year it is the next such day."""
    if year is not None:
        return f"{year}-{month:02}-{day:02}"
    return f"{now.year + ((month, day) < (now.month, now.day))}-{month:02}-{day:02}"


def _take_time(text: str) -> tuple[str, time | None]:
    """The words without a time of day, and that time."""
    match = CLOCK.search(text)
    if match is None:
        return text.strip(), None
    hour, minute = int(match["hour"]), int(match["minute"] or match["french"] or match["dotted"] or 0)
    half = (match["half"] or "").casefold()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    if hour > 23 or minute > 59:
        return text.strip(), None
    return (text[: match.start()] + " " + text[match.end() :]).strip(), time(hour, minute)
