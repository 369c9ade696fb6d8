"""Asking a server: conditions, redirects, and the name each kind of failure is given."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.core.errors import FeedError, FeedTrouble
from bot.core.model import NotModified, Page, Validators
from bot.feeds.fetch import MOST_HOPS, Fetcher, user_agent
from bot.feeds.settings import Polling
from tests.feedserver import Entry, FeedServer, Trouble
from tests.resolver import Fickle

NEWS = [Entry("Gallium curbs widen", guid="1")]
FEED = b'<rss version="2.0"><channel><title>Ores</title></channel></rss>'
NONE = Validators()


@pytest_asyncio.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    """An open fetcher that may ask 127.0.0.1, with a short deadline and a small bound."""
    polling = Polling(allow_private_networks=True, timeout_s=0.6, max_bytes=100_000, contact="desk@example.org")
    async with Fetcher(polling) as opened:
        yield opened


async def page_of(fetcher: Fetcher, url: str) -> Page:
    page = await fetcher.fetch(url, NONE)
    assert isinstance(page, Page)
    return page


async def failure_of(fetcher: Fetcher, url: str, validators: Validators = NONE) -> FeedError:
    with pytest.raises(FeedError) as caught:
        await fetcher.fetch(url, validators)
    return caught.value


@pytest.mark.asyncio
async def test_a_page_comes_with_what_parsing_needs(fetcher: Fetcher, feed_server: FeedServer) -> None:
    """The body as it was sent, its address, its type, its validators and the zone it was asked with."""
    url = feed_server.serve("ores", FEED, content_type="text/xml; charset=utf-8")
    page = await fetcher.fetch(url, NONE, "Asia/Tokyo")
    assert isinstance(page, Page)
    assert (url, FEED, "text/xml; charset=utf-8", "Asia/Tokyo") == (page.url, page.body, page.content_type, page.zone)
    assert page.validators.etag
    assert page.validators.last_modified


@pytest.mark.asyncio
async def test_we_say_who_we_are_and_no_more(fetcher: Fetcher, feed_server: FeedServer) -> None:
    """A name with a contact, the formats read, encodings that can be bounded; no cookie and no Referer."""
    url = feed_server.fail("ores", Trouble(body=FEED, headers={"Set-Cookie": "a=1; Path=/"}))
    await page_of(fetcher, url)
    await page_of(fetcher, url)
    headers = feed_server.asked("ores")[1].headers
    assert user_agent("desk@example.org") == headers["user-agent"]
    assert re.fullmatch(r"Lodewire/\S+ \(feed reader; desk@example\.org\)", headers["user-agent"])
    assert "gzip, deflate" == headers["accept-encoding"]
    assert set() == {"cookie", "referer", "if-none-match", "if-modified-since"} & set(headers)


@pytest.mark.asyncio
async def test_a_cookie_is_never_sent_back(feed_server: FeedServer) -> None:
    """Asked by name: the library keeps no cookie of a bare address in any case, so that 127.0.0.1 proves nothing."""
    port = feed_server.fail("ores", Trouble(body=FEED, headers={"Set-Cookie": "a=1; Path=/"})).split(":")[2]
    async with Fetcher(Polling(allow_private_networks=True), Fickle(["127.0.0.1"])) as asks:
        for _ in range(2):
            await asks.fetch(f"http://a.example:{port}", Validators())
    assert ["cookie" in asked.headers for asked in feed_server.asked("ores")] == [False, False]


@pytest.mark.asyncio
async def test_validators_go_back_byte_for_byte(fetcher: Fetcher, feed_server: FeedServer) -> None:
    """Weak marks, suffixes and odd dates are sent as they came, both together; the 304 that follows keeps them."""
    sent = {"ETag": 'W/"a,b-gzip"', "Last-Modified": "tue, 4 Nov 25 06:12:00 +0000"}
    url = feed_server.fail("ores", Trouble(body=FEED, headers=sent))
    page = await page_of(fetcher, url)
    feed_server.fail("ores", Trouble(304))
    answer = await fetcher.fetch(url, page.validators)
    headers = feed_server.asked("ores")[1].headers
    assert list(sent.values()) == [headers["if-none-match"], headers["if-modified-since"]]
    assert NotModified(Validators(*sent.values())) == answer


@pytest.mark.asyncio
async def test_an_unchanged_feed_is_not_sent_again(fetcher: Fetcher, feed_server: FeedServer) -> None:
    """With a server that keeps the rules the second answer is a 304, and news is a page again."""
    url = feed_server.publish("ores", NEWS)
    page = await page_of(fetcher, url)
    assert isinstance(await fetcher.fetch(url, page.validators), NotModified)
    feed_server.publish("ores", [Entry("Export quota cut", guid="2"), *NEWS])
    assert isinstance(await fetcher.fetch(url, page.validators), Page)
    assert [200, 304, 200] == [asked.status for asked in feed_server.asked("ores")]


@pytest.mark.asyncio
async def test_a_304_may_bring_newer_validators(fetcher: Fetcher, feed_server: FeedServer) -> None:
    """What it states replaces what was known; what it leaves out stays."""
    url = feed_server.fail("ores", Trouble(304, headers={"ETag": '"2"'}))
    assert NotModified(Validators('"2"', "then")) == await fetcher.fetch(url, Validators('"1"', "then"))


@pytest.mark.asyncio
async def test_a_304_that_nobody_asked_for_is_a_failure(fetcher: Fetcher, feed_server: FeedServer) -> None:
    """Without conditions there is no page that could be unchanged."""
    error = await failure_of(fetcher, feed_server.fail("ores", Trouble(304)))
    assert FeedTrouble.SERVER is error.trouble
    assert "the server said 304 Not Modified" in str(error)


@pytest.mark.asyncio
async def test_validators_beyond_ascii_are_not_kept(fetcher: Fetcher, feed_server: FeedServer) -> None:
    """They could neither be stored nor be sent back; the page is read all the same."""
    head = b'HTTP/1.1 200 OK\r\nETag: "caf\xe9"\r\nLast-Modified: Tue, 04 Nov 2025 06:12:00 GMT\r\nContent-Length: '
    url = feed_server.fail("ores", Trouble(raw=head + str(len(FEED)).encode() + b"\r\n\r\n" + FEED))
    page = await page_of(fetcher, url)
    assert (FEED, Validators(None, "Tue, 04 Nov 2025 06:12:00 GMT")) == (page.body, page.validators)


def chain(server: FeedServer, hops: int, status: int = 302) -> str:
    """A feed behind so many redirects, the address of whose beginning is returned."""
    target = server.serve("end", FEED)
    for number in range(hops):
        target = server.fail(f"hop{number}", Trouble(status, headers={"Location": target}))
    return target


@pytest.mark.asyncio
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_every_kind_of_redirect_is_followed(fetcher: Fetcher, feed_server: FeedServer, status: int) -> None:
    """The page says where it was found, for relative links start from there."""
    page = await page_of(fetcher, chain(feed_server, 1, status))
    assert feed_server.url("end") == page.url


@pytest.mark.asyncio
async def test_redirects_have_an_end(fetcher: Fetcher, feed_server: FeedServer) -> None:
    """Five are followed; a sixth is a failure, and its target is never asked."""
    await page_of(fetcher, chain(feed_server, MOST_HOPS))
    assert 1 == feed_server.count("end")
    error = await failure_of(fetcher, chain(feed_server, MOST_HOPS + 1))
    assert (FeedTrouble.REDIRECTS, 1) == (error.trouble, feed_server.count("end"))


@pytest.mark.asyncio
async def test_a_relative_redirect_starts_where_it_stands(fetcher: Fetcher, feed_server: FeedServer) -> None:
    """`/end` seen from the page that names it."""
    feed_server.serve("end", FEED)
    page = await page_of(fetcher, feed_server.fail("start", Trouble(301, headers={"Location": "/end"})))
    assert feed_server.url("end") == page.url


@pytest.mark.asyncio
@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://a.example/", "data:,x", "http://", "//", ""])
async def test_redirects_leave_the_web_for_nothing(fetcher: Fetcher, feed_server: FeedServer, target: str) -> None:
    """Another scheme, or no address at all, is refused."""
    error = await failure_of(fetcher, feed_server.fail("ores", Trouble(302, headers={"Location": target})))
    assert FeedTrouble.REFUSED is error.trouble


@pytest.mark.asyncio
@pytest.mark.parametrize("url", ["", "ores", "ftp://a.example/", "file:///etc/passwd", "http://", "http://a:99999/"])
async def test_what_is_no_web_address_is_refused(fetcher: Fetcher, url: str) -> None:
    """Said as such, with advice that fits: opening private networks would not help."""
    error = await failure_of(fetcher, url)
    assert (FeedTrouble.REFUSED, "Check the address.") == (error.trouble, error.todo)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("trouble", "kind"),
    [
        (Trouble(404), FeedTrouble.CLIENT),
        (Trouble(403), FeedTrouble.CLIENT),
        (Trouble(403, headers={"cf-mitigated": "challenge"}), FeedTrouble.BLOCKED),
        (Trouble(200, body=FEED, headers={"cf-mitigated": "challenge"}), FeedTrouble.BLOCKED),
        (Trouble(410), FeedTrouble.GONE),
        (Trouble(429), FeedTrouble.LIMITED),
        (Trouble(500), FeedTrouble.SERVER),
        (Trouble(503), FeedTrouble.SERVER),
        (Trouble(202, body=b"<html>"), FeedTrouble.SERVER),
        (Trouble(202, body=b"<html><title>Just a moment...</title>"), FeedTrouble.BLOCKED),
        (Trouble(403, body=b"<html><div id='px-captcha'>"), FeedTrouble.BLOCKED),
        (Trouble(503, body=b"<html><title>Just a moment...</title>", endless=True), FeedTrouble.BLOCKED),
        (Trouble(503, body=b"<html>Back soon"), FeedTrouble.SERVER),
        (Trouble(404, body=b"<html><title>Just a moment...</title>"), FeedTrouble.CLIENT),
        (Trouble(204), FeedTrouble.SERVER),
        (Trouble(body=b""), FeedTrouble.EMPTY),
        (Trouble(body=b" \r\n"), FeedTrouble.EMPTY),
        (Trouble(body=b"<!doctype html><title>News</title>"), FeedTrouble.NOT_A_FEED),
        (Trouble(body=b"<html><title>Just a moment...</title>"), FeedTrouble.BLOCKED),
        (Trouble(body=FEED, cut=True), FeedTrouble.CONNECTION),
        (Trouble(delay=5), FeedTrouble.TIMEOUT),
        (Trouble(endless=True, pause=0.05), FeedTrouble.TIMEOUT),
        (Trouble(body=FEED * 1_000, endless=True), FeedTrouble.TOO_LARGE),
        (Trouble(raw=b""), FeedTrouble.CONNECTION),
        (Trouble(raw=b"<rss>no HTTP at all</rss>\r\n\r\n"), FeedTrouble.CONNECTION),
        (Trouble(raw=b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n"), FeedTrouble.CONNECTION),
        (Trouble(raw=b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\n\r\n"), FeedTrouble.CONNECTION),
    ],
)
async def test_each_failure_has_its_name(
    fetcher: Fetcher, feed_server: FeedServer, trouble: Trouble, kind: FeedTrouble
) -> None:
    """What went wrong decides when the feed is asked again and what its keeper is told."""
    assert kind is (await failure_of(fetcher, feed_server.fail("ores", trouble))).trouble


@pytest.mark.asyncio
async def test_a_closed_port_and_an_unknown_host_have_names_too(fetcher: Fetcher) -> None:
    """Nobody listens, and nobody knows the name (`.invalid` never exists: RFC 6761)."""
    with FeedServer() as gone:
        url = gone.url("ores")
    assert FeedTrouble.CONNECTION is (await failure_of(fetcher, url)).trouble
    assert FeedTrouble.DNS is (await failure_of(fetcher, "http://ores.invalid/feed")).trouble


@pytest.mark.asyncio
async def test_one_deadline_holds_for_all_redirects(fetcher: Fetcher, feed_server: FeedServer) -> None:
    """Hops that are each quick enough are together too slow."""
    last = feed_server.fail("hop0", Trouble(delay=0.25, body=FEED))
    for number in (1, 2, 3):
        last = feed_server.fail(f"hop{number}", Trouble(302, delay=0.25, headers={"Location": last}))
    assert FeedTrouble.TIMEOUT is (await failure_of(fetcher, last)).trouble
    assert 0 == feed_server.count("hop0")


@pytest.mark.asyncio
async def test_a_server_that_lets_go_is_asked_again(fetcher: Fetcher, feed_server: FeedServer) -> None:
    """A failure is of one request: the next one finds the feed."""
    url = feed_server.serve("ores", FEED)
    feed_server.fail("ores", Trouble(500, times=1))
    await failure_of(fetcher, url)
    assert FEED == (await page_of(fetcher, url)).body


@pytest.mark.asyncio
async def test_an_error_shows_no_secret_and_no_words_of_the_server(fetcher: Fetcher, feed_server: FeedServer) -> None:
    """Login and query are where keys are kept; a status line may say anything."""
    url = feed_server.fail("ores", Trouble(raw=b"HTTP/1.1 500 @everyone \xff\r\nContent-Length: 0\r\n\r\n"))
    error = await failure_of(fetcher, url.replace("//", "//me:secret@") + "?token=secret")
    assert f"{url}: the server said 500 Internal Server Error." == str(error)


@pytest.mark.asyncio
async def test_a_status_without_a_name_is_its_number(fetcher: Fetcher, feed_server: FeedServer) -> None:
    """Some servers have numbers of their own."""
    url = feed_server.fail("ores", Trouble(599))
    assert f"{url}: the server said 599." == str(await failure_of(fetcher, url))
