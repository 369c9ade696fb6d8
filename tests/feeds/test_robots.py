"""robots.txt: asked before a web page is read, kept for a day, obeyed."""

from __future__ import annotations

import pytest

from bot.core.errors import FeedError, FeedTrouble
from bot.core.model import Page, Recipe, Validators
from bot.feeds.fetch import Fetcher
from bot.feeds.reader import FeedReader
from bot.feeds.robots import KEPT_S, Robots
from bot.feeds.settings import Polling
from tests.feedserver import FeedServer, Trouble

pytestmark = pytest.mark.asyncio
POLLING = Polling(allow_private_networks=True, timeout_s=5)
RULES = b"User-agent: *\nDisallow: /private\n\nUser-agent: lodewire\nDisallow: /closed\n"


async def test_rules_are_obeyed(feed_server: FeedServer) -> None:
    """Those for us by name count, and not those for all; the file is asked once for all pages of a site, for a day."""
    feed_server.serve("robots.txt", RULES, content_type="text/plain")
    now = 0.0
    async with Fetcher(POLLING) as fetcher:
        robots = Robots(fetcher, lambda: now)
        await robots.require(feed_server.url("private/x"))
        for _ in range(2):
            with pytest.raises(FeedError, match="asks programs to stay away") as refused:
                await robots.require(feed_server.url("closed/x"))
            assert FeedTrouble.REFUSED is refused.value.trouble
        assert 1 == feed_server.count("robots.txt")
        now = KEPT_S
        await robots.require(feed_server.url("x"))
        assert 2 == feed_server.count("robots.txt")


@pytest.mark.parametrize("trouble", [Trouble(status=404), Trouble(status=403), Trouble(body=b""),
                                     Trouble(body=b"<!doctype html><html>Disallow: /</html>")])  # fmt: skip
async def test_no_rules_allow_all(feed_server: FeedServer, trouble: Trouble) -> None:
    """Also where another page stands in the file's place."""
    feed_server.fail("robots.txt", trouble)
    async with Fetcher(POLLING) as fetcher:
        await Robots(fetcher).require(feed_server.url("x"))


async def test_a_server_in_trouble_is_left_alone(feed_server: FeedServer) -> None:
    """What it wants cannot be known now; the page is not asked, and the file again at the next try."""
    feed_server.fail("robots.txt", Trouble(status=503))
    url = feed_server.serve("page", b"<html><p>Words</p></html>", content_type="text/html")
    async with FeedReader(POLLING) as reader:
        with pytest.raises(FeedError, match="503"):
            await reader.visit(url, Validators(), None, Recipe("p"))
        assert 0 == feed_server.count("page")
        feed_server.heal("robots.txt")
        page = await reader.visit(url, Validators(), None, Recipe("p"))
    assert isinstance(page, Page) and page.recipe == Recipe("p")


async def test_a_redirect_leads_past_no_rule(feed_server: FeedServer) -> None:
    """Where a page is found in the end counts, too."""
    feed_server.serve("robots.txt", RULES, content_type="text/plain")
    feed_server.serve("closed", b"<html></html>", content_type="text/html")
    url = feed_server.fail("page", Trouble(status=302, headers={"Location": "/closed"}))
    async with FeedReader(POLLING) as reader:
        with pytest.raises(FeedError, match="stay away"):
            await reader.visit(url, Validators(), None)
