"""Watch: once a week one line to the operator that all is well, or what is not. Told once, whatever restarts."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.jobs.line import Line, Report
from bot.storage import activity, hosts, notices
from bot.storage.activity import Activity

WEEKLY_HOUR = 8
"""Monday at this hour, in the operator's zone."""


def week_start(now: datetime, zone: str) -> datetime:
    """The last Monday 08:00 in `zone` that is not ahead of `now`."""
    local = now.astimezone(ZoneInfo(zone))
    monday = (local - timedelta(days=local.weekday())).replace(hour=WEEKLY_HOUR, minute=0, second=0, microsecond=0)
    return monday if monday <= local else monday - timedelta(days=7)


def describe_week(week: Activity) -> str:
    """`All is well: 58 feeds, 2 failing; 312 stories and 14 alerts in the last 7 days; nothing waits.`"""
    polled = week.feeds.get("active", 0)
    waits = f"{week.waiting_cards} alerts wait" if week.waiting_cards else "nothing waits"
    is_well = week.failing * 4 <= polled and not week.waiting_cards
    return (
        f"{'All is well' if is_well else 'Please look at this'}: {polled} feeds, {week.failing} failing; "
        f"{week.stories} stories and {week.shown} alerts in the last 7 days; {waits}."
    )


class Watch:
    """The weekly line. `run` is the job."""

    def __init__(self, line: Line, zone: str) -> None:
        self._line = line
        self._zone = zone

    async def run(self) -> Report:
        """Tell the line of the week that ended last Monday, unless it was told, or nothing was watched before it."""
        line, report = self._line, Report()
        monday = await asyncio.to_thread(week_start, line.now(), self._zone)
        async with line.database.read() as tx:
            since = await hosts.watching_since(tx)
            if since is None or since >= monday:
                return report
            week = await activity.read_activity(tx, line.now(), timedelta(days=7))
        async with line.database.write() as tx:
            key = f"weekly:{monday:%G-W%V}"
            told = await notices.tell(tx, line.operator_channel, key, "The week", describe_week(week), line.now())
        if told:
            report.counts["told"] = 1
            line.wake("deliver")
        return report
