"""`try`: what a query would have brought in the last 30 days, from what is stored. Writes nothing and locks nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.commands.backtest import REACH, document_of, weekly
from bot.commands.command import Call, Command, Desk, Parameter, Reply, Unclear
from bot.commands.follow import at_the_arrow, refuse_own_topics, unreadable
from bot.commands.outlets import unknown_sources
from bot.commands.replies import blocks, counted, fact, linked
from bot.commands.suggest import suggest_topics
from bot.core.errors import CommandError, QueryError
from bot.core.messages import Fact, Line, Moment, Section
from bot.core.stories.names import story_name
from bot.core.text.urls import shown_url
from bot.core.topics import parse_query
from bot.core.trial import Hit, Trial, chart, weekly_counts
from bot.storage import archive, lookup, topics
from bot.storage.lookup import TextFound

if TYPE_CHECKING:
    from bot.core.topics.matcher import Matcher

AT_ONCE = 500
"""Texts read and tried at a time."""

MOST = 20_000
"""Texts tried at most, the newest first."""

PATIENCE_S = 6.0
"""Seconds after which no further texts are read."""

HEADLINES = 5
Add = Callable[[Sequence[TextFound], int], None]
"""Takes the texts that matched, and how many were looked at for them."""

LONGEST_TITLE = 200


async def study(desk: Desk, call: Call) -> Trial:
    """Try the query on the archive, a part at a time, newest first, as far as the time lasts."""
    from bot.core.topics.matcher import Matcher  # here: most commands match nothing

    expr, _ = await read_query(desk, str(call.arguments["query"]))
    matcher, trial, kept = Matcher(desk.concepts()), Trial(), dict[int, TextFound]()
    matcher.add(0, expr)

    def add(met: Sequence[TextFound], looked_at: int) -> None:
        _add(trial, kept, met, looked_at)

    trial.reached = await look_back(desk, expr, matcher, REACH, add)
    trial.reasons = await asyncio.to_thread(_reasons, matcher, kept)
    return trial


async def look_back(desk: Desk, expr: str, matcher: Matcher, reach: timedelta, add: Add) -> datetime | None:
    """Give `add` the texts that match, newest first; how far back was looked where there was more, or None."""
    from bot.core.topics.candidates import candidates  # here: most commands match nothing

    wanted = await asyncio.to_thread(candidates, parse_query(expr), desk.concepts())
    end, before, looked_at = asyncio.get_running_loop().time() + PATIENCE_S, 0, 0
    while True:
        texts = await lookup.candidate_texts(desk.tx, desk.tenant, wanted, desk.now - reach, AT_ONCE, before)
        await asyncio.to_thread(_try_on, matcher, texts, add)
        looked_at += len(texts)
        if len(texts) < AT_ONCE:
            return None
        if looked_at >= MOST or asyncio.get_running_loop().time() > end:
            return min(one.told_at for one in texts)
        before = texts[-1].item


def _try_on(matcher: Matcher, texts: Sequence[TextFound], add: Add) -> None:
    add([one for one in texts if matcher.match(document_of(one))], len(texts))


def _add(trial: Trial, kept: dict[int, TextFound], met: Sequence[TextFound], looked_at: int) -> None:
    """Count what matched; the texts of the newest stories are kept, to be explained."""
    trial.add(map(_hit, met), looked_at)
    kept.update({one.story: one for one in met if trial.hits[one.story].told_at == one.told_at})
    newest = {hit.story for hit in trial.newest(HEADLINES)}
    for story in kept.keys() - newest:
        del kept[story]


def _hit(one: TextFound) -> Hit:
    return Hit(one.story, one.title, one.url, one.feed_title or shown_url(one.feed_url), one.told_at)


def _reasons(matcher: Matcher, kept: Mapping[int, TextFound]) -> dict[int, str]:
    from bot.core.topics.matcher import explain  # here: most commands match nothing

    return {story: explain(matcher.evidence(0, document_of(one))) for story, one in kept.items()}


async def read_query(desk: Desk, text: str) -> tuple[str, str]:
    """The expression that is meant, of a topic too, and what it is called. Raises CommandError."""
    topic = await topics.find_topic(desk.tx, desk.tenant, text)
    concepts = await asyncio.to_thread(desk.concepts)  # the first look at them reads files
    try:
        parse_query(topic.expr if topic else text, concepts.known)
    except QueryError as error:
        await refuse_own_topics(desk, text)
        raise CommandError(unreadable(error), at_the_arrow(error, text)) from error
    return (topic.expr, topic.title) if topic else (text, text)


async def run(desk: Desk, call: Call) -> Reply:
    """How many, week by week, the newest five with their reasons, and how far was looked."""
    text, trial = str(call.arguments["query"]), desk.trial or Trial()
    expr, title = await read_query(desk, text)
    start = await archive.archive_start(desk.tx)
    if start is None:
        raise Unclear(
            "The archive is empty, so there is nothing to try it on.", "It fills with each poll.", ("status",)
        )
    oldest = min([start, *(hit.told_at for hit in trial.hits.values())])
    begin = trial.reached or max(desk.now - REACH, oldest)
    tried = Section(
        kicker="Tried on what is stored",
        title=title if len(title) <= LONGEST_TITLE else "Your query",
        facts=(*_counts(desk, trial, begin), *await unknown_sources(desk, expr), *_caveats(desk, trial, start)),
        lines=_chart(desk, trial, begin),
    )
    lines = tuple(_line(hit, trial.reasons.get(hit.story, "")) for hit in trial.newest(HEADLINES))
    newest = Section(title=f"The newest {len(lines)}" if len(lines) > 1 else "The newest", lines=lines)
    return blocks(desk, *((tried, newest) if lines else (tried,)), choices=(f"follow {text}",))


def _counts(desk: Desk, trial: Trial, begin: datetime) -> tuple[Fact, ...]:
    count = len(trial.hits)
    if not count:
        return (fact("In 30 days", "no story"),)
    rate = weekly(count, desk.now - begin)
    said = counted(count, "story", "stories") + ("" if rate.startswith("not known") else f", {rate}")
    return (fact("Found", said, " since ", Moment(begin, "day")) if trial.reached else fact("In 30 days", said),)


def _caveats(desk: Desk, trial: Trial, start: datetime) -> tuple[Fact, ...]:
    """What keeps the count from being that of 30 days."""
    if trial.reached:
        said = f"the newest {trial.looked_at} texts with such words; there are more, so older ones were left out"
        return (fact("Looked at", said),)
    is_young = start > desk.now - REACH + timedelta(days=1)
    return (fact("Archive", "only since ", Moment(start, "day"), ", so not the whole of 30 days"),) if is_young else ()


def _chart(desk: Desk, trial: Trial, begin: datetime) -> tuple[Line, ...]:
    if not trial.hits:
        return ()
    zone = ZoneInfo(desk.zone)
    weeks = weekly_counts((hit.told_at for hit in trial.hits.values()), begin, desk.now, zone)
    return tuple((line,) for line in chart(weeks, begin.astimezone(zone).date()))


def _line(hit: Hit, reason: str) -> Line:
    on = f" · on {reason}" if reason else ""
    headline = linked(hit.headline, hit.url)
    return (headline, f" · {hit.source} · ", Moment(hit.told_at, "day"), f" · {story_name(hit.story)}{on}")


TRY = Command(
    "try",
    "what a query would have brought in 30 days",
    run,
    (Parameter("query", "rest", "a query, or a topic", required=True, suggest=suggest_topics),),
    examples=('try "rare earth" AND (export OR licence) NOT podcast', "try rare-earths"),
    study=study,
)
