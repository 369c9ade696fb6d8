"""What a whole program costs, start-up included: run it, and read what the kernel counted. Linux and macOS."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from tests.sources import ROOT

MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Spent:
    """One program's run: CPU (user and system) and wall time in seconds, peak memory in MB, and what it printed."""

    cpu_s: float
    wall_s: float
    peak_mb: float
    output: str

    def figures(self) -> dict[str, float]:
        """The three figures, rounded for reading."""
        return {"cpu_s": round(self.cpu_s, 2), "wall_s": round(self.wall_s, 2), "peak_mb": round(self.peak_mb)}


def run_program(program: Sequence[str | Path], limit_s: float) -> Spent:
    """Run a program to its end. Raises RuntimeError where it fails or passes `limit_s`."""
    began = time.monotonic()
    with TemporaryFile("w+") as output:
        process = subprocess.Popen([str(word) for word in program], cwd=ROOT, stdout=output)
        killer = threading.Timer(limit_s, process.kill)
        killer.start()
        _, status, usage = os.wait4(process.pid, 0)
        killer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        printed = output.read()
    if process.returncode:
        raise RuntimeError(f"{program[0]} ended with {process.returncode} (killed after {limit_s:g} s: -9)\n{printed}")
    wall = time.monotonic() - began
    return Spent(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * MAXRSS_UNIT / 1e6, printed)
