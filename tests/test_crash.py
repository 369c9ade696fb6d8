"""A process ended at its n-th commit or wire call, for every n, on both databases: the channel shows what it should."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.databases import Postgres
from tests.sources import ROOT


def crash_everywhere(folder: Path, base: str, *scene: str, environment: dict[str, str] | None = None) -> None:
    """Run the driver and judge what it reports."""
    program = [sys.executable, "-m", "tests.crash_driver", str(folder), base, *scene]
    env = os.environ | (environment or {})
    done = subprocess.run(program, cwd=ROOT, env=env, capture_output=True, text=True, timeout=1100, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    result = json.loads(done.stdout.splitlines()[-1])
    print(json.dumps(result))
    assert result["points"] >= 30, "the scenario has become too short to prove anything"
    assert result["faults"] == []


@pytest.mark.timeout(900)
def test_killed_at_every_point_on_sqlite(tmp_path: Path) -> None:
    """SQLite: whatever the point, the next start shows each story once, in order, with its last text."""
    crash_everywhere(tmp_path, "")


@pytest.mark.timeout(900)
def test_killed_while_articles_are_read(tmp_path: Path) -> None:
    """Around each request for an article and at each commit (of them, every seventh): none is shown as its teaser."""
    crash_everywhere(tmp_path, "", "tests.crash_articles", "7")


@pytest.mark.timeout(900)
def test_killed_while_articles_are_read_on_postgres(tmp_path: Path, postgres: Postgres) -> None:
    """PostgreSQL: the same."""
    crash_everywhere(tmp_path, postgres.url("postgres"), "tests.crash_articles", "7")


@pytest.mark.soak
@pytest.mark.timeout(1200)
def test_killed_at_each_point_while_articles_are_read(tmp_path: Path) -> None:
    """All of them."""
    crash_everywhere(tmp_path, "", "tests.crash_articles")


@pytest.mark.timeout(900)
def test_killed_at_every_point_on_postgres(tmp_path: Path, postgres: Postgres) -> None:
    """PostgreSQL: the same, with the dead process's leases still in the table."""
    crash_everywhere(tmp_path, postgres.url("postgres"))
