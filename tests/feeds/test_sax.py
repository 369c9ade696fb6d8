"""The XML reader that hands text over whole and reads plain leaves itself: a feed reads as with the standard one."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.model import Page, ParsedFeed
from bot.feeds.parse import parse
from bot.feeds.sax import PIECE
from tests.feedxml import Entry, render_atom, render_rss

XHTML = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>a</id>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
 A &amp; b <p>one
two</p> &lt;tail&gt;
</div></content></entry></feed>"""
LONG = render_rss("Long", [Entry("T", "line &amp; line\n" * (PIECE // 4), "g", "https://a.example/1")])
OPENINGS = (
    (
        "<rss version='2.0' {spaces}><channel><title>T</title><link>https://a.example/</link>",
        "item",
        "</channel></rss>",
    ),
    ("<rss version='0.91' {spaces}><channel xml:lang='fr'>", "item", "</channel></rss>"),
    ("<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='pt_BR' {spaces}>", "entry", "</feed>"),
    ("<rdf:RDF xmlns='http://purl.org/rss/1.0/' {spaces}><channel><title>T</title></channel>", "item", "</rdf:RDF>"),
)
SPACES = (
    "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:content='http://purl.org/rss/1.0/modules/content/' "
    "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:media='http://search.yahoo.com/mrss/' "
    "xmlns:atom='http://www.w3.org/2005/Atom' xmlns:itunes='http://www.itunes.com/DTDs/PodCast-1.0.dtd'"
)
CROSSED = SPACES.replace("xmlns:dc=", "xmlns:x=").replace("xmlns:content=", "xmlns:dc=")
NAMES = (
    "title link description summary guid id pubDate published updated category comments content dc:creator dc:date "
    "dc:title dc:subject dc:language content:encoded author name source media:group media:title image atom:link "
    "atom:updated itunes:author body textInput unknown contributor enclosure"
).split()
ATTRIBUTES = (
    *[""] * 6, "type='html'", "type='text'", "type='xhtml'", "type='HTML'", "type='image/png'", "mode='base64'",
    "isPermaLink='false'", "isPermaLink='true'", "href='https://a.example/x'", "href='/y' rel='alternate'",
    "rel='SELF' href='https://a.example/z'", "rel='enclosure' type='audio/mpeg' href='https://a.example/1'",
    "xml:lang='de'", "xml:base='https://b.example/'", "url='https://a.example/u'", "a='1'", "src='https://a.example/s'",
)  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(["", " ", "https://a.example/1?a=1&amp;b=2", "/rel", "Tue, 03 Nov 2026 10:00:00 GMT", "true",
                     "2026-11-03T10:00:00Z", "&lt;p>a&lt;/p>", "<![CDATA[<b>x</b> &amp; y]]>", "Ã©tÃ©", "\x93q\x94",
                     "a@b.example (A)", "de", "QUJD"]),
    st.text(st.sampled_from("a é稀\n;&x"), max_size=12).map(lambda text: text.replace("&", "&amp;")),
)  # fmt: skip


@st.composite
def elements(draw: st.DrawFn, depth: int = 0) -> str:
    """An element of an item: mostly a leaf, sometimes with others inside."""
    name, attributes = draw(st.sampled_from(NAMES)), draw(st.sampled_from(ATTRIBUTES))
    inside = draw(TEXTS)
    if depth < 3 and draw(st.integers(0, 5)) == 0:
        inside += "".join(draw(st.lists(elements(depth + 1), max_size=2))) + draw(TEXTS)
    return f"<{name} {attributes}>{inside}</{name}>"


def read(body: bytes, readers: list[str]) -> ParsedFeed:
    """A feed as we read it with these XML readers."""
    kept = feedparser.api.PREFERRED_XML_PARSERS
    feedparser.api.PREFERRED_XML_PARSERS = readers
    try:
        return parse(Page("https://a.example/feed", body))
    finally:
        feedparser.api.PREFERRED_XML_PARSERS = kept


def require_same(body: bytes) -> None:
    """Read with the standard reader and with ours."""
    assert read(body, []) == read(body, ["bot.feeds.sax"])


@pytest.mark.parametrize("body", [XHTML, LONG, XHTML[:-30]], ids=["xhtml", "longer than a piece", "cut off"])
def test_a_document_reads_as_with_the_standard_reader(body: bytes) -> None:
    """Markup inside texts, texts longer than a piece, and a document that breaks off."""
    require_same(body)


@given(st.lists(st.text(st.sampled_from("a &<>\n\t;é稀]'\""), max_size=40), max_size=3))
def test_any_text_reads_as_with_the_standard_reader(texts: list[str]) -> None:
    """Whatever lines and references a text is made of, it is the same joined by the reader or by feedparser."""
    entries = [Entry(text, text, f"g{number}", "https://a.example/1") for number, text in enumerate(texts)]
    for render in (render_rss, render_atom):
        require_same(render("T", entries))


@given(st.sampled_from(OPENINGS), st.sampled_from([SPACES, SPACES, CROSSED]), st.data())
def test_any_elements_read_as_with_the_standard_reader(
    opening: tuple[str, str, str], spaces: str, data: st.DataObject
) -> None:
    """Whatever elements an item has, however often, however nested and with whatever attributes."""
    start, item, end = opening
    items = data.draw(st.lists(st.lists(elements(), max_size=8).map("".join), min_size=1, max_size=3))
    before = data.draw(st.sampled_from(["", "<image><title>I</title></image>", "<title xml:lang='es'>T</title>"]))
    body = start.format(spaces=spaces) + before + "".join(f"<{item}>{inside}</{item}>" for inside in items) + end
    require_same(body.encode())


def test_a_plain_leaf_costs_feedparser_nothing() -> None:
    """What is plain does not reach feedparser: it would have noted the date it parsed and the tags it made."""
    body = render_rss("T", [Entry("T", "text", "g", "https://a.example/1")])
    found: Any = feedparser.parse(BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    assert "published_parsed" not in found.entries[0] and "T" == found.entries[0].title
