"""How fast queries are matched: all together by the index, one by one by the judge, and by mokaccino, a peer in Rust.

`python -m tests.bench.match --help`. CPU time of one process; nothing is stored. The last line of the output is one
JSON object.
"""

from __future__ import annotations

import gc
import json
import platform
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from os import cpu_count
from pathlib import Path
from typing import Any

import click

from bot.core.topics.document import Document
from bot.core.topics.index import Index
from bot.core.topics.judge import is_met
from bot.core.topics.parser import canonical, parse_query
from bot.jobs.collector import at_rest
from tests.bench import matching, topical
from tests.bench.matching import Taste, Tongue

Figures = dict[str, Any]
ITEMS = {100: 300, 800: 80}
"""Items matched, by their length in words."""

TASTES = {100: Taste(300, 1.6), 800: Taste(17_000)}
"""What words queries take, so that an item of so many words meets about 0.15 % of them."""

ONE_BY_ONE = 3


@click.command()
@click.option("--queries", type=click.IntRange(1000), default=100_000, show_default=True, help="Distinct queries.")
@click.option("--many", type=click.IntRange(0), default=1_000_000, show_default=True, help="The large set; 0: none.")
@click.option("--seed", default=1, show_default=True, help="Of queries and items.")
@click.option("--no-peer", is_flag=True, help="Leave out mokaccino.")
def main(queries: int, many: int, seed: int, no_peer: bool) -> None:
    """Measure matching, beside a loop over the queries and beside mokaccino.

    \b
    Queries have 2.6 terms on average: a third of their names no text has, a fifth are phrases of two or three words; a
    fifth of the queries bars something. Items are made so that one meets about 0.15 % of them.
    1. CPU ms to match an item of 100 and of 800 words against --queries and --many, its words and pairs made before;
       CPU ms to make them; CPU us to add one query, as typed and as stored; CPU s to read and build all; MB of memory.
    2. The same by judging one query after the other (a few items), whose matches must be the same.
    3. mokaccino on queries of single words and prefixes, the part of the language it knows; it must find the same.
    4. The topics of one item: eleven of a hundred terms, a hundred minerals and actions below them; words made within.

    \b
    Examples:
      python -m tests.bench.match
      python -m tests.bench.match --queries 20000 --many 0 | tail -n 1 | python -m json.tool
    """
    chance = random.Random(seed)
    tongue = matching.make_tongue(chance)
    items = {words: matching.make_items(tongue, count, words, chance) for words, count in ITEMS.items()}
    figures: Figures = {"calibration_ns": calibrate()}
    figures |= measure_documents(items)
    for words, some in items.items():
        figures |= measure_index(tongue, TASTES[words], queries, some, f"{words}_words", chance)
    if many:
        figures |= measure_index(tongue, TASTES[100], many, items[100], "many", chance)
    if not no_peer:
        figures |= measure_peer(tongue, queries, items[100], chance)
    figures |= topical.measure(tongue, items[100], chance)
    for name, value in figures.items():
        click.echo(f"{name:40} {value}", err=True)
    head = {"at": f"{datetime.now(UTC):%Y-%m-%d %H:%M}", "python": platform.python_version(), "cores": cpu_count()}
    click.echo(json.dumps({**head, "queries": queries, "many": many, "seed": seed, **figures}))


def calibrate() -> float:
    """CPU nanoseconds of a look-up in a dictionary of 50,000 words, now: tells how busy the machine is."""
    table = {str(number): number for number in range(50_000)}
    keys = [str(number * 7919 % 100_000) for number in range(10_000)]
    return round(min(spent(lambda: list(map(table.get, keys))) for _ in range(20)) / len(keys) * 1e9, 1)


def spent(work: Callable[[], object]) -> float:
    """The CPU seconds of this process that some work takes."""
    started = time.process_time()
    work()
    return time.process_time() - started


def measure_documents(items: dict[int, list[Document]]) -> Figures:
    """CPU ms to make an item's words, stems and pairs."""
    figures: Figures = {}
    for words, some in items.items():
        texts = [(item.title, item.text) for item in some]
        for _ in range(2):
            seconds = spent(lambda texts=texts: [make_ready(Document(*text, "en")) for text in texts])  # type: ignore[misc]
        figures[f"document_{words}_words_ms"] = round(seconds / len(some) * 1e3, 4)
    return figures


def make_ready(document: Document) -> Document:
    """A document with all that is worked out once."""
    for name in ("words", "title_words", "pairs", "title_pairs", "written", "title_written", "facts", "bares"):
        getattr(document, name)
    return document


