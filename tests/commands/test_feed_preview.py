"""feed add with a way outside: one look over real HTTP, a preview, and a yes that asks the site no second time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.commands.limits import Limits
from bot.core.messages import as_text
from bot.feeds.prober import KEPT_S, Prober
from bot.feeds.reader import FeedReader
from bot.feeds.settings import Polling
from bot.storage.database import Database
from tests.clock import Clock
from tests.commands.newsroom import ANA, Newsroom, open_newsroom
from tests.feedserver import Entry, FeedServer, Trouble

pytestmark = pytest.mark.asyncio
HTML = "text/html; charset=utf-8"


@dataclass
class Seconds:
    """A stopwatch that is told what to show."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@asynccontextmanager
async def open_room(
    database: Database, clock: Clock, *, watch: Callable[[], float] | None = None, is_open: bool = True, feeds: int = 50
) -> AsyncIterator[Newsroom]:
    """A newsroom that sees this machine's servers, unless it is not `is_open`."""
    async with FeedReader(Polling(allow_private_networks=is_open, timeout_s=5)) as reader:
        limits = Limits(commands_per_minute=20, feeds=feeds)
        yield await open_newsroom(database, clock, limits, outside=Prober(reader, watch or Seconds()))


def news(clock: Clock, count: int = 9) -> list[Entry]:
    """Items six hours apart, the newest first."""
    return [
        Entry(f"Gallium news {number}", "Words.", f"g{number}", f"https://ores.example/{number}",
              date=clock() - timedelta(hours=6 * number))
        for number in range(count)
    ]  # fmt: skip


def page(*links: str) -> bytes:
    return f"<!doctype html><html><head><title>Ores</title>{''.join(links)}</head><body>Hello</body></html>".encode()


def alternate(href: str, title: str = "", kind: str = "application/rss+xml") -> str:
    return f'<link rel="alternate" type="{kind}" title="{title}" href="{href}">'


