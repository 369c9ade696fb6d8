"""What a round of polls costs, as whole processes: `lodewire once` beside the library `reader` and beside curl.

`python -m tests.bench.poll --help`. Feeds of life's size from a server of our own, each on a host of its own. The last
line of the output is one JSON object.
"""

from __future__ import annotations

import json
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from itertools import pairwise
from os import cpu_count
from pathlib import Path

import click
from rich.console import Console

from tests.bench.loopback import Loopback, serve
from tests.bench.outlets import ITEMS
from tests.bench.spent import Spent, run_program
from tests.sources import ROOT

ROUNDS = (  # name, version served, how, the bar: our CPU as a share of reader's
    ("first import", "v1", "conditional", 1 / 2),
    ("all answer 304", "v1", "conditional", 1 / 2),
    ("never 304, same bytes", "v1", "always", 1 / 25),
    ("never 304, new build date", "v1b", "always", 1 / 25),
    ("one or two new items each", "v2", "conditional", 1 / 12),
)
CONNECTIONS = 100
PEAK_MB, HELD_MS = 200, 50
BIG_FEEDS, BIG_ITEMS, BIG_FIRST = 20, 400, 100_000
SETTINGS = """
database = "sqlite:///{folder}/lodewire.db"
[polling]
connections = {connections}
per_host_gap_s = 0
min_interval_s = 1
allow_private_networks = true
[operator]
channel = ""
[console]
transcript = "{folder}/transcript.jsonl"
style = "plain"
"""
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Bench:
    """What is measured, where."""

    folder: Path
    server: Loopback
    say: Say
    limit_s: float
    workers: int

    def list_feeds(self, name: str, numbers: range) -> Path:
        """A file of feeds' addresses, one a line."""
        path = self.folder / f"{name}.txt"
        path.write_text("".join(f"{self.server.url(number)}\n" for number in numbers))
        return path

    def write_settings(self, name: str) -> Path:
        """An installation of Lodewire in a folder of its own; its settings file."""
        folder = self.folder / name
        folder.mkdir()
        path = folder / "lodewire.toml"
        path.write_text(SETTINGS.format(folder=folder, connections=CONNECTIONS))
        return path


