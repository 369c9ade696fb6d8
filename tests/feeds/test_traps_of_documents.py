"""What feeds in the wild get wrong around their items: dates, encodings, languages, whole documents. `lodewire lab
feed` reads one small file a trap; each case names its own.
"""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.traps import ATOM_10, JSON_11, dated, lab_feed, rss

DOCTYPE = '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://x.example/">'
LONG_COMMENT = b"<!--" + b"<rss >" * 30_000 + b"-->"


@pytest.mark.parametrize(
    ("trap", "raw", "zone", "moment"),
    [
        ("seconds since 1970", "1787065200", None, "2026-08-18T15:00"),
        ("milliseconds since 1970", "1787065200000", None, "2026-08-18T15:00"),
        ("zero since 1970", "0", None, None),
        ("1970", "Thu, 01 Jan 1970 00:00:00 GMT", None, None),
        ("slashes", "2016/6/29 15:07:41", None, "2016-06-29T15:07:41"),
        ("Chinese", "2026年2月18日 10:00", "Asia/Shanghai", "2026-02-18T02:00"),
        ("Japanese", "2026年02月18日 10時30分", "Asia/Tokyo", "2026-02-18T01:30"),
        ("Korean", "2026년 2월 18일 오후 3:05", "Asia/Seoul", "2026-02-18T06:05"),
        ("dots", "18.02.2026 10:00", "Europe/Berlin", "2026-02-18T09:00"),
        ("Moscow", "Wed, 18 Feb 2026 10:00:00 MSK", None, "2026-02-18T07:00"),
        ("India", "Wed, 18 Feb 2026 10:00:00 IST", None, "2026-02-18T04:30"),
        ("Israel", "Wed, 18 Feb 2026 10:00:00 IST", "Asia/Jerusalem", "2026-02-18T08:00"),
        ("Jakarta", "Wed, 18 Feb 2026 10:00:00 WIB", None, "2026-02-18T03:00"),
        ("CST of China", "Wed, 18 Feb 2026 10:00:00 CST", "Asia/Shanghai", "2026-02-18T02:00"),
        ("CST of America", "Wed, 18 Feb 2026 10:00:00 CST", None, "2026-02-18T16:00"),
        ("RFC 822 without a zone", "Wed, 18 Feb 2026 10:00:00", "Europe/Moscow", "2026-02-18T07:00"),
        ("RFC 822 without seconds", "Wed, 18 Feb 2026 10:00 GMT", None, "2026-02-18T10:00"),
        ("half an offset", "Wed, 18 Feb 2026 10:00:00 +8", None, "2026-02-18T02:00"),
        ("German", "Mi, 18 Mär 2026 10:00:00 +0100", None, "2026-03-18T09:00"),
        ("Russian", "18 февраля 2026, 10:00", "Europe/Moscow", "2026-02-18T07:00"),
        ("French", "mer. 18 févr. 2026 10:00:00 +0100", None, "2026-02-18T09:00"),
        ("Spanish", "mié, 18 feb 2026 10:00:00 +0100", None, "2026-02-18T09:00"),
        ("Spanish in words", "18 de febrero de 2026 10:00", "America/Santiago", "2026-02-18T13:00"),
        ("Sept", "Fri, 18 Sept 2026 10:00:00 GMT", None, "2026-09-18T10:00"),
        ("24:00", "Wed, 18 Feb 2026 24:00:00 GMT", None, "2026-02-19T00:00"),
        ("compact", "20260218T100000Z", None, "2026-02-18T10:00"),
        ("a dash before the time", "Wednesday, February 18, 2026 - 10:00", None, "2026-02-18T10:00"),
        ("words", "yesterday", None, None),
        ("missing", "", None, None),
    ],
)
def test_a_date_is_the_one_written(tmp_path: Path, trap: str, raw: str, zone: str | None, moment: str | None) -> None:
    """In the feed's zone where it states none; none where it is none, never the time of reading."""
    expected = datetime.fromisoformat(moment).replace(tzinfo=UTC).isoformat() if moment else None
    assert expected == lab_feed(tmp_path, rss(f"<pubDate>{raw}</pubDate>"), zone=zone)["items"][0]["published"], trap


