"""Addresses: one form to compare, one to follow, one to show."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.text.urls import URL_LIMIT, canonical_url, host_of, http_url, shown_url

PARTS = st.sampled_from(
    "http https : // / www. a.example A.Example :80 :443 :8080 :0 @ user:pw@ ? & = # utm_source=x fbclid=1 id=2 %20 "
    "%41 .. [::1] [::ffff:7f00:1] \\ \t \n \0 é 。 　 \u202e \ud800 javascript ftp < > \" '".split(" ")
)
URLS = st.lists(PARTS, max_size=10).map("".join) | st.lists(PARTS, max_size=8).map(
    lambda parts: "https://" + "".join(parts)
)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a",
        "http://example.org/a",
        "https://www.example.org/a",
        "HTTPS://WWW.Example.ORG/a",
        "https://example.org:443/a",
        "http://example.org:80/a",
        "https://example.org/a/",
        "https://example.org/a#comments",
        "https://example.org/a?",
        "https://example.org/a?utm_source=rss&utm_medium=feed",
        "https://example.org/a?UTM_Source=rss&fbclid=1&gclid=2&xtor=RSS-1&maca=en-rss&mtm_x=1&at_y=2",
        " https://user:pw@example.org/a\n",
        "https://exam\nple.org/a",
    ],
)
def test_one_page_has_one_identity(url: str) -> None:
    """Scheme, www, case of the host, default port, last slash, fragment, login and tracking do not tell pages apart."""
    assert "example.org/a" == canonical_url(url)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/?id=1", "https://example.org/?id=2"),
        ("https://example.org/?a=1&b=2", "https://example.org/?b=2&a=1"),
        ("https://example.org/", "https://example.org:8080/"),
        ("https://example.org/", "https://news.example.org/"),
        ("https://example.org/?ut=1", "https://example.org/"),
    ],
)
def test_what_may_tell_pages_apart_is_kept(one: str, other: str) -> None:
    """Rather twice than never."""
    assert canonical_url(one) != canonical_url(other)


@pytest.mark.parametrize(
    "guid", ["tag:example.org,2025:1", "12345", "urn:uuid:1#2", "", "http://[::1", "http://a:99999/"]
)
def test_other_identities_stay_as_they_are(guid: str) -> None:
    """A guid that is no web address is only trimmed."""
    assert guid == canonical_url(f" {guid}\n")


@given(URLS | st.text())
def test_the_identity_of_an_identity_is_itself(url: str) -> None:
    """Idempotent, for anything."""
    once = canonical_url(url)
    assert once == canonical_url(once)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://b.example/x?a=1&b=%20#c", "https://b.example/x?a=1&b=%20#c"),
        ("/x", "https://a.example/x"),
        ("x", "https://a.example/news/x"),
        ("../x", "https://a.example/x"),
        ("?page=2", "https://a.example/news/feed?page=2"),
        ("//b.example/x", "https://b.example/x"),
        (" https://b.example/a b\t ", "https://b.example/a%20b"),
        ("https://b.example/<x>\"'", "https://b.example/%3Cx%3E%22'"),
        ("https://b.example/\u202egpj", "https://b.example/%E2%80%AEgpj"),
        ("https://b.example/é", "https://b.example/é"),
        ("HTTPS://B.example/", "https://B.example/"),
        ("", None),
        (" ", None),
        ("http:", None),
        ("https://", None),
        ("http:///", None),
        ("//", None),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("ftp://b.example/", None),
        ("mailto:a@b.example", None),
        ("https://[::1", None),
        ("https://b.example:99999/", None),
        ("https://good.example\\@evil.example/", None),
        ("https://good.example%2f@evil.example%00/", None),
        ("https://b.exa mple/", None),
        ("https://b.example/" + "x" * URL_LIMIT, None),
    ],
)
def test_a_link_is_absolute_and_of_the_web_or_none(url: str, expected: str | None) -> None:
    """Seen from its page; what could break or disguise it is encoded; a host that may be read as another is refused."""
    assert expected == http_url(url, "https://a.example/news/feed")


@pytest.mark.parametrize("base", ["", "nonsense", "https://[::1", "javascript:x"])
def test_a_base_that_is_none_helps_no_link(base: str) -> None:
    """An absolute link needs none; a relative one is nowhere, unless the broken base stops the joining."""
    assert http_url("/x", base) is None
    if not base.startswith("https"):
        assert "https://b.example/" == http_url("https://b.example/", base)


@given(URLS | st.text(), st.none() | URLS)
def test_a_link_is_safe_wherever_it_is_put(url: str, base: str | None) -> None:
    """http(s) with a host, no blank, quote, bracket or hidden letter; and it is its own link."""
    link = http_url(url, base)
    if link is None:
        return
    assert urlsplit(link).scheme in ("http", "https")
    assert host_of(link)
    assert set(link).isdisjoint(' \t\n\0<>"`\u202e\ud800')
    assert link == http_url(link)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://user:pw@example.org:8080/feed?key=secret#x", "https://example.org:8080/feed"),
        ("https://example.org/a b\u202e", "https://example.org/a%20b%E2%80%AE"),
        ("ftp://user:pw@example.org/", "ftp:…"),
        ("nonsense secret", "an address that cannot be read"),
        ("https://example.org/" + "x" * 300, "https://example.org/" + "x" * 179 + "…"),
    ],
)
def test_what_is_shown_holds_no_secret(url: str, shown: str) -> None:
    """No login, no query, no hidden letter, at most 200 characters."""
    assert shown == shown_url(url)


@given(URLS)
def test_showing_never_fails(url: str) -> None:
    """Whatever it is, it is short, can be stored, and tells no login."""
    shown = shown_url(url)
    assert len(shown) <= 200
    assert "@" not in shown.encode().decode().partition("//")[2].partition("/")[0]


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://User:pw@News.Example.org:80/x", "news.example.org"),
        ("http://[::1]:80/", "::1"),
        ("tag:a", ""),
        ("", ""),
    ],
)
def test_a_host_is_bare(url: str, host: str) -> None:
    """Lower case, without login, port and brackets; none where there is none."""
    assert host == host_of(url)
