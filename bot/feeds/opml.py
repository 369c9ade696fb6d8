"""Lists of feeds: OPML, or one address a line. Reads and writes text; fetches nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.core.model import FeedSpec
from bot.core.text.urls import http_url
from bot.feeds.decode import decode

UNSAFE = re.compile("<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
DECLARATION = re.compile(r"^<\?xml[^>]*\?>")
PAGES = ("HTML", "JSON+", "XML+")  # how FreshRSS marks what is no feed

YES = "yes"
FULL_TEXT = "fullText"  # an attribute of ours: its items are teasers, and the page behind each is read

Listed = tuple[tuple[FeedSpec, ...], tuple[str, ...]]


def read_feed_list(data: bytes) -> Listed:
    """The feeds of a list, each once, and what is wrong with it in words. OPML starts with "<"; else a line each."""
    text = decode(data)[0].lstrip("\ufeff \t\r\n")
    found, problems = _read_opml(text) if text.startswith("<") else _read_lines(text)
    distinct: dict[str, FeedSpec] = {}
    for spec in found:
        distinct.setdefault(spec.url, spec)
    return tuple(distinct.values()), tuple(problems)


def _read_lines(text: str) -> tuple[list[FeedSpec], list[str]]:
    found, problems = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        written = line.split(" #")[0].strip()
        if not written or written.startswith("#"):
            continue
        url = http_url(written)
        if url is None:
            from bot.core.text.plain import clean_title  # here: a list is read at every start, and has no such line

            problems.append(f"Line {number} is no web address: {clean_title(written)[:80]}")
        else:
            found.append(FeedSpec(url))
    return found, problems


def _read_opml(text: str) -> tuple[list[FeedSpec], list[str]]:
    """Decoded first, so that what is searched and what is parsed are the same characters."""
    from xml.etree import ElementTree  # here: a list of addresses needs no XML

    from bot.core.text.plain import clean_title, language_tag

    if UNSAFE.search(text):
        return [], ["The OPML defines entities of its own; such a file is not read."]
    try:
        root = ElementTree.fromstring(DECLARATION.sub("", text).encode("utf-8", "replace"))  # noqa: S314 - no DTD comes so far
    except ElementTree.ParseError as error:
        return [], [f"The OPML is not well-formed: {error}."]
    found, problems = [], []
    for outline in root.iter("outline"):
        written = outline.get("xmlUrl") or outline.get("xmlurl")
        if written is None:
            continue
        title = clean_title(outline.get("title") or outline.get("text") or "")
        url = http_url(written)
        kind = (outline.get("type") or "").strip()
        if kind.upper().startswith(PAGES):
            name = title or "An entry"
            problems.append(f"{name} is no feed: another reader reads it by rules of its own ({kind[:20]}).")
        elif url is None:
            problems.append(f"{title or 'An entry'} has no web address: {clean_title(written)[:80]}")
        else:
            lang = language_tag(outline.get("language") or "")
            found.append(FeedSpec(url, title, lang, full_text=outline.get(FULL_TEXT) == YES))
    return found, problems


def write_opml(specs: Sequence[FeedSpec], title: str) -> str:
    """An OPML 2.0 file that other readers take."""
    from xml.sax.saxutils import quoteattr

    rows = [
        f'    <outline type="rss" text={quoteattr(spec.title or spec.url)} title={quoteattr(spec.title or spec.url)} '
        f"xmlUrl={quoteattr(spec.url)}{f' language={quoteattr(spec.lang)}' if spec.lang else ''}"
        f"{f' {FULL_TEXT}={quoteattr(YES)}' if spec.full_text else ''}/>"
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
