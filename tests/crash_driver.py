"""Ends a process at its n-th commit or wire call, for every n, starts it again, and reports what the channel was shown.

`python -m tests.crash_driver FOLDER POSTGRES_URL [SCENE [STEP]]`, the URL empty for SQLite: forks a child for each n
from one warm parent. SCENE is a module whose `open_crash_scene()` gives a platform to post to; without it, it is the
console. With STEP, only each such point is tried. Prints JSON:
`{"points": how many there were, "faults": [{"n", "shown"}]}`. Run by tests/test_crash.py, on both databases.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

from rich.console import Console as Terminal

from bot.app.build import App, open_app, utc_now
from bot.app.once import jobs_by_name, run_round
from bot.app.settings import Delivery, Settings
from bot.chat.console.client import Console, ConsoleSettings
from bot.chat.console.screen import Screen
from bot.core.model import FeedSpec
from bot.feeds.settings import Polling
from bot.storage import hosts
from bot.storage.database import Database
from tests.feedserver import Entry, FeedServer

OLD = Entry("An old rare earth story", guid="old", link="http://127.0.0.1/old")
FIRST = Entry("China bans rare earth exports", "Old text. It stood first.", "a", "http://127.0.0.1/a")
NOISE = Entry("Cup final ends without goals", "Nobody scored.", "b", "http://127.0.0.1/b")
SECOND = Entry("Rare earth roadmap ordered", "A roadmap is ordered.", "c", "http://127.0.0.1/c")
EDITED = Entry("China bans rare earth exports", "New text. It was corrected.", "a", "http://127.0.0.1/a")

STAGES = ([OLD], [SECOND, NOISE, FIRST, OLD], [SECOND, NOISE, EDITED, OLD])

LEASE_OVER = timedelta(seconds=30)
"""By how much later the next process starts: on PostgreSQL the dead one's lease has run out by then."""


class Counter:
    """Kills this process at the n-th point; counts them all where n is 0."""

    def __init__(self, deadly: int) -> None:
        self.passed = 0
        self._deadly = deadly

    def point(self) -> None:
        """One more point; the last one this process sees, if it is the n-th."""
        self.passed += 1
        if self.passed == self._deadly:
            os.kill(os.getpid(), signal.SIGKILL)


class ConsoleScene:
    """Where the crash is watched: the console and its transcript. Scenes of other platforms have the same names."""

    wire: tuple[type, tuple[str, ...]] = (Console, ("send", "edit"))
    """The class and the calls of it that leave this process."""

    words: tuple[str, ...] = ("Old text", "New text", "roadmap is ordered", "old rare earth", "Cup final")
    """What is looked for in a text, to tell which state it shows."""

    stages = STAGES

    def sections(self, folder: Path) -> dict[str, Any]:
        """The settings of the platform."""
        return {"console": ConsoleSettings(transcript=str(folder / "transcript.jsonl"), style="plain")}

    async def enter(self, app: App) -> None:
        """Follow the news, before anything is told. The console does by itself."""

    def publish(self, server: FeedServer, stage: list[Entry]) -> FeedSpec:
        """Let the server tell this stage; the feed to be read."""
        return FeedSpec(server.publish("wire.xml", stage), "Wire")

    async def leave(self, app: App, *, is_end: bool) -> None:
        """After each round; `is_end`: in the process that finishes."""

    def is_right(self, shown: list[tuple[str, str, str]]) -> bool:
        """Whether the channel saw what it should."""
        return is_right(shown)

    def begin(self, folder: Path) -> None:
        """A new run: what was shown before it does not count."""

    def shown(self, folder: Path) -> list[tuple[str, str, str]]:
        """What the channel saw in this run: (op, remote id, text)."""
        path = folder / "transcript.jsonl"
        rows = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
        return [(row["op"], row["remote_id"], row["text"]) for row in rows]


def count_points(counter: Counter, wire: tuple[type, tuple[str, ...]]) -> None:
    """Put a point before and after each commit of a writing transaction, and before and after each wire call."""
    write = Database.write

    @asynccontextmanager
    async def counted_write(self: Database) -> AsyncIterator[Any]:
        async with write(self) as tx:
            yield tx
            counter.point()
        counter.point()

    Database.write = counted_write  # type: ignore[method-assign]
    sender, names = wire
    for name in names:
        setattr(sender, name, _counted_call(getattr(sender, name), counter))


def _counted_call(call: Callable[..., Any], counter: Counter) -> Callable[..., Any]:
    async def counted(*arguments: Any, **named: Any) -> Any:
        counter.point()
        answer = await call(*arguments, **named)
        counter.point()
        return answer

    return counted