@click.command()
@click.option("--feeds", type=click.IntRange(1, 60_000), default=2000, show_default=True, help="Feeds polled.")
@click.option(
    "--rounds", type=click.IntRange(0), default=20, show_default=True, help="Rounds in one process, for memory."
)
@click.option("--no-peers", is_flag=True, help="Lodewire alone: no reader, no curl.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="reader's worker threads.")
@click.option("--limit", type=click.FloatRange(10), default=1800, show_default=True, help="Seconds a program may take.")
@click.option("--keep", is_flag=True, help="Keep the folder with feeds and databases, and say where it is.")
def main(feeds: int, rounds: int, no_peers: bool, workers: int, limit: float, keep: bool) -> None:
    """Measure rounds of polls as whole processes: CPU (user and system, start-up included), wall time, peak memory.

    \b
    The feeds: 30 items of 3 to 4 kB of HTML each, about 115 kB; 70 % RSS, 30 % Atom; 8 % Cyrillic, 6 % Chinese; 30 %
    are packed for who takes gzip. Each is on a loopback address of its own, one connection a request. The server is not
    counted. Needs Linux (127.0.0.0/8, /proc) and the extra `bench`.

    \b
    Five rounds, each by `lodewire once --all`, by `reader` and by `curl --parallel`, which only fetches:
      1. first import
      2. nothing is new, every server answers 304
      3. nothing is new, but no server answers 304: the same bytes come again
      4. the same, and each feed's build date differs
      5. one or two new items in each feed
    What an import found is stored at once, and matched and indexed by later rounds, five thousand items each: what that
    costs stands beside. Then: memory over many rounds in one process, feeds never answering 304; and how long the event
    loop is held while twenty feeds of 1.5 MB are fetched, read and saved: by what the process computed meanwhile, in
    all its threads, and by the clock, beside the clock of a process that does nothing (other programs hold that, too).

    \b
    Progress goes to standard error. Two thousand feeds take half an hour, most of it reader's. Examples:
      python -m tests.bench.poll --feeds 200
      python -m tests.bench.poll --no-peers --rounds 0 | tail -n 1 | python -m json.tool
    """
    if not no_peers and find_spec("reader") is None:
        raise click.ClickException("The peer is not installed: pip install -e '.[bench]', or give --no-peers.")
    terminal = Console(stderr=True)
    with open_bench(feeds, workers, limit, keep, lambda words: terminal.print(words, highlight=False)) as bench:
        figures = {
            "at": datetime.now(UTC).strftime("%Y-%m-%d %H:%M"),
            "python": platform.python_version(),
            "cores": cpu_count(),
            "feeds": feeds,
            **measure_rounds(bench, feeds, has_peers=not no_peers),
            **(measure_staying(bench, feeds, rounds) if rounds else {}),
            **measure_holding(bench),
        }
    click.echo(json.dumps(figures))


@contextmanager
def open_bench(feeds: int, workers: int, limit_s: float, keep: bool, say: Say) -> Iterator[Bench]:
    """Feeds on the disk and a server before them."""
    folder = Path(tempfile.mkdtemp(prefix="lodewire-bench-"))
    try:
        say(f"writing {feeds} feeds")
        write_feeds(folder, feeds, say)
        with serve(folder) as server:
            yield Bench(folder, server, say, limit_s, workers)
    finally:
        if keep:
            say(f"kept: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)


def write_feeds(folder: Path, feeds: int, say: Say) -> None:
    """The feeds, by one writer for each core, and the large ones."""
    writers = cpu_count() or 1
    edges = [feeds * turn // writers for turn in range(writers + 1)]
    shares = [(first, stop, ITEMS) for first, stop in pairwise(edges)]
    shares.append((BIG_FIRST, BIG_FIRST + BIG_FEEDS, BIG_ITEMS))
    program = [sys.executable, "-m", "tests.bench.outlets", str(folder)]
    running = [
        subprocess.Popen([*program, *map(str, share)], cwd=ROOT, stdout=subprocess.PIPE, text=True) for share in shares
    ]
    written = [int(process.communicate()[0]) for process in running]
    say(f"{sum(written[:-1]) / feeds / 1000:.0f} kB a feed, {written[-1] / BIG_FEEDS / 1e6:.1f} MB a large one")


def measure_rounds(bench: Bench, feeds: int, *, has_peers: bool) -> dict[str, object]:
    """Each round by each program, turn about."""
    addresses = bench.list_feeds("feeds", range(feeds))
    once = [Path(sys.executable).with_name("lodewire"), "once", "--all", "--json", "--feeds", addresses, "--config"]
    programs = {"lodewire": [*once, bench.write_settings("installation")]}
    if has_peers:
        by_reader = [sys.executable, "-m", "tests.bench.by_reader", bench.folder / "reader.db", addresses]
        programs["reader"] = [*by_reader, str(bench.workers)]
        if shutil.which("curl"):
            programs["curl"] = [*write_curl(bench, range(feeds))]
    found: dict[str, object] = {}
    for name, version, mode, bar in ROUNDS:
        bench.server.use(version, mode)
        spent = {}
        for who, program in programs.items():
            tag = ["--header", f'If-None-Match: "{version}"'] if who == "curl" and "304" == name[-3:] else []
            spent[who] = run_program([*program, *tag], bench.limit_s)
            bench.say(f"{name}: {who} {spent[who].figures()} {spent[who].output.strip()[-300:]}")
        require_whole(name, spent["lodewire"], feeds)
        found[name] = compare(spent, bar)
        bench.say(f"{name}: {found[name]}")
        if name == "first import":
            found["reading what was there before"] = measure_archive(bench, programs["lodewire"])
    return found


def measure_archive(bench: Bench, program: Sequence[str | Path]) -> dict[str, float]:
    """What it costs to match and index the items of the first import, which later rounds do, five thousand each.

    Each of these rounds asks all feeds, too, and is answered 304; the later rounds of the table find nothing left.
    """
    runs = cpu_s = 0.0
    waiting = 1
    while waiting:
        spent = run_program(program, bench.limit_s)
        waiting = json.loads(spent.output.splitlines()[-1])["items_pending"]
        runs, cpu_s = runs + 1, cpu_s + spent.cpu_s
    bench.say(f"reading what was there before: {runs:.0f} rounds, {cpu_s:.1f} s CPU")
    return {"rounds": runs, "cpu_s": round(cpu_s, 2)}


def write_curl(bench: Bench, numbers: range) -> list[str]:
    """curl over all feeds, as many side by side; what it fetches is thrown away."""
    config = bench.folder / "curl.txt"
    config.write_text("".join(f'url = "{bench.server.url(number)}"\noutput = "/dev/null"\n' for number in numbers))
    return [
        *("curl", "--silent", "--no-progress-meter", "--compressed", "--config", str(config)),
        *("--parallel", "--parallel-max", str(CONNECTIONS)),
    ]


def require_whole(name: str, spent: Spent, feeds: int) -> None:
    """A round that left something out is no measurement."""
    report = json.loads(spent.output.splitlines()[-1])
    answer = "not_modified" if name == "all answer 304" else "fetched"
    news = {"first import": (ITEMS * feeds, ITEMS * feeds), "one or two new items each": (feeds, 2 * feeds)}
    least, most = news.get(name, (0, 0))
    if report[answer] != feeds or not least <= report["items_new"] <= most or report["items_changed"]:
        raise RuntimeError(f"{name}: not what was served: {report}")


def compare(spent: dict[str, Spent], bar: float) -> dict[str, object]:
    """Figures of a round, and our CPU as a share of each peer's."""
    mine = spent["lodewire"]
    ratios = {f"share_of_{who}": round(mine.cpu_s / peer.cpu_s, 4) for who, peer in spent.items() if who != "lodewire"}
    met = {"bar": round(bar, 4), "is_met": mine.cpu_s <= bar * spent["reader"].cpu_s} if "reader" in spent else {}
    return {**{who: one.figures() for who, one in spent.items()}, **ratios, **met}


def measure_staying(bench: Bench, feeds: int, rounds: int) -> dict[str, object]:
    """Memory after each of many rounds in one process; every feed sends its whole body each time."""
    bench.server.use("v1", "always")
    addresses = bench.list_feeds("feeds", range(feeds))
    program = [sys.executable, "-m", "tests.bench.staying", bench.write_settings("staying"), addresses, str(rounds)]
    spent = run_program(program, bench.limit_s)
    memory = json.loads(spent.output)["memory_mb"]
    bench.say(f"memory over {rounds} rounds: {memory}, peak {spent.peak_mb:.0f} MB")
    return {"rounds": rounds, "memory_mb": memory, "peak_mb": round(spent.peak_mb), "peak_bar_mb": PEAK_MB}


def measure_holding(bench: Bench) -> dict[str, object]:
    """How long the event loop is held while large feeds are fetched, read and saved, and by the machine itself."""
    bench.server.use("v1", "always")
    addresses = bench.list_feeds("large", range(BIG_FIRST, BIG_FIRST + BIG_FEEDS))
    program = [sys.executable, "-m", "tests.bench.staying", bench.write_settings("holding"), addresses]
    busy = json.loads(run_program([*program, "1"], bench.limit_s).output)
    idle = json.loads(run_program([*program, "0"], bench.limit_s).output)
    held = {name: value for name, value in busy.items() if name.startswith("held")}
    bench.say(f"large feeds: {held}; by the clock where nothing is done {idle['held_wall_ms']} ms")
    return {**held, "held_bar_ms": HELD_MS, "held_wall_by_nothing_ms": idle["held_wall_ms"]}


if __name__ == "__main__":
    main(prog_name="python -m tests.bench.poll")
