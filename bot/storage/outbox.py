"""Claiming and making posts. One is in flight per channel, and it is saved before it is sent; `settlement` ends it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, insert, or_, select, update

from bot.core.outbox import Op, PendingCard
from bot.core.reminders import ENDINGS
from bot.storage.alert_cards import is_alert
from bot.storage.database import Transaction
from bot.storage.leases import Holder, is_free, require_alive
from bot.storage.schema import accounts, cards, channels, deadlines, post_cards, posts, remote_ids, stories, tenants
from bot.storage.turns import CHANGE

CARDS_PER_PLAN = 50
"""Cards of one channel looked at for its next post; more than any platform puts in one message of whole alerts."""

CARDS_PER_LIST = 1_000
"""Cards of one list, such as a digest; those beyond are in the next one."""

_alert = cards.alias("alert")
"""Made once: an alias copies every column of its table, at each call if made there."""


@dataclass(frozen=True, slots=True)
class Place:
    """A channel as a post needs it. `style`: `full` or `compact`; `lang`: two letters."""

    channel: int
    remote_id: str
    account: int
    tenant: int
    zone: str
    style: str = "full"
    lang: str = "en"


@dataclass(frozen=True, slots=True)
class OpenPost:
    """A post that is made and not settled. `was_in_doubt`: an earlier try may have reached the platform."""

    id: int
    key: str
    op: Op
    place: Place
    payload: str
    of: tuple[str, ...]
    attempts: int
    was_in_doubt: bool
    made_at: datetime


def _place() -> tuple[ColumnElement[object], ...]:
    return (
        channels.c.id.label("place_channel"),
        channels.c.remote_id.label("channel_remote"),
        tenants.c.account,
        tenants.c.id.label("tenant"),
        channels.c.zone,
        channels.c.style,
        channels.c.locale,
    )


def _read_place(row: Any) -> Place:
    remote, account = row.channel_remote, row.account
    return Place(row.place_channel, remote, account, row.tenant, row.zone, row.style, row.locale)


def _is_reachable(now: datetime, here: Collection[int]) -> ColumnElement[bool]:
    rested = or_(accounts.c.paused_until.is_(None), accounts.c.paused_until <= now)
    return and_(channels.c.state == "open", channels.c.ready_at <= now, rested, accounts.c.id.in_(here))


_ROUTE = channels.join(tenants, tenants.c.id == channels.c.tenant).join(accounts, accounts.c.id == tenants.c.account)


def has_work(now: datetime, edits_before: datetime) -> ColumnElement[bool]:
    """The condition that a card is to be shown now: new, or changed and last shown before `edits_before`."""
    paced = or_(cards.c.post.is_(None), cards.c.shown_at <= edits_before)
    lives = or_(cards.c.expires_at.is_(None), cards.c.expires_at > now)
    return and_(cards.c.want_rev > cards.c.shown_rev, cards.c.due_at <= now, lives, paced)


async def claim_open_post(
    tx: Transaction, holder: Holder, now: datetime, here: Collection[int], orphans: Collection[int] = ()
) -> OpenPost | None:
    """Take over a post that waits for its next try, or whose sender died. It keeps its key and its bytes.

    `here`: the accounts this process is logged in to. `orphans`: its own posts whose end could not be saved.
    """
    await require_alive(tx, holder, now)
    query = (
        select(posts, *_place())
        .select_from(posts.join(_ROUTE, channels.c.id == posts.c.channel))
        .where(posts.c.state == "open", _is_reachable(now, here))
        .where(or_(is_free(posts.c.holder, now), posts.c.id.in_(orphans)))
        .order_by(posts.c.id)
        .limit(1)
        .with_for_update(of=posts, skip_locked=True)
    )
    row = (await tx.execute(query)).first()
    if row is None:
        return None
    again = {"holder": holder.name, "in_doubt": True, "attempts": row.attempts + 1}
    await tx.execute(update(posts).where(posts.c.id == row.id).values(again))
    place = _read_place(row)
    of = await remote_ids_of(tx, row.of_post) if row.of_post else ()
    return OpenPost(row.id, row.key, Op(row.op), place, row.payload, of, row.attempts + 1, row.in_doubt, row.made_at)


async def claim_channel(
    tx: Transaction, holder: Holder, now: datetime, here: Collection[int], edits_before: datetime
) -> Place | None:
    """A channel with cards to show and nothing in flight, locked against other processes until the commit."""
    await require_alive(tx, holder, now)
    in_flight = exists(select(1).where(posts.c.channel == cards.c.channel, posts.c.state == "open"))
    query = (
        select(*_place())
        .select_from(cards.join(_ROUTE, channels.c.id == cards.c.channel))
        .where(has_work(now, edits_before), _is_reachable(now, here), ~in_flight)
        .order_by(cards.c.due_at, cards.c.id)
        .limit(1)
        .with_for_update(of=channels, skip_locked=True)
    )
    row = (await tx.execute(query)).first()
    if row is None or await _has_open_post(tx, row.place_channel):
        return None
    return _read_place(row)


async def _has_open_post(tx: Transaction, channel: int) -> bool:
    """Asked again once the channel is locked.

    On PostgreSQL the query that found it may have begun before another worker's post was made; the cards are then
    read while that post is being settled, and would be shown twice.
    """
    mine = posts.c.channel == channel, posts.c.state == "open"
    return (await tx.execute(select(posts.c.id).where(*mine).limit(1))).first() is not None


async def pending_cards(tx: Transaction, channel: int, now: datetime, edits_before: datetime) -> list[PendingCard]:
    """The cards of a channel with work now, and with each edited one the others that share its post."""
    waits = _waits_for_alert(now)
    due = select(cards.c.id).where(cards.c.channel == channel, has_work(now, edits_before))
    first = due.order_by(cards.c.post.is_not(None), waits, cards.c.subject_id, cards.c.id).limit(CARDS_PER_PLAN)
    rows = (await tx.execute(_card_query(waits).where(cards.c.id.in_(first)))).all()
    shared = {row.post for row in rows if row.post is not None}
    if shared:
        rows = [
            *(row for row in rows if row.post is None),
            *(await tx.execute(_card_query(waits).where(cards.c.channel == channel, cards.c.post.in_(shared)))).all(),
        ]
    return [_pending(row) for row in rows]


async def bundled_cards(tx: Transaction, channel: int, bundle: str, now: datetime) -> list[PendingCard]:
    """All alerts of a channel that are to be shown now in one list, beyond those that `pending_cards` looks at."""
    mine = cards.c.channel == channel, cards.c.bundle == bundle, cards.c.post.is_(None)
    due = _card_query(false()).where(*mine, has_work(now, now)).order_by(cards.c.subject_id).limit(CARDS_PER_LIST)
    return [_pending(row) for row in (await tx.execute(due)).all()]


async def cards_shown_by(tx: Transaction, channel: int, post: int) -> list[PendingCard]:
    """All cards that a post shows."""
    query = _card_query(false()).where(cards.c.channel == channel, cards.c.post == post)
    return [_pending(row) for row in (await tx.execute(query)).all()]


async def revisions_of(tx: Transaction, numbers: Collection[int]) -> tuple[tuple[int, int], ...]:
    """These cards, each with the revision that is to be shown."""
    query = select(cards.c.id, cards.c.want_rev).where(cards.c.id.in_(numbers)).order_by(cards.c.id)
    return tuple((row.id, row.want_rev) for row in (await tx.execute(query)).all())


def _pending(row: Any) -> PendingCard:
    return PendingCard(
        row.id,
        row.subject,
        row.subject_id,
        row.slot,
        row.want_rev,
        row.shown_rev,
        row.post,
        row.posted_at,
        row.answers,
        row.alone,
        row.bundle,
        row.weight or 0,
        row.form or "",
        row.due_at,
        row.waits,
    )


def _waits_for_alert(now: datetime) -> ColumnElement[bool]:
    """The condition that a reminder is of a story whose own alert is due in the channel, and not shown yet."""
    alert, its_dates = _alert, _alert.join(deadlines, deadlines.c.story == _alert.c.subject_id)
    mine = deadlines.c.id == cards.c.subject_id, alert.c.channel == cards.c.channel, is_alert(table=alert)
    lives = or_(alert.c.expires_at.is_(None), alert.c.expires_at > now)
    is_due = alert.c.shown_rev == 0, alert.c.due_at <= now, lives
    return and_(cards.c.subject == "deadline", exists(select(1).select_from(its_dates).where(*mine, *is_due)))


def _card_query(waits: ColumnElement[bool]) -> Select[tuple[object, ...]]:
    was_rejected = exists(
        select(1)
        .select_from(post_cards.join(posts, posts.c.id == post_cards.c.post))
        .where(post_cards.c.card == cards.c.id, posts.c.state == "rejected")
    )
    shown = posts.c.id == cards.c.post
    posted_at = select(posts.c.settled_at).where(shown).scalar_subquery().label("posted_at")
    form = select(posts.c.form).where(shown).scalar_subquery().label("form")
    is_its = stories.c.id == cards.c.subject_id, cards.c.subject == "story"
    weight = select(stories.c.weight).where(*is_its).scalar_subquery().label("weight")
    says_ended = or_(*(cards.c.slot.startswith(ending) for ending in ENDINGS))
    its_alert = (
        select(_alert.c.post)
        .select_from(_alert.join(deadlines, deadlines.c.story == _alert.c.subject_id))
        .where(deadlines.c.id == cards.c.subject_id, cards.c.subject == "deadline", says_ended)
        .where(_alert.c.channel == cards.c.channel, is_alert(table=_alert))
    )
    story_alert = (
        select(_alert.c.post)
        .where(_alert.c.channel == cards.c.channel, is_alert(cards.c.subject_id, _alert))
        .where(cards.c.subject == "story", cards.c.slot.startswith(CHANGE))
    )
    answers = func.coalesce(its_alert.scalar_subquery(), story_alert.scalar_subquery()).label("answers")
    return select(cards, was_rejected.label("alone"), posted_at, form, weight, answers, waits.label("waits"))


async def remote_ids_of(tx: Transaction, post: int) -> tuple[str, ...]:
    """The messages on the platform that a post became."""
    query = select(remote_ids.c.remote_id).where(remote_ids.c.post == post).order_by(remote_ids.c.remote_id)
    return tuple((await tx.execute(query)).scalars().all())


@dataclass(frozen=True, slots=True)
class Draft:
    """A planned post with its frozen payload. `revisions`: each card with the revision that the payload shows.

    `form`: of a list of stories, which kind.
    """

    key: str
    op: Op
    payload: str
    of_post: int | None
    revisions: tuple[tuple[int, int], ...]
    form: str = ""


async def make_post(tx: Transaction, holder: Holder, place: Place, draft: Draft, now: datetime) -> OpenPost:
    """Save a post as begun, in doubt until settled: whoever finds it after a crash looks before sending again."""
    values = {
        "key": draft.key,
        "channel": place.channel,
        "op": draft.op.value,
        "of_post": draft.of_post,
        "payload": draft.payload,
        "form": draft.form,
        "in_doubt": True,
        "attempts": 1,
        "holder": holder.name,
        "made_at": now,
    }
    number = (await tx.execute(insert(posts).values(values).returning(posts.c.id))).scalar_one()
    members = [{"post": number, "card": card, "rev": rev} for card, rev in draft.revisions]
    await tx.execute(insert(post_cards), members)
    of = await remote_ids_of(tx, draft.of_post) if draft.of_post else ()
    return OpenPost(number, draft.key, draft.op, place, draft.payload, of, 1, False, now)


async def count_pending(tx: Transaction, now: datetime) -> int:
    """Cards still to be shown, or shown anew, whatever holds them up; those of closed channels are left out."""
    lives = or_(cards.c.expires_at.is_(None), cards.c.expires_at > now)
    waiting = cards.join(channels, channels.c.id == cards.c.channel)
    query = select(func.count()).select_from(waiting).where(cards.c.want_rev > cards.c.shown_rev, lives)
    return int((await tx.execute(query.where(channels.c.state == "open"))).scalar_one())
