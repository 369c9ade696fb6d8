"""What feeds in the wild get wrong in their items: identities, links, titles, footers. `lodewire lab feed` reads one
small file a trap; each case names its own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.traps import ATOM_03, ATOM_10, JSON_1, JSON_11, RSS_090, RSS_10, lab_feed, rss

CHANNEL = "<link>https://c.example/</link>"
SELF = '<link rel="self" href="https://s.example/z/"/>'


def first(folder: Path, inner: str, **more: Any) -> dict[str, Any]:
    """The only item of an RSS 2.0 file."""
    [item] = lab_feed(folder, rss(inner), **more)["items"]
    return dict(item)


@pytest.mark.parametrize(
    ("body", "form"),
    [
        (rss("<title>Gallium</title><link>https://a.example/1</link>", version="0.91"), "rss091u"),
        (rss("<title>Gallium</title><link>https://a.example/1</link>", version="0.92"), "rss092"),
        (rss("<title>Gallium</title><link>https://a.example/1</link>"), "rss20"),
        (RSS_090, "rss090"),
        (RSS_10, "rss10"),
        (ATOM_03, "atom03"),
        (ATOM_10, "atom10"),
        (ATOM_10.replace("<", "<a:").replace("<a:/", "</a:").replace("xmlns=", "xmlns:a="), "atom10"),
        (JSON_1, "json1"),
        (JSON_11, "json11"),
    ],
)
def test_every_format_gives_the_same_item(tmp_path: Path, body: str, form: str) -> None:
    """RSS 0.90 to 2.0, Atom 0.3 and 1.0, with a prefix too, and JSON Feed 1 and 1.1."""
    read = lab_feed(tmp_path, body)
    [item] = read["items"]
    assert (form, "Gallium", "https://a.example/1", []) == (
        read["format"],
        item["title"],
        item["url"],
        read["problems"],
    )


@pytest.mark.parametrize(
    ("trap", "inner", "identity", "url"),
    [
        ("no guid", "<link>https://a.example/1</link>", "https://a.example/1", "https://a.example/1"),
        ("an empty guid", "<guid/><link>https://a.example/1</link>", "https://a.example/1", "https://a.example/1"),
        ("a blank guid", "<guid> \n</guid>", None, None),
        ("a guid of 0", "<guid>0</guid>", "0", None),
        ("a guid with what is no character", "<guid>urn:&#0;1&#&#0;0;</guid>", "urn:1&# 0;", None),
        ("a guid that is no address", "<guid>urn:uuid:1</guid>", "urn:uuid:1", None),
        ("a guid that is the link", "<guid>https://a.example/1</guid>", "https://a.example/1", "https://a.example/1"),
        (
            "a guid that is no permalink",
            "<guid isPermaLink='false'>https://a.example/1</guid>",
            "https://a.example/1",
            None,
        ),
        ("neither guid nor link", "<title>Ores</title>", None, None),
        ("a guid beside an empty link", "<guid>7</guid><link/>", "7", None),
    ],
)
def test_a_guid_is_what_is_written(
    tmp_path: Path, trap: str, inner: str, identity: str | None, url: str | None
) -> None:
    """Absent or empty is none, 0 is one, and only an address can be a link."""
    item = first(tmp_path, inner)
    assert (identity, url) == (item["id"], item["url"]), trap


@pytest.mark.parametrize(
    ("trap", "link", "url"),
    [
        ("relative to the channel", "1.html", "https://www.feed.example/en/1.html"),
        ("from the root", "/1.html", "https://www.feed.example/1.html"),
        ("without a scheme", "//b.example/1", "https://b.example/1"),
        ("javascript", "javascript:alert(1)", None),
        ("javascript in disguise", " java\nscript:alert(1)", None),
        ("data", "data:text/html,x", None),
        ("a file", "file:///etc/passwd", None),
        ("tracking is kept for the click", "https://a.example/1?utm_source=rss", "https://a.example/1?utm_source=rss"),
        (
            "an aggregator's own is not decoded",
            "https://news.google.com/rss/articles/CBMi?oc=5",
            "https://news.google.com/rss/articles/CBMi?oc=5",
        ),
    ],
)
def test_a_link_is_absolute_and_of_the_web(tmp_path: Path, trap: str, link: str, url: str | None) -> None:
    """Relative ones start from the channel's page; other schemes are none; what is published is followed."""
    body = rss(f"<link>{link}</link>", head="<link>https://www.feed.example/en/</link>")
    assert url == lab_feed(tmp_path, body)["items"][0]["url"], trap


@pytest.mark.parametrize(
    ("trap", "body", "url"),
    [
        (
            "xml:base of the item",
            rss("<link>1</link>").replace("<item>", '<item xml:base="https://i.example/x/">'),
            "https://i.example/x/1",
        ),
        (
            "xml:base of the root",
            rss("<link>1</link>", head=CHANNEL).replace("<rss", '<rss xml:base="https://r.example/y/"'),
            "https://r.example/y/1",
        ),
        ("a relative channel link", rss("<link>1</link>", head="<link>/en/</link>"), "https://feed.example/en/1"),
        (
            "a channel link that is none",
            rss("<link>1</link>", head="<link>javascript:x</link>"),
            "https://feed.example/news/1",
        ),
        ("no base at all", rss("<link>1</link>"), "https://feed.example/news/1"),
        (
            "a link to itself is no base",
            ATOM_10.replace("<entry>", f"{SELF}<entry>").replace("https://a.example/1", "1"),
            "https://feed.example/news/1",
        ),
    ],
)
def test_a_base_is_the_nearest_one(tmp_path: Path, trap: str, body: str, url: str) -> None:
    """xml:base, else the channel's page, else where the feed was found."""
    assert url == lab_feed(tmp_path, body)["items"][0]["url"], trap


