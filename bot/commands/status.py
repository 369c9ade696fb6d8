"""`status`: health and delay in ten lines, for anyone. Reads only."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.commands.command import Call, Command, Desk, Reply
from bot.commands.replies import blocks, counted, fact
from bot.core.messages import Fact, Line, Moment, Section
from bot.storage.activity import Activity, Delay, read_activity

SILENCE = timedelta(hours=2)
"""After so long without a single feed read, polling itself is in trouble."""


async def run(desk: Desk, call: Call) -> Reply:
    """The numbers of the last day, with a first sentence that says how it goes."""
    activity = await read_activity(desk.tx, desk.now)
    return blocks(desk, Section(title="Status", body=(verdict(activity, desk.now),), facts=status_facts(activity)))


def verdict(activity: Activity, now: datetime) -> Line:
    """One sentence: all is well, or what is not."""
    active = activity.feeds.get("active", 0)
    if not active:
        return ("No feed is polled.",)
    if activity.last_poll_at is None:
        return ("No feed has been read yet.",)
    if now - activity.last_poll_at > SILENCE:
        return (
            "No feed has been read since ",
            Moment(activity.last_poll_at),
            ": polling does not run, or has no network.",
        )
    if activity.failing * 2 > active:
        return ("More than half of the feeds fail; the others are read as usual.",)
    return ("All is well.",) if not activity.failing else ("It runs; some feeds fail and are tried again.",)


def status_facts(activity: Activity) -> tuple[Fact, ...]:
    """The numbers as lines; the weekly line of the operator is made of the same."""
    feeds = activity.feeds
    rest = [f"{feeds[state]} {state}" for state in ("paused", "gone", "unused") if feeds.get(state)]
    failures = ", ".join(f"{name} {count}" for name, count in activity.failures.items())
    read = (Moment(activity.last_poll_at),) if activity.last_poll_at else ("never",)
    return (
        fact("Feeds", ", ".join([f"{feeds.get('active', 0)} active", f"{activity.failing} failing", *rest])),
        *((fact("Failures", failures),) if failures else ()),
        fact("Last feed read", *read),
        fact(
            "Last 24 hours",
            f"{counted(activity.items, 'item', 'items')}, {counted(activity.stories, 'story', 'stories')}",
        ),
        fact("Alerts shown", f"{counted(activity.shown, 'post', 'posts')} in 24 hours"),
        fact(
            "Waiting",
            counted(activity.waiting_cards, "card", "cards"),
            f", {counted(activity.open_posts, 'post', 'posts')} on the way",
        ),
        fact("Published to seen", delay_text(activity.to_seen)),
        fact("Seen to posted", delay_text(activity.to_posted)),
    )


def delay_text(delay: Delay) -> str:
    """`usually 4 min, 95 in 100 within 20 min`."""
    if delay.median is None or delay.p95 is None:
        return "nothing to measure yet"
    return f"usually {span_text(delay.median)}, 95 in 100 within {span_text(delay.p95)}"


def span_text(span: timedelta) -> str:
    """A length of time in its fitting unit: `under 1 s`, `8 s`, `4 min`, `3.5 h`, `2.1 days`."""
    seconds = span.total_seconds()
    if seconds < 1:
        return "under 1 s"
    for limit, unit, size in ((100, "s", 1), (100 * 60, "min", 60)):
        if seconds < limit:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds / 3600:.1f} h" if seconds < 48 * 3600 else f"{seconds / 86400:.1f} days"


STATUS = Command("status", "health and delay", run, examples=("status",))
