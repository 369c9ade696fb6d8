"""What a redirect says of a feed's address, and an answer of its freshness."""

from __future__ import annotations

import pytest

from bot.core.model import NotModified, Page, Validators
from bot.feeds.fetch import Fetcher
from bot.feeds.settings import Polling
from tests.feedserver import Entry, FeedServer, Trouble

pytestmark = pytest.mark.asyncio

OPEN = Polling(allow_private_networks=True, timeout_s=5)


def lead(server: FeedServer, *statuses: int) -> str:
    """A chain of redirects hop0, hop1, ... that ends at the feed `end`; its first address."""
    server.publish("end", [Entry("News")])
    for number, status in enumerate(statuses):
        target = "end" if number == len(statuses) - 1 else f"hop{number + 1}"
        server.fail(f"hop{number}", Trouble(status, headers={"Location": f"/{target}"}))
    return server.url("hop0")


@pytest.mark.parametrize(
    ("statuses", "moved_to"),
    [((301,), "end"), ((308, 301), "end"), ((302,), None), ((301, 302), "hop1"), ((307, 301), None)],
)
async def test_only_permanent_hops_move_a_feed(
    feed_server: FeedServer, statuses: tuple[int, ...], moved_to: str | None
) -> None:
    """As far as every hop before was permanent; a 304 says it like a page."""
    wanted = feed_server.url(moved_to) if moved_to else None
    async with Fetcher(OPEN) as fetcher:
        page = await fetcher.fetch(lead(feed_server, *statuses), Validators())
        assert isinstance(page, Page)
        assert (feed_server.url("end"), wanted) == (page.url, page.moved_to)
        same = await fetcher.fetch(feed_server.url("hop0"), page.validators)
        assert isinstance(same, NotModified)
        assert (page.url, wanted) == (same.url, same.moved_to)


async def test_an_answer_says_how_long_it_is_fresh(feed_server: FeedServer) -> None:
    """From its own headers; 0 where it says nothing."""
    async with Fetcher(OPEN) as fetcher:
        plain = await fetcher.fetch(feed_server.publish("plain", [Entry("News")]), Validators())
        url = feed_server.fail("fresh", Trouble(body=b"<rss><channel/></rss>", headers={"Cache-Control": "max-age=60"}))
        fresh = await fetcher.fetch(url, Validators())
        assert isinstance(plain, Page)
        assert isinstance(fresh, Page)
        assert (0, 60) == (plain.fresh_s, fresh.fresh_s)
