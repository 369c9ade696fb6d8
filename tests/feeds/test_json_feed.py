"""JSON Feed, and other JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.model import Item, Page, ParsedFeed
from bot.feeds.parse import parse

VERSION = "https://jsonfeed.org/version/1.1"
FIELDS = st.sampled_from(
    "id url external_url title content_html content_text summary date_published date_modified author authors name "
    "language items version".split()
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS, inner, max_size=6),
    max_leaves=12,
)


def read(text: str | bytes) -> ParsedFeed:
    body = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    return parse(Page("https://a.example/news/feed.json", body, zone="Asia/Tokyo"))


def read_item(**fields: object) -> Item:
    [item] = read(json.dumps({"version": VERSION, "items": [fields]})).items
    return item


def test_every_field_has_its_place() -> None:
    """The whole of an item; the link is seen from the page, a time without a zone in the feed's own."""
    feed = read(
        json.dumps(
            {
                "version": VERSION,
                "title": "Ores &amp; metals",
                "language": "en-GB",
                "items": [
                    {
                        "id": "tag:1",
                        "url": "/2025/gallium",
                        "title": "Gallium curbs",
                        "content_html": "<p>From <b>Monday</b>.</p>",
                        "date_published": "2025-11-04T09:00:00",
                        "date_modified": "2025-11-04T10:00:00Z",
                        "authors": [{"name": "A. Miner"}, {"name": "B. Smelter"}],
                        "language": "de",
                    }
                ],
            }
        )
    )
    item = Item(
        "tag:1",
        "https://a.example/2025/gallium",
        "Gallium curbs",
        "From Monday.",
        datetime(2025, 11, 4, 0, 0, tzinfo=UTC),
        datetime(2025, 11, 4, 10, 0, tzinfo=UTC),
        "A. Miner, B. Smelter",
        "de",
        date_said="2025-11-04T09:00:00",
    )
    assert ParsedFeed("json11", "Ores & metals", "en-GB", (item,)) == feed


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"id": 7}, ("guid", "7")),
        ({"id": 1.5}, ("guid", "1.5")),
        ({"id": 0}, ("guid", "0")),
        ({"id": " x "}, ("guid", "x")),
        ({"id": ""}, ("guid", None)),
        ({"id": "a\u0000b\ud800"}, ("guid", "ab")),
        ({"id": True}, ("guid", None)),
        ({"id": ["x"]}, ("guid", None)),
        ({"external_url": "https://b.example/x"}, ("url", "https://b.example/x")),
        ({"url": "/own", "external_url": "https://b.example/x"}, ("url", "https://a.example/own")),
        ({"url": "javascript:alert(1)"}, ("url", None)),
        ({"url": 5}, ("url", None)),
        ({"title": "Prices < 5 & falling"}, ("title", "Prices < 5 & falling")),
        ({"title": "A\u0000\u202eB\nC"}, ("title", "AB C")),
        ({"title": None}, ("title", "")),
        ({"content_text": "a < b\n\nc"}, ("text", "a < b\nc")),
        ({"summary": "short"}, ("text", "short")),
        ({"content_html": "<p>long</p>", "summary": "short"}, ("text", "long")),
        ({"author": {"name": "Old form"}}, ("author", "Old form")),
        ({"authors": "x"}, ("author", "")),
        ({"authors": ["x", {"name": 5}, {"name": "N"}]}, ("author", "N")),
        ({"date_modified": "2025-11-04T10:00:00Z"}, ("published", datetime(2025, 11, 4, 10, tzinfo=UTC))),
        ({"date_published": 1762246800}, ("published", None)),
        ({"language": "en_US"}, ("lang", "en-US")),
        ({"language": "\u0000"}, ("lang", None)),
        ({"language": "\ud800"}, ("lang", None)),
    ],
)
def test_odd_values_become_plain_ones_or_none(fields: dict[str, object], expected: tuple[str, object]) -> None:
    """A number for an id, the older forms, text that is no markup, and types that are not what the standard says."""
    name, value = expected
    assert value == getattr(read_item(**fields), name)


def test_rows_that_are_no_items_are_passed_over() -> None:
    """The rest of the list is read."""
    feed = read(json.dumps({"version": VERSION, "items": [3, None, [], {"id": "1"}, "x"]}))
    assert ["1"] == [item.guid for item in feed.items]


@pytest.mark.parametrize("items", [{}, None, "x", 3])
def test_a_feed_without_a_list_is_empty(items: object) -> None:
    """It is a feed all the same: no error, and nothing is removed for it."""
    assert ParsedFeed("json1") == read(json.dumps({"version": "https://jsonfeed.org/version/1", "items": items}))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{}", "not a JSON Feed"),
        ("[]", "not a JSON Feed"),
        ('{"version": 1, "items": []}', "not a JSON Feed"),
        ('{"error": "jsonfeed.org"}', "not a JSON Feed"),
        ('{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1"}', "cannot be read"),
        ("{'version': 1}", "cannot be read"),
        ("[" * 100_000, "cannot be read"),
        ('{"version": "https://jsonfeed.org/version/1", "items": [{"id": ' + "9" * 5_000 + "}]}", "cannot be read"),
    ],
)
def test_other_json_is_no_feed(text: str, words: str) -> None:
    """Another document, a cut one, a nest too deep or a number too long: said in words."""
    feed = read(text)
    assert ("", ()) == (feed.format, feed.items)
    assert words in feed.problems[-1]


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_a_mark_before_it_is_no_trouble(charset: str) -> None:
    """JSON should have none, and has."""
    assert "json11" == read(json.dumps({"version": VERSION}).encode(charset)).format


@given(JSON)
def test_no_json_makes_it_raise(value: object) -> None:
    """As an item, as the items, as the whole; and what comes out can be stored."""
    for document in ({"version": VERSION, "items": [value]}, {"version": VERSION, "items": value}, value):
        feed = read(json.dumps(document))
        assert not any("parser failed" in problem for problem in feed.problems)
        for item in feed.items:
            stored = item.title + item.text + item.author + (item.url or "") + (item.lang or "")
            assert "\0" not in stored.encode().decode()
