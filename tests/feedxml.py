"""Feeds as XML, written for tests. Well-formed always: a broken page is served as bytes (`FeedServer.serve`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

XML = '<?xml version="1.0" encoding="utf-8"?>\n'
FIRST = datetime(2025, 11, 4, 6, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed. What is None is left out of the XML; `text` may be HTML.

    Undated unless a test says so: the same page is then news under a clock that stands in 2025 and under the real one.
    """

    title: str
    text: str = ""
    guid: str | None = None
    link: str | None = None
    date: datetime | None = None
    lang: str | None = None


def render_rss(title: str, entries: Sequence[Entry], lang: str | None = None) -> bytes:
    """RSS 2.0."""
    items = "".join(_rss_item(entry) for entry in entries)
    head = f"<title>{escape(title)}</title><link>http://127.0.0.1/</link><description/>{_tag('language', lang)}"
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>{head}{items}</channel></rss>\n'.encode()
    )


def _rss_item(entry: Entry) -> str:
    date = format_datetime(entry.date) if entry.date else None
    guid = "" if entry.guid is None else f'<guid isPermaLink="false">{escape(entry.guid)}</guid>'
    inner = _tag("title", entry.title) + _tag("link", entry.link) + guid + _tag("pubDate", date)
    return f"<item{_lang(entry.lang)}>{inner}{_tag('description', entry.text or None)}</item>"


def render_atom(title: str, entries: Sequence[Entry], lang: str | None = None) -> bytes:
    """Atom 1.0."""
    items = "".join(_atom_entry(entry) for entry in entries)
    head = f"<id>urn:feed:{escape(title)}</id><title>{escape(title)}</title>"
    root = f'<feed xmlns="http://www.w3.org/2005/Atom"{_lang(lang)}>'
    return f"{XML}{root}{head}{items}</feed>\n".encode()


def _atom_entry(entry: Entry) -> str:
    date = entry.date.isoformat() if entry.date else None
    link = "" if entry.link is None else f"<link href={quoteattr(entry.link)}/>"
    inner = _tag("id", entry.guid) + _tag("title", entry.title) + link + _tag("published", date) + _tag("updated", date)
    text = f'<content type="html">{escape(entry.text)}</content>' if entry.text else ""
    return f"<entry{_lang(entry.lang)}>{inner}{text}</entry>"


def _tag(name: str, text: str | None) -> str:
    return "" if text is None else f"<{name}>{escape(text)}</{name}>"


def _lang(lang: str | None) -> str:
    return "" if lang is None else f" xml:lang={quoteattr(lang)}"
