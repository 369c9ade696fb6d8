"""`trend`: how many stories a day a topic or a query had, as a picture and in words. Writes nothing, locks nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.commands.bars import Bars, bars_file
from bot.commands.command import Attachment, Call, Command, Desk, Parameter, Reply, Unclear
from bot.commands.replies import blocks, counted, fact, linked
from bot.commands.suggest import suggest_topics
from bot.commands.timeline import day_name
from bot.commands.trying import look_back, read_query
from bot.core.errors import CommandError
from bot.core.messages import Fact, Line, Moment, Section
from bot.core.stories.names import story_name
from bot.core.text.urls import shown_url
from bot.core.trend import Peak, Told, Trend, daily_counts, peaks, sparkline
from bot.storage import archive
from bot.storage.lookup import TextFound

DAYS, MOST_DAYS = 30, 90
LONGEST_TITLE = 80


async def study(desk: Desk, call: Call) -> Trend:
    """Find the query's stories in the archive, a part at a time, newest first, as far as the time lasts."""
    from bot.core.topics.matcher import Matcher  # here: most commands match nothing

    expr, _ = await read_query(desk, str(call.arguments["query"]))
    matcher, trend = Matcher(desk.concepts()), Trend()
    matcher.add(0, expr)

    def add(met: Sequence[TextFound], looked_at: int) -> None:
        trend.add(map(_told, met))

    trend.reached = await look_back(desk, expr, matcher, timedelta(days=_days(call)), add)
    return trend


def _days(call: Call) -> int:
    days = int(call.arguments.get("days", DAYS))
    if not 1 < days <= MOST_DAYS:
        raise CommandError(
            f"A trend of {counted(days, 'day', 'days')} cannot be told: stories are kept for about {MOST_DAYS} days.",
            f"Write a number from 2 to {MOST_DAYS}.",
        )
    return days


def _told(one: TextFound) -> Told:
    return Told(one.story, one.title, one.url, one.feed_title or shown_url(one.feed_url), one.told_at, one.weight)


async def run(desk: Desk, call: Call) -> Reply:
    """The days as a line of bars and as a picture, and what the busiest of them were about."""
    text, trend = str(call.arguments["query"]), desk.trend or Trend()
    _, title = await read_query(desk, text)
    title = title if len(title) <= LONGEST_TITLE else "your query"
    zone, today = ZoneInfo(desk.zone), desk.now.astimezone(ZoneInfo(desk.zone)).date()
    start = await archive.archive_start(desk.tx)
    if start is None:
        raise Unclear("The archive is empty, so there is no trend yet.", "It fills with each poll.", ("status",))
    begin = max(today - timedelta(days=_days(call) - 1), _kept_since(trend, start.astimezone(zone).date(), zone))
    begin = min(begin, today - timedelta(days=1))
    days = daily_counts(trend, begin, today, zone)
    if not any(count for _, count in days):
        said = f"No story on {title} was told in the last {counted(len(days), 'day', 'days')}."
        return blocks(desk, Section(body=((said,),)), choices=("topic list",))
    bars = Bars(title, days, peaks(trend, days, zone))
    section = Section(
        kicker="Trend",
        title=f"{title}: stories a day",
        facts=_facts(desk, trend, bars),
        lines=tuple(map(_line, bars.peaks)),
        footer=f"The list has the busiest days. {_span(bars)}",
    )
    return blocks(desk, section, choices=(f"latest {text}", f"follow {text}"), files=await _files(call, bars))


def _kept_since(trend: Trend, opened: date, zone: ZoneInfo) -> date:
    """The first day of which anything is known: looked at, and in the archive."""
    if trend.reached is not None:
        return trend.reached.astimezone(zone).date()
    return min([opened, *(told.told_at.astimezone(zone).date() for told in trend.first.values())])


async def _files(call: Call, bars: Bars) -> tuple[Attachment, ...]:
    look = str(call.arguments.get("picture", "light"))
    return () if look == "off" else (await asyncio.to_thread(bars_file, bars, look),)


def _facts(desk: Desk, trend: Trend, bars: Bars) -> tuple[Fact, ...]:
    counts = [count for _, count in bars.days]
    lately, before = sum(counts[-7:]), sum(counts[-14:-7])
    facts = [
        fact(f"{day_name(bars.days[0][0])} to {day_name(bars.days[-1][0])}", sparkline(counts)),
        fact("In all", f"{counted(sum(counts), 'story', 'stories')}, {sum(counts) / len(counts):.1f} a day"),
    ]
    if len(counts) >= 14:
        facts.append(fact("Last 7 days", f"{lately}, after {before} in the 7 before"))
    if trend.reached is not None:
        facts.append(
            fact("Looked back", "only to ", Moment(trend.reached, "day"), ": there is more than I can look through")
        )
    return tuple(facts)


def _span(bars: Bars) -> str:
    return f"A point is a day without any; the highest bar is {max(count for _, count in bars.days)}."


def _line(peak: Peak) -> Line:
    told = peak.story
    count = counted(peak.count, "story", "stories")
    return (f"{peak.day:%a} {day_name(peak.day)}, {count}: ", linked(told.headline, told.url),
            f" · {told.source} · {story_name(told.story)}")  # fmt: skip


TREND = Command(
    "trend",
    "stories a day on a topic, as a picture and in words",
    run,
    (
        Parameter("query", "rest", "a topic, or a query", required=True, suggest=suggest_topics),
        Parameter("days", "integer", f"how many days back, {DAYS} unless you say, at most {MOST_DAYS}"),
        Parameter("picture", "choice", "how the picture looks, or none", choices=("light", "dark", "off")),
    ),
    examples=("trend rare-earths", "trend rare-earths 14", 'trend "export ban" picture:dark'),
    study=study,
)
