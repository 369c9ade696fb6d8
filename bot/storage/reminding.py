"""From a step of a date to cards: which channels are reminded, and when; and what a reminder is made of."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, case, func, null, select, update

from bot.core.pacing import Quiet, quiet_until, read_quiet
from bot.core.reminders import ENDING_LASTS, FOUND, OUTCOME, SETTLED, Reminded, ending_of, place_rung, read_ladder
from bot.core.stories.reminder import Occasion
from bot.storage.alert_cards import is_alert
from bot.storage.archive import is_visible_to
from bot.storage.database import Transaction
from bot.storage.deadlines import Dated, read_deadline
from bot.storage.feeds import is_heard_by
from bot.storage.mutes import mutes_story
from bot.storage.schema import cards, channels, deadlines, feeds, items, post_cards, posts, stories
from bot.storage.turns import is_retracted
from bot.storage.types import UtcTime
from bot.storage.upsert import insert_or


async def route_step(tx: Transaction, number: int, slot: str, after: int, limit: int, now: datetime) -> list[int]:
    """Make the cards of a step for the next channels; the numbers of those looked at.

    A date that has ended meanwhile reminds nobody; that it ended is for those who saw the alert. A card that was put
    aside unseen when the date ended is taken up again.
    """
    dated = await read_deadline(tx, number)
    if dated is None or not _is_still_true(dated, slot):
        return []
    told = await _told_channels(tx, dated, slot, after, limit, now)
    rows = await asyncio.to_thread(_cards, dated, slot, told, now)  # the first look at a zone reads a file
    if rows:
        step = {"subject": "deadline", "subject_id": number, "slot": slot}
        made = insert_or(tx, cards)
        again = made.on_conflict_do_update(
            index_elements=["channel", "subject", "subject_id", "slot"],
            set_={"due_at": made.excluded.due_at, "expires_at": made.excluded.expires_at},
            where=(cards.c.shown_rev == 0) & cards.c.post.is_(None),
        )
        await tx.execute(again, [step | row for row in rows])
    return [one.channel for one in told]


def _is_still_true(dated: Dated, slot: str) -> bool:
    """Whether the date still is what a step was announced for."""
    if ending_of(slot):
        return slot in (dated.state, f"{dated.state}:{dated.rev}")
    return dated.state in (("open", "met", "missed", "silent") if slot in (OUTCOME, FOUND) else ("open",))


def _cards(dated: Dated, slot: str, told: list[Told], now: datetime) -> list[dict[str, object]]:
    return [row for one in told if (row := _card(dated, slot, one, now)) is not None]


def _card(dated: Dated, slot: str, one: Told, now: datetime) -> dict[str, object] | None:
    if ending_of(slot):
        at = quiet_until(one.quiet, one.zone, now) or now
        placed = Reminded(at, at + ENDING_LASTS) if one.posted_at is not None else None
    else:
        told = (
            one.posted_at,
            one.held_until,
            dated.said_at,
        )  # an alert that still waits drops the card when it comes, if it is near
        placed = place_rung(slot, dated.due_on, one.zone, max(filter(None, told), default=None), one.ladder)
    if placed is None or placed.expires_at <= now:
        return None
    return {"channel": one.channel, "due_at": placed.due_at, "expires_at": placed.expires_at}


@dataclass(frozen=True, slots=True)
class Told:
    """A channel that was given a story's alert: what it chose, and when the alert was posted, if it was.

    An edit says nothing anew: it notifies nobody, and most are of something else.
    """

    channel: int
    zone: str
    ladder: tuple[int, ...]
    posted_at: datetime | None
    held_until: datetime | None  # an alert that waits for a digest or a morning, which says the date when it comes
    quiet: Quiet | None


async def _told_channels(tx: Transaction, dated: Dated, slot: str, after: int, limit: int, now: datetime) -> list[Told]:
    """The open channels with an alert of the date's story, by number, those after `after`.

    For what was found later still, only those that were told that nothing was.
    """
    is_held = (cards.c.shown_rev == 0) & (cards.c.due_at > now)
    posted_at = func.coalesce(posts.c.settled_at, cards.c.shown_at, type_=UtcTime)  # an old post's row may be pruned
    held_until = case((is_held, cards.c.due_at), else_=null())
    query = (
        select(channels.c.id, channels.c.zone, channels.c.ladder, channels.c.quiet, posted_at.label("posted_at"))
        .add_columns(held_until.label("held_until"))
        .select_from(
            cards.join(channels, channels.c.id == cards.c.channel)
            .join(stories, stories.c.id == cards.c.subject_id)
            .outerjoin(posts, posts.c.id == cards.c.post)
        )
        .where(is_alert(dated.story), channels.c.state == "open", cards.c.channel > after)
        .where(is_visible_to(channels.c.tenant), _is_theirs(dated))
        .where(~mutes_story(cards.c.channel, dated.story, now), ~is_retracted(channels.c.tenant, dated.story))
        .order_by(channels.c.id)
        .limit(limit)
    )
    if dated.told_by is not None:  # whoever has that story's own alert is reminded by it
        other = select(cards.c.channel).where(is_alert(dated.told_by))
        query = query.where(channels.c.id.not_in(other))
    if slot == FOUND:
        query = query.where(channels.c.id.in_(_heard_outcome(dated.id)))
    rows = (await tx.execute(query)).all()
    return [
        Told(row.id, row.zone, read_ladder(row.ladder), row.posted_at, row.held_until, read_quiet(row.quiet))
        for row in rows
    ]


def _is_theirs(dated: Dated) -> ColumnElement[bool]:
    """A tenant's own date is for its channels; what the text says is for those who set no other in its place."""
    if dated.tenant is not None:
        return channels.c.tenant == dated.tenant
    instead = select(deadlines.c.tenant).where(deadlines.c.copy_of == dated.id)
    return channels.c.tenant.not_in(instead)


