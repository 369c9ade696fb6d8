"""Watched pages: items off HTML, by selectors given or guessed."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.model import Item, Page, Recipe
from bot.feeds.webpage import read_page, suggest_recipe

URL = "https://ministry.example/press/"
ROW = (
    '<li class="entry"><span class="date">{day} November 2025</span><h3><a href="/n/{day}">{title}</a></h3>{more}</li>'
)
TITLE = "The ministry restricts exports of gallium"


def row(day: int, title: str = TITLE, more: str = "") -> str:
    return ROW.format(day=day, title=f"{title} {day}", more=more)


def html(*rows: str, around: str = "") -> Page:
    links = "".join(f'<li><a href="/menu/{n}">A long entry of the menu number {n}</a></li>' for n in range(40))
    body = f'<header><ul class="menu">{links}</ul></header>{around}<main><ul class="news">{"".join(rows)}</ul></main>'
    text = f'<!doctype html><html lang="en-GB"><head><title>Press &amp; news</title></head><body>{body}</body></html>'
    return Page(URL, text.encode(), "text/html; charset=utf-8")


def test_rows_become_items() -> None:
    """Title, link, date and paragraphs; counters and the like beside them are left."""
    page = html(row(4, more="<p>From Monday.</p><span>2 hours ago, 17 views</span>"), row(3), "<li>No link</li>")
    read = read_page(page, Recipe("ul.news > li"))
    assert ("page", "Press & news", "en-GB", ()) == (read.format, read.title, read.lang, read.problems)
    when, said = datetime(2025, 11, 4, tzinfo=UTC), "4 November 2025"
    first = Item(None, "https://ministry.example/n/4", f"{TITLE} 4", "From Monday.", when, date_said=said)
    assert first == read.items[0]
    assert 2 == len(read.items) == read.total


def test_each_part_may_be_named() -> None:
    """For rows whose first heading, link or date is not the one."""
    words = '<a href="/tag">Tag</a><h4>Kicker</h4><b>Title</b><a class="go" href="/x">more</a><i>3.11.2025</i>'
    read = read_page(html(around=f'<div class="r">{words}</div>'), Recipe("div.r", "b", "a.go", "i"))
    [item] = read.items
    assert ("Title", "https://ministry.example/x") == (item.title, item.url)
    assert item.published is not None and (2025, 11, 3) == item.published.timetuple()[:3]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("ul.gone > li", "finds nothing on the page: it was rebuilt, or is filled in by a script"),
        ("header", "finds 1 rows, none with a title and a link"),
        ("li[", "cannot be used"),
    ],
)
def test_a_rule_that_finds_nothing_says_so(rows: str, said: str) -> None:
    """It is no feed any more, and no silence."""
    page = Page(URL, html(row(4)).body.replace(b'<a href="/menu', b'<a name="/menu'))
    read = read_page(page, Recipe(rows))
    assert ("", ()) == (read.format, read.items)
    assert said in read.problems[0]


def test_a_guess_finds_the_news() -> None:
    """Not the menu, which has more and longer links; and reads every row."""
    page = html(*(row(day) for day in range(9, 0, -1)))
    recipe = suggest_recipe(page)
    assert recipe == Recipe("ul.news > li.entry")
    assert 9 == len(read_page(page, recipe).items)


def test_cards_and_linked_blocks_are_guessed() -> None:
    """A row that is a link around all, and cards without classes that last."""
    cards = "".join(
        f'<div class="card css-1x2y3"><a href="/c/{n}"><h2>{TITLE} {n}</h2></a>'
        f'<time datetime="2025-11-0{n}">x</time></div>'
        for n in range(1, 6)
    )
    recipe = suggest_recipe(html(around=f"<section>{cards}</section>"))
    assert recipe is not None and recipe.rows.endswith("div.card")


@pytest.mark.parametrize("body", [b"", b"<html></html>", b"<p>Words</p>", b"\xff\x00<li><a href=x>y</a>"])
def test_no_guess_where_there_is_no_list(body: bytes) -> None:
    """Better none than a menu."""
    assert suggest_recipe(Page(URL, body)) is None


@given(st.binary(max_size=300), st.text(max_size=20))
def test_no_page_and_no_rule_make_it_raise(body: bytes, rows: str) -> None:
    """Whatever is served, whatever is typed."""
    read_page(Page(URL, b"<ul><li><a href='/a'>" + body), Recipe(rows))
    suggest_recipe(Page(URL, body))


@pytest.mark.parametrize(
    "piece", ["<div><a href='/a'>A title that is long enough</a>", "<li><h1>", "<a href=x>" + "t" * 40, "<a b", " a=b"]
)
def test_a_page_made_to_keep_it_busy_does_not(piece: str) -> None:
    """A megabyte takes no more than some seconds."""
    page = Page(URL, (piece * (1_000_000 // len(piece))).encode())
    started = time.thread_time()
    suggest_recipe(page)
    for rows in ("div", "li", "*", "a"):
        read_page(page, Recipe(rows))
    assert time.thread_time() - started < 20
