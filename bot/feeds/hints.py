"""What a publisher says of the asking: how often, by the server in headers, and how often and where by a document
before its first item.

Read from the raw bytes, since a page of which only the unseen is parsed says it too. Never raises.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from email.utils import parsedate_to_datetime
from html import unescape

DAY_S = 86_400
HEAD = 20_000  # bytes in which a channel says this
PERIODS = {"hourly": 3_600, "daily": DAY_S, "weekly": 7 * DAY_S, "monthly": 30 * DAY_S, "yearly": 365 * DAY_S}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_FIRST_ITEM = re.compile(rb"<(?:item|entry)[\s>]")
_MAX_AGE = re.compile(r"(?<![\w-])max-age\s*=\s*\"?([0-9]{1,9})", re.IGNORECASE)
_TTL = re.compile(rb"<ttl>\s*([0-9]{1,6})\s*</ttl>", re.IGNORECASE)
_PERIOD = re.compile(rb"<sy:updatePeriod>\s*([a-z]+)\s*</sy:updatePeriod>", re.IGNORECASE)
_FREQUENCY = re.compile(rb"<sy:updateFrequency>\s*([0-9]{1,4})\s*</sy:updateFrequency>", re.IGNORECASE)
_NEW_URL = re.compile(rb"<itunes:new-feed-url>\s*([^<]{1,2000}?)\s*</itunes:new-feed-url>", re.IGNORECASE)
_LINK = re.compile(rb"<(?:[\w.-]{1,20}:)?link\b([^<>]{1,2000})>", re.IGNORECASE)
_SELF = re.compile(rb"""\brel\s*=\s*["']self["']""", re.IGNORECASE)
_HREF = re.compile(rb"""\bhref\s*=\s*["']([^"'<>]{1,2000})["']""", re.IGNORECASE)
_HOURS = re.compile(rb"<skipHours>(.*?)</skipHours>", re.IGNORECASE | re.DOTALL)
_HOUR = re.compile(rb"<hour>\s*([0-9]{1,2})\s*</hour>", re.IGNORECASE)
_DAYS = re.compile(rb"<skipDays>(.*?)</skipDays>", re.IGNORECASE | re.DOTALL)
_DAY = re.compile(rb"<day>\s*([a-z]+)\s*</day>", re.IGNORECASE)


def fresh_for(headers: Mapping[str, str]) -> int:
    """Seconds for which an answer is fresh: max-age, else Expires against the server's own Date (RFC 9111, 4.2.1)."""
    control = headers.get("Cache-Control", "")
    if "no-cache" in control.lower() or "no-store" in control.lower():
        return 0
    if (stated := _MAX_AGE.search(control)) is not None:
        return int(stated[1])
    try:
        span = parsedate_to_datetime(headers["Expires"]) - parsedate_to_datetime(headers["Date"])
    except (KeyError, TypeError, ValueError):
        return 0
    return max(int(span / timedelta(seconds=1)), 0)


def read_hints(body: bytes) -> tuple[int, str]:
    """The interval in seconds (0: none stated) and the hours and days to skip, as `0,1|5,6` in GMT, Monday being 0."""
    head = _head(body)
    ttl = _TTL.search(head)
    return max(int(ttl[1]) * 60 if ttl else 0, _syndication(head)), _skips(head)


def read_home(body: bytes) -> str:
    """Where the document says that its feed lives: `itunes:new-feed-url`, else `rel=self`; "" where it says nothing.

    As written, and often wrong: the address of a copy, a test machine or a page.
    """
    head = _head(body)
    moved = _NEW_URL.search(head)
    links = (found[1] for found in _LINK.finditer(head) if _SELF.search(found[1]))
    said = moved[1] if moved else next((href[1] for link in links if (href := _HREF.search(link))), b"")
    return unescape(said.decode("utf-8", "replace")).strip()


def _head(body: bytes) -> bytes:
    """What comes before the first item."""
    head = body[:HEAD]
    first = _FIRST_ITEM.search(head)
    return head[: first.start()] if first else head


def _syndication(head: bytes) -> int:
    """RSS 1.0's module: `daily` with a frequency of 4 is every six hours. The default period is a day."""
    period, frequency = _PERIOD.search(head), _FREQUENCY.search(head)
    if period is None and frequency is None:
        return 0
    seconds = PERIODS.get(period[1].decode().lower(), 0) if period else DAY_S
    return seconds // max(int(frequency[1]) if frequency else 1, 1)


def _skips(head: bytes) -> str:
    """24 is midnight in older feeds. A document that forbids every hour or every day forbids nothing."""
    hours = {int(hour) % 24 for block in _HOURS.findall(head) for hour in _HOUR.findall(block) if int(hour) <= 24}
    names = {day.decode().lower() for block in _DAYS.findall(head) for day in _DAY.findall(block)}
    days = {WEEKDAYS.index(name) for name in names if name in WEEKDAYS}
    if len(hours) == 24 or len(days) == 7 or not hours | days:
        return ""
    return f"{_listed(hours)}|{_listed(days)}"


def _listed(numbers: set[int]) -> str:
    return ",".join(map(str, sorted(numbers)))
