"""The daemon as a process: it posts what comes, ends when asked, and two never run on one file."""

from __future__ import annotations

import json
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.feedserver import Entry, FeedServer, Trouble
from tests.program import Installation

OLD = Entry("An old rare earth story", "Words.", "old", "http://127.0.0.1/old")
NEW = Entry("China halts rare earth exports", "Words.", "new", "http://127.0.0.1/new")
QUIET = '[log]\nformat = "json"\n'


def until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait until a condition holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)


def stop(process: subprocess.Popen[str], number: int = signal.SIGTERM) -> tuple[float, str]:
    """Ask a process to end; how long it took, and its standard error."""
    started = time.monotonic()
    process.send_signal(number)
    _, errors = process.communicate(timeout=30)
    return time.monotonic() - started, errors


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_it_posts_what_comes_and_ends_when_asked(
    tmp_path: Path, feed_server: FeedServer, request: pytest.FixtureRequest, kind: str
) -> None:
    """First sight is silent, news is posted once, SIGTERM ends it within ten seconds with 0, all logged as JSON."""
    url = feed_server.publish("wire.xml", [OLD])
    database = "" if kind == "sqlite" else request.getfixturevalue("postgres_url")
    program = Installation(tmp_path, database=database, feeds=[url], more=QUIET)
    process = program.start("run", "--config", str(program.config))
    try:
        until(lambda: feed_server.count("wire.xml") >= 2)
        feed_server.publish("wire.xml", [NEW, OLD])
        until(lambda: bool(program.shown()))
        asked = feed_server.count("wire.xml")
        until(lambda: feed_server.count("wire.xml") > asked)
        seconds, errors = stop(process)
    finally:
        process.kill()
    assert (0, True) == (process.returncode, seconds < 10), errors
    assert ["China halts rare earth exports"] == [row["text"].splitlines()[1] for row in program.shown()]
    lines = [json.loads(line) for line in errors.splitlines()]
    assert all({"at", "level", "logger", "message"} <= set(line) for line in lines)
    messages = [line["message"] for line in lines]
    assert ("Lodewire is running.", "Lodewire has stopped.") == (messages[0], messages[-1])
    assert [] == [line for line in lines if line["level"] in ("error", "critical")]


def test_a_slow_feed_does_not_hold_up_the_end(tmp_path: Path, feed_server: FeedServer) -> None:
    """Ctrl-C while a server keeps us waiting: the program ends within ten seconds all the same, with 0."""
    feed_server.publish("slow.xml", [OLD])
    url = feed_server.fail("slow.xml", Trouble(delay=25))
    program = Installation(tmp_path, feeds=[url], more=QUIET)
    process = program.start("run", "--config", str(program.config))
    assert process.stderr is not None
    first = process.stderr.readline()
    time.sleep(0.5)
    seconds, errors = stop(process, signal.SIGINT)
    assert "Lodewire is running." in first
    assert (0, True) == (process.returncode, seconds < 10), errors


def test_two_never_run_on_one_file(tmp_path: Path, feed_server: FeedServer) -> None:
    """The second is told what to do and ends with 1; the first goes on, and commands work beside it."""
    program = Installation(tmp_path, feeds=[feed_server.publish("wire.xml", [OLD])])
    process = program.start("run", "--config", str(program.config))
    drained = threading.Thread(target=lambda: process.stderr and process.stderr.read())
    try:
        until(lambda: feed_server.count("wire.xml") >= 1)
        drained.start()
        for command in (["run"], ["once"]):
            second = program.run(*command, "--config", str(program.config))
            assert 1 == second.returncode
            assert "Another Lodewire is running on lodewire.db." in second.stderr
            assert "Stop it first, or name another `database`." in second.stderr
            assert "Traceback" not in second.stderr
        assert 0 == program.run("db", "status", "--config", str(program.config)).returncode
        beside = program.run("chat", "--config", str(program.config), said="following\n")
        assert (0, True) == (beside.returncode, "are" in beside.stdout or "follow" in beside.stdout), beside.stderr
        assert process.poll() is None
    finally:
        process.terminate()
        process.wait(10)
        drained.join()
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        process.stderr.close()
    assert 0 == process.returncode
