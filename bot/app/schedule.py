"""Wall-clock times: APScheduler only rings the runner's bell.

What is due is in the rows, so a missed ring loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger


def start_schedule(wake: Callable[[str], None], zone: str) -> AsyncIOScheduler:
    """Ring for the weekly line on Monday morning and for pruning at night, in the operator's zone.

    Stop it with `shutdown`.
    """
    scheduler = AsyncIOScheduler(timezone=zone)
    scheduler.add_job(wake, CronTrigger(day_of_week="mon", hour=8, minute=0, timezone=zone), args=["watch"])
    scheduler.add_job(wake, CronTrigger(hour=3, minute=30, timezone=zone), args=["prune"])
    scheduler.start()
    return scheduler
