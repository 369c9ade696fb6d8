"""Spoilt feeds, thousands by default and a million with `-m soak`: no exception, nothing that cannot be stored or
shown, no input that holds the parser, and what is skimmed reads as what is whole.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from datetime import UTC

import msgspec
import pytest

from bot.core.model import TEXT_LIMIT, TITLE_LIMIT, Item, Page, ParsedFeed
from bot.core.text.plain import strip_hidden
from bot.core.text.urls import http_url
from bot.feeds.parse import parse
from bot.feeds.skim import DIGEST, skim
from tests.fuzzing import spoilt
from tests.sources import ROOT

URL = "https://a.example/news/feed"
SOAK = 1_000_000
SLOWEST_S = 1.0


class Tally(msgspec.Struct):
    """What a run of inputs came to. `failed`: those on which the parser failed, to be looked into."""

    inputs: int = 0
    exceptions: int = 0
    feeds: int = 0
    items: int = 0
    skimmed: int = 0
    slowest_s: float = 0.0
    peak_mb: float = 0.0
    failed: list[bytes] = []


def run(seed: int, count: int) -> Tally:
    """Read so many spoilt feeds. Raises AssertionError with the input where a rule is broken."""
    tally = Tally()
    for body in spoilt(seed, count):
        began = time.thread_time()
        feed = parse(Page(URL, body))
        tally.slowest_s = max(tally.slowest_s, time.thread_time() - began)
        tally.inputs += 1
        if any("parser failed" in problem for problem in feed.problems):
            tally.exceptions += 1
            tally.failed.append(body)
        tally.feeds += bool(feed.format)
        tally.items += len(feed.items)
        check(feed, body)
        tally.skimmed += check_skimmed(feed, body)
    tally.peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return tally


def check(feed: ParsedFeed, body: bytes) -> None:
    """What came out says why, can be stored, and can be shown."""
    assert feed.format or (feed.problems and not feed.items), body
    words = [text for item in feed.items for text in (item.title, item.text, item.author, item.source)]
    for text in (feed.title, *words):
        assert text == strip_hidden(text).strip(), body
        text.encode()
    for item in feed.items:
        check_item(item, body)


def check_item(item: Item, body: bytes) -> None:
    """Bounds, links of the web, aware dates, a guid that a database takes."""
    assert len(item.title) <= TITLE_LIMIT and "\n" not in item.title, body
    assert len(item.text) <= TEXT_LIMIT, body
    assert item.url is None or item.url == http_url(item.url), body
    assert item.published is None or item.published.tzinfo is UTC, body
    assert item.guid is None or (item.guid.strip() and "\0" not in item.guid and item.guid.encode()), body


def check_skimmed(feed: ParsedFeed, body: bytes) -> bool:
    """Every second raw item taken for known: the others read as in the whole, if they read without trouble."""
    whole = skim(body)
    if whole is None:
        return False
    hashes = [whole.window[at : at + DIGEST] for at in range(0, len(whole.window), DIGEST)]
    known = set(hashes[::2])
    rest = skim(body, b"".join(known))
    assert rest is not None
    read = parse(Page(URL, rest.body))
    if feed.problems or read.problems or len(feed.items) != whole.total or len(read.items) != rest.unseen:
        return False  # the worker reads the whole then
    expected = [item for item, digest in zip(feed.items, hashes, strict=True) if digest not in known]
    assert expected == list(read.items), body
    return True


def report(tally: Tally) -> None:
    """The figures, and the rules that hold for them."""
    print(f"{tally.inputs:,} inputs, exceptions {tally.exceptions}; {tally.feeds:,} feeds, {tally.items:,} items,")
    print(f"{tally.skimmed:,} skimmed alike; slowest {tally.slowest_s:.3f} s of CPU, most {tally.peak_mb:.0f} MB")
    assert 0 == tally.exceptions, tally.failed[:3]
    assert tally.slowest_s < SLOWEST_S


def test_spoilt_feeds_are_read_or_refused() -> None:
    """A few thousand from a fixed seed: no exception, everything storable, the skimmed read as the whole."""
    tally = run(seed=1, count=1_500)
    report(tally)
    assert tally.feeds > 500 and tally.skimmed > 20


@pytest.mark.soak
@pytest.mark.timeout(3_600)
def test_a_million_spoilt_feeds() -> None:
    """The same at full count, in two processes."""
    code = (
        "import sys, msgspec; from tests.feeds.test_fuzz import run; "
        "print(msgspec.json.encode(run(int(sys.argv[1]), int(sys.argv[2]))).decode())"
    )
    share = str(SOAK // 2)
    workers = [
        subprocess.Popen([sys.executable, "-c", code, seed, share], cwd=ROOT, stdout=subprocess.PIPE) for seed in "23"
    ]
    tallies = [msgspec.json.decode(worker.communicate()[0], type=Tally) for worker in workers]
    one, other = map(msgspec.structs.astuple, tallies)
    counts = (mine + yours for mine, yours in zip(one[:5], other[:5], strict=True))
    report(Tally(*counts, *map(max, one[5:7], other[5:7]), one[7] + other[7]))
    assert SOAK == sum(tally.inputs for tally in tallies)
