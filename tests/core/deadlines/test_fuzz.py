"""Text that nobody would write: no exception, no date in the past, and no text that takes long.

`-m soak` reads a million texts and prints its figures.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from bot.core.deadlines import find_deadlines
from tests.core.deadlines.scoring import read_passages

LONGEST_MS = 50
"""CPU time that no text of a few hundred characters may take."""

LANGS = ("en", "ru", "zh", "de", "fr", "es", "ja", None, "xx", "en-GB", "")
SIGNS = "◆\x00\n\t .,;:-–—/()[]{}'\"«»。，、（）·\u200b\u202e\ud83d\udca3é中の月日年ж0123456789"
KNOTS = (
    "from from ",
    "by by ",
    "until ",
    "11.11.",
    "2026-",
    "и до ",
    "至至",
    "1月",
    "月",
    "to be to be ",
    "a a ",
    "((",
    "the the ",
)
"""What invites a pattern to try again and again."""


def _shards() -> list[str]:
    """Words and phrases of real passages, in all languages."""
    words: set[str] = set()
    for passage in read_passages():
        text = passage["text"]
        words.update(text.split())
        words.update(text[at : at + 6] for at in range(0, len(text), 5))
        words.update(one["cue_span"] for one in passage["deadlines"])
    return sorted(words)


def _texts(seed: int, count: int) -> Iterator[tuple[str, date, str | None]]:
    """`count` texts: shards of passages shuffled across languages, signs, knots, long runs."""
    chance, shards = random.Random(seed), _shards()
    for _ in range(count):
        parts = [_part(chance, shards) for _ in range(chance.randint(1, 14))]
        day = date(2025, 1, 1) + timedelta(days=chance.randrange(900))
        yield chance.choice(("", " ")).join(parts)[:600], day, chance.choice(LANGS)


def _part(chance: random.Random, shards: list[str]) -> str:
    kind = chance.random()
    if kind < 0.8:
        return chance.choice(shards)
    if kind < 0.9:
        return "".join(chance.choices(SIGNS, k=chance.randint(1, 8)))
    if kind < 0.96:
        return str(chance.randrange(10 ** chance.randint(1, 12)))
    return chance.choice(KNOTS) * chance.randint(2, 40)


def _read(seed: int, count: int) -> tuple[int, float, str]:
    """Texts read, the longest CPU time in ms, and the text that took it. Fails where a date does not lie ahead."""
    found, longest, worst = 0, 0.0, ""
    for text, day, lang in _texts(seed, count):
        started = time.process_time()
        dates = find_deadlines(text[:80], text, day, lang, with_targets=True)
        spent = (time.process_time() - started) * 1000
        if spent >= LONGEST_MS:  # a second look, since the first may have met the garbage collector
            started = time.process_time()
            find_deadlines(text[:80], text, day, lang, with_targets=True)
            spent = (time.process_time() - started) * 1000
        found += len(dates)
        assert all(one.due > day and 0 < one.confidence <= 1 and one.evidence for one in dates), text
        if spent > longest:
            longest, worst = spent, text
    return found, longest, worst


def test_spoilt_text_is_read_quickly() -> None:
    """Whatever the text, no exception, only dates ahead, and a time that nobody notices."""
    _read(1, 500)  # compiles the patterns of each language
    found, longest, worst = _read(2, 3000)
    print(f"3,000 texts, {found} dates, longest {longest:.1f} ms CPU")
    assert found > 0
    assert longest < LONGEST_MS, worst


@pytest.mark.parametrize("knot", KNOTS)
def test_a_knot_takes_no_longer_for_its_length(knot: str) -> None:
    """Ten times the length takes about ten times as long, also where a pattern could try again and again."""
    short, long = knot * (4000 // len(knot)), knot * (40000 // len(knot))
    times = [min(_cpu(text) for _ in range(3)) for text in (short, long)]
    assert times[1] < 20 * times[0] + 0.05


def _cpu(text: str) -> float:
    started = time.process_time()
    find_deadlines("", text, date(2026, 3, 10), "en")
    return time.process_time() - started


@pytest.mark.soak
@pytest.mark.timeout(36_000)
def test_a_million_texts() -> None:
    """A million spoilt texts: no exception, none that takes 50 ms of CPU."""
    _read(1, 50)
    started = time.process_time()
    found, longest, worst = _read(3, 1_000_000)
    spent = time.process_time() - started
    print(f"1,000,000 texts, {found:,} dates, {spent:,.0f} s CPU, longest {longest:.1f} ms: {worst!r}")
    assert longest < LONGEST_MS, worst
