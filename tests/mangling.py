"""What an outlet's new software does to its feed: every guid another, every link, every date, every title's case.

Works on the bytes of any XML or JSON feed, so that saved pages of real outlets can be spoilt as they are. What stands
around the items is left alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import format_datetime
from itertools import count
from typing import Any

Change = Callable[[str], str]

ITEM = re.compile(rb"<(item|entry)[\s>].*?</\1\s*>", re.DOTALL)
_VALUE = rb")\b[^>]*>\s*(?:<!\[CDATA\[)?\s*)([^<\]]*[^<\]\s])"
GUID = (re.compile(rb"(<(?:guid|id" + _VALUE), re.compile(rb"(\srdf:about=[\"'])([^\"']+)"))
LINK = (
    re.compile(rb"(<(?:link|feedburner:origLink" + _VALUE),
    re.compile(rb"(<link\b[^>]*?\shref=[\"'])([^\"']+)"),
)
TITLE = (re.compile(rb"(<(?:title" + _VALUE),)
DATE = (re.compile(rb"(<(?:pubDate|dc:date|published|updated|issued|modified" + _VALUE),)
JSON_KEYS = {GUID: ("id",), LINK: ("url", "external_url"), TITLE: ("title",), DATE: ("date_published", "date_modified")}
ENTITY = re.compile(r"(&[#\w]+;)")


def with_new_guids(body: bytes, mark: str) -> bytes:
    """Every guid another. Links stay."""
    return _alter(body, GUID, lambda number: lambda guid: _marked(guid, mark))


def with_new_links(body: bytes, mark: str) -> bytes:
    """Every link another. Guids stay."""
    return _alter(body, LINK, lambda number: lambda link: _marked(link, mark))


def with_new_dates(body: bytes, newest: datetime) -> bytes:
    """The dates a minute apart, the first on the page the newest, each written as it was."""

    def redate(number: int) -> Change:
        date = newest - timedelta(minutes=number)
        return lambda old: date.isoformat(timespec="seconds") if old[4:5] == "-" else format_datetime(date)

    return _alter(body, DATE, redate)


def with_shouted_titles(body: bytes) -> bytes:
    """Every title in capitals, as far as its letters are ASCII."""
    return _alter(body, TITLE, lambda number: _shout)


def _alter(body: bytes, field: tuple[re.Pattern[bytes], ...], change_of: Callable[[int], Change]) -> bytes:
    """Change a field of each item; `change_of` is told which item it is."""
    if body.lstrip()[:1] == b"{":
        return _alter_json(body, JSON_KEYS[field], change_of)
    number = count()

    def alter_item(found: re.Match[bytes]) -> bytes:
        item, change = found[0], change_of(next(number))
        for pattern in field:
            item = pattern.sub(lambda part: part[1] + _in_latin(part[2], change), item)
        return item

    return ITEM.sub(alter_item, body)


def _in_latin(value: bytes, change: Change) -> bytes:
    """Bytes go through unharmed, whatever their encoding."""
    return change(value.decode("latin-1")).encode("latin-1")


def _alter_json(body: bytes, keys: tuple[str, ...], change_of: Callable[[int], Change]) -> bytes:
    document: dict[str, Any] = json.loads(body)
    for number, item in enumerate(document["items"]):
        item |= {key: change_of(number)(str(item[key])) for key in keys if key in item}
    return json.dumps(document).encode()


def _marked(value: str, mark: str) -> str:
    """Another host for an address, an ending for what is none."""
    scheme, colon, rest = value.partition("://")
    return f"{scheme}://{mark}.{rest.removeprefix('www.')}" if colon else f"{value}-{mark}"


def _shout(title: str) -> str:
    """Entities stay as they are; so do letters beyond ASCII, which may be halves of others here."""
    parts = ENTITY.split(title)
    ascii_upper = (re.sub("[a-z]+", lambda small: small[0].upper(), part) for part in parts[::2])
    return "".join(part for pair in zip(ascii_upper, [*parts[1::2], ""], strict=True) for part in pair)
