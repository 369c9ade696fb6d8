"""From a change that matters to cards: a short answer under each alert that was seen. Edits no alert."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.core.pacing import quiet_until, read_quiet
from bot.storage.alert_cards import is_alert
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

    An alert that still waits says it itself, when it comes. In quiet hours an answer waits for their end: an edit wakes
    nobody, and says the same at once.
    """
    query = (
        select(channels.c.id, channels.c.zone, channels.c.quiet)
        .select_from(
            cards.join(channels, channels.c.id == cards.c.channel).join(stories, stories.c.id == cards.c.subject_id)
        )
        .where(is_alert(story), may_be_seen(), channels.c.state == "open", cards.c.channel > after)
        .where(is_visible_to(channels.c.tenant), is_for(story, rev, channels.c.tenant))
        .where(~mutes_story(cards.c.channel, story, now))
        .order_by(channels.c.id)
        .limit(limit)
    )
    found = (await tx.execute(query)).all()
    card = {"subject": "story", "subject_id": story, "slot": change_slot(rev)}
    if found:
        rows = [
            card | times for times in await asyncio.to_thread(_times, found, now)
        ]  # a zone's first look reads a file
        await tx.execute(insert_or(tx, cards).on_conflict_do_nothing(), rows)
    return [row.id for row in found]


def _times(found: Sequence[Any], now: datetime) -> list[dict[str, object]]:
    """Each channel with the moments from which and until which an answer is of use there."""
    due = [(row.id, quiet_until(read_quiet(row.quiet), row.zone, now) or now) for row in found]
    return [{"channel": channel, "due_at": at, "expires_at": at + LASTS} for channel, at in due]
