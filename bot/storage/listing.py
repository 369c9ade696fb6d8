"""What a list of stories is made of, read for one channel: its stories and the dates ahead. Draws nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import and_, select

from bot.core.reminders import SURE
from bot.core.stories.alert import Due
from bot.core.stories.listing import DATES_AHEAD, Ahead, Entry
from bot.core.stories.names import date_name
from bot.storage.alerts import is_known_to
from bot.storage.database import Transaction
from bot.storage.deadlines import dates_between
from bot.storage.lookup import heads_of
from bot.storage.matching import matches_for
from bot.storage.schema import channels, matches, stories, subscriptions, topics


async def read_entries(tx: Transaction, tenant: int, channel: int, numbers: Collection[int]) -> dict[int, Entry]:
    """These stories by number, each under what it came by first in this channel; none that the tenant may not see."""
    heads = await heads_of(tx, tenant, sorted(numbers))
    query = select(stories.c.id, stories.c.weight).where(stories.c.id.in_(numbers))
    weights = {row.id: row.weight for row in (await tx.execute(query)).all()}
    found = {
        head.id: Entry(head.id, head.headline, head.url, head.source, head.told_at, weights.get(head.id, 0))
        for head in heads
    }
    for story, (rank, topic) in (await _topics(tx, channel, numbers)).items():
        if story in found:
            found[story] = replace(found[story], topic=topic, rank=rank)
    return found


async def _topics(tx: Transaction, channel: int, numbers: Collection[int]) -> dict[int, tuple[int, str]]:
    """Of each story the subscription by which it came, the oldest one, and what that is called here."""
    is_titled = and_(topics.c.query == subscriptions.c.query, is_known_to(channels.c.tenant))
    query = (
        select(matches.c.story, subscriptions.c.id, subscriptions.c.name, topics.c.title)
        .select_from(
            matches.join(subscriptions, subscriptions.c.query == matches.c.query)
            .join(channels, channels.c.id == subscriptions.c.channel)
            .outerjoin(topics, is_titled)
        )
        .where(matches.c.story.in_(numbers), subscriptions.c.channel == channel, matches_for(channels.c.tenant))
        .order_by(subscriptions.c.id, topics.c.name != subscriptions.c.name, topics.c.tenant.is_(None))
    )
    found: dict[int, tuple[int, str]] = {}
    for row in (await tx.execute(query)).all():
        found.setdefault(row.story, (row.id, row.title or row.name))
    return found


async def read_dates_ahead(tx: Transaction, tenant: int, channel: int, today: date) -> list[Ahead]:
    """The dates of the next days in what a channel follows, soonest first."""
    followed = (await tx.execute(select(subscriptions.c.query).where(subscriptions.c.channel == channel))).scalars()
    found = await dates_between(tx, tenant, list(followed), today, today + timedelta(days=DATES_AHEAD))
    return [
        Ahead(
            Due(d.due_on, d.type, d.what, d.who, d.confidence >= SURE, d.at),
            date_name(d.story, one.place, one.dates),
            one.url,
        )
        for one in found
        for d in (one.dated,)
    ]
