"""How fast the line is: items a second through save, intake and route, and CPU time for a poll answered 304.

`python -m tests.bench.line --help`. Real databases, real jobs, a real server in a process of its own; each figure
stands beside a bare peer measured in the same run. The last line of the output is one JSON object.
"""

from __future__ import annotations

import json
import platform
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from os import cpu_count
from pathlib import Path
from statistics import median

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from bot.app.shipped import shipped_topics
from bot.cli.options import run_async
from bot.core.model import Item
from bot.storage.upgrade import upgrade
from tests.bench import passing, polling
from tests.bench.wire import make_items
from tests.databases import copy_sqlite, run_postgres

Step = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured, and how often."""

    items: int
    feeds: int
    runs: int
    has_postgres: bool


@click.command()
@click.option("--items", type=click.IntRange(100), default=2000, show_default=True, help="Items passed through.")
@click.option("--feeds", type=click.IntRange(1), default=300, show_default=True, help="Feeds polled, each answers 304.")
@click.option("--runs", type=click.IntRange(1), default=3, show_default=True, help="Repetitions; medians are printed.")
@click.option("--no-postgres", is_flag=True, help="SQLite only: no server is started.")
def main(items: int, feeds: int, runs: int, no_postgres: bool) -> None:
    """Measure the line, each figure beside a bare peer.

    \b
    1. Items a second through save, intake and route, on SQLite and on PostgreSQL. A fifth of them matches the shipped
       topics; 100 more queries are followed. The peer is sqlite3.executemany of the same rows into the same table,
       one transaction, durable: what no program that keeps the rows can beat.
    2. CPU milliseconds (user and system) of this process for one poll answered 304, with its rows: claim, conditional
       request, next poll. The server runs in another process; each feed is on a host of its own, 32 are asked side by
       side. The peer is a bare aiohttp GET of the same addresses with If-None-Match, also 32 side by side.

    \b
    Progress goes to standard error. Examples:
      python -m tests.bench.line
      python -m tests.bench.line --items 20000 --runs 5 | tail -n 1 | python -m json.tool
    """
    size = Size(items, feeds, runs, not no_postgres)
    with show_progress(runs * (3 if size.has_postgres else 2) + runs) as step:
        figures = run_async(lambda: measure(size, step))
    click.echo(
        json.dumps(
            {
                "at": datetime.now(UTC).strftime("%Y-%m-%d %H:%M"),
                "python": platform.python_version(),
                "cores": cpu_count(),
                "items": items,
                "feeds": feeds,
                "runs": runs,
                **figures,
            }
        )
    )


@contextmanager
def show_progress(steps: int) -> Iterator[Step]:
    """A bar on a terminal, else a plain line for each step; on standard error."""
    terminal = Console(stderr=True)
    if not terminal.is_terminal:
        yield lambda words: terminal.print(words, highlight=False)
        return
    columns = TextColumn("{task.description:34}"), BarColumn(), TimeElapsedColumn()
    with Progress(*columns, console=terminal, transient=True) as progress:
        task = progress.add_task("starting", total=steps)
        yield lambda words: progress.update(task, advance=1, description=words)


async def measure(size: Size, step: Step) -> dict[str, object]:
    """Every figure, with its peer and their ratio."""
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="lodewire-bench-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        template = folder / "template.db"
        upgrade(f"sqlite:///{template}")
        items = make_items(size.items, shipped_topics())
        return await measure_passing(size, items, template, stack, step) | await measure_polling(size, template, step)


async def measure_passing(
    size: Size, items: list[Item], template: Path, stack: ExitStack, step: Step
) -> dict[str, object]:
    """Items a second, on each database and by the peer."""

    async def on_sqlite() -> float:
        with tempfile.TemporaryDirectory(dir=template.parent) as name:
            return await passing.items_per_second(copy_sqlite(template, Path(name)), items)

    async def by_peer() -> float:
        with tempfile.TemporaryDirectory(dir=template.parent) as name:
            return passing.peer_items_per_second(copy_sqlite(template, Path(name)), items)

    rates = {
        "sqlite": await repeat("items a second, SQLite", size, on_sqlite, step),
        "peer": await repeat("items a second, sqlite3.executemany", size, by_peer, step),
    }
    if size.has_postgres:
        server = stack.enter_context(run_postgres())
        pattern = server.create()
        upgrade(server.url(pattern))

        async def on_postgres() -> float:
            return await passing.items_per_second(server.url(server.create(pattern)), items)

        rates["postgres"] = await repeat("items a second, PostgreSQL", size, on_postgres, step)
    kinds = [kind for kind in ("sqlite", "postgres") if kind in rates]
    return {
        **{f"{kind}_items_per_s": round(rates[kind]) for kind in kinds},
        "passing_peer": "sqlite3.executemany of the same item rows",
        "passing_peer_items_per_s": round(rates["peer"]),
        **{f"{kind}_share_of_peer": round(rates[kind] / rates["peer"], 4) for kind in kinds},
    }


async def measure_polling(size: Size, template: Path, step: Step) -> dict[str, object]:
    """CPU for a poll answered 304, and for the peer's request, turn about."""
    mine: list[float] = []
    peer: list[float] = []
    with polling.serve(template.parent / "served", size.feeds) as urls:
        url = copy_sqlite(template, template.parent)
        async with polling.open_poller(url, urls) as poller, polling.open_peer(urls) as ask:
            for turn in range(size.runs):
                mine.append(await polling.cpu_ms(poller, size.feeds))
                peer.append(await polling.cpu_ms(ask, size.feeds))
                step(f"304, run {turn + 1}: {mine[-1]:.2f} ms CPU, bare aiohttp {peer[-1]:.2f} ms")
    return {
        "cpu_ms_per_304": round(median(mine), 3),
        "polling_peer": "bare aiohttp GET with If-None-Match",
        "polling_peer_cpu_ms": round(median(peer), 3),
        "polling_times_peer": round(median(mine) / median(peer), 2),
    }


async def repeat(words: str, size: Size, run: Callable[[], Awaitable[float]], step: Step) -> float:
    """The median of several runs."""
    rates: list[float] = []
    for turn in range(size.runs):
        rates.append(await run())
        step(f"{words}, run {turn + 1}: {rates[-1]:,.0f}")
    return median(rates)


if __name__ == "__main__":
    main(prog_name="python -m tests.bench.line")
