"""Pages that lie, break off, or were made to do harm: what is kept of them and what is said."""

from __future__ import annotations

import gzip
import time
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.model import Page, ParsedFeed
from bot.feeds.parse import parse
from tests.feedxml import Entry, render_atom

ADDRESS = "https://a.example/news/feed"
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Ores</title></channel>'
    "<item><title>Gallium</title><link>https://a.example/1</link><dc:date>2025-11-04T06:12:00Z</dc:date></item></rdf:RDF>"
)


def read(body: bytes | str, content_type: str = "", zone: str | None = None) -> ParsedFeed:
    raw = body if isinstance(body, bytes) else body.encode()
    return parse(Page(ADDRESS, raw, content_type, zone=zone))


def rss(*items: str, head: str = "<title>Ores</title>") -> str:
    inner = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{inner}</channel></rss>'


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        (rss("<title>Галлий</title>").replace("1.0", '1.0" encoding="windows-1251', 1), "utf-8"),
        (rss("<title>Галлий</title>").replace("1.0", '1.0" encoding="windows-1251', 1), "cp1251"),
        (rss("<title>Галлий</title>").replace("1.0", '1.0" encoding="utf-16', 1), "utf-8"),
        (rss("<title>Галлий</title>"), "utf-16"),
        ("\n\n" + rss("<title>Галлий</title>"), "utf-8-sig"),
    ],
)
def test_lies_about_the_encoding_spoil_no_title(body: str, charset: str) -> None:
    """Whatever the declaration says, it is read as what it is, and is well-formed."""
    feed = read(body.encode(charset), "text/xml")
    assert ["Галлий"] == [item.title for item in feed.items]
    assert not any("not well-formed" in problem for problem in feed.problems)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (b"\x01\0\x02", "empty"),
        (b"<html><title>News</title></html>", "web page"),
        (b"<html><title>Just a moment...</title></html>", "check for people"),
        (b"GDELT says: your query was too short", "neither RSS, Atom nor JSON Feed"),
        (b"<opml><body/></opml>", "neither RSS, Atom nor JSON Feed"),
        (b"\x1f\x8b\x08broken", "empty"),
        (bytes(range(256)) * 20, "neither RSS, Atom nor JSON Feed"),
    ],
)
def test_what_is_no_feed_says_so(body: bytes, words: str) -> None:
    """No format, no items, and the reason in words."""
    feed = read(body)
    assert ("", ()) == (feed.format, feed.items)
    assert words in feed.problems[-1]


def test_a_packed_page_is_unpacked() -> None:
    """A file served as it lay on the disk."""
    assert "rss20" == read(gzip.compress(rss("<title>Ores</title>").encode())).format


def test_an_empty_feed_is_a_feed() -> None:
    """No items is no problem: nothing is removed for it."""
    assert ParsedFeed("rss20", "Ores") == read(rss())


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE rss [<!ENTITY secret SYSTEM "file:///etc/passwd">]>',
        '<!doctype rss [<!-- > --> <!entity % x SYSTEM "http://127.0.0.1/">]>',
    ],
)
@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
def test_a_document_with_entities_of_its_own_is_not_read(doctype: str, charset: str) -> None:
    """They are for bombs and for reading our files; the parser never sees them."""
    feed = read((doctype + rss("<title>&a;&b;&secret;</title>").split("?>")[1]).encode(charset))
    assert ("", ()) == (feed.format, feed.items)
    assert "entities of its own" in feed.problems[-1]


def test_a_plain_doctype_is_no_trouble() -> None:
    """RSS 0.91 asked for one."""
    body = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://a.example/rss.dtd">'
    assert ["Ores"] == [item.title for item in read(body + rss("<title>Ores</title>").split("?>")[1]).items]


@pytest.mark.parametrize(
    "body", [rss("<title>One</title>", "<title>Two</title>"), RDF, render_atom("A", [Entry("One", guid="1")]).decode()]
)
def test_a_cut_anywhere_keeps_whole_items_only(body: str) -> None:
    """Not one title that is the beginning of another; that it was cut is said."""
    whole = [item.title for item in read(body).items]
    for end in range(body.index("<channel>") if "<channel>" in body else 100, len(body) - 12):
        feed = read(body[:end])
        titles = [item.title for item in feed.items]
        assert whole[: body[:end].count("</item>") + body[:end].count("</entry>")] == titles
        assert "cut off" in feed.problems[0]


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"<rss><channel>", b"<feed>", b"{", b"\x1f\x8b", b"\xff\xfe", b"<item>"]),
)
def test_no_bytes_make_it_raise(body: bytes, start: bytes) -> None:
    """Noise, and noise that begins like a feed."""
    feed = read(start + body)
    assert feed.format or feed.problems
    assert not any("parser failed" in problem for problem in feed.problems)


@given(st.data())
def test_a_damaged_feed_still_gives_storable_words(data: st.DataObject) -> None:
    """Bytes put anywhere into a feed: what comes out has no NUL, no surrogate, and aware dates."""
    body = render_atom(
        "Ores", [Entry("One & two", "<p>Text</p>", "1", "/1", lang="de"), Entry("Three", guid="2")], "en"
    )
    at = data.draw(st.integers(0, len(body)))
    noise = data.draw(st.sampled_from([b"&#0;", b"&#xD800;", b"\0", b"<", b'"', b"]]>", b"&#x1;&x;", b"\xed\xa0\x80"]))
    feed = read(body[:at] + noise + body[at + data.draw(st.integers(0, 9)) :])
    for item in feed.items:
        stored = "".join(
            [feed.title, feed.lang or "", item.title, item.text, item.author, item.url or "", item.lang or ""]
        )
        assert "\0" not in stored.encode().decode()
        assert item.published is None or item.published.tzinfo is UTC


@pytest.mark.parametrize(
    "piece", ["<!DOCTYPE", "<!ENTIT", "<item>", "</item", "&#", "&#x0", "<![CDATA[", "<rss ", "&lt;b "]
)
def test_a_page_made_to_keep_it_busy_does_not(piece: str) -> None:
    """A hundred kilobytes of what patterns stumble over take no more than some seconds, on a busy machine."""
    started = time.thread_time()
    read('<rss version="2.0"><channel><item><title>' + piece * (100_000 // len(piece)))
    assert time.thread_time() - started < 5
