"""The test bed's own promises: fresh databases of both kinds, a server that keeps the rules of HTTP, a guarded loop."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import aiohttp
import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select

from bot.core.text.dates import read_date
from bot.storage.database import Database
from bot.storage.schema import leases
from bot.storage.upgrade import HEAD, version_of
from tests.clock import Clock
from tests.feedserver import Entry, FeedServer, Trouble
from tests.feedxml import FIRST

LEASE = {"name": "a", "holder": "me", "fence": 1}


@pytest.mark.asyncio
@pytest.mark.parametrize("turn", [1, 2])
async def test_each_test_has_a_database_of_its_own(database: Database, clock: Clock, turn: int) -> None:
    """What one test writes no other sees, on either kind of database."""
    async with database.read() as tx:
        assert [] == list(await tx.execute(select(leases.c.name)))
    async with database.write() as tx:
        await tx.execute(insert(leases).values(**LEASE, until=clock.now))


def test_a_database_is_migrated(database_url: str) -> None:
    """The template stands at the newest version."""
    assert HEAD == version_of(database_url)


def test_an_empty_database_is_empty(empty_database_url: str) -> None:
    """For tests of the migrations: nothing is there yet."""
    assert version_of(empty_database_url) is None


def test_the_clock_stands_until_moved(clock: Clock) -> None:
    """Reading a clock twice gives the same moment; `advance` is the only change."""
    before = clock()
    assert before == clock.now
    assert clock.advance(timedelta(days=1)) == clock() == before + timedelta(days=1)


@given(st.text())
def test_properties_may_use_the_bed(text: str) -> None:
    """The guard over the loop does not disturb hypothesis."""
    assert text == text.encode("utf-8", "surrogatepass").decode("utf-8", "surrogatepass")


async def get(url: str, **headers: str) -> tuple[int, bytes, Mapping[str, str]]:
    timeout = aiohttp.ClientTimeout(5)
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    async with aiohttp.ClientSession(timeout=timeout) as http, http.get(url, headers=names) as response:
        return response.status, await response.read(), response.headers


@pytest.mark.asyncio
@pytest.mark.parametrize("form", ["rss", "atom"])
async def test_a_feed_is_read_as_it_was_written(feed_server: FeedServer, form: str) -> None:
    """Title, text, guid, link, date and language come through both formats."""
    entry = Entry("Gallium & germanium", "<b>Ban</b>", "id-1", "https://a.example/?x=1&y=2", FIRST, "de")
    _, body, _ = await get(feed_server.publish("a", [entry], form=form, lang="en"))  # type: ignore[arg-type]
    parsed = feedparser.parse(body)
    [item] = parsed.entries
    assert not parsed.bozo and "en" == parsed.feed.language
    assert (entry.title, entry.text, entry.guid, entry.link) == (item.title, item.summary, item.id, item.link)
    assert FIRST == read_date(item.published)


@pytest.mark.asyncio
async def test_a_known_version_is_304(feed_server: FeedServer) -> None:
    """Either validator brings a 304, a new version brings 200, and all of it is recorded."""
    url = feed_server.publish("a", [Entry("One")])
    _, _, headers = await get(url)
    assert 304 == (await get(url, If_None_Match=headers["ETag"]))[0]
    assert 304 == (await get(url, If_Modified_Since=headers["Last-Modified"]))[0]
    feed_server.publish("a", [Entry("Two")])
    assert 200 == (await get(url, If_None_Match=headers["ETag"], If_Modified_Since=headers["Last-Modified"]))[0]
    assert 200 == (await get(url, If_Modified_Since=headers["Last-Modified"]))[0]
    assert [200, 304, 304, 200, 200] == [asked.status for asked in feed_server.asked("a")]
    assert headers["ETag"] == feed_server.asked("a")[1].headers["if-none-match"]
    assert 5 == feed_server.count("a")


@pytest.mark.asyncio
async def test_a_feed_fails_as_told_and_heals(feed_server: FeedServer) -> None:
    """Statuses, pages that are no feed, late answers and cut bodies; then the feed is back."""
    url = feed_server.publish("a", [Entry("One")])
    feed_server.fail("a", Trouble(status=429, headers={"Retry-After": "7"}, times=1))
    status, _, headers = await get(url)
    assert (429, "7", 200) == (status, headers["Retry-After"], (await get(url))[0])
    feed_server.fail("a", Trouble(body=b"<html>Just a moment</html>"))
    assert b"<html>Just a moment</html>" == (await get(url))[1]
    feed_server.fail("a", Trouble(body=b""))
    assert b"" == (await get(url))[1]
    feed_server.fail("a", Trouble(cut=True))
    with pytest.raises(aiohttp.ClientPayloadError):
        await get(url)
    feed_server.fail("a", Trouble(delay=0.2))
    before = time.monotonic()
    assert 200 == (await get(url))[0] and time.monotonic() - before >= 0.2
    feed_server.heal("a")
    assert 200 == (await get(url))[0]
    assert 404 == (await get(feed_server.url("nobody")))[0]


def test_a_waiting_answer_does_not_delay_the_end() -> None:
    """The server stops at once, whoever still waits for it."""
    with FeedServer() as server:
        server.fail("a", Trouble(delay=30))
        code = f"import urllib.request as r; r.urlopen({server.url('a')!r})"
        waiting = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL)
        time.sleep(0.5)
        before = time.monotonic()
    assert time.monotonic() - before < 5
    assert 0 != waiting.wait(10)


def test_a_folder_is_served_from_another_process(tmp_path: Path) -> None:
    """`python -m tests.feedserver DIR` prints its address, and serves files with validators."""
    (tmp_path / "a.xml").write_bytes(b"<rss/>")
    program = [sys.executable, "-m", "tests.feedserver", str(tmp_path)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1]) as process:
        try:
            assert process.stdout
            url = process.stdout.readline().strip() + "/a.xml"
            status, body, headers = asyncio.run(get(url))
            assert (200, b"<rss/>") == (status, body)
            assert 304 == asyncio.run(get(url, If_None_Match=headers["ETag"]))[0]
            assert 404 == asyncio.run(get(url.replace("a.xml", "%2e%2e/etc/passwd")))[0]
        finally:
            process.kill()


@pytest.mark.asyncio
async def test_the_loop_is_guarded(tmp_path: Path) -> None:
    """A blocking call made by code of `bot` on the loop is refused; the same call made by a test is not."""
    import bot

    tmp_path.stat()
    held = compile("import os\nos.stat('/')", str(Path(bot.__file__).with_name("held.py")), "exec")
    with pytest.raises(Exception, match=r"Blocking call to os\.stat"):
        exec(held)
