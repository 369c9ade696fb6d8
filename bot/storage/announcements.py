"""From an announcement to cards: which channels should show it, a chunk at a time. Sends nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, literal, select, true, union, update

from bot.storage.archive import is_led_apart, is_visible_to
from bot.storage.barriers import lets_through
from bot.storage.changing import route_change
from bot.storage.database import Transaction
from bot.storage.matching import matches_for
from bot.storage.mutes import mutes_story
from bot.storage.reminding import route_step
from bot.storage.schema import (
    announcements,
    cards,
    channels,
    matches,
    stories,
    subscriptions,
)
from bot.storage.turns import CHANGE, channels_merging, is_merged_for, raise_heirs, told_alone
from bot.storage.upsert import insert_or

CHANNELS_PER_CHUNK = 2000
"""Cards made in one transaction; 200,000 at once would hold SQLite's one writer for seconds."""

ANNOUNCEMENTS_PER_CHUNK = 100
"""Announcements routed in one transaction, as long as their cards make no full chunk: most have few channels."""

FRESH = timedelta(hours=24)
"""How old a story may be whose later news still alerts channels that were never shown it."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """A revision of a story, or a step of a date, to be told. `cursor` is the last channel already dealt with."""

    id: int
    subject: str
    subject_id: int
    slot: str
    rev: int
    cursor: int


async def next_announcements(tx: Transaction) -> list[Announcement]:
    """The oldest announcements with channels left, locked against other processes."""
    query = (
        select(announcements)
        .where(announcements.c.done_at.is_(None))
        .order_by(announcements.c.id)
        .limit(ANNOUNCEMENTS_PER_CHUNK)
        .with_for_update(skip_locked=True)
    )
    rows = (await tx.execute(query)).all()
    return [Announcement(row.id, row.subject, row.subject_id, row.slot, row.rev, row.cursor) for row in rows]


async def route_chunk(tx: Transaction, told: Announcement, now: datetime) -> int:
    """Make or raise the cards of the next channels.

    Returns how many channels were dealt with; the last chunk ends it.
    """
    if told.subject == "deadline":
        seen = await route_step(tx, told.subject_id, told.slot, told.cursor, CHANNELS_PER_CHUNK, now)
    elif told.slot.startswith(CHANGE):
        seen = await route_change(tx, told.subject_id, told.rev, told.cursor, CHANNELS_PER_CHUNK, now)
    else:
        seen = await _route_story(tx, told, now)
    values = {"cursor": seen[-1]} if len(seen) == CHANNELS_PER_CHUNK else {"done_at": now}
    await tx.execute(update(announcements).where(announcements.c.id == told.id).values(values))
    return len(seen)


async def _route_story(tx: Transaction, told: Announcement, now: datetime) -> list[int]:
    alone = await told_alone(tx, told.subject_id, told.rev)
    if not told.cursor:
        await raise_heirs(tx, told.subject_id, alone)
    here = channels.c.tenant.in_(alone) if alone else true()
    found = await _channels_after(tx, told, now, await lets_through(tx, told.subject_id, now) & here)
    wanted = {"subject": "story", "subject_id": told.subject_id, "slot": told.slot}
    rows = [{"channel": channel, **wanted, "want_rev": told.rev, "due_at": now} for channel, is_new in found if is_new]
    if rows:
        await tx.execute(insert_or(tx, cards).on_conflict_do_nothing(), rows)
    if found and told.rev > 1:  # no card can be behind the first
        await _raise_cards(tx, told, found[-1][0], now, here)
    return [channel for channel, _ in found]


async def _channels_after(
    tx: Transaction, told: Announcement, now: datetime, shows: ColumnElement[bool]
) -> list[tuple[int, bool]]:
    has_card = (
        select(cards.c.channel, literal(0).label("is_new"))
        .where(cards.c.subject == "story", cards.c.subject_id == told.subject_id, cards.c.slot == told.slot)
        .where(cards.c.channel > told.cursor)
    )
    both = union(has_card, _followers(told, now).where(shows)).subquery()
    chunk = (
        select(both.c.channel, func.min(both.c.is_new).label("is_new"))
        .group_by(both.c.channel)
        .order_by(both.c.channel)
        .limit(CHANNELS_PER_CHUNK)
    )
    return [(row.channel, bool(row.is_new)) for row in (await tx.execute(chunk)).all()]


def _followers(told: Announcement, now: datetime) -> Select[tuple[int, int]]:
    is_current = true() if told.rev == 1 else stories.c.opened_at > now - FRESH
    return (
        select(subscriptions.c.channel, literal(1).label("is_new"))
        .select_from(
            matches.join(subscriptions, subscriptions.c.query == matches.c.query)
            .join(channels, channels.c.id == subscriptions.c.channel)
            .join(stories, stories.c.id == matches.c.story)
        )
        .where(matches.c.story == told.subject_id, subscriptions.c.channel > told.cursor)
        .where(matches_for(channels.c.tenant))
        .where(channels.c.state == "open", stories.c.silent.is_(False), is_current)
        .where(~is_merged_for(channels.c.tenant, told.subject_id))
        .where(subscriptions.c.created_at <= stories.c.opened_at, is_visible_to(channels.c.tenant, is_alert=True))
    )


async def _raise_cards(
    tx: Transaction, told: Announcement, last: int, now: datetime, here: ColumnElement[bool]
) -> None:
    mine = (
        cards.c.subject == "story",
        cards.c.subject_id == told.subject_id,
        cards.c.slot == told.slot,
        cards.c.channel > told.cursor,
        cards.c.channel <= last,
        cards.c.want_rev < told.rev,
        ~mutes_story(cards.c.channel, told.subject_id, now),
    )
    elsewhere = cards.c.channel.in_(channels_merging(told.subject_id))
    hearing = select(channels.c.id).join(stories, stories.c.id == told.subject_id)
    hearing = hearing.where(channels.c.id > told.cursor, channels.c.id <= last)
    hears = cards.c.channel.in_(hearing.where(here, ~is_led_apart(stories, channels.c.tenant)))
    await tx.execute(update(cards).where(*mine, hears, ~elsewhere).values(want_rev=told.rev))
