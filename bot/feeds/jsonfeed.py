"""JSON Feed 1 and 1.1 (https://www.jsonfeed.org/version/1.1/) to items. Never raises for what is in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from typing import Any

from bot.core.model import TEXT_LIMIT, Item, Page, ParsedFeed
from bot.core.text.dates import read_date
from bot.core.text.plain import clean_title, language_tag, plain_text, said_date
from bot.core.text.trimmings import drop_footer
from bot.core.text.urls import http_url
from bot.feeds.mend import ILLEGAL

MOST_ITEMS = 20_000  # 16 µs for the emptiest; a feed of ten megabytes has some thousands


def parse_json(text: str, page: Page, problems: tuple[str, ...]) -> ParsedFeed:
    """The items of a JSON Feed; `format` "" for any other JSON."""
    try:
        feed = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return ParsedFeed("", problems=(*problems, "It looks like JSON and cannot be read as such."))
    if not isinstance(feed, Mapping) or "jsonfeed.org" not in str(feed.get("version")):
        return ParsedFeed("", problems=(*problems, "It is JSON, but not a JSON Feed."))
    rows = feed.get("items")
    if isinstance(rows, list) and len(rows) > MOST_ITEMS:
        return ParsedFeed(
            "", problems=(*problems, f"It has more than {MOST_ITEMS:,} items; such a document is not read.")
        )
    items = tuple(_item(row, page) for row in (rows if isinstance(rows, list) else ()) if isinstance(row, Mapping))
    form = "json11" if "1.1" in str(feed["version"]) else "json1"
    lang = language_tag(_text(feed, "language"))
    return ParsedFeed(form, clean_title(_text(feed, "title")), lang, items, problems)


def _item(row: Mapping[str, Any], page: Page) -> Item:
    html = _text(row, "content_html") or escape(_text(row, "content_text") or _text(row, "summary"))
    url = _text(row, "url") or _text(row, "external_url")
    updated = read_date(_text(row, "date_modified"), page.zone)
    title = clean_title(escape(_text(row, "title")))
    return Item(
        guid=_identity(row.get("id")),
        url=http_url(url, page.url) if url else None,
        title=title,
        text=drop_footer(plain_text(html, TEXT_LIMIT), title),
        published=read_date(_text(row, "date_published"), page.zone) or updated,
        updated=updated,
        author=clean_title(escape(_author(row))),
        lang=language_tag(_text(row, "language")),
        date_said=said_date(_text(row, "date_published") or _text(row, "date_modified")),
    )


def _identity(value: object) -> str | None:
    """An id is text; a number is taken for its digits, as the standard asks."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return ILLEGAL.sub("", value).strip() or None if isinstance(value, str) else None


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    return value if isinstance(value, str) else ""


def _author(row: Mapping[str, Any]) -> str:
    authors = row.get("authors") or [row.get("author")]
    named = [author for author in authors if isinstance(author, Mapping)] if isinstance(authors, list) else []
    return ", ".join(filter(None, (_text(author, "name") for author in named)))
