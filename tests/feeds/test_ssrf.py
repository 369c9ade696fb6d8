"""Ways into our own network, tried one by one against a reader as it is by default: nobody is ever knocked at.

Every attempt to connect, of any socket of this process, is counted by the interpreter itself (an audit hook); listening
sockets on this machine count what arrives. `pytest -rP` shows the table.
"""

from __future__ import annotations

import socket
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from ipaddress import IPv4Network
from typing import Any

import pytest

from bot.core.errors import FeedError, FeedTrouble
from bot.core.model import Validators
from bot.feeds import guard
from bot.feeds.fetch import REDIRECTS, Fetcher
from bot.feeds.guard import is_web_port
from bot.feeds.settings import Polling
from tests.feedserver import FeedServer, Trouble
from tests.resolver import Fickle

OWN_MACHINE = (
    "127.0.0.1 127.1 127.0.1 127.000.000.001 2130706433 0x7f000001 0x7F.1 0177.0.0.1 017700000001 0x7f.0x0.0x0.0x1 "
    "0177.0x0.0.1 127.255.255.254 0 0.0.0.0 00000000 0x0 127.0.0.1. localhost LocalHost localhost. "
    "localhost.localdomain feeds.localhost ip6-localhost "
    "[::1] [::] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [0:0:0:0:0:ffff:7f00:1] [::127.0.0.1] "
    "[64:ff9b::7f00:1] [64:ff9b::127.0.0.1] [64:ff9b:1::7f00:1] [2002:7f00:1::] [2001:0:7f00:1::] [fe80::1%25lo]"
).split()
IN_DISGUISE = (
    "①②⑦.0.0.1 １２７.0.0.1 127。0。0。1 127．0．0．1 127｡0｡0｡1 ⓛocalhost ｌｏｃａｌｈｏｓｔ me@127.0.0.1 "
    "8.8.8.8@127.0.0.1 a.invalid:80@127.0.0.1 a:b@localhost 127.0.0.1%00.a.invalid 127.0.0.1%2ea.invalid"
).split()
OTHER_NETWORKS = (
    "10.0.0.1 10.1 172.16.0.1 172.31.255.254 192.168.1.1 192.168.257 0xC0A80101 3232235777 169.254.169.254 0xA9FEA9FE "
    "2852039166 100.64.0.1 100.100.100.200 192.0.0.192 192.0.2.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 "
    "239.255.255.250 240.0.0.1 255.255.255.255 [fc00::1] [fd00:ec2::254] [fe80::1] [fec0::1] [ff02::1] [2001:db8::1] "
    "[::ffff:10.0.0.1] [::ffff:a9fe:a9fe] [2002:a00:1::] [2002:a9fe:a9fe::] [64:ff9b::a00:1] [100::1] [5f00::1]"
).split()
WHOLE = (
    "file:///etc/passwd ftp://127.0.0.1/ gopher://127.0.0.1/_x dict://127.0.0.1:{port}/ ws://127.0.0.1:{port}/ "
    "wss://127.0.0.1:{port}/ http+unix://%2Frun%2Fx.sock/ unix:///run/x.sock data:text/xml,x javascript:x //127.0.0.1/ "
    "http:127.0.0.1:{port} http:/127.0.0.1:{port}/ http:///127.0.0.1:{port}/ http://127.0.0.1:{port}\\@a.invalid/ "
    "http://127.0.0.1:{port}#@a.invalid/ http://127.0.0.1:{port}?@a.invalid/ http://a.invalid\\@127.0.0.1:{port}/ "
    "http://[::ffff:127.0.0.1]:{port}/ http://127.0.0.1:{port}:80/ http://127.0.0.1:0/ http://127.0.0.1:99999/ "
    "http:\\\\127.0.0.1:{port}/ hTTp://127.0.0.1:{port}/ http://\t127.0.0.1:{port}/ http://127.0.0.1\t:{port}/"
).split(" ")
REDIRECT_HOSTS = (
    "127.0.0.2 2130706434 0x7f000002 0177.0.0.2 127.2 0.0.0.0 [::1] [::ffff:127.0.0.2] 10.0.0.1 169.254.169.254"
).split()
OTHER_PORTS = (
    "0 1 21 22 23 25 53 110 111 135 139 143 389 445 465 587 631 636 873 993 1023 1433 2049 2375 3306 3389 5432 6379 "
    "6667 9200 10250 11211 27017"
).split()


