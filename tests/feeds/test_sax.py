"""The XML reader that hands text over whole: a feed reads as with the standard one."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.sax import PIECE
from tests.feedxml import Entry, render_atom, render_rss

XHTML = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>a</id>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
 A &amp; b <p>one
two</p> &lt;tail&gt;
</div></content></entry></feed>"""
LONG = render_rss("Long", [Entry("T", "line &amp; line\n" * (PIECE // 4), "g", "https://a.example/1")])


def read(body: bytes, readers: list[str]) -> dict[str, Any]:
    """A feed as feedparser reads it with these XML readers."""
    kept = feedparser.api.PREFERRED_XML_PARSERS
    feedparser.api.PREFERRED_XML_PARSERS = readers
    try:
        found = feedparser.parse(BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    finally:
        feedparser.api.PREFERRED_XML_PARSERS = kept
    return {"feed": found.feed, "entries": found.entries, "version": found.version, "bozo": bool(found.bozo)}


@pytest.mark.parametrize("body", [XHTML, LONG, XHTML[:-30]], ids=["xhtml", "longer than a piece", "cut off"])
def test_a_document_reads_as_with_the_standard_reader(body: bytes) -> None:
    """Markup inside texts, texts longer than a piece, and a document that breaks off."""
    assert read(body, []) == read(body, ["bot.feeds.sax"])


@given(st.lists(st.text(st.sampled_from("a &<>\n\t;é稀]'\""), max_size=40), max_size=3))
def test_any_text_reads_as_with_the_standard_reader(texts: list[str]) -> None:
    """Whatever lines and references a text is made of, it is the same joined by the reader or by feedparser."""
    entries = [Entry(text, text, f"g{number}", "https://a.example/1") for number, text in enumerate(texts)]
    for render in (render_rss, render_atom):
        body = render("T", entries)
        assert read(body, []) == read(body, ["bot.feeds.sax"])
