"""The real program, killed at random instants while news comes in: nothing lost, nothing twice, the last word shown.

`torture` does it to the program on any `Channel`; here it is the console.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest

from tests.feedserver import Entry, FeedServer
from tests.feedxml import FIRST
from tests.sources import ROOT

SEED = 20251104
CONFIG = """
database = "{database}"
feeds = "{feeds}"
lease_s = 3
[polling]
min_interval_s = 1
per_host_gap_s = 0
allow_private_networks = true
[delivery]
edit_interval_s = 0.1
[log]
level = "error"
{channel}
"""


@dataclass
class Wire:
    """A feed that grows by one item a step: rare-earth news, noise, and now and then a corrected text."""

    server: FeedServer
    entries: list[Entry] = field(default_factory=list)
    wanted: list[str] = field(default_factory=list)
    last_words: dict[str, str] = field(default_factory=dict)

    def step(self, number: int) -> None:
        """One more item, or a correction of one told before."""
        mark = f"m{number:04d}"
        if number % 3 == 2 and self.wanted:
            self._correct(self.wanted[-1 - number % min(5, len(self.wanted))], number)
        elif number % 3 == 1:
            self._add(Entry(f"Football result {mark}", "Two goals.", mark, f"http://127.0.0.1/{mark}"))
        else:
            self._add(Entry(f"Rare earth news {mark}", f"Word {spelt(0)} of {mark}.", mark, f"http://127.0.0.1/{mark}"))
            self.wanted.append(mark)
            self.last_words[mark] = f"Word {spelt(0)} of {mark}."

    def _add(self, entry: Entry) -> None:
        self.entries.insert(0, entry)
        self.publish()

    def _correct(self, mark: str, number: int) -> None:
        self.last_words[mark] = f"Word {spelt(number)} of {mark}."
        self.entries = [
            Entry(e.title, self.last_words[mark], e.guid, e.link) if e.guid == mark else e for e in self.entries
        ]
        self.publish()

    def publish(self) -> None:
        """Serve the feed as it stands."""
        self.server.publish("wire.xml", self.entries)


def spelt(number: int) -> str:
    """A number in letters: other figures in the same words would be a correction, which is answered as well."""
    return "".join("abcdefghij"[int(digit)] for digit in str(number))


def start(config: Path, channel: Channel) -> subprocess.Popen[bytes]:
    """The real program."""
    program = [sys.executable, "-m", channel.module, "run", "--config", str(config)]
    env = os.environ | channel.environment
    return subprocess.Popen(program, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=sys.stderr)


class Channel:
    """Where it is watched: the console and its transcript. Those of other platforms have the same names."""

    module = "bot"
    """What is started; another one may bend the way to its platform, and nothing else."""

    lives_s = (0.5, 2.6)
    """How long the program, or what else is killed, lives between two kills."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment: dict[str, str] = {}
        self.config = f'[console]\ntranscript = "{folder / "transcript.jsonl"}"\nstyle = "plain"'

    def prepare(self, config: Path) -> None:
        """Let the channel follow rare earths. The console does by itself."""

    def is_awake(self) -> bool:
        """Whether the program started last does its work already, as far as the platform can tell."""
        return True

    def disturb(self, chance: random.Random) -> None:
        """Do harm to the platform while the program runs, or nothing."""

    def rows(self) -> list[dict[str, str]]:
        """What the channel was shown so far, as op, remote_id and text; a line cut by a kill is no line."""
        path, rows = self.folder / "transcript.jsonl", []
        for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
            try:
                rows.append(json.loads(line))
            except ValueError:
                continue
        return rows


def mark_of(row: dict[str, str]) -> str:
    """The item that a transcript line shows."""
    return row["text"].partition("news ")[2][:5]


def last_words_shown(rows: list[dict[str, str]]) -> dict[str, str]:
    """For each message, the words it shows in the end, by its item."""
    shown = {row["remote_id"]: row for row in rows}
    return {mark_of(row): row["text"] for row in shown.values()}


def is_complete(wire: Wire, rows: list[dict[str, str]]) -> bool:
    """Whether everything is shown as it stands now."""
    shown = last_words_shown(rows)
    return all(wire.last_words[mark] in shown.get(mark, "") for mark in wire.wanted)


