"""Unpacking: whatever the header says, however the bytes arrive, never beyond the bound."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Callable, Iterable

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import FeedError, FeedTrouble
from bot.core.model import Page, Validators
from bot.feeds.fetch import Fetcher
from bot.feeds.inflate import Inflater, TooLarge
from bot.feeds.settings import Polling
from tests.feedserver import FeedServer, Trouble

FEED = b'<rss version="2.0"><channel><title>Ores</title></channel></rss>'
PACKED = gzip.compress(FEED, mtime=0)  # the names of the tests hold it: the same in every process
BOUND = 100_000


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


def unpack(pieces: Iterable[bytes], encoding: str = "", most: int = BOUND) -> bytes:
    inflater = Inflater(encoding, most)
    for piece in pieces:
        inflater.feed(piece)
    return inflater.body()


@pytest.mark.parametrize(
    ("encoding", "sent"),
    [
        ("", FEED),
        ("gzip", PACKED),
        ("GZIP ", PACKED),
        ("", PACKED),
        ("deflate", PACKED),
        ("deflate", zlib.compress(FEED)),
        ("deflate", zlib.compress(FEED, 0)),
        ("deflate", raw_deflate(FEED)),
        ("gzip", FEED),
        ("deflate", FEED),
        ("br", FEED),
        ("gzip", PACKED + b"what follows the packed stream"),
    ],
)
@pytest.mark.parametrize("size", [1, 2, 3, 1_000])
def test_bytes_tell_more_than_the_header(encoding: str, sent: bytes, size: int) -> None:
    """Packed without saying so, said and not packed, wrapped or raw, in pieces of any size: the feed comes out."""
    assert FEED == unpack((sent[at : at + size] for at in range(0, len(sent), size)), encoding)


@pytest.mark.parametrize("text", ["<rss/>", "\n <rss/>", '{"items": []}', "[1]"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "utf-16"])
def test_text_that_calls_itself_deflate_is_text(text: str, charset: str) -> None:
    """A byte order mark, blanks or a wide encoding before the first character hide nothing."""
    body = text.encode(charset)
    assert body == unpack([body], "deflate")


@pytest.mark.parametrize("body", [b"", b"<", b"\x1f", b"\x1f\x8b", b"abc"])
def test_few_bytes_are_kept(body: bytes) -> None:
    """An answer may be shorter than what tells its kind; the start of a gzip header unpacks to nothing."""
    assert (b"" if body == b"\x1f\x8b" else body) == unpack([body])


def test_a_stream_that_was_cut_is_known_to_be() -> None:
    """Its beginning is kept, and it is not whole; what was not packed cannot be told."""
    packed = gzip.compress(FEED * 50)
    inflater = Inflater("gzip", BOUND)
    inflater.feed(packed[:-9])
    assert (FEED * 50).startswith(inflater.body())
    assert not inflater.is_whole
    for body in (packed, FEED):
        whole = Inflater("gzip", BOUND)
        whole.feed(body)
        assert (True, True) == (bool(whole.body()), whole.is_whole)


@given(
    st.binary(max_size=300),
    st.lists(st.integers(1, 40), min_size=1, max_size=5),
    st.sampled_from(["gzip", "deflate"]),
)
def test_pieces_do_not_matter(body: bytes, sizes: list[int], encoding: str) -> None:
    """Packed, cut anywhere and unpacked, a body is what it was."""
    packed = gzip.compress(body) if encoding == "gzip" else zlib.compress(body)
    pieces, at = [], 0
    while at < len(packed):
        size = sizes[len(pieces) % len(sizes)]
        pieces.append(packed[at : at + size])
        at += size
    assert body == unpack(pieces, encoding)


@given(st.binary(max_size=2_000), st.integers(0, 3_000), st.sampled_from(["", "gzip", "deflate", "br"]))
def test_the_bound_holds_for_any_bytes(body: bytes, most: int, encoding: str) -> None:
    """What comes out is never longer than the bound: an error says what would have been."""
    packed = {"gzip": gzip.compress(body), "deflate": zlib.compress(body)}.get(encoding, body)
    for sent in (packed, body):
        try:
            assert len(unpack([sent], encoding, most)) <= most
        except (TooLarge, zlib.error) as error:
            assert isinstance(error, zlib.error) or len(body) > most


@pytest.mark.parametrize("extra", [0, 1])
@pytest.mark.parametrize("pack", [bytes, gzip.compress, zlib.compress, raw_deflate])
def test_the_bound_itself_is_allowed(pack: Callable[[bytes], bytes], extra: int) -> None:
    """To the byte: the bound passes, one more does not."""
    sent = pack(b"<" + b"a" * (BOUND - 1 + extra))
    if extra:
        with pytest.raises(TooLarge):
            unpack([sent], "deflate")
    else:
        assert BOUND == len(unpack([sent], "deflate"))


def test_a_bomb_stops_at_the_bound() -> None:
    """A gigabyte in a megabyte: the memory it takes is the bound's, not its own."""
    packer = zlib.compressobj(wbits=31)
    inflater = Inflater("gzip", BOUND)
    zeros = bytes(1_000_000)
    tracemalloc.start()
    with pytest.raises(TooLarge):
        for _ in range(1_000):
            inflater.feed(packer.compress(zeros))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5 * BOUND


