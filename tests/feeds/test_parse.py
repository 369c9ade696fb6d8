"""Bytes to items: what feeds in the wild look like, and what must not come through."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from bot.core.model import TEXT_LIMIT, TITLE_LIMIT, Item, Page, ParsedFeed
from bot.feeds.parse import parse
from tests.feedxml import FIRST, Entry, render_atom, render_rss

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


def read_item(inner: str, **more: str) -> Item:
    [item] = read(rss(inner), **more).items
    return item


@pytest.mark.parametrize(("render", "form"), [(render_rss, "rss20"), (render_atom, "atom10")])
def test_a_feed_is_read_whole(render: object, form: str) -> None:
    """Title, language, and of each item its guid, link, title, text and date, in the document's order."""
    entries = [
        Entry("Gallium & germanium", "<p>From <b>Monday</b>.</p>", "urn:1", "https://a.example/1", FIRST),
        Entry("Ores", guid="urn:2", link="https://a.example/2?a=1&b=2", date=None),
    ]
    feed = read(render("Ores & metals", entries, "en-GB"))  # type: ignore[operator]
    assert (form, "Ores & metals", "en-GB", ()) == (feed.format, feed.title, feed.lang, feed.problems)
    first, second = feed.items
    assert ("urn:1", "https://a.example/1", "Gallium & germanium") == (first.guid, first.url, first.title)
    assert ("From Monday.", FIRST) == (first.text, first.published)
    assert ("urn:2", "https://a.example/2?a=1&b=2", None) == (second.guid, second.url, second.published)


def test_rdf_is_read_too() -> None:
    """RSS 1.0, whose items stand beside the channel."""
    feed = read(RDF)
    assert ("rss10", [("Gallium", FIRST)]) == (feed.format, [(item.title, item.published) for item in feed.items])


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("US&amp;#8217;s list &amp;amp; plan", "US’s list & plan"),
        ("<![CDATA[A <b>bold</b> &amp; true]]>", "A bold & true"),
        ("A &lt;b&gt;bold&lt;/b&gt; title", "A bold title"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Ores", "Ores"),
        ("a &colon; b &hellip; c&nbsp;d", "a : b … c d"),
        ("5 &lt; 7", "5 < 7"),
        ("R&D up, AT&T & Co; &#8217 ", "R&D up, AT&T & Co; ’"),
        ("<![CDATA[R&D &amp; x]]>", "R&D & x"),
        ("  two\n lines ", "two lines"),
        ("Nickel\x08 output\u202e\u200b", "Nickel output"),
        ("a&#0;b&#x8;c&#xD800;d&#x110000;e&#99999999999999999999;f&#xFFFF;g", "abcdefg"),
        ("&#8217;&#x2019;", "’’"),
        ("", ""),
    ],
)
def test_a_title_is_plain_text(written: str, title: str) -> None:
    """Unescaped once or twice, without markup, hidden characters or references to what is no character."""
    assert title == read_item(f"<title>{written}</title>").title


def test_one_broken_reference_loses_no_item() -> None:
    """The items beside it are read."""
    feed = read(rss("<title>&#xD800;</title>", "<title>Ores</title>"))
    assert ["", "Ores"] == [item.title for item in feed.items]


def test_a_title_of_a_megabyte_is_a_title() -> None:
    """Cut at its limit, with mass mentions left as the words they are, within seconds."""
    started = time.thread_time()
    item = read_item("<title>" + "@everyone &lt;i&gt;b&lt;/i&gt;\x07 <u>" * 30_000 + "</title>")
    assert time.thread_time() - started < 10
    assert item.title.startswith("@everyone b @everyone b")
    assert len(item.title) <= TITLE_LIMIT
    assert {"<", ">", "\x07"}.isdisjoint(item.title)


def test_a_text_is_the_longest_there_is_and_no_longer_than_its_limit() -> None:
    """Summary or content; lines for blocks, at most TEXT_LIMIT characters."""
    content = '<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">{}</content:encoded>'
    assert "One.\nTwo." == read_item("<description>One.</description>" + content.format("One.&lt;p>Two.")).text
    assert "Longer." == read_item("<description>Longer.</description>" + content.format("No.")).text
    assert TEXT_LIMIT - 100 < len(read_item(f"<description>{'ore ' * TEXT_LIMIT}</description>").text) <= TEXT_LIMIT


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<link>/2025/1</link>", ("url", "https://a.example/2025/1")),
        ("<link>1</link>", ("url", "https://a.example/news/1")),
        ("<link>javascript:alert(1)</link>", ("url", None)),
        ("<link>http://</link>", ("url", None)),
        ("<link> https://b.example/a b </link>", ("url", "https://b.example/a%20b")),
        ("<link>https://b.example/?a=1&b=2&amp;c=3</link>", ("url", "https://b.example/?a=1&b=2&c=3")),
        ("<link><![CDATA[https://b.example/?a=1&b=2]]></link>", ("url", "https://b.example/?a=1&b=2")),
        ("<guid></guid>", ("guid", None)),
        ("<guid> </guid>", ("guid", None)),
        ("<guid>0</guid>", ("guid", "0")),
        ("<guid>https://b.example/1</guid>", ("url", "https://b.example/1")),
        ("<pubDate>1762236720</pubDate>", ("published", FIRST)),
        ("<pubDate>Tue, 04 Nov 2025 09:12:00 MSK</pubDate>", ("published", FIRST)),
        ("<pubDate>yesterday</pubDate>", ("published", None)),
        ("<pubDate></pubDate>", ("published", None)),
        ("<author>a@b.example (A. Miner)</author>", ("author", "a@b.example (A. Miner)")),
        ('<title xml:lang="de">Erz</title>', ("lang", "de")),
        ('<title xml:lang="&#0;&#xD800;">Erz</title>', ("lang", None)),
    ],
)
def test_odd_values_become_plain_ones_or_none(inner: str, expected: tuple[str, object]) -> None:
    """Links are absolute and of the web or none, an empty guid is none, dates are read by us."""
    name, value = expected
    assert value == getattr(read_item(inner), name)


def test_a_time_without_a_zone_is_in_the_feeds_own() -> None:
    """The setting of the feed, which travels with the page."""
    item = read_item("<pubDate>2025年11月4日 14:12</pubDate>", zone="Asia/Shanghai")
    assert FIRST == item.published


def test_a_relative_link_starts_from_the_channels() -> None:
    """Its page, not the feed's, is where a reader would have clicked."""
    head = "<title>Ores</title><link>https://www.example.org/ores/</link>"
    assert "https://www.example.org/ores/1" == read(rss("<link>1</link>", head=head)).items[0].url


def test_an_atom_entry_without_a_date_of_its_own_has_its_change() -> None:
    """`published` where it is there, else `updated`."""
    entry = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><updated>2025-11-04T06:12:00Z</updated></entry></feed>'
    assert (FIRST, FIRST) == (read(entry).items[0].published, read(entry).items[0].updated)


def test_dates_do_not_depend_on_the_day_of_reading() -> None:
    """A form the library guesses at is read from what is written."""
    assert datetime(2016, 6, 29, 15, 7, 41, tzinfo=UTC) == read_item("<pubDate>2016/6/29 15:07:41</pubDate>").published
