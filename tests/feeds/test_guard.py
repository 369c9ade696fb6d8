"""The wall between feeds and our own network, by its table and by real attempts to get over it."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import FeedError, FeedTrouble
from bot.core.model import Validators
from bot.feeds import guard
from bot.feeds.fetch import Fetcher
from bot.feeds.guard import PrivateAddress, is_public, is_refused, open_public_socket
from bot.feeds.settings import Polling
from tests.feedserver import FeedServer, Trouble

CLOSED_V4 = {
    "this network": "0.0.0.0 0.1.2.3",
    "private": "10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255 192.168.0.1",
    "carrier-grade NAT": "100.64.0.1 100.127.255.255",
    "loopback": "127.0.0.1 127.255.255.254",
    "link-local": "169.254.169.254",
    "assignments": "192.0.0.1 192.88.99.1 198.18.0.1 198.19.255.255",
    "documentation": "192.0.2.1 198.51.100.1 203.0.113.1",
    "multicast": "224.0.0.1 239.255.255.250",
    "reserved": "240.0.0.1 255.255.255.255",
}
CLOSED_V6 = {
    "unspecified and loopback": ":: ::1",
    "IPv4 inside": "::127.0.0.1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:0:10.0.0.1",
    "NAT64": "64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::1",
    "6to4": "2002:7f00:1:: 2002:808:808::",
    "Teredo": "2001:0:7f00:1::",
    "private": "fc00::1 fdff::1",
    "link-local": "fe80::1 fe80::1%lo febf::1",
    "multicast": "ff02::1 ff0e::1",
    "documentation": "2001:db8::1 3fff::1",
    "discard": "100::1",
}
CLOSED = " ".join([*CLOSED_V4.values(), *CLOSED_V6.values()]).split()


@pytest.mark.parametrize("address", CLOSED)
def test_what_is_not_the_internet_is_closed(address: str) -> None:
    """Own machine, own networks, everything that is wrapped around them, and what belongs to no one."""
    assert not is_public(address)
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with pytest.raises(PrivateAddress):
        open_public_socket((family, socket.SOCK_STREAM, 0, "", (address, 80)))


@pytest.mark.parametrize(
    "address",
    "1.1.1.1 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 169.253.0.1 172.15.0.1 "
    "172.32.0.1 192.167.0.1 192.169.0.1 223.255.255.255 2606:4700::1111 2a00:1450::1 2001:4860:4860::8888".split(),
)
def test_the_internet_is_open(address: str) -> None:
    """Up to the edge of each closed block; a socket for it is made, and not yet connected."""
    assert is_public(address)
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with open_public_socket((family, socket.SOCK_STREAM, 0, "", (address, 80))) as opened:
        assert family == opened.family


@pytest.mark.parametrize("text", ["", "localhost", "8.8", "0x08080808", "8.8.8.8.", "8.8.8.8/32", "08.8.8.8"])
def test_what_is_no_address_is_closed(text: str) -> None:
    """The guard judges what getaddrinfo answers, never a name or a short form."""
    assert not is_public(text)


@given(st.ip_addresses(v=4).filter(lambda address: not address.is_global and not address.is_multicast))
def test_no_address_is_open_that_python_calls_private(address: object) -> None:
    """Our table is at least as strict as the standard library's."""
    assert not is_public(str(address))


@pytest.mark.parametrize("family", [socket.AF_UNIX, 9_999])
def test_other_families_are_closed(family: int) -> None:
    """A file's name is no way out either."""
    with pytest.raises(PrivateAddress):
        open_public_socket((family, socket.SOCK_STREAM, 0, "", ("8.8.8.8", 80)))


def test_a_refusal_is_known_by_its_causes() -> None:
    """Wrapped by the library, or joined with others into a text, it is still one; another error is none."""
    wrapped = ConnectionError("no way")
    wrapped.__cause__ = PrivateAddress("127.0.0.1")
    joined = OSError(f"Multiple exceptions: {PrivateAddress('::1')}, {PrivateAddress('127.0.0.1')}")
    assert [True, True, True] == [is_refused(error) for error in (PrivateAddress("::1"), wrapped, joined)]
    assert [False, False] == [is_refused(error) for error in (ConnectionRefusedError(111, "refused"), None)]


