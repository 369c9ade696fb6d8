"""How fast dates are found: CPU time for an item, and over a ladder of sizes up to a megabyte, beside dateparser.

`python -m tests.bench.deadlines --help`. Needs the extra `bench`. The last line of the output is one JSON object.
"""

from __future__ import annotations

import json
import platform
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from os import cpu_count
from statistics import median

import click

from bot.core.deadlines import find_deadlines

DAY = date(2026, 3, 10)
LADDER = (1_000, 4_000, 16_000, 64_000, 256_000, 1_000_000)
PEER_LONGEST = 16_000
"""Characters beyond which the peer is not asked: it would take minutes."""

SENTENCES = (
    "The regulator opened a review of refining fees that smelters charge for tungsten and antimony concentrate.",
    "Written comments are due by 5 p.m. Eastern time on April 14, 2026, and a hearing is set for May 7.",
    "Producers in three provinces have asked for longer contracts, while traders want none at all.",
    "Prices fell by four per cent after a long climb, according to two brokers.",
    "The ministry said on Monday that the export ban on raw ore would stay in force until the end of the year.",
    "Analysts see little reason for a quick recovery, as stocks at ports keep growing.",
    "Its board will vote on the merger on Thursday; the plant, which opened in 2019, employs 400 people.",
    "A spokesman declined to say how many licences had been granted so far.",
    "First ore will come from a pit in the north, where drills have been at work since the thaw.",
    "Much of the material comes from small pits whose owners sell to whoever pays in cash.",
)
"""An item in the manner of trade news: a third of the sentences name a time, as in the feeds that were looked at."""


@click.command()
@click.option("--runs", type=click.IntRange(1), default=20, show_default=True, help="Repetitions; medians are printed.")
@click.option("--no-peer", is_flag=True, help="Do not ask dateparser: much quicker.")
def main(runs: int, no_peer: bool) -> None:
    """Measure how long the dates of a text take to find, in CPU milliseconds.

    \b
    1. An item of 100 words and one of 800, English, in the manner of trade news.
    2. A ladder of sizes from a thousand characters to a million: the time for each thousand must not grow.

    \b
    The peer, in the same run, is dateparser.search.search_dates, told the language and the day; it finds dates and
    does not tell what they are. Examples:
      python -m tests.bench.deadlines
      python -m tests.bench.deadlines --no-peer | tail -n 1 | python -m json.tool
    """
    peer = None if no_peer else _peer()
    figures = {**_items(runs, peer), "ladder": [_step(size, peer) for size in LADDER]}
    about = {"at": datetime.now(UTC).strftime("%Y-%m-%d %H:%M"), "python": platform.python_version()}
    click.echo(json.dumps({**about, "cores": cpu_count(), "runs": runs, **figures}))


def _peer() -> Callable[[str], object]:
    from dateparser.search import search_dates

    settings = {"RELATIVE_BASE": datetime.fromisoformat(DAY.isoformat()), "PREFER_DATES_FROM": "future"}
    return lambda text: search_dates(text, languages=["en"], settings=settings)


def _find(text: str) -> object:
    return find_deadlines("", text, DAY, "en")


def _of_words(count: int) -> str:
    words = " ".join(SENTENCES).split()
    return " ".join((words * (count // len(words) + 1))[:count])


def _of_length(size: int) -> str:
    text = " ".join(SENTENCES)
    return (text * (size // len(text) + 1))[:size]


def _cpu_ms(find: Callable[[str], object], text: str, runs: int) -> float:
    """The median CPU time of a call; the first one, which compiles patterns, is left out."""
    find(text[:2000])
    times = []
    for _ in range(runs):
        started = time.process_time()
        find(text)
        times.append((time.process_time() - started) * 1000)
    return median(times)


def _items(runs: int, peer: Callable[[str], object] | None) -> dict[str, float]:
    figures: dict[str, float] = {}
    for words in (100, 800):
        text = _of_words(words)
        figures[f"cpu_ms_{words}_words"] = round(_cpu_ms(_find, text, runs), 3)
        if peer:
            figures[f"dateparser_cpu_ms_{words}_words"] = round(_cpu_ms(peer, text, min(runs, 3)), 1)
        click.echo(f"{words} words: {_said(figures, f'cpu_ms_{words}_words')}")
    return figures


def _step(size: int, peer: Callable[[str], object] | None) -> dict[str, float]:
    text, runs = _of_length(size), max(1, min(20, 200_000 // size))
    spent = _cpu_ms(_find, text, runs)
    step: dict[str, float] = {
        "characters": size,
        "cpu_ms": round(spent, 2),
        "cpu_ms_per_1000": round(spent / size * 1000, 3),
    }
    if peer and size <= PEER_LONGEST:
        step["dateparser_cpu_ms"] = round(_cpu_ms(peer, text, 1), 1)
    click.echo(f"{size:>9,} characters: {_said(step, 'cpu_ms')}, {step['cpu_ms_per_1000']:.3f} ms a thousand")
    return step


def _said(figures: dict[str, float], key: str) -> str:
    peer = figures.get(f"dateparser_{key}")
    return f"{figures[key]:.2f} ms" + (f", dateparser {peer:.1f} ms" if peer is not None else "")


if __name__ == "__main__":
    main(prog_name="python -m tests.bench.deadlines")
