"""Pages made to hold the parser: it is one thread, and while it reads one page all others wait.

Up to 64 kB none takes a second of CPU, whatever it is made of. Ten megabytes, the most that is fetched, take
some seconds at most: what would take more is refused before it is parsed. `pytest -rP` shows the slowest.
"""

from __future__ import annotations

import json
import time

import pytest

from bot.core.model import Page, ParsedFeed
from bot.feeds.mend import MOST_ATTRIBUTES, MOST_REFERENCES, MOST_TAGS
from bot.feeds.parse import parse
from tests.traps import rss

SMALL, LARGE = 64_000, 10_000_000
SMALL_S = 1.0
LARGE_S = 8.0  # of CPU, on a busy machine; alone none takes more than three

PIECES = """
<a> <a/> </a> <item> <item/> <item></item> <title></title> <item><title>x</title></item> <entry> <div> <li>
< <! <? </ <![CDATA[ <![CDATA[]]> <!-- <!----> <!DOCTYPE <!ENTITY > " ]]> é
& &a; &#65; &colon; &lt; &lt;b&gt; &lt;b &amp;lt; &#
<a|b='c'> <a|xmlns='x'> <x|xml:base='a'> <content:encoded> <media:content> <link/> <author>a@b.c|(d)</author> <source>
<enclosure|url='a'/> <category>a</category> <dc:creator>x</dc:creator> <geo:point>1|1</geo:point> |a='b'
""".split()
PLACES = {
    "nowhere": ("", ""),
    "a channel": ('<rss version="2.0"><channel>', "</channel></rss>"),
    "a title": ('<rss version="2.0"><channel><item><title>', "</title></item></channel></rss>"),
    "a text": ('<rss version="2.0"><channel><item><description>', "</description></item></channel></rss>"),
    "CDATA": ('<rss version="2.0"><channel><item><description><![CDATA[', "]]></description></item></channel></rss>"),
    "an open item": ('<rss version="2.0"><channel><item><title>', ""),
    "a tag": ('<rss version="2.0"><channel><a ', "/></channel></rss>"),
    "xhtml": ('<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="xhtml">', "</content></entry></feed>"),
}


def attributes(count: int) -> str:
    """So many, each of another name."""
    return " ".join(f'a{number}="b"' for number in range(count))


def timed(body: str) -> tuple[ParsedFeed, float]:
    """What a page says, and the CPU seconds it took."""
    page = Page("https://a.example/feed", body.encode()[: LARGE + 1_000])
    began = time.thread_time()
    feed = parse(page)
    return feed, time.thread_time() - began


def least(body: str) -> float:
    """The CPU seconds that a page takes by itself: of three readings the least, as a busy machine only adds."""
    return min(timed(body)[1] for _ in range(3))


def filled(place: str, piece: str, size: int) -> str:
    """So many bytes of the same, in a place of a feed."""
    before, after = PLACES[place]
    text = piece.replace("|", " ")
    return before + text * (size // len(text.encode())) + after


def pages(size: int, share: int = 1) -> list[tuple[float, str, str]]:
    """Every so many-th of all pages: the seconds it took, its place, its piece. The slowest last, read anew."""
    pairs = [(place, piece) for piece in PIECES for place in PLACES][::share]
    took = sorted((timed(filled(place, piece, size))[1], place, piece) for place, piece in pairs)
    slowest = [(least(filled(place, piece, size)), place, piece) for _, place, piece in took[-3:]]
    took = sorted([*took[:-3], *slowest])
    print(len(took), f"pages of {size // 1_000} kB, slowest: {took[-3:]}")
    return took


def test_no_small_page_holds_the_parser() -> None:
    """Sixty-four kilobytes of what patterns and parsers stumble over, anywhere in a feed; the worst is among them."""
    assert least(filled("a channel", "<item>", SMALL)) < SMALL_S
    assert pages(SMALL, share=13)[-1][0] < SMALL_S


@pytest.mark.soak
@pytest.mark.timeout(3_600)
def test_no_page_holds_the_parser() -> None:
    """All of them, and ten megabytes of each."""
    assert pages(SMALL)[-1][0] < SMALL_S
    assert pages(LARGE)[-1][0] < LARGE_S


@pytest.mark.parametrize(
    ("trap", "body", "words"),
    [
        ("a nest of tags", rss("<a>" * MOST_TAGS), "tags"),
        ("empty items", rss() + "<item/>" * MOST_TAGS, "tags"),
        ("references", rss("<title>" + "&lt;" * MOST_REFERENCES + "&</title>"), "references"),
        ("attributes", rss(f"<a {attributes(MOST_ATTRIBUTES + 1)}/>"), "attributes"),
        ("rows of JSON", json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [{}] * 20_001}), "items"),
    ],
)  # fmt: skip
def test_what_would_hold_it_is_refused_before(trap: str, body: str, words: str) -> None:
    """In hundredths of a second, with the reason in words."""
    feed, took = timed(body)
    assert ("", ()) == (feed.format, feed.items), trap
    assert words in feed.problems[-1], trap
    assert took < SMALL_S


def test_a_large_feed_is_no_attack() -> None:
    """Two thousand items with marked-up texts, twenty attributes in a tag, and more tags than the bound in CDATA."""
    text = "<description><![CDATA[" + "<p>Prices <b>rose</b>.</p>" * 20 + "]]></description>"
    items = [f"<title>Item {n}</title><guid>{n}</guid><media {attributes(20)}/>{text}" for n in range(2_000)]
    feed, took = timed(rss(*items))
    print(f"2,000 items in {took:.1f} s")
    assert (2_000, ()) == (len(feed.items), feed.problems)