async def test_a_feed_is_shown_before_it_is_added(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """Title, language, rhythm and three headlines, with the yes as a choice; the site is asked once for both."""
    url = feed_server.publish("ores", news(clock), lang="en")
    async with open_room(database, clock) as room:
        reply = await room.ask(f"feed add {url}")
        said = as_text(reply.message)
        print(said, reply.choices)
        for part in ("Is this the feed?", "ores", "Language: en", "about 4 a day; 9 items", "Gallium news 2"):
            assert part in said
        assert "Gallium news 3" not in said
        assert "1 feed: 1 not read yet." in await room.said("feed list")
        assert (f"feed add {url} yes",) == reply.choices
        added = await room.said(reply.choices[0])
        assert "Feed added" in added and "Title: ores" in added
        assert "ores · own · not read yet" in await room.said("feed list")
        assert "polled for this place already" in await room.said(f"feed add {url}")
    assert 1 == feed_server.count("ores")


async def test_a_title_of_ones_own_is_kept(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """From the first call to the yes; a title that begins with Yes is written in quotes."""
    url = feed_server.publish("ores", news(clock))
    async with open_room(database, clock) as room:
        reply = await room.ask(f"feed add {url} Metals daily")
        assert (f"feed add {url} yes Metals daily",) == reply.choices
        assert "feed add" in (await room.ask(f'feed add {url} "Yes" Minerals')).choices[0]
        assert "Title: Metals daily" in await room.said(reply.choices[0])


async def test_what_was_found_is_kept_for_ten_minutes(
    database: Database, clock: Clock, feed_server: FeedServer
) -> None:
    """After them the site is asked anew."""
    url, watch = feed_server.publish("ores", news(clock)), Seconds()
    async with open_room(database, clock, watch=watch) as room:
        for seconds, count in ((0, 1), (KEPT_S - 1, 1), (KEPT_S, 2)):
            watch.now = seconds
            await room.said(f"feed add {url}")
            assert count == feed_server.count("ores")


async def test_a_site_leads_to_its_feed(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """One that names one feed is followed, with one request each; its comments and its interface are no news."""
    url = feed_server.publish("ores", news(clock))
    links = alternate("ores", "News"), alternate("comments/feed", "Comments"), alternate("x", kind="text/html")
    interface = alternate("wp-json/wp/v2/pages/1", "JSON", "application/json")
    site = feed_server.serve("site", page(*links, interface), content_type=HTML)
    async with open_room(database, clock) as room:
        reply = await room.ask(f"feed add {site}")
        assert (f"feed add {url} yes",) == reply.choices
        assert "Feed added" in await room.said(reply.choices[0])
    assert (1, 1) == (feed_server.count("site"), feed_server.count("ores"))


async def test_a_site_with_several_feeds_asks_which(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """None of them is fetched before one is chosen."""
    url = feed_server.publish("a", news(clock))
    links = alternate("a", "Metals"), alternate("b", "Energy", "application/atom+xml"), alternate("a", "Again")
    site = feed_server.serve("site", page(*links), content_type=HTML)
    async with open_room(database, clock) as room:
        reply = await room.ask(f"feed add {site} yes")
        print(as_text(reply.message))
        assert "names 2 feeds" in as_text(reply.message)
        assert (f"feed add {url}", f"feed add {feed_server.url('b')}") == reply.choices
    assert 0 == feed_server.count("a")


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (Trouble(body=page(), content_type=HTML), "it names no feed. Nothing was changed. Look on the site"),
        (Trouble(body=page(alternate("lost")), content_type=HTML), "404"),
        (Trouble(body=b"<p/>", content_type="text/xml"), "neither RSS, Atom nor JSON Feed"),
        (Trouble(status=404), "404 Not Found. Nothing was changed. Open the address in a browser"),
        (Trouble(status=503), "503 Service Unavailable. Nothing was changed. The site may be down."),
        (Trouble(status=403, headers={"cf-mitigated": "challenge"}), "lets people in, and no programs"),
        (Trouble(body=b""), "Look on the site for another feed"),
    ],
)
async def test_trouble_is_told_with_what_to_do(
    sqlite_url: str, clock: Clock, feed_server: FeedServer, trouble: Trouble, said: str
) -> None:
    """Nothing is added, with a yes or without."""
    url = feed_server.fail("ores", trouble)
    database = await Database.open(sqlite_url)
    async with open_room(database, clock) as room:
        for words in (f"feed add {url}", f"feed add {url} yes"):
            assert said in await room.said(words)
        assert "1 feed: 1 not read yet." in await room.said("feed list")
    await database.close()


async def test_nothing_private_is_looked_at(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """Neither directly nor through a site's own word."""
    url = feed_server.publish("ores", news(clock))
    async with open_room(database, clock, is_open=False) as room:
        said = await room.said(f"feed add {url}")
        assert "leads to this machine or a private network. Nothing was changed. Only addresses" in said
    assert 0 == feed_server.count("ores")


async def test_no_site_is_asked_in_vain(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """Not for somebody who may not add feeds, not for a wrong call, not beyond the pace of commands."""
    url = feed_server.publish("ores", news(clock))
    async with open_room(database, clock, watch=iter(range(0, 10**9, 10**4)).__next__) as room:
        assert "is for moderators" in await room.said(f"feed add {url}", ANA)
        assert "is no argument" not in await room.said("feed add")
        assert "is no web address" in await room.said("feed add ftp://ores.example/")
        assert 0 == feed_server.count("ores")
        for _ in range(25):
            await room.said(f"feed add {url}")
    assert feed_server.count("ores") <= 20


async def test_the_limit_holds_before_the_preview(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """A preview that could not be followed by a yes would mislead."""
    async with open_room(database, clock, feeds=0) as room:
        assert "no more are allowed" in await room.said(f"feed add {feed_server.publish('ores', news(clock))}")


def press(feed_server: FeedServer, holder: str = "news") -> str:
    """A page without a feed: a list of news below a menu."""
    rows = "".join(f'<li><a href="/n/{n}">The ministry restricts gallium {n}</a></li>' for n in range(5))
    body = f"<!doctype html><html><head><title>Press</title></head><body><ul class={holder}>{rows}</ul></body></html>"
    return feed_server.serve("press", body.encode(), content_type=HTML)


async def test_a_page_without_a_feed_is_watched(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """Said by the error, guessed, shown, and added with the rule that was shown; the page is asked once for both."""
    url = press(feed_server)
    async with open_room(database, clock) as room:
        reply = await room.ask(f"feed add {url}")
        assert "or watch the page itself: page:yes" in as_text(reply.message)
        assert (f"feed add {url} page:yes",) == reply.choices
        reply = await room.ask(f"{reply.choices[0]} Ministry")
        print(as_text(reply.message), reply.choices)
        assert "Rows: ul.news > li" in as_text(reply.message)
        assert "The ministry restricts gallium 2" in as_text(reply.message)
        assert (f'feed add {url} yes rows:"ul.news > li" Ministry',) == reply.choices
        assert "Page added" in await room.said(reply.choices[0])
        assert "Ministry · own · watched page · not read yet" in await room.said("feed list")
        assert "no feeds of its own" in await room.said("opml export")
    assert 2 == feed_server.count("press")


async def test_a_rule_of_ones_own_is_tried(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """What finds nothing, and what the site forbids, is told with what to do."""
    url = press(feed_server)
    async with open_room(database, clock) as room:
        said = await room.said(f'feed add {url} rows:"ul.gone > li"')
        assert "finds nothing on the page" in said and 'such as rows:"ul.news > li"' in said
        assert "5 items on it now" in await room.said(f"feed add {url} rows:ul.news>li")
        feed_server.serve("robots.txt", b"User-agent: *\nDisallow: /", content_type="text/plain")
    async with open_room(database, clock) as room:
        said = await room.said(f"feed add {url} page:yes")
        assert "stay away from it. Nothing was changed. Ask the site's owner" in said


async def test_a_feed_of_teasers_is_added_as_such(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """`full:yes` is kept from the question to the yes, by a site, too; the list shows it."""
    url = feed_server.publish("ores", news(clock))
    site = feed_server.serve("site", page(alternate("/ores")), content_type="text/html")
    async with open_room(database, clock) as room:
        reply = await room.ask(f"feed add {site} full:yes Metals daily")
        assert (f"feed add {url} yes full:yes Metals daily",) == reply.choices
        assert "articles read" not in await room.said("feed list")
        await room.said(reply.choices[0])
        assert "Metals daily · own · articles read" in await room.said("feed list")
