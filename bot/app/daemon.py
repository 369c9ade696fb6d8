"""The daemon: the runner, the schedule and the signals that end it, around an open app."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Sequence
from functools import partial

from bot.app.build import App, office_of, open_app
from bot.app.runner import Runner, Service
from bot.app.schedule import start_schedule
from bot.app.settings import Settings
from bot.core.model import FeedSpec
from bot.jobs.poll import spread_overdue
from bot.jobs.table import list_jobs

log = logging.getLogger(__name__)


async def run_daemon(settings: Settings, feeds: Sequence[FeedSpec] | None = None) -> None:
    """Run until SIGTERM or SIGINT, then end within ten seconds, finishing or releasing what is held."""
    async with open_app(settings, feeds=feeds) as app:
        jobs = list_jobs(app.line, workers=settings.delivery.workers, zone=settings.operator.zone)
        runner = Runner(jobs, list_services(app))
        app.line.wake = runner.wake
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, runner.stop)
        schedule = start_schedule(runner.wake, settings.operator.zone)
        await spread_overdue(app.line)
        log.info("Lodewire is running.")
        try:
            await runner.run()
        finally:
            schedule.shutdown(wait=False)
            log.info("Lodewire has stopped.")


def list_services(app: App) -> dict[str, Service]:
    """The ears of every platform that is set up, by name."""
    if not app.clients:
        return {}
    office = office_of(app)
    return {client.name: partial(client.serve, office, account) for account, client in app.clients.items()}
