"""Spoilt feeds by the million, from a seed: small feeds of every format, mutated. Gives bytes; reads nothing."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from random import Random

from tests.feedxml import Entry, render_atom, render_rss
from tests.traps import ATOM_03, ATOM_10, JSON_1, JSON_11, RSS_090, RSS_10, rss

MOST = 2_000  # bytes of an input: most of what goes wrong is small
MOST_OF_A_LONG_ONE = 64_000
LONG_ONES = 0.005  # the share of inputs in which one place is repeated until they are long

_RICH = rss(
    "<title>Gallium &amp; <![CDATA[<b>Ge</b>]]></title><link>https://a.example/1?a=1&amp;b=2</link><guid>urn:1</guid>"
    "<pubDate>Wed, 18 Feb 2026 10:00:00 MSK</pubDate>"
    "<description>&lt;p&gt;Prices &amp;amp; quotas&lt;/p&gt;</description>"
    '<source url="https://o.example">Outlet</source><dc:creator>A. Miner</dc:creator><category>ores</category>',
    '<title>Никель 镍 🚀</title><link>../2</link><guid isPermaLink="false">2</guid>'
    '<enclosure url="/a.mp3" length="1"/>',
    head="<link>https://a.example/</link><language>en</language><ttl>60</ttl><!-- note --><?php x ?>",
)
_TEXTS = [
    *(RSS_090, RSS_10, ATOM_03, ATOM_10, JSON_1, JSON_11, _RICH),
    rss("<title>Ores</title>", version="0.91"),
    render_rss("Ores", [Entry("One", "<p>Text</p>", "1"), Entry("Two", guid="2")], "de").decode(),
    render_atom("Ores", [Entry("One", "<p>Text</p>", "1", "/1", lang="fr")], "en").decode(),
    ATOM_10.replace(
        "<id>", '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>a</p></div></content><id>'
    ),
    '<!DOCTYPE rss [<!ENTITY a "b">]>' + rss("<title>&a;</title>").split("?>")[1],
    "<!doctype html><html><title>Just a moment...</title></html>",
]
CORPUS = (
    *(text.encode() for text in _TEXTS),
    _RICH.encode("utf-16"),
    rss("<title>Экспорт</title>", encoding="windows-1251").encode("cp1251"),
    rss("<title>レアアース</title>", encoding="shift_jis").encode("cp932"),
    gzip.compress(_RICH.encode()),
    b"",
)
_WORDS = (
    "< > & \" ' / = ; : <a> </a> <item> </item> <entry> </entry> <rss> </rss> <feed> </feed> </channel> <![CDATA[ "
    "]]> <!-- --> <? ?> <!DOCTYPE <!ENTITY &amp; &lt; &#0; &#xD800; &#x110000; &colon; &bogus; &amp;amp; \0 \x08 "
    "\x1b[31m \ufeff \ufffe \u202e \ud800 javascript: http:// // xml:base= xml:lang= xmlns= encoding= version= "
    "type='xhtml' <title> </title> <link/> <guid/> <guid>0</guid> <content:encoded> <script> <p> 1787065200 "
    "99999999999999999999 &# &#x \\u0000 \\ud800 \\u001b[ \\n 24:00 +9999 { } [ ] null true 1e999"
).split(" ")
TOKENS = (*(word.encode("utf-8", "surrogatepass") for word in _WORDS), b"\x1f\x8b", b"\xff", b"\x80")


def spoilt(seed: int, count: int) -> Iterator[bytes]:
    """So many inputs, the same for the same seed."""
    chance = Random(seed)
    for _ in range(count):
        body = bytearray(chance.choice(CORPUS))
        for _ in range(chance.choice((1, 1, 1, 2, 3, 5, 8))):
            _spoil(body, chance)
        yield _lengthened(body, chance) if chance.random() < LONG_ONES else bytes(body[:MOST])


def _lengthened(body: bytearray, chance: Random) -> bytes:
    """One place over and over: what grows faster than the input shows in a long one only."""
    at = chance.randint(0, len(body))
    place = body[at : at + chance.choice((1, 2, 7, 30, 300))] or b"<"
    body[at:at] = place * (MOST_OF_A_LONG_ONE // len(place))
    return bytes(body[:MOST_OF_A_LONG_ONE])


def _spoil(body: bytearray, chance: Random) -> None:
    """One change, anywhere."""
    at = chance.randint(0, len(body))
    end = min(len(body), at + chance.choice((1, 1, 4, 16, 64, 400)))
    match chance.randrange(8):
        case 0:
            body[at:end] = b""
        case 1:
            body[at:at] = chance.choice(TOKENS)
        case 2:
            body[at:end] = chance.choice(TOKENS)
        case 3:
            body[at:at] = chance.choice(TOKENS) * chance.choice((2, 9, 90, 400))
        case 4:
            body[at:at] = body[at:end] * chance.choice((1, 2, 20))
        case 5:
            body[at : at + 1] = bytes([chance.randrange(256)])
        case 6:
            other = chance.choice(CORPUS)
            body[at:] = other[chance.randint(0, len(other)) :]
        case _:
            del body[at:]
