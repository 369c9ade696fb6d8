"""`try`: what a query would have brought in the last 30 days, from what is stored. Writes nothing and locks nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.commands.backtest import REACH, document_of, weekly
from bot.commands.command import Call, Command, Desk, Parameter, Reply, Unclear
from bot.commands.replies import blocks, counted, fact, linked
from bot.commands.suggest import suggest_topics
from bot.core.errors import CommandError, QueryError
from bot.core.messages import Fact, Line, Moment, Section
from bot.core.stories.names import story_name
from bot.core.text.index import Wanted
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
LONGEST_TITLE = 200


async def study(desk: Desk, call: Call) -> Trial:
    """Try the query on the archive, a part at a time, newest first, as far as the time lasts."""
    expr, _ = await _read(desk, str(call.arguments["query"]))
    from bot.core.topics.candidates import candidates  # here: most commands match nothing
    from bot.core.topics.matcher import Matcher

    wanted = candidates(parse_query(expr), desk.concepts())
    matcher, trial = Matcher(desk.concepts()), Trial()
    matcher.add(0, expr)
    loop = asyncio.get_running_loop()
    end, before = loop.time() + PATIENCE_S, 0
    while True:
        texts = await _next_texts(desk, wanted, before)
        trial.add(await asyncio.to_thread(_hits, matcher, texts), len(texts))
        if len(texts) < AT_ONCE:
            return trial
        if trial.looked_at >= MOST or loop.time() > end:
            trial.is_cut = True
            return trial
        before = texts[-1].item


async def _next_texts(desk: Desk, wanted: Wanted | None, before: int) -> Sequence[TextFound]:
    return await lookup.candidate_texts(desk.tx, desk.tenant, wanted, desk.now - REACH, AT_ONCE, before)


def _hits(matcher: Matcher, texts: Sequence[TextFound]) -> list[Hit]:
    from bot.core.topics.matcher import explain

    found = []
    for one in texts:
        document = document_of(one)
        if matcher.match(document):
            source = one.feed_title or shown_url(one.feed_url)
            reason = explain(matcher.evidence(0, document))
            found.append(Hit(one.story, one.title, one.url, source, one.told_at, reason))
    return found


async def _read(desk: Desk, text: str) -> tuple[str, str]:
    """The expression that is meant, of a topic too, and what it is called. Raises CommandError."""
    topic = await topics.find_topic(desk.tx, desk.tenant, text)
    try:
        parse_query(topic.expr if topic else text, desk.concepts().known)
    except QueryError as error:
        raise CommandError(f"This query cannot be read: {error}") from error
    return (topic.expr, topic.title) if topic else (text, text)


async def run(desk: Desk, call: Call) -> Reply:
    """How many, week by week, the newest five with their reasons, and how far was looked."""
    text, trial = str(call.arguments["query"]), desk.trial or Trial()
    _, title = await _read(desk, text)
    since, start = desk.now - REACH, await archive.archive_start(desk.tx)
    if start is None:
        raise Unclear(
            "The archive is empty, so there is nothing to try it on.", "It fills with the next polls.", ("status",)
        )
    begin = max(since, min(start, *(hit.told_at for hit in trial.hits.values())) if trial.hits else start)
    facts = [fact("In 30 days", _said(trial, desk.now, begin))]
    facts += _caveats(trial, since, start)
    section = Section(
        title=title if len(title) < 200 else "Your query", facts=tuple(facts), lines=_chart(desk, trial, begin)
    )
    lines = tuple(map(_line, trial.newest(HEADLINES)))
    newest = (
        [Section(title=f"The newest {len(lines)}" if len(lines) > 1 else "The newest", lines=lines)] if lines else []
    )
    return blocks(desk, section, *newest, choices=(f"follow {text}",))


def _said(trial: Trial, now: datetime, begin: datetime) -> str:
    count = len(trial.hits)
    if not count:
        return "no story"
    rate = weekly(count, now - begin)
    return f"{counted(count, 'story', 'stories')}{'' if rate.startswith('not known') else f', {rate}'}"


def _caveats(trial: Trial, since: datetime, start: datetime) -> list[Fact]:
    found = []
    if trial.is_cut:
        said = f"only the newest {trial.looked_at} texts with such words; there are more, so the count is too low"
        found.append(fact("Looked at", said))
    if start > since + timedelta(days=1):
        found.append(fact("Archive", "begins ", Moment(start, "day"), ", later than 30 days ago"))
    return found


def _chart(desk: Desk, trial: Trial, begin: datetime) -> tuple[Line, ...]:
    if not trial.hits:
        return ()
    zone = ZoneInfo(desk.zone)
    weeks = weekly_counts((hit.told_at for hit in trial.hits.values()), begin, desk.now, zone)
    return tuple((line,) for line in chart(weeks, begin.astimezone(zone).date()))


def _line(hit: Hit) -> Line:
    return (
        linked(hit.headline, hit.url),
        f" · {hit.source} · ",
        Moment(hit.told_at, "day"),
        f" · {story_name(hit.story)} · on {hit.reason}" if hit.reason else f" · {story_name(hit.story)}",
    )


TRY = Command(
    "try",
    "what a query would have brought in 30 days",
    run,
    (Parameter("query", "rest", "a query, or a topic", required=True, suggest=suggest_topics),),
    examples=('try "rare earth" AND (export OR licence) NOT podcast', "try rare-earths"),
    study=study,
)
