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
from bot.core.text.plain import clean_title, language_tag, plain_text
from bot.core.text.urls import http_url
from bot.feeds.decode import decode
from bot.feeds.jsonfeed import parse_json
from bot.feeds.sniff import WORDS, Body, sniff

GZIP = b"\x1f\x8b"
MOST_BYTES = 10_000_000
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
OWN_ENTITIES = re.compile("<!ENTITY", re.IGNORECASE)
REFERENCE = re.compile(r"&#(?:x0*([0-9a-f]+)|0*([0-9]+));?", re.IGNORECASE)
BARE = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?!(?:#[0-9]+|#x[0-9a-f]+|[a-z][a-z0-9]*);)", re.IGNORECASE | re.DOTALL)
FIRST_ITEM = re.compile(r"<(?:item|entry)[\s>]", re.IGNORECASE)
LAST_WHOLE = re.compile(r"</(?:item|entry)\s*>", re.IGNORECASE)
ROOTS = (
    (re.compile(r"<rss[\s>]", re.IGNORECASE), "</rss>", "</channel></rss>"),
    (re.compile(r"<feed[\s>]", re.IGNORECASE), "</feed>", "</feed>"),
    (re.compile(r"<rdf:RDF[\s>]", re.IGNORECASE), "</rdf:rdf>", "</rdf:RDF>"),
)
HEADERS = {"content-type": "application/xml; charset=utf-8"}


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
    text = _mend_references(ILLEGAL.sub("", text)).lstrip("\ufeff \t\r\n")
    if not text:
        return ParsedFeed("", problems=(WORDS[Body.EMPTY],))
    if OWN_ENTITIES.search(text[:100_000]):
        return ParsedFeed("", problems=("It defines entities of its own; such a document is not read.",))
    text, cut = _mend_cut(text)
    return replace(_read_xml(text, page, problems + cut), is_cut=bool(cut))


def _unpack(body: bytes) -> bytes:
    """A body that is gzip without having said so."""
    if not body.startswith(GZIP):
        return body
    try:
        return zlib.decompressobj(wbits=31).decompress(body, MOST_BYTES)
    except zlib.error:
        return b""


def _mend_references(text: str) -> str:
    """Drop those to no character, and write a bare `&` as XML asks: feedparser makes `R&D;` of `R&D`."""
    legal = REFERENCE.sub(_legal_reference, text)
    return BARE.sub(lambda found: "&amp;" if found[0] == "&" else found[0], legal)


def _legal_reference(match: re.Match[str]) -> str:
    """A numeric reference as it is, or nothing where it means no character: feedparser fails on such a document."""
    digits, base = (match[1], 16) if match[1] else (match[2], 10)
    code = int(digits, base) if len(digits) <= 7 else 0
    return match[0] if code <= 0x10FFFF and not ILLEGAL.match(chr(code)) else ""


def _mend_cut(text: str) -> tuple[str, tuple[str, ...]]:
    """Close a document that was cut off, without the item in which the cut fell."""
    for opening, closing, mended in ROOTS:
        if opening.search(text[:2_000]):
            if closing in text[-2_000:].lower():
                return text, ()
            ends = list(LAST_WHOLE.finditer(text))
            if not ends:
                first = FIRST_ITEM.search(text)
                return text[: first.start()] + mended if first else text, ("It is cut off.",)
            return text[: ends[-1].end()] + mended, ("It is cut off; its whole items were kept.",)
    return text, ()


def _read_xml(text: str, page: Page, problems: tuple[str, ...]) -> ParsedFeed:
    body = DECLARATION.sub("", text, count=1).encode("utf-8", "replace")
    found: Any = feedparser.parse(
        BytesIO(body), response_headers=HEADERS, sanitize_html=False, resolve_relative_uris=False
    )
    if not found.version and not found.entries:
        return ParsedFeed("", problems=(*problems, "It is neither RSS, Atom nor JSON Feed."))
    if found.bozo and not isinstance(found.get("bozo_exception"), feedparser.CharacterEncodingOverride):
        problems = (*problems, f"It is not well-formed: {found.get('bozo_exception')}.")
    lang = language_tag(dict.get(found.feed, "language") or "") or _lang_of(found.feed)
    base = http_url(dict.get(found.feed, "link") or "", page.url) or page.url
    items = tuple(_item(entry, base, page.zone) for entry in found.entries)
    return ParsedFeed(found.version or "xml", clean_title(dict.get(found.feed, "title") or ""), lang, items, problems)


def _lang_of(holder: Any) -> str | None:
    detail = dict.get(holder, "title_detail")
    return language_tag(dict.get(detail, "language") or "") if detail else None


def _item(entry: Any, base: str, zone: str | None) -> Item:
    """`dict.get`: feedparser's own look-up invents an `updated` out of `published`, with a warning."""
    published = read_date(dict.get(entry, "published") or "", zone)
    updated = read_date(dict.get(entry, "updated") or "", zone)
    return Item(
        guid=(dict.get(entry, "id") or "").strip() or None,
        url=http_url(dict.get(entry, "link") or "", base),
        title=clean_title(dict.get(entry, "title") or ""),
        text=plain_text(_fullest(entry), TEXT_LIMIT),
        published=published or updated,
        updated=updated,
        author=clean_title(dict.get(entry, "author") or ""),
        lang=_lang_of(entry),
        source=clean_title(dict.get(dict.get(entry, "source") or {}, "title") or ""),
    )


def _fullest(entry: Any) -> str:
    """The longest of an entry's texts."""
    texts = [part.get("value") or "" for part in dict.get(entry, "content") or ()]
    return max([*texts, dict.get(entry, "summary") or ""], key=len)
