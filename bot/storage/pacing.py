"""How often a channel is told, in rows: its digest, its quiet hours, and alerts that wait for either. Sends nothing.

What waits is a card whose `due_at` is later and whose `bundle` says for what. A change of the settings, of the zone or
of the clock finds the waiting cards, and gives them the time that holds now.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, or_, select, update

from bot.core.pacing import HOUR, Digest, Pace, Quiet, next_digest, read_digest, read_quiet, wait_of
from bot.core.weight import Weight
from bot.storage.alert_cards import is_alert
from bot.storage.barriers import lets_through
from bot.storage.database import Transaction
from bot.storage.matching import matches_for
from bot.storage.schema import cards, channels, matches, posts, stories, subscriptions

ALERTS_COUNTED = 200
"""The newest alerts of a channel among which those of the last hour are counted."""

AT_ONCE = 100
LONGEST_WAIT, LONGEST_NIGHT = timedelta(days=8), timedelta(days=2)
"""No digest and no end of quiet hours is farther away than this, unless the clock was set back since."""


@dataclass(frozen=True, slots=True)
class Roll:
    """The message to which what is too many is added: its post, and when it was last shown anew."""

    post: int
    shown_at: datetime


async def read_pace(tx: Transaction, channel: int) -> Pace:
    """What holds for a channel."""
    row = (await tx.execute(select(channels).where(channels.c.id == channel))).one()
    return Pace(read_digest(row.digest), read_quiet(row.quiet), row.flood, row.next_digest_at, row.zone)


async def set_digest(tx: Transaction, channel: int, digest: Digest | None, now: datetime) -> None:
    """Give a channel a digest, or none. What waits for one comes at its new hour, or at once in one message."""
    values = {"digest": digest.written() if digest else "", "next_digest_at": None}
    await tx.execute(update(channels).where(channels.c.id == channel).values(values))
    await retime(tx, channel, now)


async def set_quiet(tx: Transaction, channel: int, quiet: Quiet | None, now: datetime) -> None:
    """Give a channel quiet hours, or none. What waits for their end comes at the new one, or at once."""
    values = {"quiet": quiet.written() if quiet else ""}
    await tx.execute(update(channels).where(channels.c.id == channel).values(values))
    await retime(tx, channel, now)


async def set_flood(tx: Transaction, channel: int, most: int) -> None:
    """How many alerts an hour stand alone in a channel; 0: all do."""
    await tx.execute(update(channels).where(channels.c.id == channel).values(flood=most))


async def retime(tx: Transaction, channel: int, now: datetime) -> None:
    """Reckon a channel's next digest anew, and give what waits the time that holds now."""
    pace = await read_pace(tx, channel)
    if pace.digest is not None:
        at = await asyncio.to_thread(next_digest, pace.digest, pace.zone, now)  # the first look at a zone reads a file
        pace = replace(pace, next_digest_at=at)
    await _set_next(tx, channel, pace.next_digest_at)
    for is_urgent in (False, True):
        wait = await asyncio.to_thread(wait_of, pace, Weight.URGENT if is_urgent else 0, now)
        values = {"bundle": wait.bundle if wait else "held", "due_at": wait.until if wait else now}
        await tx.execute(update(cards).where(_waits(channel), _weighs(is_urgent)).values(values))


def _waits(channel: int) -> ColumnElement[bool]:
    """An alert that is held here. What is in a post already waits no more."""
    mine = cards.c.channel == channel
    return (
        mine & is_alert() & cards.c.bundle.in_(("digest", "held")) & cards.c.post.is_(None) & (cards.c.shown_rev == 0)
    )


async def count_waiting(tx: Transaction, channel: int) -> int:
    """How many alerts are held in a channel."""
    lives = cards.c.expires_at.is_(None)
    return int((await tx.execute(select(func.count()).select_from(cards).where(_waits(channel), lives))).scalar_one())


def _weighs(is_urgent: bool) -> ColumnElement[bool]:
    urgent = exists(select(1).where(stories.c.id == cards.c.subject_id, stories.c.weight >= Weight.URGENT))
    return urgent if is_urgent else ~urgent


async def _set_next(tx: Transaction, channel: int, at: datetime | None) -> None:
    await tx.execute(update(channels).where(channels.c.id == channel).values(next_digest_at=at))


async def begin_next_digest(tx: Transaction, channel: int, pace: Pace, now: datetime) -> None:
    """A digest is being made: what comes from now on is of the next one, also where the clock is set back."""
    if pace.digest and pace.next_digest_at and pace.next_digest_at <= now:
        await _set_next(tx, channel, await asyncio.to_thread(next_digest, pace.digest, pace.zone, now))