def torture(
    folder: Path, database: str, kills: int, server: FeedServer, channel: Channel, *, kills_program: bool = True
) -> dict[str, int]:
    """Kill the program `kills` times while items come in, let it finish, and count."""
    chance = random.Random(SEED)
    wire, config = prepare(folder, database, server, channel)
    number, program = 0, start(config, channel)
    for _ in range(kills):
        wait_until(channel.is_awake, 20)
        until = time.monotonic() + chance.uniform(*channel.lives_s)
        while time.monotonic() < until:
            wire.step(number)
            number += 1
            time.sleep(chance.uniform(0.02, 0.25))
        channel.disturb(chance)
        if kills_program:
            program.kill()
            program.wait()
            program = start(config, channel)
    wait_until(lambda: is_complete(wire, channel.rows()), 60)
    time.sleep(1.5)  # time in which something might come twice
    program.send_signal(signal.SIGTERM)
    assert program.wait(timeout=10) == 0, "the program must stop by itself within ten seconds"
    return count(wire, channel.rows(), kills)


def wait_until(is_so: Callable[[], bool], seconds: float) -> None:
    """Wait for something, but not for ever: what did not come is counted in the end."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and not is_so():
        time.sleep(0.1)


def prepare(folder: Path, database: str, server: FeedServer, channel: Channel) -> tuple[Wire, Path]:
    """The feed, seen once so that its old story is no news, and the settings."""
    (folder / "feeds.txt").write_text(server.url("wire.xml"), encoding="utf-8")
    config = folder / "lodewire.toml"
    words = CONFIG.format(database=database, feeds=folder / "feeds.txt", channel=channel.config)
    config.write_text(words, encoding="utf-8")
    old = Entry("An old rare earth story", "Old.", "old", "http://127.0.0.1/old", FIRST)  # too old to be a sample
    wire = Wire(server, [old])
    wire.publish()
    once = [sys.executable, "-m", channel.module, "once", "--config", str(config), "--all"]
    env = os.environ | channel.environment
    subprocess.run(once, check=True, stdout=subprocess.DEVNULL, cwd=ROOT, env=env, timeout=30)
    channel.prepare(config)
    return wire, config


def count(wire: Wire, rows: list[dict[str, str]], kills: int) -> dict[str, int]:
    """Lost, double, out of order, stale, and what should never have come."""
    posted = [mark_of(row) for row in rows if row["op"] == "post"]
    times = Counter(posted)
    shown = last_words_shown(rows)
    return {
        "kills": kills,
        "items": len(wire.entries),
        "posts": len(posted),
        "edits": sum(row["op"] == "edit" for row in rows),
        "lost": sum(times[mark] == 0 for mark in wire.wanted),
        "double": sum(times[mark] - 1 for mark in wire.wanted if times[mark]),
        "out_of_order": sum(a > b for a, b in pairwise(posted)),
        "stale": sum(wire.last_words[mark] not in shown.get(mark, "") for mark in wire.wanted),
        "unwanted": sum(mark not in wire.last_words for mark in times),
    }


def judge(result: dict[str, int]) -> None:
    """The promise, in figures."""
    print(json.dumps(result))
    assert {"lost": 0, "double": 0, "out_of_order": 0, "stale": 0, "unwanted": 0}.items() <= result.items(), result
    assert result["posts"] > result["kills"]


@pytest.mark.timeout(240)
def test_killed_at_random_instants(database_url: str, tmp_path: Path, feed_server: FeedServer) -> None:
    """Fifteen kills with SIGKILL lose nothing, double nothing, keep the order and show the last edit."""
    judge(torture(tmp_path, database_url, 15, feed_server, Channel(tmp_path)))


@pytest.mark.soak
@pytest.mark.timeout(1200)
def test_killed_at_random_instants_for_long(database_url: str, tmp_path: Path, feed_server: FeedServer) -> None:
    """Sixty kills, the same promise; the counts are in tests/README.md."""
    judge(torture(tmp_path, database_url, 60, feed_server, Channel(tmp_path)))