@pytest.mark.parametrize(
    ("trap", "written", "title"),
    [
        ("escaped twice", "US&amp;#8217;s list &amp;amp; plan", "US’s list & plan"),
        ("escaped three times", "R&amp;amp;amp;D", "R&D"),
        ("escaped without end", "R&amp;amp;amp;amp;D", "R&amp;D"),
        ("markup, escaped", "A &lt;b&gt;bold&lt;/b&gt; title", "A bold title"),
        ("markup in CDATA", "<![CDATA[A <b>bold</b> title]]>", "A bold title"),
        ("a script", "Ores&lt;script&gt;alert(1)&lt;/script&gt;", "Ores"),
        ("an event handler", "&lt;img src=x onerror=alert(1)&gt;Ores", "Ores"),
        ("a tag that is spoken of", "The &amp;lt;script&amp;gt; tag", "The <script> tag"),
        ("one unescaping that would make tags", "a &amp;amp;lt;b&amp;amp;gt; c", "a &lt;b&gt; c"),
        ("signs that are no tags", "5 &lt; 7 &gt; 3", "5 < 7 > 3"),
        ("a control character", "Nickel\x08 output", "Nickel output"),
        ("a reference to a control character", "Nickel&#8; output", "Nickel output"),
        ("a lone surrogate", "Nickel&#xD83D; output", "Nickel output"),
        ("a reference around another", "Nickel &#&#0;0; output", "Nickel &# 0; output"),
        ("one that two halves would make", "Nickel &#55&#0;296; output", "Nickel 7 296; output"),
        ("an emoji", "Nickel &#x1F680; up", "Nickel 🚀 up"),
        ("letters that turn the line", "Nickel\u202e output", "Nickel output"),
        ("an entity of HTML", "Gallium&colon; US &amp; China&hellip;", "Gallium: US & China…"),
        ("an entity that does not exist", "Gallium &bogus; x", "Gallium &bogus; x"),
        ("a bare ampersand", "R&D of AT&T", "R&D of AT&T"),
        ("two lines", "Gallium\n\t\tup", "Gallium up"),
        ("nothing", "", ""),
    ],
)
def test_a_title_is_plain_text(tmp_path: Path, trap: str, written: str, title: str) -> None:
    """Unescaped twice at most and never into tags, without markup and hidden characters."""
    read = lab_feed(tmp_path, rss(f"<title>{written}</title>"))
    assert (title, []) == (read["items"][0]["title"], read["problems"]), trap


@pytest.mark.parametrize(
    ("title", "source", "expected"),
    [
        ("China bans gallium - Reuters", "Reuters", "China bans gallium"),
        ("China bans gallium – Mining Weekly", "Mining Weekly", "China bans gallium"),
        ("US - China talks - AP &amp; Co", "AP &amp; Co", "US - China talks"),
        ("China bans gallium - Reuters", "", "China bans gallium - Reuters"),
        ("Interview with Reuters", "Reuters", "Interview with Reuters"),
        ("- Reuters", "Reuters", "- Reuters"),
        ("Reuters", "Reuters", "Reuters"),
    ],
)
def test_an_aggregators_outlet_is_no_part_of_the_title(tmp_path: Path, title: str, source: str, expected: str) -> None:
    """ " - Outlet" goes where `<source>` says so, and the outlet is kept."""
    told = f'<source url="https://o.example">{source}</source>' if source else ""
    item = first(tmp_path, f"<title>{title}</title>{told}")
    assert (expected, source.replace("&amp;", "&")) == (item["title"], item["source"])


@pytest.mark.parametrize(
    ("footer", "is_dropped"),
    [
        (
            "&lt;p&gt;The post &lt;a href=x&gt;Gallium up&lt;/a&gt; appeared first on Ores.&lt;/p&gt;",
            True,
        ),
        (" […] The post Gallium up appeared first on Ores.", True),
        ("&lt;p&gt;Der Beitrag Gallium up erschien zuerst auf Ores.&lt;/p&gt;", True),
        ("&lt;p&gt;L’article Gallium up est apparu en premier sur Ores.&lt;/p&gt;", True),
        ("&lt;p&gt;La entrada Gallium up se publicó primero en Ores.&lt;/p&gt;", True),
        ("&lt;p&gt;O post Gallium up apareceu primeiro em Ores.&lt;/p&gt;", True),
        ("&lt;p&gt;L'articolo Gallium up proviene da Ores.&lt;/p&gt;", True),
        ("&lt;p&gt;Сообщение Gallium up появились сначала на Ores.&lt;/p&gt;", True),
        ("&lt;p&gt;It is known. The post by the ministry appeared first on Monday.&lt;/p&gt;", False),
        ("&lt;p&gt;The post Gallium up appeared first on Ores.&lt;/p&gt;&lt;p&gt;And more.&lt;/p&gt;", False),
    ],
)
def test_a_footer_of_the_software_is_no_text(tmp_path: Path, footer: str, is_dropped: bool) -> None:
    """ "The post … appeared first on …" in the languages of the feeds, at the end only, and not a sentence like it."""
    body = f"<title>Gallium up</title><description>&lt;p&gt;Prices rose.&lt;/p&gt;{footer}</description>"
    text = first(tmp_path, body)["text"]
    assert is_dropped is (text.removesuffix(" […]") in ("Prices rose.", "Prices rose.\n[…]")), text
