"""The real program in a process of its own, with a home of its own and a settings file written for the test."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.sources import ROOT

SETTINGS = """
database = "{database}"
feeds = "feeds.txt"
[polling]
min_interval_s = 1
per_host_gap_s = 0
allow_private_networks = true
[delivery]
edit_interval_s = 0.1
[console]
transcript = "{transcript}"
style = "plain"
"""


@dataclass
class Installation:
    """A folder with settings, a list of feeds, a database and a transcript."""

    folder: Path
    database: str = ""
    more: str = ""
    feeds: Sequence[str] = ()
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.database = self.database or f"sqlite:///{self.folder / 'lodewire.db'}"
        self.write()

    @property
    def config(self) -> Path:
        """The settings file."""
        return self.folder / "lodewire.toml"

    @property
    def transcript(self) -> Path:
        """What the console showed."""
        return self.folder / "transcript.jsonl"

    def write(self) -> None:
        """Write the settings and the list of feeds as they stand."""
        text = SETTINGS.format(database=self.database, transcript=self.transcript) + self.more
        self.config.write_text(text, encoding="utf-8")
        (self.folder / "feeds.txt").write_text("".join(f"{url}\n" for url in self.feeds), encoding="utf-8")

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start the program; whoever starts it waits for it."""
        return subprocess.Popen(
            self._program(arguments), **self._where(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    def run(self, *arguments: str, said: str = "") -> subprocess.CompletedProcess[str]:
        """Run the program to its end."""
        return subprocess.run(
            self._program(arguments), **self._where(), input=said, capture_output=True, check=False, timeout=50
        )

    def once(self, *arguments: str) -> dict[str, Any]:
        """One round over all feeds; its report."""
        done = self.run("once", "--all", "--json", "--config", str(self.config), *arguments)
        assert done.returncode == 0, done.stderr
        report: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return report

    def shown(self) -> list[dict[str, str]]:
        """The transcript's lines."""
        if not self.transcript.exists():
            return []
        return [json.loads(line) for line in self.transcript.read_text(encoding="utf-8").splitlines()]

    def _program(self, arguments: Sequence[str]) -> list[str]:
        return [sys.executable, "-m", "bot", *arguments]

    def _where(self) -> dict[str, Any]:
        own = {"HOME": str(self.folder), "XDG_DATA_HOME": str(self.folder / "data"), "COLUMNS": "100"}
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LODEWIRE_")}
        return {"cwd": ROOT, "text": True, "encoding": "utf-8", "env": kept | own | self.environment}
