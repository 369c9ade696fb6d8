"""What the viewer of `lodewire demo` sees: a clock that runs fast, news passing by, alerts, and at the end the count.

Pumps the real jobs at simulated times. Tells nothing that did not happen: every figure is counted from the run.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections import Counter
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from pathlib import Path

from rich.console import Console as Terminal
from rich.padding import Padding
from rich.panel import Panel
from rich.progress import BarColumn, Progress, TaskID, TextColumn
from rich.table import Table
from rich.text import Text

from bot.app.build import App, open_app
from bot.app.once import jobs_by_name, run_round
from bot.app.settings import Settings
from bot.app.shipped import read_table
from bot.chat.registry import ConsoleSettings, open_screen
from bot.demo.script import Script, read_script
from bot.demo.server import DemoServer
from bot.feeds.settings import Polling
from bot.storage import reminding, stories
from bot.storage.stories import Taken

STEP_S = 0.2
"""Real seconds between two looks at the outlets; the clock jumps in between."""

DECOYS_SHOWN = 5

WELCOME = (
    "Four invented outlets publish in English, Russian and Chinese, on a web server on this machine. A subscriber "
    "follows all topics that come along, {topics} among them. Each dim line is a piece of news that is about none of "
    "them. Each box is an alert, as a Discord or Matrix channel would get it. The clock runs four weeks in "
    "{seconds:.0f} seconds."
)


class DemoClock:
    """The simulated time: stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """The time it is in the demo."""
        return self.now


async def run_demo(*, seconds: float | None = None, plain: bool = False) -> None:
    """Play the shipped script in `seconds` (None: as the script says), in panels or plain lines."""
    script = read_script(read_table("demo.toml"))
    folder = await asyncio.to_thread(tempfile.mkdtemp, prefix="lodewire-demo-")
    clock = DemoClock(script.clock.start)
    screen = open_screen("plain" if plain else "auto")
    settings = Settings(
        database=f"sqlite:///{Path(folder) / 'demo.db'}",
        polling=Polling(min_interval_s=1, per_host_gap_s=0, allow_private_networks=True),
        console=ConsoleSettings(style="plain" if plain else "auto"),
    )
    try:
        async with (
            DemoServer(script, clock) as server,
            open_app(settings, now=clock, feeds=server.feeds(), screen=screen) as app,
        ):
            show = Show(script, clock, server, app, screen.terminal, is_rich=screen.is_rich)
            await show.play(seconds or script.clock.seconds)
    finally:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


