"""One process runs the jobs of a SQLite file; the kernel lets its lock go however it dies."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.app.lock import ProcessLock
from bot.core.errors import StorageBusy
from tests.sources import ROOT

HOLD = """
import sys
from bot.app.lock import ProcessLock
lock = ProcessLock(sys.argv[1])
lock.take()
print("held", flush=True)
input()
"""


def test_a_second_holder_is_told_what_to_do(tmp_path: Path) -> None:
    """The lock is refused at once, with the file's name and the way out; released, it is free."""
    url = f"sqlite:///{tmp_path / 'lodewire.db'}"
    first, second = ProcessLock(url), ProcessLock(url)
    first.take()
    with pytest.raises(StorageBusy, match=r"Another Lodewire is running on lodewire\.db\. Stop it first"):
        second.take()
    first.release()
    second.take()
    second.release()


def test_another_file_is_another_lock(tmp_path: Path) -> None:
    """Two databases in one folder do not disturb each other; a missing folder is made."""
    locks = [ProcessLock(f"sqlite:///{tmp_path / 'new' / name}") for name in ("a.db", "b.db")]
    for lock in locks:
        assert lock.is_alone
        lock.take()
    for lock in locks:
        lock.release()


def test_postgresql_needs_none() -> None:
    """There leases tell processes apart: taking and releasing do nothing, and nobody is alone."""
    lock = ProcessLock("postgresql://anna@127.0.0.1/news")
    assert not lock.is_alone
    lock.take()
    lock.take()
    lock.release()


def test_a_killed_process_holds_nothing(tmp_path: Path) -> None:
    """kill -9 leaves the lock file, and no lock."""
    url = f"sqlite:///{tmp_path / 'lodewire.db'}"
    program = [sys.executable, "-c", HOLD, url]
    with subprocess.Popen(program, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert "held" == holder.stdout.readline().strip()
        with pytest.raises(StorageBusy):
            ProcessLock(url).take()
        holder.kill()
        holder.wait()
    lock = ProcessLock(url)
    lock.take()
    lock.release()
