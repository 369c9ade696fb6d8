"""Outlets that change everything about what they published, read by the real program: none of it is news again.

Feeds of our own generators, and, where the variable LODEWIRE_SNAPSHOTS names a folder, every saved page in it. The
terminal follows words of which each item holds one, so that whatever is taken for news is a post.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.core.floods import is_moved_house, words_of
from bot.core.model import Item, Page
from bot.core.text.words import find_words
from bot.feeds.parse import parse
from tests.feedserver import Entry, FeedServer
from tests.feedxml import render_atom, render_rss
from tests.mangling import with_new_dates, with_new_guids, with_new_links, with_shouted_titles
from tests.program import Installation
from tests.traps import ATOM_03, JSON_11, RSS_10

SNAPSHOTS = os.environ.get("LODEWIRE_SNAPSHOTS", "")
NOW = datetime.now(UTC)
FIGURES = ("fetched", "not_modified", "items_new", "items_changed", "posts_sent")
SHORT = 10  # a flood of so few items is let in
Pages = Mapping[str, bytes]
Change = Callable[[bytes], bytes]


def own_pages() -> Pages:
    """RSS and Atom of every size, dated and undated, with and without guid and link; and the older formats."""
    pages = {"rdf": RSS_10.encode(), "old-atom": ATOM_03.encode(), "json": JSON_11.encode()}
    for size in (1, 4, 10, 11, 20, 60):
        for is_dated in (True, False):
            name = f"{size}-{'dated' if is_dated else 'undated'}"
            pages[f"rss-{name}"] = render_rss(name, _entries(size, is_dated))
            pages[f"atom-{name}"] = render_atom(name, _entries(size, is_dated))
    bare = [Entry(e.title, e.text, None, e.link) for e in _entries(20, False)]
    permalinks = [Entry(e.title, e.text, e.link) for e in _entries(20, False)]
    return pages | {"no-guid": render_rss("no guid", bare), "permalink": render_rss("permalink", permalinks)}


def _entries(size: int, is_dated: bool) -> list[Entry]:
    return [
        Entry(
            f"Gallium news {number} of {size}",
            f"<p>Words of {number}.</p>",
            f"urn:{size}:{number}",
            f"https://www.a.example/{size}/{number}",
            NOW - timedelta(hours=number) if is_dated else None,
        )
        for number in range(size)
    ]


def saved_pages() -> Pages:
    """Those of the folder."""
    folder = Path(SNAPSHOTS)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.name != "MANIFEST.json"}


@dataclass
class Drill:
    """The program over these pages, all dated within the last days as they are first met."""

    here: Installation
    server: FeedServer
    pages: Pages

    def read(self, trap: str, change: Change = lambda page: page) -> dict[str, Any]:
        """Serve each page as changed, and do one round: its report."""
        for name, page in self.pages.items():
            self.server.serve(name, change(page))
        report = self.here.once()
        print(f"{trap:40}" + "".join(f"{report[key]:>15}" for key in FIGURES))
        return report

    def alerts(self) -> int:
        """Alerts that the terminal showed; what the operator is asked or told of a feed is none."""
        return sum(post["op"] == "post" and "\nMatched: " in post["text"] for post in self.here.shown())


def open_drill(folder: Path, server: FeedServer, pages: Pages) -> Drill:
    """Follow what every item holds, list the feeds, and see each for the first time."""
    recent = {name: with_new_dates(page, NOW - timedelta(hours=1)) for name, page in pages.items()}
    here = Installation(folder, feeds=[server.url(name) for name in recent])
    here.run("chat", "--config", str(here.config), said=f"follow {words_in_each(recent)}\n")
    print(f"\n{len(pages)} feeds{'':32}" + "".join(f"{key:>15}" for key in FIGURES))
    return Drill(here, server, recent)


def words_in_each(pages: Pages) -> str:
    """A query of beginnings of words, the most frequent first, of which each title with letters holds one."""
    words = [find_words(item.title) for item in items_of(pages)]
    left = [{begin for word in title if len(begin := word.raw[:2].lower()) > 1 and begin.isalpha()} for title in words]
    chosen: list[str] = []
    while left := [begins for begins in left if begins and begins.isdisjoint(chosen)]:
        chosen.append(Counter(begin for begins in left for begin in begins).most_common(1)[0][0])
    return " OR ".join(f"{begin}*" for begin in chosen)


def items_of(pages: Pages) -> list[Item]:
    """All items on these pages."""
    return [item for name, page in pages.items() for item in parse(Page(f"http://a.example/{name}", page)).items]


def moved(page: bytes, mark: str) -> bytes:
    """As a site has it that moved: every guid, link and date another."""
    return with_new_dates(with_new_links(with_new_guids(page, f"g{mark}"), mark), NOW)


def run(folder: Path, server: FeedServer, pages: Pages) -> Drill:
    """First sight, then one change after the other: none is news. The drill, for what comes after."""
    drill = open_drill(folder, server, pages)
    first = drill.read("first sight")
    assert len(pages) == first["fetched"]
    assert first["matches"] > 0.95 * first["items_new"], "what is news would be a post"
    assert len(pages) == drill.read("the same again")["not_modified"]
    harmless: dict[str, Change] = {
        "the same in other bytes": lambda page: page + b"\n",
        "every guid another, links kept": lambda page: with_new_guids(page, "a"),
        "titles in capitals": with_shouted_titles,
        "every date another": lambda page: with_new_dates(page, NOW),
    }
    for trap, change in harmless.items():
        assert 0 == drill.read(trap, change)["items_new"], trap
    assert 0 == drill.alerts()
    return drill


def move_all(drill: Drill) -> None:
    """Moved with its words, a page is known by them; moved with other words, it is a flood, which waits.

    What cannot be told from news is news: a short page without words that tell, and one with other words. Where several
    pages tell the same, it is one story.
    """
    short = [items for name, page in drill.pages.items() if len(items := items_of({name: page})) <= SHORT]
    drill.read("guids, links and dates others", lambda page: moved(page, "b"))
    assert drill.alerts() <= sum(len(page) for page in short if not is_moved_house(tells := words_of(page), tells))
    before = drill.alerts()
    drill.read("titles in capitals besides", lambda page: with_shouted_titles(moved(page, "c")))
    assert drill.alerts() - before <= sum(map(len, short))


@pytest.mark.timeout(120)
def test_own_pages_that_change_everything_are_no_news(tmp_path: Path, feed_server: FeedServer) -> None:
    """Every format and size; then each page over ten is asked about, and one true item in all feeds is one alert."""
    pages = own_pages()
    drill = run(tmp_path, feed_server, pages)
    move_all(drill)
    questions = sum("waits for your word" in post["text"] for post in drill.here.shown())
    assert sum(len(items_of({name: page})) > SHORT for name, page in pages.items()) == questions
    before, new = drill.alerts(), b"<title>Gallium curbs</title><guid>urn:curbs</guid></item><item>"
    told = drill.read("and one true item", lambda page: page.replace(b"<item>", b"<item>" + new, 1))
    assert (sum(b"<item>" in page for page in pages.values()), 1) == (told["items_new"], drill.alerts() - before)


@pytest.mark.skipif(not SNAPSHOTS, reason="LODEWIRE_SNAPSHOTS names no folder")
@pytest.mark.timeout(600)
def test_saved_pages_that_change_everything_are_no_news(tmp_path: Path, feed_server: FeedServer) -> None:
    """Real outlets' pages, as they were saved."""
    move_all(run(tmp_path, feed_server, saved_pages()))
