"""Skimming: the cut of a document into raw items, and the law that makes it safe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.model import Item, Page
from bot.feeds.parse import parse
from bot.feeds.skim import DIGEST, cut_items, skim
from tests.feedxml import Entry, render_atom, render_rss

URL = "http://feed.example/news.xml"
HEAD = b'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>T</title>'
TAIL = b"</channel></rss>"

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)
ENTRIES = st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=8)


def read(body: bytes) -> tuple[Item, ...]:
    """The items of a whole document."""
    return parse(Page(URL, body)).items


def entries_of(told: Sequence[tuple[str, str]]) -> list[Entry]:
    """Entries with these titles and texts."""
    return [Entry(title, text, f"g{n}", f"http://feed.example/{n}") for n, (title, text) in enumerate(told)]


@given(ENTRIES, st.data())
def test_what_is_left_reads_as_in_the_whole(told: list[tuple[str, str]], data: st.DataObject) -> None:
    """For any known part of a document, RSS or Atom, the unseen items read field by field as in the whole."""
    render = data.draw(st.sampled_from([render_rss, render_atom]))
    body = render("News", entries_of(told))
    whole = skim(body)
    assert whole is not None and whole.total == len(told)
    hashes = [whole.window[at : at + DIGEST] for at in range(0, len(whole.window), DIGEST)]
    known = set(data.draw(st.lists(st.sampled_from(hashes), unique=True)))
    rest = skim(body, b"".join(known))
    assert rest is not None and rest.window == whole.window
    expected = [item for item, digest in zip(read(body), hashes, strict=True) if digest not in known]
    assert rest.unseen == len(expected)
    assert expected == list(read(rest.body))


def test_an_unchanged_document_leaves_nothing_to_read() -> None:
    """All items known: none is left, whatever the channel says of its own date."""
    body = HEAD + b"<item><guid>a</guid></item><item><guid>b</guid></item>" + TAIL
    window = skim(body)
    assert window is not None
    again = skim(body.replace(b"<title>T<", b"<lastBuildDate>now</lastBuildDate><title>T<"), window.window)
    assert again is not None and (0, 2) == (again.unseen, again.total)


@pytest.mark.parametrize(
    "inside",
    [
        b"<item><title><![CDATA[ </item><item> ]]></title></item>",
        b"<!-- <item> --><item><title>a</title></item>",
        b"<item><title>a</title><!-- </item> --></item>",
        b'<?php echo "<item>" ?><item a="1"\n><title>a</title></item >',
    ],
)
def test_marks_in_other_clothes_are_no_marks(inside: bytes) -> None:
    """What looks like a tag inside CDATA, a comment or an instruction cuts nothing."""
    spans = cut_items(HEAD + inside + TAIL)
    assert spans is not None and 1 == len(spans)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        HEAD + TAIL,
        HEAD + b"<item><item></item></item>" + TAIL,
        HEAD + b"<item/><item></item>" + TAIL,
        HEAD + b"<item><entry></item></entry>" + TAIL,
        HEAD + b"<item><title>never closed" + TAIL,
        HEAD + b"<item><![CDATA[ never closed </item>" + TAIL,
        HEAD + b"<item><title>cut</title></item><item><ti",
        HEAD + b"<item>\xff</item>" + TAIL,
        b'<!DOCTYPE rss [<!ENTITY a "b">]>' + HEAD + b"<item>&a;</item>" + TAIL,
        (HEAD + b"<item></item>" + TAIL).decode().encode("utf-16"),
        HEAD.replace(b"utf-8", b"iso-2022-jp") + b"<item>\x1b$B</item>" + TAIL,
        b'{"version": "https://jsonfeed.org/version/1.1", "items": []}',
    ],
)
def test_in_doubt_nothing_is_cut(body: bytes) -> None:
    """Nested, self-closed, crossed, unclosed or cut items, other encodings and own entities: the whole is parsed."""
    assert skim(body) is None


@given(st.binary(max_size=300))
def test_no_bytes_make_it_raise(body: bytes) -> None:
    """Whatever the bytes, inside a feed or alone, there is an answer."""
    for told in (body, HEAD + body + TAIL, HEAD + b"<item>" + body + b"</item>" + TAIL):
        found = skim(told)
        assert found is None or found.total * DIGEST == len(found.window)
        assert replace(found, body=told) if found else True