@pytest.fixture
def door() -> Iterator[socket.socket]:
    """A port of 127.0.0.1 on which any attempt to connect is seen."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        listening.setblocking(False)
        yield listening


@pytest_asyncio.fixture
async def stranger() -> AsyncIterator[Fetcher]:
    """A fetcher as it is by default: for feeds that anybody may add."""
    async with Fetcher(Polling(timeout_s=5)) as opened:
        yield opened


WAYS_IN = (
    "127.0.0.1 127.1 127.0.1 2130706433 0x7f000001 0x7F.1 0177.0.0.1 017700000001 0x7f.0x0.0x0.0x1 0 0.0.0.0 "
    "127.0.0.1. localhost [::1] [::] [::ffff:127.0.0.1] [::ffff:7f00:1] [0:0:0:0:0:ffff:7f00:1] [::127.0.0.1] "
    "[64:ff9b::7f00:1] [2002:7f00:1::] [fe80::1%25lo] ①②⑦.0.0.1 127。0。0。1 １２７.0.0.1 me@127.0.0.1 8.8@127.0.0.1"
).split()


@pytest.mark.asyncio
@pytest.mark.parametrize("host", WAYS_IN)
async def test_no_spelling_gets_in(stranger: Fetcher, door: socket.socket, host: str) -> None:
    """Short, octal, hexadecimal, wide, wrapped or named: refused, and nobody has knocked."""
    with pytest.raises(FeedError) as caught:
        await stranger.fetch(f"http://{host}:{door.getsockname()[1]}/feed", Validators())
    assert FeedTrouble.REFUSED is caught.value.trouble
    with pytest.raises(BlockingIOError):
        door.accept()


@pytest.mark.asyncio
async def test_the_door_sees_who_may_knock(door: socket.socket) -> None:
    """The test above could fail: allowed in, the same fetcher is seen at the same door."""
    async with Fetcher(Polling(timeout_s=0.3, allow_private_networks=True)) as fetcher:
        with pytest.raises(FeedError) as caught:
            await fetcher.fetch(f"http://127.0.0.1:{door.getsockname()[1]}/feed", Validators())
    assert FeedTrouble.TIMEOUT is caught.value.trouble
    door.accept()[0].close()


@pytest.mark.asyncio
@pytest.mark.parametrize("address", ["10.0.0.1", "169.254.169.254", "100.64.0.1", "192.168.1.1", "224.0.0.1"])
async def test_other_networks_are_refused_at_once(stranger: Fetcher, address: str) -> None:
    """Without waiting for anybody to answer, and with the setting that would allow it."""
    with pytest.raises(FeedError) as caught:
        await stranger.fetch(f"http://{address}/latest/meta-data", Validators())
    assert FeedTrouble.REFUSED is caught.value.trouble
    assert "polling.allow_private_networks" in caught.value.todo


@pytest.mark.asyncio
async def test_a_served_feed_is_not_asked_either(stranger: Fetcher, feed_server: FeedServer) -> None:
    """The server is there and would answer."""
    url = feed_server.publish("ores", [])
    with pytest.raises(FeedError):
        await stranger.fetch(url, Validators())
    assert 0 == feed_server.count("ores")


@pytest.mark.asyncio
@pytest.mark.parametrize("host", ["0.0.0.0", "[::ffff:127.0.0.1]", "[::1]", "10.0.0.1", "169.254.169.254"])
async def test_no_redirect_leads_in(
    monkeypatch: pytest.MonkeyPatch, feed_server: FeedServer, door: socket.socket, stranger: Fetcher, host: str
) -> None:
    """Each hop is judged like the first. The table is narrowed so that 127.0.0.1 stands for a public server."""
    narrowed = tuple(block for block in guard._CLOSED_V4 if str(block) != "127.0.0.0/8")
    monkeypatch.setattr(guard, "_CLOSED_V4", narrowed)
    target = f"http://{host}:{door.getsockname()[1]}/"
    url = feed_server.fail("ores", Trouble(302, headers={"Location": target}))
    with pytest.raises(FeedError) as caught:
        await stranger.fetch(url, Validators())
    assert (FeedTrouble.REFUSED, 1) == (caught.value.trouble, feed_server.count("ores"))
    with pytest.raises(BlockingIOError):
        door.accept()
