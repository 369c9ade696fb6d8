"""Two stories that are one, in rows: items, dates, reminders, mutes and cards of the younger go over to the older.

What was told twice stays: the older alert says so, the younger one points at it. Nothing is announced a second time.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, case, delete, or_, select, update

from bot.core.stories.joining import unite
from bot.core.stories.names import story_name
from bot.storage.alert_cards import is_alert
from bot.storage.database import Transaction
from bot.storage.grouping import read_standings, revise_stories
from bot.storage.matching import save_matches
from bot.storage.merging_dates import merge_dates
from bot.storage.mutes import mutes_story
from bot.storage.own_dates import leave_all
from bot.storage.schema import (
    announcements,
    cards,
    deadlines,
    gists,
    items,
    matches,
    mutes,
    reminders,
    stories,
    turns,
)
from bot.storage.taking_over import may_be_seen, take_over_cards
from bot.storage.tellings import open_dates, settle_dates


async def merge_stories(tx: Transaction, merged: int, survivor: int, now: datetime) -> bool:
    """Let one story be a part of another; False where one of them is gone or they are one already."""
    standings = await read_standings(tx, {merged, survivor})
    if len(standings) < 2 or merged == survivor:
        return False
    await _end_announcements(tx, merged, now)
    revision = unite(standings[survivor], standings[merged], story_name(merged))
    if len({one.readers for one in standings.values()}) > 1:
        await leave_all(tx, {number: one.readers for number, one in standings.items() if one.readers})
    await _move_rows(tx, merged, survivor)
    await merge_dates(tx, merged, survivor, now)
    await _move_mutes(tx, merged, survivor)
    await take_over_cards(tx, "story", merged, survivor, now, revision.rev)
    await _point_at(tx, merged, survivor, standings[merged].rev + 1, now)
    await revise_stories(tx, [revision], now)
    await settle_dates(tx, await open_dates(tx, {survivor}), (), now)
    return True


async def _end_announcements(tx: Transaction, merged: int, now: datetime) -> None:
    """What is not routed yet is told by the other story. First of all: it waits for a routing that is under way."""
    waiting = announcements.c.subject == "story", announcements.c.subject_id == merged
    await tx.execute(update(announcements).where(*waiting, announcements.c.done_at.is_(None)).values(done_at=now))


async def _move_rows(tx: Transaction, merged: int, survivor: int) -> None:
    """Items, what is compared, matches, history, and what pointed at the story."""
    for table in (items, gists):
        await tx.execute(update(table).where(table.c.story == merged).values(story=survivor))
    mine = select(matches).where(matches.c.story == merged)
    await save_matches(tx, [(survivor, row.query, row.feed) for row in (await tx.execute(mine)).all()])
    of_all = turns.c.story == merged, turns.c.tenant.is_(None)
    await tx.execute(update(turns).where(*of_all).values(story=survivor))
    await tx.execute(update(turns).where(turns.c.other == merged).values(other=survivor))
    await tx.execute(update(stories).where(stories.c.merged_into == merged).values(merged_into=survivor))
    follows = case((stories.c.id == survivor, None), else_=survivor)
    await tx.execute(update(stories).where(stories.c.parent == merged).values(parent=follows))
    await tx.execute(update(reminders).where(reminders.c.story == merged).values(story=survivor))
    for column in (deadlines.c.answered_by, deadlines.c.told_by):
        await tx.execute(update(deadlines).where(column == merged).values({column: survivor}))


async def _move_mutes(tx: Transaction, merged: int, survivor: int) -> None:
    """Who muted the one wants to hear no more of the other; of two mutes the longer one holds."""
    mine = select(mutes).where(mutes.c.story == merged)
    for row in (await tx.execute(mine)).all():
        same = and_(mutes.c.channel == row.channel, mutes.c.story == survivor)
        longer = or_(mutes.c.until.is_(None), mutes.c.until >= row.until) if row.until else mutes.c.until.is_(None)
        if (await tx.execute(select(mutes.c.id).where(same, longer))).first() is not None:
            await tx.execute(delete(mutes).where(mutes.c.id == row.id))
            continue
        await tx.execute(delete(mutes).where(same))
        await tx.execute(update(mutes).where(mutes.c.id == row.id).values(story=survivor))


async def _point_at(tx: Transaction, merged: int, survivor: int, rev: int, now: datetime) -> None:
    """Edit the alerts that stay beside one of the survivor, to point at it; not where it is muted."""
    hears = ~mutes_story(cards.c.channel, survivor, now)
    await tx.execute(update(cards).where(is_alert(merged), hears, may_be_seen()).values(want_rev=rev))
    pointing = {"rev": rev, "merged_into": survivor, "parent": None}
    await tx.execute(update(stories).where(stories.c.id == merged).values(pointing))