async def drop_told(tx: Transaction, post: int, now: datetime) -> None:
    """An alert has just said its dates: reminders of the next hours that wait in its channel are not shown."""
    said = post_cards.join(cards, cards.c.id == post_cards.c.card).join(
        deadlines, deadlines.c.story == cards.c.subject_id
    )
    alerts = post_cards.c.post == post, is_alert()
    rows = (await tx.execute(select(deadlines.c.id, cards.c.channel).select_from(said).where(*alerts))).all()
    if not rows:
        return
    mine = cards.c.channel == rows[0].channel, cards.c.subject == "deadline"
    near = cards.c.shown_rev == 0, cards.c.due_at < now + SETTLED, cards.c.slot != FOUND
    dropped = update(cards).where(*mine, cards.c.subject_id.in_([row.id for row in rows]), *near)
    await tx.execute(dropped.values(expires_at=cards.c.due_at))


def _heard_outcome(number: int) -> ColumnElement[int]:
    mine = cards.c.subject == "deadline", cards.c.subject_id == number, cards.c.slot == OUTCOME
    return select(cards.c.channel).where(*mine, cards.c.shown_rev > 0).scalar_subquery()


async def count_shown(tx: Transaction) -> tuple[int, int]:
    """How many messages reminded of dates, and how many said that one was moved or ended."""
    rows = await tx.execute(
        select(cards.c.post, cards.c.slot).where(cards.c.subject == "deadline", cards.c.shown_rev > 0)
    )
    found = rows.all()
    changes = {row.post for row in found if ending_of(row.slot)}
    return len({row.post for row in found} - changes), len(changes)


async def read_occasion(tx: Transaction, number: int, tenant: int) -> Occasion | None:
    """What a reminder of that date says to a tenant, or None where it is gone."""
    dated = await read_deadline(tx, number)
    if dated is None:
        return None
    teller = dated.told_by or dated.story
    outlet, told_at = await _first_telling(tx, teller, tenant) or ("the source", None)
    url = (await tx.execute(select(stories.c.url).where(stories.c.id == teller))).scalar()
    return Occasion(
        dated.story,
        dated.due_on,
        dated.precision,
        dated.type,
        dated.what,
        dated.who,
        dated.evidence,
        outlet,
        told_at.date() if told_at else None,
        url,
        dated.state,
        await _answer_of(tx, dated),
        await _new_day(tx, dated),
        dated.at,
    )


async def _answer_of(tx: Transaction, dated: Dated) -> tuple[str, str | None] | None:
    """The headline and link of the story that tells what came of a date, or None."""
    if dated.answered_by is None:
        return None
    query = select(stories.c.headline, stories.c.url).where(stories.c.id == dated.answered_by)
    row = (await tx.execute(query)).first()
    return None if row is None else (row.headline, row.url)


async def _new_day(tx: Transaction, dated: Dated) -> date | None:
    if dated.replaced_by is None:
        return None
    return (await tx.execute(select(deadlines.c.due_on).where(deadlines.c.id == dated.replaced_by))).scalar()


async def _first_telling(tx: Transaction, story: int, tenant: int) -> tuple[str, datetime] | None:
    """The outlet that told a story first, of those that a tenant hears, and when."""
    query = (
        select(feeds.c.title, items.c.published_at, items.c.seen_at)
        .select_from(items.join(feeds, feeds.c.id == items.c.feed))
        .where(items.c.story == story, is_heard_by(feeds.c.id, tenant))
        .order_by(items.c.id)
        .limit(1)
    )
    row = (await tx.execute(query)).first()
    return None if row is None else (row.title, row.published_at or row.seen_at)