class Knocks:
    """Every connection this process tries, while it is watched; the arrivals at `doors` beside it."""

    def __init__(self) -> None:
        self.is_watching = False
        self.tried: list[object] = []
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.is_watching and event == "socket.connect":
            self.tried.append(arguments[1])


KNOCKS = Knocks()  # a hook cannot be taken away again


@pytest.fixture
def doors() -> Iterator[list[socket.socket]]:
    """One port of this machine, listened at on both kinds of addresses; closed doors fail the test that opened them."""
    with ExitStack() as stack:
        door = stack.enter_context(socket.socket())
        door.bind(("0.0.0.0", 0))
        opened = [door]
        if socket.has_ipv6:
            try:
                wide = stack.enter_context(socket.socket(socket.AF_INET6))
                wide.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                wide.bind(("::", door.getsockname()[1]))
                opened.append(wide)
            except OSError:
                print("no IPv6 on this machine: its door is left out")
        for one in opened:
            one.listen()
            one.setblocking(False)
        KNOCKS.tried.clear()
        KNOCKS.is_watching = True
        yield opened
        KNOCKS.is_watching = False


def arrivals(doors: list[socket.socket]) -> int:
    """How many stand at the doors."""
    count = 0
    for door in doors:
        while True:
            try:
                door.accept()[0].close()
            except BlockingIOError:
                break
            count += 1
    return count


async def attempt(fetcher: Fetcher, url: str) -> FeedTrouble:
    """What a reader makes of an address that must not be reached."""
    with pytest.raises(FeedError) as caught:
        await fetcher.fetch(url, Validators())
    return caught.value.trouble


def in_words(told: Counter[FeedTrouble]) -> str:
    """Counts as people write them."""
    return ", ".join(f"{trouble.value} {count}" for trouble, count in told.most_common())


def make_public(patch: pytest.MonkeyPatch) -> None:
    """Let 127.0.0.1, where the tests' servers are, stand for the Internet. The rest of 127.0.0.0/8 stays closed."""
    own = IPv4Network("127.0.0.0/8")
    others = tuple(own.address_exclude(IPv4Network("127.0.0.1/32")))
    patch.setattr(guard, "_CLOSED_V4", (*(block for block in guard._CLOSED_V4 if block != own), *others))


@pytest.mark.asyncio
async def test_no_spelling_of_an_address_gets_in(doors: list[socket.socket]) -> None:
    """Over a hundred: own, private, link-local, shared, multicast, wrapped, in any spelling, and other schemes."""
    port = doors[0].getsockname()[1]
    hosts = [*OWN_MACHINE, *IN_DISGUISE, *OTHER_NETWORKS]
    urls = [f"http://{host}:{port}/feed" for host in hosts] + [url.format(port=port) for url in WHOLE]
    async with Fetcher(Polling(timeout_s=5)) as stranger:
        told = {url: await attempt(stranger, url) for url in urls}
    for url, trouble in told.items():
        print(f"{trouble:10} {url!r}")
    print(f"{len(urls)} attempts: {in_words(Counter(told.values()))}; connections {len(KNOCKS.tried)}")
    assert len(urls) >= 60
    assert ([], 0) == (KNOCKS.tried, arrivals(doors))
    assert set(told.values()) <= {FeedTrouble.REFUSED, FeedTrouble.DNS}


