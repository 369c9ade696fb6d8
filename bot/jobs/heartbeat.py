"""Heartbeat: this process still lives. What the dead held is free for others."""

from __future__ import annotations

import logging

from bot.jobs.line import Line, Report
from bot.storage import leases

log = logging.getLogger(__name__)


async def heartbeat(line: Line) -> Report:
    """Renew this process's lease. One that was taken for dead signs on again; what it held went to others."""
    async with line.database.write() as tx:
        if not await leases.renew(tx, line.holder, line.now()):
            log.warning("This process was taken for dead (it did not answer in time); it signs on again.")
            await leases.sign_on(tx, line.holder, line.now())
    return Report()
