"""Health: tell a feed's keeper when it is gone, blocked, silent or never had an item, once, and once when it is well.

The keeper is the operator; of a feed that only tenants added, the channel where each added it.
"""

from __future__ import annotations

from datetime import timedelta

from bot.core.life import trouble_of
from bot.jobs.line import Line, Report
from bot.storage import leases, notices, standings
from bot.storage.standings import Watched

TITLES = {
    "gone": "A feed is gone",
    "blocked": "A feed is closed to us",
    "never": "A feed has no items",
    "silent": "A feed has gone silent",
    "": "A feed is well again",
}


async def check_health(line: Line) -> Report:
    """Compare how each feed fares with what was told of it; tell what changed."""
    report, now = Report(), line.now()
    async with line.database.read() as tx:
        watched = await standings.read_standings(tx)
    changed = [(feed, trouble) for feed in watched if (trouble := trouble_of(feed.standing, feed.told)) != feed.told]
    if not changed:
        return report
    async with line.database.write() as tx:
        await leases.require_alive(tx, line.holder, now)
        await standings.note_troubles(tx, [(feed.id, trouble) for feed, trouble in changed], now)
        for feed, trouble in changed:
            for channel in feed.own or (line.operator_channel,):
                key = f"feed:{feed.id}:{trouble or 'well'}:{now.isoformat()}:{channel}"
                await notices.tell(tx, channel, key, TITLES[trouble], describe(feed, trouble), now)
    report.counts["told"] = len(changed)
    line.wake("deliver")
    return report


def describe(feed: Watched, trouble: str) -> str:
    """What happened to a feed, and what to do."""
    life = feed.standing.life
    if trouble == "gone":
        return f"{feed.name}: {feed.error or 'it is gone.'}"
    if trouble == "blocked":
        return f"{feed.name}: {feed.error} It is asked less and less often, down to once a day."
    if trouble == "never":
        return f"{feed.name} was read {life.reads} times and never held an item. Check its address."
    if trouble == "silent":
        since = life.newest_at or feed.standing.last_new_at
        assert since is not None, "a feed without items is not silent but empty"
        pause = _words(life.rhythm)
        return f"{feed.name} has said nothing since {since.day} {since:%B}; it used to say something every {pause}."
    return f"{feed.name} is read and has news as before."


def _words(span: timedelta) -> str:
    hours = span / timedelta(hours=1)
    if hours >= 48:
        return f"{hours / 24:.0f} days"
    return f"{hours:.0f} hours" if hours >= 2 else f"{max(span / timedelta(minutes=1), 1):.0f} minutes"
