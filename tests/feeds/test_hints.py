"""How often a publisher wants to be asked."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.hints import fresh_for, read_hints, read_home

DATE = "Tue, 04 Nov 2025 09:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Cache-Control": "max-age=43200"}, 43_200),
        ({"Cache-Control": "public, s-maxage=60, Max-Age = 900"}, 900),
        ({"Cache-Control": "s-maxage=60"}, 0),
        ({"Cache-Control": "no-cache, max-age=900"}, 0),
        ({"Expires": "Tue, 04 Nov 2025 10:00:00 GMT", "Date": DATE}, 3_600),
        ({"Expires": "Tue, 04 Nov 2025 08:00:00 GMT", "Date": DATE}, 0),
        ({"Expires": "0", "Date": DATE}, 0),
        ({}, 0),
    ],
)
def test_headers_say_how_long_an_answer_is_fresh(headers: dict[str, str], seconds: int) -> None:
    """max-age before Expires, which is seen against the server's own clock."""
    assert seconds == fresh_for(headers)


@pytest.mark.parametrize(
    ("channel", "hint"),
    [
        ("<ttl>120</ttl>", (7_200, "")),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", (21_600, "")),
        ("<sy:updatePeriod> hourly </sy:updatePeriod>", (3_600, "")),
        ("<ttl>1</ttl><sy:updateFrequency>0</sy:updateFrequency>", (86_400, "")),
        ("<skipHours><hour>0</hour><hour>23</hour><hour>99</hour></skipHours>", (0, "0,23|")),
        ("<skipDays><day>Sunday</day><day>Saturday</day></skipDays>", (0, "|5,6")),
        ("<skipHours>" + "".join(f"<hour>{n}</hour>" for n in range(24)) + "</skipHours>", (0, "")),
        ("<item><ttl>9</ttl></item>", (0, "")),
        ("<ttl>soon</ttl>", (0, "")),
    ],
)
def test_a_document_says_how_often(channel: str, hint: tuple[int, str]) -> None:
    """Before its first item; what forbids everything forbids nothing."""
    assert hint == read_hints(f'<rss version="2.0"><channel>{channel}<item/></channel></rss>'.encode())


@given(st.binary(max_size=300), st.dictionaries(st.sampled_from(["Cache-Control", "Expires", "Date"]), st.text()))
def test_nothing_makes_it_raise(body: bytes, headers: dict[str, str]) -> None:
    """Whatever is written there."""
    assert read_hints(body)[0] >= 0
    assert fresh_for(headers) >= 0


@pytest.mark.parametrize(
    ("head", "home"),
    [
        ("", ""),
        ('<link rel="self" href="https://a.example/f?a=1&amp;b=2"/>', "https://a.example/f?a=1&b=2"),
        ("<atom10:link href='https://a.example/' rel='self' type='x'/>", "https://a.example/"),
        ('<link rel="alternate" href="https://a.example/"/>', ""),
        ("<itunes:new-feed-url> https://new.example/ </itunes:new-feed-url><link rel='self' href='x'/>",
         "https://new.example/"),
        ('<item><link rel="self" href="https://a.example/"/></item>', ""),
    ],
)  # fmt: skip
def test_a_document_says_where_it_lives(head: str, home: str) -> None:
    """Before its first item, in the forms of Atom, RSS and podcasts."""
    assert home == read_home(f"<rss><channel>{head}</channel></rss>".encode())


@pytest.mark.parametrize("piece", [b"<link ", b"<link rel='self' ", b"<itunes:new-feed-url>", b"href='", b"<link>"])
def test_a_head_made_to_keep_it_busy_does_not(piece: bytes) -> None:
    """Twenty kilobytes of beginnings take no time to speak of."""
    began = time.thread_time()
    read_home(piece * 5_000)
    assert time.thread_time() - began < 1