async def play(
    folder: Path,
    url: str,
    stages: tuple[list[Entry], ...],
    port: int,
    scene: ConsoleScene,
    *,
    later: timedelta = timedelta(0),
    is_seed: bool = False,
) -> None:
    """Run one round for each stage of the feed, as `lodewire once --all` does, with the clock set `later`."""
    settings = Settings(
        database=url,
        polling=Polling(min_interval_s=1, per_host_gap_s=0, allow_private_networks=True),
        delivery=Delivery(edit_interval_s=0),
        lease_s=25,  # longer than a round takes on a busy machine, shorter than LEASE_OVER
        **scene.sections(folder),
    )
    screen = Screen(Terminal(file=StringIO()), is_rich=False)
    with FeedServer(port) as server:
        for stage in stages:
            spec = scene.publish(server, stage)
            async with open_app(settings, now=lambda: utc_now() + later, feeds=[spec], screen=screen) as app:
                if is_seed:
                    await scene.enter(app)
                async with app.line.database.write() as tx:
                    await hosts.make_all_due(tx, app.line.now())
                await run_round(jobs_by_name(app))
                await scene.leave(app, is_end=bool(later))


def in_child(work: Callable[[], None]) -> int:
    """Run `work` in a forked process; its exit status as `waitpid` gives it."""
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        except BaseException as error:  # noqa: BLE001 - the parent reads the status; nothing may run on in the child
            print(f"child failed: {error!r}", file=sys.stderr, flush=True)
            os._exit(1)
    return os.waitpid(child, 0)[1]


def shown_by(folder: Path, scene: ConsoleScene) -> list[tuple[str, str, str]]:
    """What the channel saw: (op, remote id, the sentence that tells the state)."""
    return [
        (op, remote, next((word for word in scene.words if word in text), "?"))
        for op, remote, text in scene.shown(folder)
    ]


def is_right(shown: list[tuple[str, str, str]]) -> bool:
    """Each matching item posted once, in order, the last text shown in the first's message, nothing else ever."""
    posts = [row for row in shown if row[0] == "post"]
    if len(posts) != 2 or len({remote for _, remote, _ in posts}) != 2 or posts[1][2] != "roadmap is ordered":
        return False
    first = posts[0][1]
    return [words for _, remote, words in shown if remote == first][-1] == "New text" and not any(
        words in ("old rare earth", "Cup final", "?") for *_, words in shown
    )


def crash_everywhere(folder: Path, urls: Urls, port: int, scene: ConsoleScene, step: int) -> dict[str, Any]:
    """For every n: a fresh copy of the seeded database, a process that dies at n, a process that finishes."""
    seeded = folder / "seeded"
    seeded.mkdir()
    seed = urls.seed(seeded)
    assert in_child(lambda: asyncio.run(play(seeded, seed, scene.stages[:1], port, scene, is_seed=True))) == 0
    faults, n = [], 1 - step
    while True:
        n += step
        work = folder / str(n)
        work.mkdir()
        url = urls.copy(seeded, work)

        def die(deadly: int = n, work: Path = work, url: str = url) -> None:
            count_points(Counter(deadly), scene.wire)
            asyncio.run(play(work, url, scene.stages[1:], port, scene))

        def finish(work: Path = work, url: str = url) -> None:
            asyncio.run(play(work, url, scene.stages[2:], port, scene, later=LEASE_OVER))

        scene.begin(work)
        was_killed = os.WIFSIGNALED(in_child(die))
        status = in_child(finish)
        shown = shown_by(work, scene)
        if status != 0 or not scene.is_right(shown):
            faults.append({"n": n, "status": status, "shown": shown})
        urls.drop(url)
        shutil.rmtree(work)
        if not was_killed:
            return {"points": n - step, "faults": faults}


def free_port() -> int:
    """A port that the feed server of every child uses, so that the feed keeps its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Urls:
    """Where each run's database is: files beside the run, or databases of the PostgreSQL server at `base`."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._seed = f"seeded_{os.getpid()}"  # several runs may share a server
        self._number = 0

    def seed(self, folder: Path) -> str:
        """The database that is copied."""
        return self._make(self._seed) if self._base else f"sqlite:///{folder}/lodewire.db"

    def copy(self, seeded: Path, folder: Path) -> str:
        """A copy of the seeded database."""
        if self._base:
            self._number += 1
            return self._make(f"crash_{os.getpid()}_{self._number}", self._seed)
        for path in seeded.glob("lodewire.db*"):
            shutil.copy(path, folder / path.name)
        return f"sqlite:///{folder}/lodewire.db"

    def drop(self, url: str) -> None:
        """Let a copy go."""
        if self._base:
            name = url.partition("?")[0].rsplit("/", 1)[1]  # what follows may hold a path with slashes of its own
            self._run(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _make(self, name: str, template: str = "template1") -> str:
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        head, _, query = self._base.partition("?")
        return f"{head.rsplit('/', 1)[0]}/{name}?{query}"

    def _run(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self._base, autocommit=True) as connection:
            connection.execute(statement.encode())


if __name__ == "__main__":
    chosen = import_module(sys.argv[3]).open_crash_scene() if len(sys.argv) > 3 else ConsoleScene()
    step = int(sys.argv[4]) if len(sys.argv) > 4 else 1
    print(json.dumps(crash_everywhere(Path(sys.argv[1]), Urls(sys.argv[2]), free_port(), chosen, step)))