@pytest.mark.asyncio
@pytest.mark.parametrize("status", REDIRECTS)
async def test_no_redirect_gets_in(
    monkeypatch: pytest.MonkeyPatch, feed_server: FeedServer, doors: list[socket.socket], status: int
) -> None:
    """Each hop is judged like the first: one connection, to the server that was asked, however it names the next."""
    make_public(monkeypatch)
    port = doors[0].getsockname()[1]
    targets = [f"http://{host}:{port}/" for host in REDIRECT_HOSTS]
    targets += [
        f"//127.0.0.2:{port}/",
        f"http://me@127.0.0.2:{port}/",
        "file:///etc/passwd",
        f"ftp://127.0.0.2:{port}/",
    ]
    told = Counter[FeedTrouble]()
    for number, target in enumerate(targets):
        url = feed_server.fail(f"r{number}", Trouble(status, headers={"Location": target}))
        async with Fetcher(Polling(timeout_s=5)) as stranger:
            told[await attempt(stranger, url)] += 1
    asked = ("127.0.0.1", int(feed_server.origin.rpartition(":")[2]))
    elsewhere = len(set(KNOCKS.tried) - {asked})
    print(f"status {status}, {len(targets)} redirects: {in_words(told)}; connections elsewhere {elsewhere}")
    assert {FeedTrouble.REFUSED: len(targets)} == told
    assert (len(targets), {asked}, 0) == (len(KNOCKS.tried), set(KNOCKS.tried), arrivals(doors))


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "answers",
    [
        [["127.0.0.2"]],
        [["10.0.0.1", "169.254.169.254", "::1"]],
        [["::ffff:127.0.0.2"]],
        [["127.0.0.1"], ["127.0.0.2"]],
        [["127.0.0.1"], ["127.0.0.1"], ["::1", "127.0.0.2"]],
    ],
)
async def test_a_name_that_changes_its_mind_gets_nowhere(
    monkeypatch: pytest.MonkeyPatch, feed_server: FeedServer, doors: list[socket.socket], answers: list[list[str]]
) -> None:
    """The address that is judged is the one that is dialled: public at first and private a moment later, no."""
    make_public(monkeypatch)
    public, private = int(feed_server.origin.rpartition(":")[2]), doors[0].getsockname()[1]
    hops = len(answers)
    feed_server.fail("r", Trouble(302, headers={"Location": f"http://b.example:{private if hops == 1 else public}/s"}))
    feed_server.fail("s", Trouble(302, headers={"Location": f"http://c.example:{private}/"}))
    resolver = Fickle(*answers)
    async with Fetcher(Polling(timeout_s=5), resolver) as stranger:
        assert FeedTrouble.REFUSED is await attempt(stranger, f"http://a.example:{public if hops > 1 else private}/r")
    said, knocked = " then ".join(" and ".join(answer) for answer in answers), arrivals(doors)
    print(f"a name that is {said}: looked up {resolver.looked_up}; connections elsewhere {knocked}")
    assert {("127.0.0.1", public)} >= set(KNOCKS.tried)
    assert (hops, 0) == (resolver.looked_up, knocked)


@pytest.mark.asyncio
async def test_a_public_address_beside_a_private_one_is_the_one_that_is_asked(
    monkeypatch: pytest.MonkeyPatch, feed_server: FeedServer, doors: list[socket.socket]
) -> None:
    """A name with both answers is read where it is public; the private one is not even tried."""
    make_public(monkeypatch)
    url = feed_server.publish("ores", [])
    public = int(feed_server.origin.rpartition(":")[2])
    async with Fetcher(Polling(timeout_s=5), Fickle(["127.0.0.2", "127.0.0.1", "::1"])) as stranger:
        await stranger.fetch(url.replace("127.0.0.1", "a.example"), Validators())
    assert {("127.0.0.1", public)} == set(KNOCKS.tried)


@pytest.mark.asyncio
async def test_ports_of_other_services_are_closed(monkeypatch: pytest.MonkeyPatch, doors: list[socket.socket]) -> None:
    """Mail, databases, what runs containers: not one byte goes there, even at a public address."""
    make_public(monkeypatch)
    async with Fetcher(Polling(timeout_s=5)) as stranger:
        for port in OTHER_PORTS:
            with pytest.raises(FeedError) as caught:
                await stranger.fetch(f"http://127.0.0.1:{port}/", Validators())
            assert FeedTrouble.REFUSED is caught.value.trouble
            assert port == "0" or "other services than the web" in str(caught.value)
    print(len(OTHER_PORTS), "ports: connections", len(KNOCKS.tried))
    assert [] == KNOCKS.tried


@pytest.mark.parametrize("port", [80, 443, 1024, 3000, 8000, 8008, 8080, 8443, 8888, 9000, 49152, 65535])
def test_ports_of_the_web_are_open(port: int) -> None:
    """The two, and those on which people run servers of their own."""
    assert is_web_port(port)


@pytest.mark.asyncio
async def test_the_counting_counts(doors: list[socket.socket]) -> None:
    """The tests above could fail: allowed in, the same reader is heard by the hook and seen at the door."""
    port: Any = doors[0].getsockname()[1]
    async with Fetcher(Polling(timeout_s=0.3, allow_private_networks=True)) as friend:
        assert FeedTrouble.TIMEOUT is await attempt(friend, f"http://127.0.0.1:{port}/")
    assert ([("127.0.0.1", port)], 1) == (KNOCKS.tried, arrivals(doors))
