"""From a change that matters to cards: a short answer under each alert that was seen. Edits no alert."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from bot.storage.archive import is_visible_to
from bot.storage.database import Transaction
from bot.storage.mutes import mutes_story
from bot.storage.schema import cards, channels, stories
from bot.storage.taking_over import may_be_seen
from bot.storage.turns import change_slot, is_for
from bot.storage.upsert import insert_or

LASTS = timedelta(days=2)
"""How long an answer is of use: after a longer absence the alert, which is edited, says enough."""


async def route_change(tx: Transaction, story: int, rev: int, after: int, limit: int, now: datetime) -> list[int]:
    """Make the cards of an answer for the next channels; the numbers of those looked at.

    An alert that still waits says it itself, when it comes.
    """
    is_alert = cards.c.subject == "story", cards.c.subject_id == story, cards.c.slot == "alert"
    query = (
        select(channels.c.id)
        .select_from(
            cards.join(channels, channels.c.id == cards.c.channel).join(stories, stories.c.id == cards.c.subject_id)
        )
        .where(*is_alert, may_be_seen(), channels.c.state == "open", cards.c.channel > after)
        .where(is_visible_to(channels.c.tenant), is_for(story, rev, channels.c.tenant))
        .where(~mutes_story(cards.c.channel, story, now))
        .order_by(channels.c.id)
        .limit(limit)
    )
    found = list((await tx.execute(query)).scalars().all())
    card = {"subject": "story", "subject_id": story, "slot": change_slot(rev), "due_at": now, "expires_at": now + LASTS}
    if found:
        rows = [{"channel": channel, **card} for channel in found]
        await tx.execute(insert_or(tx, cards).on_conflict_do_nothing(), rows)
    return found
