"""The demo's server over real HTTP: feeds of the moment, 304, and pages behind every link."""

from __future__ import annotations

import tomllib
from datetime import timedelta

import aiohttp
import feedparser
import pytest

from bot.demo.script import read_script
from bot.demo.server import DemoServer
from tests.clock import Clock
from tests.sources import ROOT

SCRIPT = read_script(tomllib.loads((ROOT / "config" / "demo.toml").read_text("utf-8")))
START = SCRIPT.clock.start


@pytest.mark.asyncio
async def test_every_feed_is_served_as_configured() -> None:
    """Each FeedSpec leads to a feed of that title, with what stood there when the clock starts."""
    async with DemoServer(SCRIPT, Clock(START)) as server, aiohttp.ClientSession() as http:
        for spec in server.feeds():
            async with http.get(spec.url) as answer:
                assert 200 == answer.status
                found = feedparser.parse(await answer.read())
            assert (spec.title, spec.lang) == (found.feed.title, found.feed.language)
            assert 2 == len(found.entries)
        assert (4, 0) == (server.requests, server.unchanged)
        assert [0, 1, 2, 2] == [spec.tier for spec in server.feeds()]


@pytest.mark.asyncio
async def test_unchanged_is_304_until_something_is_new() -> None:
    """With its own ETag a feed answers 304 without a body; after the next item it answers 200 with another ETag."""
    clock = Clock(START)
    async with DemoServer(SCRIPT, clock) as server, aiohttp.ClientSession() as http:
        url = server.feeds()[0].url
        async with http.get(url) as first:
            known = {"If-None-Match": first.headers["ETag"]}
        async with http.get(url, headers=known) as again:
            assert (304, b"", first.headers["ETag"]) == (again.status, await again.read(), again.headers["ETag"])
        clock.advance(timedelta(hours=12))
        async with http.get(url, headers=known) as later:
            assert 200 == later.status
            assert first.headers["ETag"] != later.headers["ETag"]
        assert (3, 1) == (server.requests, server.unchanged)


@pytest.mark.asyncio
async def test_every_link_leads_to_a_page() -> None:
    """The link of each item in each feed answers with its title, escaped, and lets no script run."""
    async with DemoServer(SCRIPT, Clock(SCRIPT.clock.end)) as server, aiohttp.ClientSession() as http:
        for spec in server.feeds():
            async with http.get(spec.url) as answer:
                entries = feedparser.parse(await answer.read()).entries
            for entry in entries:
                async with http.get(entry.link) as page:
                    assert (200, "text/html") == (page.status, page.content_type)
                    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
                    title = (await page.text()).partition("<h1>")[2].partition("</h1>")[0]
                    assert entry.title.split("<")[0] in title
                    assert "<" not in title
        assert 4 == server.requests


@pytest.mark.asyncio
async def test_what_is_not_there_is_404() -> None:
    """An unknown outlet, an unknown number, and an article whose time has not come."""
    last = max(scene.number for scene in SCRIPT.scenes if scene.outlet == "government")
    async with DemoServer(SCRIPT, Clock(START)) as server, aiohttp.ClientSession() as http:
        for path in ("/nobody.xml", "/nobody/1", "/government/0", "/government/99", f"/government/{last}", "/"):
            async with http.get(server.origin + path) as answer:
                assert 404 == answer.status, path
        assert 0 == server.requests


@pytest.mark.asyncio
async def test_the_server_ends_with_its_context() -> None:
    """Afterwards the port is closed."""
    async with DemoServer(SCRIPT, Clock(START)) as server:
        url = server.feeds()[0].url
    async with aiohttp.ClientSession() as http:
        with pytest.raises(aiohttp.ClientConnectionError):
            await http.get(url)


@pytest.mark.asyncio
async def test_serving_writes_no_log(caplog: pytest.LogCaptureFixture) -> None:
    """No access log: the demo's screen belongs to the alerts."""
    caplog.set_level("DEBUG")
    async with DemoServer(SCRIPT, Clock(START)) as server, aiohttp.ClientSession() as http:
        answer = await http.get(server.feeds()[0].url)
        answer.release()
    assert [] == [record.name for record in caplog.records if record.name.startswith("aiohttp")]
