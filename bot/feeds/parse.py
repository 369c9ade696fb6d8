"""Bytes to items: RSS, Atom and RDF through feedparser, JSON Feed by ourselves. Never raises, never asks the network.

Titles and texts become plain text here, once. A document that was cut off keeps its whole items.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from io import BytesIO
from typing import Any

import feedparser

from bot.core.model import TEXT_LIMIT, Item, Page, ParsedFeed
from bot.core.text.dates import read_date
from bot.core.text.plain import clean_title, language_tag, plain_text, said_date
from bot.core.text.spaces import strange_letters
from bot.core.text.trimmings import drop_footer, drop_outlet
from bot.core.text.urls import http_url
from bot.feeds.decode import decode
from bot.feeds.jsonfeed import parse_json
from bot.feeds.mend import ILLEGAL, NO_FEED, mend_end, mend_references, refuse
from bot.feeds.sniff import WORDS, Body, sniff

GZIP = b"\x1f\x8b"
MOST_BYTES = 10_000_000
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
CATEGORY = re.compile(rb"</?(?:[\w.-]{1,20}:)?(?:category|keywords|subject)\b[^<>]*>?", re.IGNORECASE)
LINK = re.compile(rb"<link\b(?P<says>[^<>]*)>?(?P<text>[^<]*)(?:</link\b[^<>]*>?)?|</link\b[^<>]*>?", re.IGNORECASE)
HEADERS = {"content-type": "application/xml; charset=utf-8"}

feedparser.api.PREFERRED_XML_PARSERS = ["bot.feeds.sax"]  # its list of XML readers, tried before the plain one


def parse(page: Page) -> ParsedFeed:
    """What a page says. `format` is "" where it is no feed, and `problems` say why."""
    try:
        return _parse(page)
    except Exception as error:  # noqa: BLE001 - the law of this module: a page can not raise
        return ParsedFeed("", problems=(f"The parser failed on it: {type(error).__name__}.",))


def _parse(page: Page) -> ParsedFeed:
    body = _unpack(page.body)
    kind = sniff(body)
    if kind in WORDS:
        return ParsedFeed("", problems=(WORDS[kind],))
    text, problems = decode(body, page.content_type)
    if kind is Body.JSON:
        return parse_json(text, page, problems)
    text = (ILLEGAL.sub("", text) if ILLEGAL.search(strange_letters(text)) else text).lstrip("\ufeff \t\r\n")
    if refusal := refuse(text) if text else WORDS[Body.EMPTY]:
        return ParsedFeed("", problems=(refusal,))
    return _read_mended(text, page, problems)


def _read_mended(text: str, page: Page, problems: tuple[str, ...]) -> ParsedFeed:
    text, is_cut = mend_end(mend_references(text))
    found = _read_xml(text, page, (*problems, "It is cut off; its whole items were kept.") if is_cut else problems)
    return replace(found, is_cut=is_cut)


def _unpack(body: bytes) -> bytes:
    """A body that is gzip without having said so."""
    if not body.startswith(GZIP):
        return body
    try:
        return zlib.decompressobj(wbits=31).decompress(body, MOST_BYTES)
    except zlib.error:
        return b""


def _read_xml(text: str, page: Page, problems: tuple[str, ...]) -> ParsedFeed:
    body = DECLARATION.sub("", text, count=1).encode("utf-8", "replace")
    found: Any = _ask_parser(body)
    if not found.version and not found.entries:
        return ParsedFeed("", problems=(*problems, NO_FEED))
    if found.bozo and not isinstance(found.get("bozo_exception"), feedparser.CharacterEncodingOverride):
        problems = (*problems, f"It is not well-formed: {found.get('bozo_exception')}.")
    lang = language_tag(dict.get(found.feed, "language") or "") or _lang_of(found.feed)
    base = http_url(dict.get(found.feed, "link") or "", page.url) or page.url
    items = tuple(_item(entry, base, page.zone) for entry in found.entries)
    return ParsedFeed(found.version or "xml", clean_title(dict.get(found.feed, "title") or ""), lang, items, problems)


def _ask_parser(body: bytes) -> Any:
    """What feedparser makes of it. Its strict parser raises for a namespace with a blank, so that `<<` calls the other
    one; both raise for a category or a link that ends in another item than it began: categories are not read, and each
    link is ended where the next tag begins."""
    options = {"response_headers": HEADERS, "sanitize_html": False, "resolve_relative_uris": False}
    try:
        return feedparser.parse(BytesIO(body), **options)
    except (ValueError, LookupError):
        return feedparser.parse(BytesIO(b"<" + LINK.sub(_end_link, CATEGORY.sub(b"", body))), **options)


def _end_link(match: re.Match[bytes]) -> bytes:
    """A link with its end; nothing for an end alone."""
    says = match["says"]
    if says is None:
        return b""
    return b"<link" + says + b">" + match["text"] + (b"" if says.endswith(b"/") else b"</link>")


def _lang_of(holder: Any) -> str | None:
    detail = dict.get(holder, "title_detail")
    return language_tag(dict.get(detail, "language") or "") if detail else None


def _item(entry: Any, base: str, zone: str | None) -> Item:
    """`dict.get`: feedparser's own look-up invents an `updated` out of `published`, with a warning."""
    published = read_date(dict.get(entry, "published") or "", zone)
    updated = read_date(dict.get(entry, "updated") or "", zone)
    source = clean_title(dict.get(dict.get(entry, "source") or {}, "title") or "")
    title = drop_outlet(clean_title(dict.get(entry, "title") or ""), source)
    return Item(
        guid=ILLEGAL.sub("", dict.get(entry, "id") or "").strip() or None,
        url=_link(entry, base),
        title=title,
        text=drop_footer(plain_text(_fullest(entry), TEXT_LIMIT), title),
        published=published or updated,
        updated=updated,
        author=clean_title(dict.get(entry, "author") or ""),
        lang=language_tag(dict.get(entry, "language") or "") or _lang_of(entry),
        source=source,
        date_said=said_date(dict.get(entry, "published") or dict.get(entry, "updated") or ""),
    )


def _link(entry: Any, base: str) -> str | None:
    """Where an item leads. Without a link of its own feedparser takes its guid for one: it is, if it is an address."""
    link = dict.get(entry, "link") or ""
    is_its_own = any(dict.get(one, "href") == link for one in dict.get(entry, "links") or ())
    return http_url(link, base if is_its_own or link.lstrip().startswith("/") else None)


def _fullest(entry: Any) -> str:
    """The longest of an entry's texts."""
    texts = [part.get("value") or "" for part in dict.get(entry, "content") or ()]
    return max([*texts, dict.get(entry, "summary") or ""], key=len)