class Show:
    """One performance of a script."""

    def __init__(
        self, script: Script, clock: DemoClock, server: DemoServer, app: App, terminal: Terminal, *, is_rich: bool
    ) -> None:
        self._script = script
        self._clock = clock
        self._server = server
        self._app = app
        self._terminal = terminal
        self._is_rich = is_rich
        self._jobs = jobs_by_name(app)
        self._counts: Counter[str] = Counter()
        self._passed: list[Taken] = []
        self._last_item = 0

    async def play(self, seconds: float) -> None:
        """Welcome, four weeks, the count, what to try next."""
        self._say_welcome(seconds)
        start, end = self._script.clock.start, self._script.clock.end
        steps = max(int(seconds / STEP_S), 20)
        with self._progress() as bar:
            task = bar.add_task("clock", total=steps, day="", count="") if bar else None
            for step in range(steps + 1):
                self._clock.now = start + (end - start) * step / steps
                self._move_clock(bar, task, step)
                await self._look()
                await asyncio.sleep(seconds / steps)
        await self._settle()
        await self._say_closing()

    def _progress(self) -> AbstractContextManager[Progress | None]:
        if not self._is_rich:
            return nullcontext()
        words = TextColumn("[bold]{task.fields[day]}[/]"), BarColumn(), TextColumn("{task.fields[count]}")
        return Progress(*words, console=self._terminal, transient=True)

    def _move_clock(self, bar: Progress | None, task: TaskID | None, step: int) -> None:
        if bar is None or task is None:
            return
        now, counts = self._clock.now, self._counts
        count = f"{counts['items_new']} read, {counts['posts_sent']} alerts"
        bar.update(task, completed=step, day=f"{now:%a} {now.day:2} {now:%b %H}:00", count=count)

    async def _look(self) -> None:
        """One round of the real jobs, then the news that passed without an alert."""
        self._counts.update(await run_round(self._jobs))
        async with self._app.line.database.read() as tx:
            taken = await stories.taken_after(tx, self._last_item)
        for item in taken:
            self._last_item = item.id
            self._passed.append(item)
            if not item.is_match or item.is_silent:
                self._say_passed(item)

    async def _settle(self) -> None:
        """Let the last corrections be shown: a post is edited at most once a minute."""
        self._clock.now += timedelta(minutes=2)
        await self._look()

    def _say(self, text: str = "", style: str = "") -> None:
        if self._is_rich:
            self._terminal.print(Text(text, style=style))
        else:
            self._terminal.file.write(f"{text}\n")
            self._terminal.file.flush()

    def _say_indented(self, text: str) -> None:
        """A paragraph that keeps its indent where it runs over the line."""
        if self._is_rich:
            self._terminal.print(Padding(Text(text), (0, 0, 0, 2)))
        else:
            self._say(f"  {text}")

    def _say_welcome(self, seconds: float) -> None:
        titles = ", ".join(read_table("topics.toml")[name]["title"] for name in self._script.topics)
        words = WELCOME.format(topics=titles, seconds=seconds)
        if self._is_rich:
            self._terminal.print(Panel(Text(words), title="Lodewire, a demo", title_align="left", border_style="dim"))
        else:
            self._say(f"Lodewire, a demo. {words}\n")

    def _say_passed(self, item: Taken) -> None:
        word = "was there before" if item.is_silent else "no alert"
        day = f"{item.published_at.day:2} {item.published_at:%b}"
        line = f"{day}  {word:16}  {item.outlet}: {item.title}"
        width = self._terminal.width
        if self._is_rich and len(line) > width:
            line = line[: width - 1] + "…"
        self._say(line, "dim")

    async def _say_closing(self) -> None:
        async with self._app.line.database.read() as tx:
            self._counts["reminders"], self._counts["changes"] = await reminding.count_shown(tx)
        self._say()
        self._say("What just happened", "bold")
        for sentence in self._script.closing.tell(self._totals()):
            self._say_indented(sentence)
        self._say_decoys()
        self._say()
        self._say("Try next", "bold")
        width = max(len(step.command) for step in self._script.closing.next)
        for step in self._script.closing.next:
            self._say(f"  {step.command:{width}}   {step.does}")

    def _totals(self) -> dict[str, int]:
        loud = [item for item in self._passed if not item.is_silent]
        return {
            "items": len(self._passed),
            "silent": len(self._passed) - len(loud),
            "alerts": self._counts["posts_sent"] - self._counts["reminders"] - self._counts["changes"],
            "reminders": self._counts["reminders"],
            "changes": self._counts["changes"],
            "ignored": sum(not item.is_match for item in loud),
            "edits": self._counts["posts_edited"],
            "requests": self._server.requests,
            "unchanged": self._server.unchanged,
        }

    def _say_decoys(self) -> None:
        """Some of what looked alike and was left alone, with what it was."""
        ignored = {item.title for item in self._passed if not item.is_match}
        decoys = [scene for scene in self._script.scenes if scene.decoy and scene.title in ignored][:DECOYS_SHOWN]
        if not decoys:
            return
        self._say()
        self._say("Looked like it, and was not", "bold")
        if not self._is_rich:
            for scene in decoys:
                self._say(f"  {scene.decoy}: {scene.title}")
            return
        table = Table.grid(padding=(0, 2))
        for scene in decoys:
            table.add_row(Text(f"  {scene.decoy}"), Text(scene.title, style="dim", overflow="ellipsis", no_wrap=True))
        self._terminal.print(table)
