"""What a body is by its first bytes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.sniff import WORDS, Body, sniff

XHTML = b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/"><html>'


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", Body.EMPTY),
        (b" \r\n\t", Body.EMPTY),
        (b"\xef\xbb\xbf", Body.EMPTY),
        (b"\xff\xfe\0\0", Body.EMPTY),
        (b"<rss>", Body.OTHER),
        (b'\xef\xbb\xbf\n<?xml version="1.0"?><?xml-stylesheet href="a.xsl"?><!-- a --><feed>', Body.OTHER),
        (b"GDELT says: your query was too short", Body.OTHER),
        (b"<rss><channel><title>Just a moment</title><description><html></description>", Body.OTHER),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', Body.JSON),
        (b" [1]", Body.JSON),
        ('\ufeff{"a": 1}'.encode("utf-16-le"), Body.JSON),
        (b"<!DOCTYPE html><html>", Body.WEB_PAGE),
        (b"<!doctype  HTML>", Body.WEB_PAGE),
        (b"\n\n<!-- served by --><HTML lang=en>", Body.WEB_PAGE),
        (XHTML, Body.WEB_PAGE),
        (b"<head><title>News</title>", Body.WEB_PAGE),
        (b"<script>location='/'</script>", Body.WEB_PAGE),
        (b"<htmlish>", Body.OTHER),
        ("<html><title>Новости</title>".encode("utf-16"), Body.WEB_PAGE),
        (b"<html><head><title>Just a moment...</title>", Body.CHALLENGE),
        (b"<!DOCTYPE html><title>Attention Required! | Cloudflare</title>", Body.CHALLENGE),
        (b"<html><script src=/cdn-cgi/challenge-platform/h/b></script>", Body.CHALLENGE),
        (b"<html><script src=/_Incapsula_Resource?a=1></script>", Body.CHALLENGE),
        (b"<html><div class=g-recaptcha data-sitekey=x>", Body.CHALLENGE),
        (b"<html><form action=https://consent.google.com/save>", Body.CHALLENGE),
    ],
)
def test_a_body_is_told_by_its_start(body: bytes, kind: Body) -> None:
    """Marks, blanks, comments and instructions are passed over; a challenge is looked for in web pages only."""
    assert kind is sniff(body)


def test_a_header_gives_a_challenge_away() -> None:
    """Whatever the body looks like."""
    assert Body.CHALLENGE is sniff(b"<rss>", {"cf-mitigated": "challenge"})
    assert Body.OTHER is sniff(b"<rss>", {"server": "cloudflare"})


def test_what_is_no_feed_has_words() -> None:
    """Said to the feed's keeper; what may be a feed has none."""
    assert {Body.EMPTY, Body.CHALLENGE, Body.WEB_PAGE} == set(WORDS)


@given(st.binary())
def test_any_bytes_are_something(body: bytes) -> None:
    """Never raises; nothing but blanks is empty."""
    assert sniff(body) in Body
    assert Body.EMPTY is not sniff(body + b"<")


@pytest.mark.parametrize("piece", [b"<!--", b"<?", b" ", b"\0", b"<html <title>", b"<title> "])
def test_a_look_takes_no_time(piece: bytes) -> None:
    """Megabytes made to keep a pattern busy are looked at in less than a second of computing: not in their square."""
    started = time.thread_time()
    sniff(piece * 500_000)
    assert time.thread_time() - started < 1
