"""Running the table of jobs: each waits on the monotonic clock or to be woken.

An exception of one reaches the log and the counts, and never ends the others.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress

from bot.core.errors import LeaseLost, LodewireError, StorageBusy
from bot.jobs.line import Job

log = logging.getLogger(__name__)

STOP_WITHIN_S = 8.0
"""How long a job may take to finish what it holds when the process is asked to stop."""

PAUSE_AFTER_ERROR_S = 2.0

REST_FIRST_S, REST_CAP_S = 1.0, 300.0
"""How long a service that ended rests before it starts again: doubling, and from the first once it has lived longer.

Discord takes a token away after 1,000 log-ins a day; one in five minutes makes 288.
"""

Service = Callable[[], Awaitable[None]]


class Runner:
    """Runs jobs until told to stop. `counts` holds runs and failures by job."""

    def __init__(self, jobs: Sequence[Job], services: Mapping[str, Service] | None = None) -> None:
        """`services` by name run for ever beside the jobs; one that ends or fails is started again after a rest."""
        self._jobs = jobs
        self._services = services or {}
        self._stopping = asyncio.Event()
        self._bells: dict[str, list[asyncio.Event]] = {
            job.name: [asyncio.Event() for _ in range(job.workers)] for job in jobs
        }
        self.counts: Counter[str] = Counter()

    def wake(self, name: str) -> None:
        """Let a job run now rather than at its next tick."""
        for bell in self._bells.get(name, ()):
            bell.set()

    def stop(self) -> None:
        """Ask every job to finish what it holds and end."""
        self._stopping.set()
        for name in self._bells:
            self.wake(name)

    async def run(self) -> None:
        """Run until `stop`; then wait at most `STOP_WITHIN_S` for the jobs, and cancel what is left."""
        tasks = [
            asyncio.create_task(self._repeat(job, bell), name=job.name)
            for job in self._jobs
            for bell in self._bells[job.name]
        ]
        services = [asyncio.create_task(self._keep(name, run), name=name) for name, run in self._services.items()]
        await self._stopping.wait()
        for service in services:
            service.cancel()
        for task in tasks:
            if task.get_name() in ("poll", "articles"):
                task.cancel()  # what it has not saved is simply asked again
        _, late = await asyncio.wait(tasks, timeout=STOP_WITHIN_S)
        for task in late:
            log.warning("The job %s did not end in time; what it holds is taken up at the next start.", task.get_name())
            task.cancel()
        await asyncio.gather(*tasks, *services, return_exceptions=True)

    async def _keep(self, name: str, run: Service) -> None:
        """Run a service, and again whenever it ends."""
        clock, rest = asyncio.get_running_loop().time, REST_FIRST_S
        while True:
            started = clock()
            self.counts[f"{name}.starts"] += 1
            try:
                await run()
            except LodewireError as error:
                log.error("%s: %s", name, error)
            except Exception:  # a malformed event of one platform must not end the process
                log.exception("%s failed unexpectedly; it starts again.", name)
            rest = REST_FIRST_S if clock() - started > REST_CAP_S else min(rest * 2, REST_CAP_S)
            log.info("%s starts again in %.0f s.", name, rest)
            await asyncio.sleep(rest)

    async def _repeat(self, job: Job, bell: asyncio.Event) -> None:
        while not self._stopping.is_set():
            bell.clear()
            pause = await self._run_once(job)
            if pause is None:
                continue
            with suppress(TimeoutError):
                await asyncio.wait_for(bell.wait(), pause)

    async def _run_once(self, job: Job) -> float | None:
        """Run a job; how many seconds to wait before the next run, or None for at once."""
        self.counts[f"{job.name}.runs"] += 1
        try:
            report = await job.run()
        except (StorageBusy, LeaseLost) as error:
            log.warning("%s: %s", job.name, error)
        except LodewireError as error:
            log.error("%s: %s", job.name, error)
        except Exception:  # a job's surprise must not end the others
            log.exception("The job %s failed unexpectedly; it runs again.", job.name)
        else:
            done = ", ".join(f"{key} {count}" for key, count in report.counts.items() if count)
            if done:
                log.info("%s: %s", job.name, done)
            return None if report.more else job.every.total_seconds()
        self.counts[f"{job.name}.failures"] += 1
        return min(PAUSE_AFTER_ERROR_S, job.every.total_seconds())
