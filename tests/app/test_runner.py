"""Running the table of jobs."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

import pytest

from bot.app.runner import Runner
from bot.core.errors import StorageBusy
from bot.jobs.line import Job, Report

LONG = timedelta(hours=1)


async def until(condition: object, seconds: float = 2.0) -> None:
    """Wait until a condition holds."""
    end = asyncio.get_running_loop().time() + seconds
    while not condition():  # type: ignore[operator]
        assert asyncio.get_running_loop().time() < end, "it never happened"
        await asyncio.sleep(0.005)


class Counted:
    """A job that counts its runs, and does what it is told in each."""

    def __init__(self, *told: object) -> None:
        self.runs = 0
        self._told = list(told)

    async def run(self) -> Report:
        self.runs += 1
        told = self._told.pop(0) if self._told else None
        if isinstance(told, Exception):
            raise told
        return Report(more=told == "more")


@pytest.mark.asyncio
async def test_a_job_with_more_to_do_runs_again_at_once() -> None:
    """`more` needs no tick; without it the job waits for its interval or a bell."""
    job = Counted("more", "more")
    runner = Runner([Job("deliver", job.run, LONG)])
    running = asyncio.create_task(runner.run())
    await until(lambda: job.runs == 3)
    await asyncio.sleep(0.05)
    assert job.runs == 3
    runner.wake("deliver")
    await until(lambda: job.runs == 4)
    runner.stop()
    await running


@pytest.mark.asyncio
async def test_a_failing_job_ends_nobody(caplog: pytest.LogCaptureFixture) -> None:
    """An exception is logged and counted; the job runs again, and so do the others."""
    bad, good = Counted(ValueError("surprise"), StorageBusy("locked")), Counted()
    tick = timedelta(milliseconds=10)
    runner = Runner([Job("bad", bad.run, tick), Job("good", good.run, tick)])
    running = asyncio.create_task(runner.run())
    with caplog.at_level(logging.WARNING):
        await until(lambda: bad.runs >= 3 and good.runs >= 3)
    runner.stop()
    await running
    assert runner.counts["bad.failures"] == 2
    assert "surprise" in caplog.text
    assert "locked" in caplog.text


@pytest.mark.asyncio
async def test_stopping_lets_a_job_finish_what_it_holds() -> None:
    """A send that is under way is finished, and its worker then ends."""
    done = []

    async def slow() -> Report:
        await asyncio.sleep(0.1)
        done.append(True)
        return Report(more=True)

    runner = Runner([Job("deliver", slow, LONG, workers=2)])
    running = asyncio.create_task(runner.run())
    await asyncio.sleep(0.05)
    runner.stop()
    await running
    assert len(done) == 2


@pytest.mark.asyncio
async def test_stopping_does_not_wait_for_a_slow_host() -> None:
    """A poll is ended at once: what it has not saved is asked again."""
    runner = Runner([Job("poll", lambda: asyncio.sleep(60, Report()), LONG)])
    running = asyncio.create_task(runner.run())
    await asyncio.sleep(0.02)
    runner.stop()
    await asyncio.wait_for(running, 1)


@pytest.mark.asyncio
async def test_a_service_that_ends_is_started_again(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A platform's ears that fail or end start anew after a rest, and are let go when the process stops."""
    monkeypatch.setattr("bot.app.runner.REST_FIRST_S", 0.01)
    starts: list[str] = []
    is_let_go = asyncio.Event()

    async def hear() -> None:
        starts.append("start")
        if len(starts) == 1:
            raise ValueError("a malformed event")
        if len(starts) == 2:
            raise StorageBusy("The gateway is away.")
        try:
            await asyncio.sleep(60)
        finally:
            is_let_go.set()

    runner = Runner([Job("good", Counted().run, LONG)], {"ears": hear})
    running = asyncio.create_task(runner.run())
    await until(lambda: len(starts) == 3)
    runner.stop()
    await asyncio.wait_for(running, 1)
    assert is_let_go.is_set()
    assert runner.counts["ears.starts"] == 3
    assert "a malformed event" in caplog.text
