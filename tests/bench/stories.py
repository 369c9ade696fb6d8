"""Grouping with 100,000 items in its window: CPU and memory an item, and the look-up of copies beside datasketch.

`python -m tests.bench.stories` (extra `bench`); some minutes. A third of the items speak of minerals, countries and
companies, in words by chance; the rest is a made-up tongue. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from bot.app.shipped import shipped_concepts, shipped_events
from bot.core.stories.copies import Copies
from bot.core.stories.gist import Candidate
from bot.core.stories.grouping import Grouping
from bot.core.stories.reading import read_candidate
from tests.bench.matching import Tongue, make_tongue

START = datetime(2026, 3, 2, tzinfo=UTC)
ASKED = 1_000
WORDS = 100
SAID = (
    "China|Indonesia|Chile|Congo|Australia|Canada|Zambia|Peru|India|Japan|Kazakhstan|Brazil|Russia|the EU".split("|"),
    "bans|suspends|approves|taxes|lists|stockpiles|restarts|halts|probes|buys|sells|opens".split("|"),
    "lithium|cobalt|nickel|copper|gallium|antimony|tungsten|graphite|rare earth|tin|manganese|uranium".split("|"),
    "mine|exports|refinery|quota|project|prices|deal|plant".split("|"),
)


def main() -> None:
    """Run it."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--items", type=int, default=100_000)
    figures = measure(asked.parse_args().items)
    for name, figure in figures.items():
        print(f"{name:32} {figure}")
    print(json.dumps(figures))


def measure(count: int) -> dict[str, Any]:
    """All figures: milliseconds of CPU an item, megabytes."""
    chance = random.Random(7)
    tongue = make_tongue(chance)
    grouping, copies = Grouping(shipped_events()), Copies()
    texts = list(_texts(tongue, ASKED, chance))
    for text in texts[:100]:
        _read(text, 0, count)  # stems and patterns are made once
    before, kept = _resident(), []
    for number, text in enumerate(_texts(tongue, count, chance)):
        one = _read(text, number, count)
        grouping.add(one, number + 1)
        if number % (count // ASKED) == 0:
            kept.append((text, one))
    figures: dict[str, Any] = {"items": count, "memory_mb": round((_resident() - before) / 1e6, 1)}
    figures |= _whole(grouping, texts, count)
    return figures | _looking_up(copies, tongue, kept, count, chance)


def _texts(tongue: Tongue, count: int, chance: random.Random) -> Iterator[tuple[str, str]]:
    for _ in range(count):
        words = chance.choices(tongue.words, cum_weights=tongue.weights, k=WORDS)
        title = " ".join(words[:8])
        if chance.random() < 1 / 3:
            title = " ".join((*map(chance.choice, SAID), *words[:3], f"{chance.randint(13, 9_999)} tons"))
        yield title.capitalize(), " ".join(words[8:])


def _read(text: tuple[str, str], number: int, count: int) -> Candidate:
    moment = START + timedelta(hours=72) * number / count
    return read_candidate(*text, "en", moment, f"https://a.example/{hash(text)}", shipped_events(), shipped_concepts())


def _whole(grouping: Grouping, texts: list[tuple[str, str]], count: int) -> dict[str, Any]:
    """Reading, placing and taking in, of items not seen before; and placing alone."""
    spent, placing = [], []
    for number, text in enumerate(texts):
        started = time.process_time()
        one = _read(text, count, count)
        read = time.process_time()
        found = grouping.place(one)
        placed = time.process_time()
        grouping.add(one, found.story or count + number + 1)
        spent.append((time.process_time() - started) * 1e3)
        placing.append((placed - read) * 1e3)
    return {
        "item_ms": round(statistics.mean(spent), 3),
        "item_ms_99_of_100": round(statistics.quantiles(spent, n=100)[-1], 3),
        "placing_ms": round(statistics.mean(placing), 3),
    }


def _looking_up(
    copies: Copies, tongue: Tongue, kept: list[tuple[tuple[str, str], Candidate]], count: int, chance: random.Random
) -> dict[str, Any]:
    """Copies with a few words changed, among as many texts: ours beside MinHashLSH of the same threshold."""
    from datasketch import MinHash, MinHashLSH  # the peer

    peer = MinHashLSH(threshold=0.6, num_perm=64)
    filled = count // 10  # of a peer that takes a millisecond a text
    for number, (title, text) in enumerate(_texts(tongue, filled, chance)):
        copies.put(number, _read((title, text), 0, 1))
        peer.insert(str(number), _minhash(MinHash, title, text))
    for number, ((title, text), one) in enumerate(kept):
        copies.put(filled + number, one)
        peer.insert(f"k{number}", _minhash(MinHash, title, text))
    changed = [(title, _change(text, chance)) for (title, text), _ in kept]
    ours = [_read(text, 0, 1) for text in changed]
    theirs = [_minhash(MinHash, *text) for text in changed]
    started = time.process_time()
    found = sum(any(item == filled + n for item, *_ in copies.find(one)) for n, one in enumerate(ours))
    between = time.process_time()
    found_by_peer = sum(f"k{n}" in peer.query(one) for n, one in enumerate(theirs))
    ended = time.process_time()
    return {
        "copy_ms": round((between - started) / len(ours) * 1e3, 4),
        "copies_found": round(found / len(ours), 3),
        "peer_copy_ms": round((ended - between) / len(theirs) * 1e3, 4),
        "peer_copies_found": round(found_by_peer / len(theirs), 3),
        "copies_among": filled + len(kept),
    }


def _change(text: str, chance: random.Random) -> str:
    words = text.split()
    for _ in range(6):
        words[chance.randrange(len(words))] = "other"
    return " ".join(words)


def _minhash(kind: Any, title: str, text: str) -> Any:
    words = f"{title} {text}".lower().split()
    made = kind(num_perm=64)
    made.update_batch([" ".join(pair).encode() for pair in pairwise(words)])
    return made


def _resident() -> int:
    """Bytes of this process that are in memory."""
    return int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[1]) * 4096


if __name__ == "__main__":
    main()
