"""Lists of feeds: OPML, or one address a line. Reads and writes text; fetches nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

from bot.core.model import FeedSpec
from bot.core.text.plain import clean_title
from bot.core.text.urls import http_url
from bot.feeds.decode import decode

UNSAFE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)

Listed = tuple[tuple[FeedSpec, ...], tuple[str, ...]]


def read_feed_list(data: bytes) -> Listed:
    """The feeds of a list, each once, and what is wrong with it in words. OPML starts with "<"; else a line each."""
    found, problems = _read_opml(data) if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else _read_lines(data)
    distinct = {spec.url: spec for spec in reversed(found)}
    return tuple(reversed(distinct.values())), tuple(problems)


def _read_lines(data: bytes) -> tuple[list[FeedSpec], list[str]]:
    found, problems = [], []
    text, _ = decode(data)
    for number, line in enumerate(text.splitlines(), start=1):
        written = line.split(" #")[0].strip()
        if not written or written.startswith("#"):
            continue
        url = http_url(written)
        if url is None:
            problems.append(f"Line {number} is no web address: {clean_title(written)[:80]}")
        else:
            found.append(FeedSpec(url))
    return found, problems


def _read_opml(data: bytes) -> tuple[list[FeedSpec], list[str]]:
    if UNSAFE.search(data):
        return [], ["The OPML defines entities of its own; such a file is not read."]
    try:
        root = ElementTree.fromstring(data.lstrip(b"\xef\xbb\xbf \t\r\n"))  # noqa: S314 - no DTD comes so far
    except ElementTree.ParseError as error:
        return [], [f"The OPML is not well-formed: {error}."]
    found, problems = [], []
    for outline in root.iter("outline"):
        written = outline.get("xmlUrl") or outline.get("xmlurl")
        if written is None:
            continue
        title = clean_title(outline.get("title") or outline.get("text") or "")
        url = http_url(written)
        if url is None:
            problems.append(f"{title or 'An entry'} has no web address: {clean_title(written)[:80]}")
        else:
            found.append(FeedSpec(url, title, outline.get("language")))
    return found, problems


def write_opml(specs: Sequence[FeedSpec], title: str) -> str:
    """An OPML 2.0 file that other readers take."""
    rows = [
        f'    <outline type="rss" text={quoteattr(spec.title or spec.url)} title={quoteattr(spec.title or spec.url)} '
        f"xmlUrl={quoteattr(spec.url)}{f' language={quoteattr(spec.lang)}' if spec.lang else ''}/>"
        for spec in specs
    ]
    head = f"  <head><title>{quoteattr(title)[1:-1]}</title></head>"
    return "\n".join(
        [
            '<?xml version="1.0" encoding="utf-8"?>',
            '<opml version="2.0">',
            head,
            "  <body>",
            *rows,
            "  </body>",
            "</opml>",
            "",
        ]
    )
