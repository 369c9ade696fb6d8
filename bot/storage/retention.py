"""Forgetting: rows older than the retention go, in chunks.

An open deadline keeps its story, a story that stays keeps its posts; keys outlive their items.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Table, delete, exists, select

from bot.storage.database import Transaction
from bot.storage.items import SEEN_GRAIN
from bot.storage.mutes import forget_mutes
from bot.storage.schema import (
    announcements,
    cards,
    deadlines,
    feeds,
    inbox,
    item_keys,
    items,
    post_cards,
    posts,
    stories,
)

CHUNK = 500
KEYS_LIVE = 2
"""Keys are kept this many times as long as items, so that an item which comes back is known."""


async def forget_chunk(tx: Transaction, before: datetime) -> dict[str, int]:
    """Forget up to `CHUNK` rows of each kind that ended before `before`. Returns the counts."""
    is_open = deadlines.c.state == "open", deadlines.c.due_on >= before.date()
    has_open = exists(select(1).where(deadlines.c.story == stories.c.id, *is_open))
    is_waiting = exists(
        select(1).where(
            cards.c.subject == "story", cards.c.subject_id == stories.c.id, cards.c.want_rev > cards.c.shown_rev
        )
    )
    old_story = (stories.c.changed_at < before) & ~has_open & ~is_waiting
    orphan_card = (cards.c.subject == "story") & ~exists(select(1).where(stories.c.id == cards.c.subject_id))
    shows_card = exists(
        select(1).where(post_cards.c.post == posts.c.id, cards.c.id == post_cards.c.card, cards.c.subject == "story")
    )
    kept = exists(select(1).where(stories.c.id == items.c.story))
    return {
        "stories": await _forget(tx, stories, old_story),
        "items": await _forget(tx, items, (items.c.seen_at < before) & items.c.state.in_(("taken", "held")) & ~kept),
        "cards": await _forget(tx, cards, orphan_card),
        "posts": await _forget(tx, posts, (posts.c.settled_at < before) & ~shows_card),
        "announcements": await _forget(tx, announcements, announcements.c.done_at < before),
        "events": await _forget_events(tx, before),
        "mutes": await forget_mutes(tx, before),
    }


async def forget_keys(tx: Transaction, before: datetime) -> int:
    """Forget keys last shown before `before`, where a later page of their feed, read whole, did not show them.

    A feed that answers 304 for a year has not changed: what its page shows stays known, however long ago it was sent.
    """
    count = 0
    read_whole = select(feeds.c.id, feeds.c.whole_at).where(feeds.c.whole_at.is_not(None))
    for row in (await tx.execute(read_whole)).all():
        off_page = item_keys.c.last_seen < min(before, row.whole_at - SEEN_GRAIN)
        count += (await tx.execute(delete(item_keys).where(item_keys.c.feed == row.id, off_page))).rowcount
    return count


async def _forget(tx: Transaction, table: Table, condition: ColumnElement[bool]) -> int:
    chunk = select(table.c.id).where(condition).order_by(table.c.id).limit(CHUNK)
    return (await tx.execute(delete(table).where(table.c.id.in_(chunk)))).rowcount


async def _forget_events(tx: Transaction, before: datetime) -> int:
    return (await tx.execute(delete(inbox).where(inbox.c.at < before))).rowcount
