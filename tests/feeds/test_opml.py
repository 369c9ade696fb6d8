"""Lists of feeds, read and written."""

from __future__ import annotations

import time
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.model import FeedSpec
from bot.feeds.opml import read_feed_list, write_opml
from tests.sources import ROOT

ENTITIES = '<!DOCTYPE opml [<!ENTITY a "https://evil.example/">]>'
TITLES = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=20)
SPECS = st.builds(
    FeedSpec,
    url=st.from_regex(r"https?://[a-z]{1,9}\.example/[a-z0-9/]{0,9}(\?[a-z]=[a-z&=;]{0,9})?", fullmatch=True),
    title=TITLES.map(lambda title: f"{title} R&D “x” 'y' \"z\" < 5"),
    lang=st.sampled_from([None, "en", "pt-BR"]),
)


def opml(*outlines: str, head: str = "") -> str:
    return f'{head}<opml version="2.0"><body>{"".join(outlines)}</body></opml>'


def outline(url: str = "https://a.example/feed", **more: str) -> str:
    return f'<outline xmlUrl="{url}" {" ".join(f"{key}={value!r}" for key, value in more.items())}/>'


def read(text: str, charset: str = "utf-8") -> tuple[tuple[FeedSpec, ...], tuple[str, ...]]:
    return read_feed_list(text.encode(charset))


@pytest.mark.parametrize(
    ("row", "spec"),
    [
        (outline(), FeedSpec("https://a.example/feed")),
        (outline(text="Ores"), FeedSpec("https://a.example/feed", "Ores")),
        (outline(text="Ores", title="Ores &amp; metals"), FeedSpec("https://a.example/feed", "Ores & metals")),
        (outline(text="&lt;b>Ores&lt;/b>&#10;now"), FeedSpec("https://a.example/feed", "Ores now")),
        (outline(language="pt_BR"), FeedSpec("https://a.example/feed", lang="pt-BR")),
        (outline(language="none of yours"), FeedSpec("https://a.example/feed")),
        ('<outline xmlurl="https://a.example/feed"/>', FeedSpec("https://a.example/feed")),
        (
            f'<outline text="Folder"><outline text="In it">{outline()}</outline></outline>',
            FeedSpec("https://a.example/feed"),
        ),
        (outline(" https://a.example/a b "), FeedSpec("https://a.example/a%20b")),
    ],
)
def test_an_outline_is_a_feed(row: str, spec: FeedSpec) -> None:
    """Title before text, both plain; folders are looked into; the language only if it can be one."""
    assert ((spec,), ()) == read(opml(row))


def test_each_feed_comes_once_in_the_lists_order() -> None:
    """The first time it is named."""
    rows = [outline("https://a.example/1", title="A"), outline("https://a.example/2"), outline("https://a.example/1")]
    assert (FeedSpec("https://a.example/1", "A"), FeedSpec("https://a.example/2")) == read(opml(*rows))[0]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", " ", "feed", "http://"])
def test_what_is_no_web_address_is_told(url: str) -> None:
    """By the title of its entry; the others are read."""
    found, [problem] = read(opml(outline(url, title="Odd"), outline()))
    assert (FeedSpec("https://a.example/feed"),) == found
    assert problem.startswith("Odd has no web address")


