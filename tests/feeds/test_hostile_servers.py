"""Servers that mean harm or are broken: each attempt ends in time and within its memory, under the right name, and
harms no other feed. `pytest -rP` shows the table.
"""

from __future__ import annotations

import json
import ssl
import subprocess
import sys
import time
import tracemalloc
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme
from msgspec import structs

from bot.core.errors import FeedError, FeedTrouble
from bot.core.model import Validators
from bot.feeds.fetch import Fetcher
from bot.feeds.settings import Polling
from bot.jobs.poll import poll_round
from bot.storage.database import Database
from tests.badserver import WAYS, BadServer
from tests.clock import Clock
from tests.feedserver import Entry, FeedServer
from tests.sources import ROOT
from tests.wire import open_wire

DEADLINE_S = 0.7
MOST_BYTES = 300_000
POLLING = Polling(allow_private_networks=True, timeout_s=DEADLINE_S, max_bytes=MOST_BYTES)
PATIENT = structs.replace(POLLING, timeout_s=4.0)  # so many at once share two processors with their servers
MEMORY = (
    12_000_000  # the bound, a second copy of it, what the library holds back, and the server's own, in this process
)

TOLD = {
    **dict.fromkeys(
        "silent slow-headers slow-body slow-chunks slow-gzip endless-chunk-head endless-continue".split(),
        FeedTrouble.TIMEOUT,
    ),
    "slow-error": FeedTrouble.SERVER,
    **dict.fromkeys("endless-body endless-chunks gzip-bomb".split(), FeedTrouble.TOO_LARGE),
    "endless-redirects": FeedTrouble.REDIRECTS,
    "gzip-noise": FeedTrouble.NOT_A_FEED,
    **dict.fromkeys(
        "slow-status 100000-headers endless-headers header-of-1-MB endless-status endless-trailers length-too-long "
        "length-too-short length-negative length-huge two-lengths chunk-huge chunk-noise reset-at-once reset-within "
        "http-0.9 noise no-answer icy split-headers".split(),
        FeedTrouble.CONNECTION,
    ),
    **dict.fromkeys("fine fat-redirect".split()),
}


async def outcome_of(fetcher: Fetcher, url: str) -> FeedTrouble | None:
    """The name of its failure; None for a page."""
    try:
        await fetcher.fetch(url, Validators())
    except FeedError as error:
        return error.trouble
    return None


@pytest.mark.asyncio
async def test_each_bad_server_is_named_in_time_and_in_bounds() -> None:
    """One after the other: none takes longer than the deadline, or more memory than the bound explains."""
    told: dict[str, FeedTrouble | None] = {}
    took: dict[str, float] = {}
    peaks: dict[str, int] = {}
    with BadServer() as server:
        async with Fetcher(POLLING) as fetcher:
            for way in WAYS:
                tracemalloc.start()
                began = time.monotonic()
                told[way] = await outcome_of(fetcher, server.url(way))
                took[way], peaks[way] = time.monotonic() - began, tracemalloc.get_traced_memory()[1]
                tracemalloc.stop()
                print(f"{way:20} {told[way] or 'a page':12} {took[way]:5.2f} s {peaks[way] / 1e6:6.2f} MB")
    print(f"{len(told)} ways, slowest {max(took.values()):.2f} s, most memory {max(peaks.values()) / 1e6:.1f} MB")
    assert told == TOLD
    assert max(took.values()) < DEADLINE_S + 5
    assert max(peaks.values()) < MEMORY


@pytest.mark.asyncio
async def test_bad_servers_harm_no_other_feed(database: Database, clock: Clock, feed_server: FeedServer) -> None:
    """A round over all of them at once: the good feed's item is there, each bad feed has its error, none is lost."""
    good = feed_server.publish("ores", [Entry("Gallium curbs widen", guid="1")])
    with BadServer() as server:
        async with open_wire(database, clock, feed_server, PATIENT) as wire:
            await wire.take_urls(*(server.url(way) for way in WAYS), good, own_hosts=True)
            began = time.monotonic()
            report = await poll_round(wire.line)
            took = time.monotonic() - began
            classes = {way: (await wire.feed(server.url(way))).error_class for way in WAYS}
            titles = [item.title for item in await wire.items()]
    print(f"{report.counts['feeds']} feeds in {took:.1f} s, failed {report.counts['failed']}")
    assert "Gallium curbs widen" in titles
    assert {way: trouble.value if trouble else None for way, trouble in TOLD.items()} == classes
    assert took < 30


def contexts(folder: Path) -> dict[str, ssl.SSLContext]:
    """Servers' certificates: a good one, and each kind of bad one."""
    authority, stranger = trustme.CA(), trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    past = {"not_before": datetime(2020, 1, 1, tzinfo=UTC), "not_after": datetime(2021, 1, 1, tzinfo=UTC)}
    leaves = {
        "good": authority.issue_cert("127.0.0.1"),
        "wrong name": authority.issue_cert("feeds.example"),
        "expired": authority.issue_cert("127.0.0.1", **past),
        "of a stranger": stranger.issue_cert("127.0.0.1"),
    }
    made: dict[str, ssl.SSLContext] = {}
    for name, leaf in leaves.items():
        made[name] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        leaf.configure_cert(made[name])
    made["self-signed"] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    pem = folder / "self.pem"
    pem.write_bytes(stranger.private_key_pem.bytes() + stranger.cert_pem.bytes())
    made["self-signed"].load_cert_chain(str(pem))
    return made


ASK = """
import asyncio, json, sys
from bot.core.errors import FeedError
from bot.core.model import Validators
from bot.feeds.fetch import Fetcher
from bot.feeds.settings import Polling

async def main():
    told = {}
    async with Fetcher(Polling(allow_private_networks=True, timeout_s=5)) as fetcher:
        for name, url in json.loads(sys.argv[1]).items():
            try:
                told[name] = type(await fetcher.fetch(url, Validators())).__name__
            except FeedError as error:
                told[name] = error.trouble.value
    print(json.dumps(told))

asyncio.run(main())
"""


def test_a_certificate_is_good_or_the_feed_is_not_read(tmp_path: Path, feed_server: FeedServer) -> None:
    """Self-signed, of a stranger, for another name, expired, or no TLS at all: tls. A good one is read."""
    servers = {name: BadServer(context) for name, context in contexts(tmp_path).items()}
    with ExitStack() as stack:
        urls = {name: stack.enter_context(server).url("fine") for name, server in servers.items()}
        urls["no TLS"] = feed_server.publish("ores", []).replace("http:", "https:")
        done = subprocess.run(
            [sys.executable, "-c", ASK, json.dumps(urls)],
            cwd=ROOT, env={"SSL_CERT_FILE": str(tmp_path / "authority.pem"), "PATH": "/usr/bin:/bin"},
            capture_output=True, text=True, check=False, timeout=50,
        )  # fmt: skip
    assert 0 == done.returncode, done.stderr
    print(done.stdout)
    bad = dict.fromkeys(["wrong name", "expired", "of a stranger", "self-signed", "no TLS"], "tls")
    assert {"good": "Page", **bad} == json.loads(done.stdout)


@pytest.mark.asyncio
async def test_a_handshake_without_end_has_one() -> None:
    """A port that takes the connection and never speaks TLS is given up at the deadline."""
    with BadServer() as server:
        async with Fetcher(POLLING) as fetcher:
            began = time.monotonic()
            assert FeedTrouble.TIMEOUT is await outcome_of(fetcher, server.url("fine").replace("http:", "https:"))
            assert time.monotonic() - began < DEADLINE_S + 5