@pytest_asyncio.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    """An open fetcher with a small bound."""
    async with Fetcher(Polling(allow_private_networks=True, timeout_s=5, max_bytes=BOUND)) as opened:
        yield opened


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("headers", "sent"),
    [
        ({"Content-Encoding": "gzip"}, PACKED),
        ({}, PACKED),
        ({"Content-Encoding": "deflate"}, raw_deflate(FEED)),
        ({"Content-Encoding": "gzip"}, FEED),
        ({"Content-Encoding": "br"}, FEED),
    ],
)
async def test_lies_about_packing_do_not_lose_a_feed(
    fetcher: Fetcher, feed_server: FeedServer, headers: dict[str, str], sent: bytes
) -> None:
    """Over real HTTP, whose library must not have unpacked it before."""
    page = await fetcher.fetch(feed_server.fail("ores", Trouble(body=sent, headers=headers)), Validators())
    assert isinstance(page, Page)
    assert FEED == page.body


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("trouble", "kind"),
    [
        (Trouble(body=gzip.compress(bytes(5_000_000))), FeedTrouble.TOO_LARGE),
        (Trouble(body=PACKED[:10] + b"\xff" * 50), FeedTrouble.NOT_A_FEED),
        (Trouble(body=b"\xff" * 50, headers={"Content-Encoding": "deflate"}), FeedTrouble.NOT_A_FEED),
        (Trouble(body=gzip.compress(b"")), FeedTrouble.EMPTY),
    ],
)
async def test_what_cannot_be_unpacked_has_a_name(
    fetcher: Fetcher, feed_server: FeedServer, trouble: Trouble, kind: FeedTrouble
) -> None:
    """A bomb is too large; noise is no feed; nothing, packed, is nothing."""
    with pytest.raises(FeedError) as caught:
        await fetcher.fetch(feed_server.fail("ores", trouble), Validators())
    assert kind is caught.value.trouble


@pytest.mark.asyncio
async def test_a_cut_answer_is_asked_for_again(fetcher: Fetcher, feed_server: FeedServer) -> None:
    """With its validators the server would say 304, and what was cut off would never come."""
    headers = {"ETag": '"1"'}
    cut = feed_server.fail("cut", Trouble(body=PACKED[:-9], headers=headers))
    whole = feed_server.fail("whole", Trouble(body=PACKED, headers=headers))
    pages = [await fetcher.fetch(url, Validators()) for url in (cut, whole)]
    assert [Validators(), Validators('"1"')] == [page.validators for page in pages]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("encoding", "body", "words"),
    [
        ("br", b"\x8b\x02\x80<rss/>\x03", "it came packed as br, which was not asked for"),
        ("gzip, br", b"\x8b\x02\x80<rss/>\x03", "it came packed as br"),
        ("zstd", b"\x28\xb5\x2f\xfd\x20", "it came packed as zstd"),
        ("", b"\x28\xb5\x2f\xfd\x20", "it came packed as zstd"),
    ],
)
async def test_packings_nobody_asked_for_are_named(
    fetcher: Fetcher, feed_server: FeedServer, encoding: str, body: bytes, words: str
) -> None:
    """They cannot be unpacked within a bound, so they are not asked for; one that comes all the same is no riddle."""
    url = feed_server.fail("ores", Trouble(body=body, headers={"Content-Encoding": encoding} if encoding else {}))
    with pytest.raises(FeedError) as caught:
        await fetcher.fetch(url, Validators())
    assert FeedTrouble.NOT_A_FEED is caught.value.trouble
    assert words in str(caught.value)


@pytest.mark.asyncio
async def test_a_packing_that_is_only_said_is_no_trouble(fetcher: Fetcher, feed_server: FeedServer) -> None:
    """Some servers say br and send the feed as it is."""
    url = feed_server.fail("ores", Trouble(body=FEED, headers={"Content-Encoding": "br"}))
    page = await fetcher.fetch(url, Validators())
    assert isinstance(page, Page) and page.body == FEED