def test_dates_are_found_where_formats_keep_them(tmp_path: Path) -> None:
    """dc:date, issued and modified of Atom 0.3, updated alone, date_published and date_modified."""
    moment = "2026-02-18T10:00:00+00:00"
    for body in dated("2026-02-18T10:00:00Z"):
        assert moment == lab_feed(tmp_path, body)["items"][0]["published"], body


@pytest.mark.parametrize(
    ("trap", "declared", "actual", "http"),
    [
        ("windows-1251 declared over UTF-8", "windows-1251", "utf-8", ""),
        ("utf-16 declared over UTF-8", "utf-16", "utf-8", "text/xml"),
        ("HTTP says UTF-8 over windows-1251", "windows-1251", "cp1251", "text/xml; charset=utf-8"),
        ("HTTP says Latin-1 over windows-1251", "windows-1251", "cp1251", "text/xml; charset=ISO-8859-1"),
        ("windows-1251 without a charset of HTTP", "windows-1251", "cp1251", "text/xml"),
        ("the charset of HTTP alone", "", "koi8-r", "text/xml; charset=koi8-r"),
        ("a mark of UTF-16", "utf-8", "utf-16", "text/xml; charset=utf-8"),
        ("a mark and blanks before the prolog", "utf-8", "utf-8-sig", ""),
        ("an encoding nobody knows", "x-unknown", "utf-8", "text/xml; charset=none"),
    ],
)
def test_an_encoding_is_what_the_bytes_are(tmp_path: Path, trap: str, declared: str, actual: str, http: str) -> None:
    """Whatever the document and the server say of them."""
    body = rss("<title>Экспорт галлия</title>", encoding=declared)
    read = lab_feed(tmp_path, body.encode(actual), http)
    assert "Экспорт галлия" == read["items"][0]["title"], trap
    assert not any("well-formed" in problem for problem in read["problems"]), trap


@pytest.mark.parametrize(
    ("declared", "actual", "title"),
    [
        ("Shift_JIS", "cp932", "①レアアース㈱"),
        ("euc-kr", "cp949", "희토류 똠"),
        ("gb2312", "gb18030", "稀土鎵镕"),
        ("euc-jp", "euc-jp", "希土類"),
        ("iso-8859-1", "cp1252", "“curbs” – €5"),
    ],
)
def test_a_label_means_its_larger_code_page(tmp_path: Path, declared: str, actual: str, title: str) -> None:
    """As browsers take it: cp932, cp949, GB 18030, windows-1252."""
    body = rss(f"<title>{title}</title>", encoding=declared)
    assert title == lab_feed(tmp_path, body.encode(actual))["items"][0]["title"]


@pytest.mark.parametrize(
    ("trap", "body"),
    [
        ("a mark before it", "\ufeff" + rss("<title>Ores</title>")),
        ("blanks before the prolog", "\r\n\r\n" + rss("<title>Ores</title>")),
        ("a script after the end", rss("<title>Ores</title>") + "<script>x</script>" * 200),
        ("a blank in the last tag", rss("<title>Ores</title>").replace("</rss>", "</rss >")),
        ("a bare ampersand", rss("<title>Ores</title><link>https://a.example/?a=1&b=2</link>")),
        ("a DOCTYPE of RSS 0.91", DOCTYPE + rss("<title>Ores</title>").split("?>")[1]),
        ("packed without a word", gzip.compress(rss("<title>Ores</title>").encode())),
        (
            "an article about entities",
            rss("<title>Ores</title><description><![CDATA[<!DOCTYPE x [<!ENTITY>]]]></description>"),
        ),
        ("a namespace with a blank", rss("<title>Ores</title>").replace('xmlns:dc="', 'xmlns:dc=" ')),
        (
            "a namespace with a blank in disguise",
            rss("<title>Ores</title>").replace('xmlns:dc="', 'xmlns="a&#32;b" z="'),
        ),
        ("a category that ends elsewhere", rss("<title>Ores</title><category>x</item>a</category>")),
        ("a link that ends elsewhere", "<feed<entry><title>Ores</title><link</item</link/>"),
        (
            "a link that ends behind its item",
            ATOM_10.replace("Gallium", "Ores").replace("</entry>", "<link></entry></link>"),
        ),
        ("an unclosed tag", rss("<title>Ores</title><category>x")),
    ],
)
def test_what_can_be_mended_is_read(tmp_path: Path, trap: str, body: str | bytes) -> None:
    """The item comes out whatever stands around it."""
    assert ["Ores"] == [item["title"] for item in lab_feed(tmp_path, body)["items"]], trap


