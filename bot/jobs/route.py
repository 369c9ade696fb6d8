"""Route: turn an announcement into cards, one for each channel that should show it. Sends nothing."""

from __future__ import annotations

from bot.jobs.line import Line, Report
from bot.storage import announcements, leases


async def route(line: Line) -> Report:
    """Route one chunk of the oldest announcement."""
    report = Report()
    async with line.database.write() as tx:
        told = await announcements.next_announcement(tx)
        if told is None:
            return report
        await leases.require_alive(tx, line.holder, line.now())
        report.counts["cards"] = await announcements.route_chunk(tx, told, line.now())
    report.more = True
    line.wake("deliver")
    return report