def measure_index(
    tongue: Tongue, taste: Taste, count: int, items: Sequence[Document], name: str, chance: random.Random
) -> Figures:
    """Building, matching, adding, and that the matches are those of one by one."""
    exprs = list(islice(matching.make_queries(tongue, taste, chance), count))
    for item in items:
        make_ready(item)
    gc.collect()
    before, index = resident_mb(), Index()
    index.match(items[0])  # its language is known from now on, so that building includes the stems
    with at_rest():  # as the bot takes in what is followed
        build = spent(lambda: [index.add_stored(number, expr) for number, expr in enumerate(exprs)])
    gc.collect()
    figures: Figures = {f"{name}_build_s": round(build, 3), f"{name}_mb": round(resident_mb() - before)}
    met = [index.match(item) for item in items]
    seconds = min(spent(lambda: [index.match(item) for item in items]) for _ in range(3))
    share = matching.share_met([len(numbers) for numbers in met], count)
    figures |= {f"{name}_match_ms": round(seconds / len(items) * 1e3, 4), f"{name}_met": f"{share:.3%}"}
    figures |= {f"{name}_{key}": value for key, value in measure_adding(index, count, exprs[:500]).items()}
    if count <= 200_000:
        figures |= {f"{name}_{key}": value for key, value in judge_some(exprs, items, met).items()}
    return figures


def measure_adding(index: Index, first: int, exprs: Sequence[str]) -> Figures:
    """CPU us to add one more query, as typed and as stored, and to remove it."""
    typed = [f"{expr} OR extra" for expr in exprs]
    stored = [canonical(expr) for expr in typed]
    parse_query.__globals__["_parse_any"].cache_clear()
    adding = spent(lambda: [index.add(first + number, parse_query(expr)) for number, expr in enumerate(typed)])
    removing = spent(lambda: [index.remove(first + number) for number in range(len(typed))])
    again = spent(lambda: [index.add_stored(first + number, expr) for number, expr in enumerate(stored)])
    for number in range(len(typed)):
        index.remove(first + number)
    each = 1e6 / len(typed)
    return {"add_typed_us": round(adding * each, 1), "add_us": round(again * each, 1),
            "remove_us": round(removing * each, 1)}  # fmt: skip


def judge_some(exprs: Sequence[str], items: Sequence[Document], met: Sequence[set[int]]) -> Figures:
    """CPU ms of the loop over all queries, for a few items; the matches must be the same."""
    queries = [parse_query(expr) for expr in exprs]
    seconds = 0.0
    for item, expected in list(zip(items, met, strict=True))[:ONE_BY_ONE]:
        found: set[int] = set()
        seconds += spent(lambda item=item, found=found: found.update(  # type: ignore[misc]
            number for number, query in enumerate(queries) if is_met(query, item)))  # fmt: skip
        assert found == expected, "the index and the judge differ"
    return {"one_by_one_ms": round(seconds / ONE_BY_ONE * 1e3, 1)}


def resident_mb() -> float:
    """The memory of this process."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096 / 2**20


def measure_peer(tongue: Tongue, count: int, items: Sequence[Document], chance: random.Random) -> Figures:
    """mokaccino on the same queries of single words and prefixes, with the same words of each item."""
    import mokaccino

    taste = replace(TASTES[100], has_phrases=False, has_prefixes=True)
    exprs = list(islice(matching.make_queries(tongue, taste, chance), count))
    index, peer = Index(), mokaccino.Percolator()
    for number, expr in enumerate(exprs):
        index.add_stored(number, expr)
        peer.add_query_id(topical.for_peer(parse_query(expr), mokaccino.Query), number)
    papers = [topical.paper(item, mokaccino.Document) for item in items]
    ours = [index.match(item) for item in items]
    theirs = [set(peer.percolate_list(paper)) for paper in papers]
    assert ours == theirs, "the index and mokaccino differ"
    mine = min(spent(lambda: [index.match(item) for item in items]) for _ in range(3)) / len(items)
    other = min(spent(lambda: [peer.percolate_list(paper) for paper in papers]) for _ in range(3)) / len(items)
    return {
        "peer": f"mokaccino {_version()}",
        "peer_match_ms": round(other * 1e3, 4),
        "beside_peer_match_ms": round(mine * 1e3, 4),
        "share_of_peer": round(mine / other, 3),
        "peer_met": f"{matching.share_met([len(met) for met in ours], count):.3%}",
    }


def _version() -> str:
    from importlib.metadata import version

    return version("mokaccino")


if __name__ == "__main__":
    main()