@pytest.mark.parametrize("head", [ENTITIES, '<!doctype opml SYSTEM "file:///etc/passwd">', "<!-- --><!ENTITY a 'b'>"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_list_with_a_doctype_is_not_read(head: str, charset: str) -> None:
    """In no encoding: what is searched for it is what would be parsed."""
    for declaration in ("", '<?xml version="1.0" encoding="utf-16"?>', '<?xml version="1.0"?>'):
        found, [problem] = read(declaration + opml(outline("&a;"), head=head), charset)
        assert () == found
        assert "entities of its own" in problem


@pytest.mark.parametrize(
    ("label", "charset"),
    [
        ("utf-8", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("windows-1251", "cp1251"),
        ("windows-1251", "utf-8"),
        ("utf-16", "utf-8"),
    ],
)
def test_lies_about_the_encoding_spoil_no_title(label: str, charset: str) -> None:
    """Read as what it is, as feeds are."""
    text = f'\n<?xml version="1.0" encoding="{label}"?>'.lstrip() + opml(outline(title="Руда"))
    assert ((FeedSpec("https://a.example/feed", "Руда"),), ()) == read(text, charset)


@pytest.mark.parametrize("text", ["<", "<opml>", "<opml><body></opml>", "<opml>&nbsp;</opml>", "<opml>\x01</opml>"])
def test_a_broken_list_says_where(text: str) -> None:
    """Nothing of it is taken: half a list would look like a whole one."""
    found, [problem] = read(text)
    assert () == found
    assert problem.startswith("The OPML is not well-formed")


def test_a_list_of_lines() -> None:
    """One address a line; comments, blanks and repeats are no trouble; what is no address is told with its line."""
    text = "# ours\r\n\r\nhttps://a.example/1  # wires\nhttps://a.example/1\n  https://b.example/\nftp://x\nfeeds.example/x"
    found, problems = read(text, "utf-8-sig")
    assert (FeedSpec("https://a.example/1"), FeedSpec("https://b.example/")) == found
    assert ("Line 6 is no web address: ftp://x", "Line 7 is no web address: feeds.example/x") == problems


def test_a_hash_in_an_address_is_no_comment() -> None:
    """Only after a blank."""
    assert (FeedSpec("https://a.example/#news"),) == read("https://a.example/#news")[0]


@given(st.lists(SPECS, unique_by=lambda spec: spec.url, max_size=8), TITLES)
def test_what_is_written_is_read_again(specs: list[FeedSpec], title: str) -> None:
    """The same feeds in the same order, with titles and languages, and well-formed for other readers."""
    text = write_opml(specs, f"<{title}> & 'co'")
    assert (tuple(specs), ()) == read(text)
    assert f"<{title}> & 'co'" == ElementTree.fromstring(text.encode()).findtext("head/title")


def test_a_feed_without_a_title_is_written_with_its_address() -> None:
    """Other readers ask for a text; which is its address again."""
    url = "https://a.example/?a=1&b=2"
    assert (FeedSpec(url, url),) == read(write_opml([FeedSpec(url)], "Feeds"))[0]


@given(
    st.binary(max_size=300), st.sampled_from([b"", b"<opml>", b"<?xml version='1.0' encoding='hz'?>", b"\xff\xfe<\0"])
)
def test_no_bytes_make_it_raise(body: bytes, start: bytes) -> None:
    """What is uploaded may be anything."""
    for spec in read_feed_list(start + body)[0]:
        assert spec.url.startswith("http")


@pytest.mark.parametrize("piece", ["<outline>", "<!", "<!DOC", "<?xml ", "https://a.example/ # ", "\n"])
def test_a_list_made_to_keep_it_busy_does_not(piece: str) -> None:
    """Half a megabyte takes no more than some seconds."""
    started = time.thread_time()
    read("<opml>" + piece * (500_000 // len(piece)))
    read(piece * (500_000 // len(piece)))
    assert time.thread_time() - started < 5


@pytest.mark.parametrize("name", ["miniflux", "freshrss"])
def test_lists_of_other_readers_come_through(name: str) -> None:
    """Folders, settings and name spaces of theirs do no harm; address, title and language are there, and stay so."""
    found, problems = read_feed_list((ROOT / "tests" / "feeds" / "lists" / f"{name}.opml").read_bytes())
    wanted = (
        FeedSpec("https://ores.example/feed?a=1&b=2", "Ores & Alloys"),
        FeedSpec("https://ruda.example/rss.xml", "Руда", "ru"),
        FeedSpec("http://gazette.example/atom", "Gazette"),
    )
    assert wanted == found
    assert (wanted, ()) == read(write_opml(found, "Lodewire"))
    told = ("Ministry is no feed: another reader reads it by rules of its own (HTML+XPath).",)
    assert problems == (told if name == "freshrss" else ())


def test_teasers_are_marked() -> None:
    """A feed whose articles are read is written as such, and stays one."""
    specs = (FeedSpec("https://a.example/", "A", full_text=True), FeedSpec("https://b.example/", "B"))
    assert (specs, ()) == read(write_opml(specs, "Feeds"))
