"""Route: turn an announcement into cards, one for each channel that should show it. Sends nothing."""

from __future__ import annotations

from bot.jobs.line import Line, Report
from bot.storage import announcements, leases


async def route(line: Line) -> Report:
    """Route the oldest announcements, as many as make one chunk of cards."""
    report = Report()
    async with line.database.write() as tx:
        waiting = await announcements.next_announcements(tx)
        if not waiting:
            return report
        await leases.require_alive(tx, line.holder, line.now())
        for told in waiting:
            report.counts["cards"] += await announcements.route_chunk(tx, told, line.now())
            if report.counts["cards"] >= announcements.CHANNELS_PER_CHUNK:
                break
    report.more = True
    line.wake("deliver")
    return report