def test_a_document_cut_inside_an_item_keeps_the_whole_ones(tmp_path: Path) -> None:
    """Not the beginning of the second; that it is cut is said, and its validators are not kept (two polls prove it)."""
    body = rss("<title>Gallium</title>", "<title>Germanium prices</title>")
    read = lab_feed(tmp_path, body[: body.index("ium prices")])
    assert ["Gallium"] == [item["title"] for item in read["items"]]
    assert any("cut off" in problem for problem in read["problems"])


@pytest.mark.parametrize(
    ("trap", "body", "words"),
    [
        ("an empty body", b"", "empty"),
        ("blanks", b" \r\n", "empty"),
        ("a challenge", b"<!DOCTYPE html><html><head><title>Just a moment...</title>", "check for people"),
        ("a captcha", b"<html><body><div class='g-recaptcha' data-sitekey='x'>", "check for people"),
        ("a consent page", b"<html><form action='https://consent.google.com/save'>", "consent"),
        ("a web page", b"<!doctype html><html><title>News</title>", "web page"),
        ("an error in words", b"Your query was too short.", "neither RSS, Atom nor JSON Feed"),
        ("other JSON", b'{"error": "rate limit"}', "not a JSON Feed"),
        (
            "a bomb of entities",
            b'<!DOCTYPE r [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><rss><channel><title>&b;</title>',
            "entities of its own",
        ),
        (
            "an entity from outside",
            b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><title>&a;</title>',
            "entities of its own",
        ),
        (
            "entities behind a long comment",
            LONG_COMMENT + b'<!DOCTYPE r [<!ENTITY a "b">]><rss/>',
            "entities of its own",
        ),
        ("a nest of tags", b'<rss version="2.0"><channel>' + b"<a>" * 200_000, "tags"),
    ],
)
def test_what_is_no_feed_says_why(tmp_path: Path, trap: str, body: bytes, words: str) -> None:
    """No format, no items, a reason in words: what a poll stores as its error."""
    read = lab_feed(tmp_path, body)
    assert ("", []) == (read["format"], read["items"]), trap
    assert words in read["problems"][-1], trap


@pytest.mark.parametrize(
    ("trap", "body", "language"),
    [
        ("of the channel", rss("<title>x</title>", head="<language>pt_BR</language>"), "pt-BR"),
        ("of the item", rss("<title>x</title><dc:language>ru</dc:language>", head="<language>en</language>"), "ru"),
        ("xml:lang of the entry", ATOM_10.replace("<entry>", '<entry xml:lang="de">'), "de"),
        ("xml:lang of the feed", ATOM_10.replace("<feed ", '<feed xml:lang="fr" '), "fr"),
        ("of JSON", JSON_11.replace('"items"', '"language": "ja", "items"'), "ja"),
        ("what is none", rss("<title>x</title>", head="<language>&lt;en&gt;</language>"), None),
        ("none", rss("<title>x</title>"), None),
    ],
)
def test_a_language_is_the_items_else_the_feeds(tmp_path: Path, trap: str, body: str, language: str | None) -> None:
    """As a tag with hyphens, or none."""
    assert language == lab_feed(tmp_path, body)["items"][0]["language"], trap


def test_a_feed_that_names_another_address_is_read_where_it_is(tmp_path: Path) -> None:
    """itunes:new-feed-url and rel=self are often wrong: they are neither followed nor a base."""
    itunes = 'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    moved = f"<itunes:new-feed-url {itunes}>http://10.0.0.1/</itunes:new-feed-url>"
    read = lab_feed(tmp_path, rss("<link>1</link>", head=moved))
    assert ["https://feed.example/news/1"] == [item["url"] for item in read["items"]]


def test_no_items_and_useless_hints_are_no_trouble(tmp_path: Path) -> None:
    """A channel without items, with a ttl of 1 and hours to skip that do not exist, is a feed."""
    read = lab_feed(tmp_path, rss(head="<ttl>1</ttl><skipHours><hour>99</hour></skipHours>"))
    assert ("rss20", [], []) == (read["format"], read["items"], read["problems"])