async def pass_digests(tx: Transaction, now: datetime) -> int:
    """Go on to the next hour where a digest had nothing to say, or where the clock was set back. How many channels."""
    has_due = exists(select(1).where(cards.c.channel == channels.c.id, cards.c.bundle == "digest",
                                     cards.c.want_rev > cards.c.shown_rev, cards.c.due_at <= now))  # fmt: skip
    is_over = (channels.c.next_digest_at <= now) & ~has_due
    is_far = channels.c.next_digest_at > now + LONGEST_WAIT
    digests = select(channels.c.id).where(channels.c.next_digest_at.is_not(None), or_(is_over, is_far)).limit(AT_ONCE)
    is_waiting = cards.c.want_rev > cards.c.shown_rev, cards.c.bundle == "held"
    nights = select(cards.c.channel).where(*is_waiting, cards.c.due_at > now + LONGEST_NIGHT).limit(AT_ONCE)
    found = {*(await tx.execute(digests)).scalars(), *(await tx.execute(nights)).scalars()}
    for channel in sorted(found):
        await retime(tx, channel, now)
    return len(found)


async def hold(tx: Transaction, numbers: Sequence[int], bundle: str, until: datetime) -> None:
    """Let these cards wait."""
    await tx.execute(update(cards).where(cards.c.id.in_(numbers)).values(bundle=bundle, due_at=until))


async def drop_unwanted(tx: Transaction, channel: int, held: Sequence[tuple[int, int]], now: datetime) -> set[int]:
    """Of held cards, by card and story, those that the channel no longer wants: unfollowed, muted, of another weight.

    They are put aside, as a card is that would not be made any more.
    """
    gone = set()
    for card, story in held:
        wanted = (
            select(subscriptions.c.id)
            .join_from(subscriptions, matches, matches.c.query == subscriptions.c.query)
            .join(stories, stories.c.id == matches.c.story)
            .join(channels, channels.c.id == subscriptions.c.channel)
            .where(subscriptions.c.channel == channel, matches.c.story == story, matches_for(channels.c.tenant))
            .where(stories.c.merged_into.is_(None), await lets_through(tx, story, now))
        )
        if (await tx.execute(wanted.limit(1))).first() is None:
            gone.add(card)
    if gone:
        await tx.execute(update(cards).where(cards.c.id.in_(gone)).values(expires_at=now))
    return gone


async def recent_alerts(tx: Transaction, channel: int) -> list[tuple[int, datetime]]:
    """The newest stories that came or come here by themselves, with the moment each was opened."""
    query = (
        select(cards.c.subject_id, stories.c.opened_at)
        .join_from(cards, stories, stories.c.id == cards.c.subject_id)
        .where(cards.c.channel == channel, is_alert(), cards.c.bundle == "")
        .order_by(cards.c.subject_id.desc())
        .limit(ALERTS_COUNTED)
    )
    return [(row.subject_id, row.opened_at) for row in (await tx.execute(query)).all()]


async def open_roll(tx: Transaction, channel: int, now: datetime) -> Roll | None:
    """The message of the last hour that takes what is too many; None where there is none, or it refused an edit."""
    query = (
        select(posts.c.id)
        .where(posts.c.channel == channel, posts.c.form == "rolling", posts.c.state == "shown")
        .where(posts.c.made_at > now - HOUR)
        .order_by(posts.c.id.desc())
        .limit(1)
    )
    post = (await tx.execute(query)).scalar()
    if post is None:
        return None
    refused = select(posts.c.id).where(posts.c.channel == channel, posts.c.id > post)
    refused = refused.where(posts.c.of_post == post, posts.c.state == "rejected")
    if (await tx.execute(refused.limit(1))).first() is not None:
        return None
    shown = select(func.max(cards.c.shown_at)).where(cards.c.channel == channel, cards.c.post == post)
    return Roll(post, (await tx.execute(shown)).scalar() or now)


async def count_lists(tx: Transaction, channel: int, form: str, since: datetime) -> int:
    """How many lists of this kind were made in a channel since then."""
    mine = posts.c.channel == channel, posts.c.form == form, posts.c.made_at >= since
    return int((await tx.execute(select(func.count()).select_from(posts).where(*mine))).scalar_one())


async def payload_of(tx: Transaction, channel: int, post: int) -> str:
    """What a message says now, frozen: by its last edit, or as it was made; "" where it was not shown."""
    mine = posts.c.channel == channel, posts.c.id >= post, or_(posts.c.id == post, posts.c.of_post == post)
    query = select(posts.c.payload).where(*mine, posts.c.state == "shown", posts.c.op != "reply")
    return str((await tx.execute(query.order_by(posts.c.id.desc()).limit(1))).scalar() or "")


async def last_list(tx: Transaction, channel: int) -> int | None:
    """The newest list of stories that was shown in a channel, or None."""
    mine = posts.c.channel == channel, posts.c.form != "", posts.c.state == "shown"
    query = select(posts.c.id).where(*mine).order_by(posts.c.id.desc()).limit(1)
    number: int | None = (await tx.execute(query)).scalar()
    return number
