"""The demo as a viewer sees it: in a real terminal of two widths, and as plain text. The real program each time."""

from __future__ import annotations

import os
import pty
import re
import struct
import subprocess
import sys
import termios
from fcntl import ioctl

import pytest

from tests.sources import ROOT

PROGRAM = [sys.executable, "-m", "bot", "demo", "--seconds", "2"]
SEQUENCE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")


def play_in_terminal(columns: int) -> tuple[int, str]:
    """The demo's exit code and its screen, in a pseudo-terminal of so many columns."""
    ours, theirs = pty.openpty()
    ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    plain = ("NO_COLOR", "CI", "COLUMNS", "LINES")
    env = {name: value for name, value in os.environ.items() if name not in plain} | {"TERM": "xterm-256color"}
    program = subprocess.Popen(PROGRAM, cwd=ROOT, env=env, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    said = b""
    while True:
        try:
            piece = os.read(ours, 65_536)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        said += piece
    os.close(ours)
    return program.wait(timeout=20), said.decode()


@pytest.mark.parametrize("columns", [80, 120])
def test_in_a_terminal_alerts_are_panels(columns: int) -> None:
    """Panels no wider than the screen, a clock that moves, the count at the end."""
    status, said = play_in_terminal(columns)
    assert status == 0, said[-2_000:]
    words = SEQUENCE.sub("", said)
    assert "List of instructions on rare-earth metals" in words
    assert re.search(r"\d+ read, \d+ alerts", words)
    assert "What just happened" in words
    assert "Try next" in words
    frames = [line for line in re.split(r"[\r\n]+", words) if line.startswith(("╭", "╰"))]
    assert {columns} == {len(line) for line in frames}


def test_without_a_terminal_it_is_plain_text() -> None:
    """No escape sequence, no frame, every fact."""
    done = subprocess.run(PROGRAM, cwd=ROOT, capture_output=True, text=True, timeout=30, check=True)
    assert "\x1b" not in done.stdout
    assert "╭" not in done.stdout
    assert re.search(r"Due: Mon 1 Dec 2025 \(in \d+ days\)", done.stdout)
    assert "events became alerts" in done.stdout
    assert "Reminder\nToday, Mon 1 Dec" in done.stdout or "Reminder, late\nToday, Mon 1 Dec" in done.stdout
    assert "Moved from Thu 1 Jan 2026 to Sun 1 Mar 2026" in done.stdout
    assert "" == done.stderr
