"""From cards to words: reads what each card is about and composes the message of a post. Saves nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.core.errors import QueryError
from bot.core.messages import Message, Section, freeze
from bot.core.outbox import PendingCard, story_order
from bot.core.stories.alert import StoryState, compose_alert
from bot.core.summary import summarise
from bot.core.topics.matcher import Evidence, Matcher, explain
from bot.storage import alerts, notices
from bot.storage.alerts import Followed
from bot.storage.database import Transaction
from bot.storage.outbox import Place


async def compose(tx: Transaction, place: Place, cards: Sequence[PendingCard], now: datetime) -> str:
    """The frozen message that shows these cards in this channel."""
    today = await asyncio.to_thread(local_date, now, place.zone)  # the first look at a zone reads a file
    sections = tuple([await _section(tx, place, card, today) for card in sorted(cards, key=story_order)])
    told = [card.subject_id for card in cards if card.subject == "story"]
    calls = [role for story in told for role in await alerts.read_calls(tx, story, place.channel)]
    return freeze(Message(sections, zone=place.zone, calls=tuple(dict.fromkeys(calls))))


def local_date(now: datetime, zone: str) -> date:
    """The day it is in a zone."""
    return now.astimezone(ZoneInfo(zone)).date()


async def _section(tx: Transaction, place: Place, card: PendingCard, today: date) -> Section:
    if card.subject == "notice":
        title, body = await notices.read_notice(tx, card.subject_id)
        return Section(kicker="Lodewire", title=title, body=((body,),))
    return await _alert(tx, place, card.subject_id, today)


async def _alert(tx: Transaction, place: Place, story: int, today: date) -> Section:
    row = await alerts.read_story(tx, story)
    followed = await alerts.read_followed(tx, story, place.channel)
    state = StoryState(
        id=row.id,
        rev=row.rev,
        headline=row.headline,
        summary=row.summary or summarise(row.headline, row.text),  # it matched nothing when it came
        url=row.url,
        change=row.change,
        changed_at=row.changed_at,
        sources=await alerts.read_sources(tx, story),
        deadlines=await alerts.read_deadlines(tx, story),
        topics=tuple(dict.fromkeys(query.title for query in followed)),
        why=reason(followed, row.headline, row.text),
        weight=row.weight,
    )
    return compose_alert(state, today)


def reason(followed: Sequence[Followed], title: str, text: str) -> str:
    """The words on which the followed queries match, as written; computed again, never stored."""
    matcher = Matcher()
    for number, query in enumerate(followed):
        try:
            matcher.add(number, query.expr)
        except QueryError:
            continue
    found = matcher.match(title, text).values()
    return explain(Evidence(tuple(hit for evidence in found for hit in evidence.hits)))
