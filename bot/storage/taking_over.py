"""Cards of one subject that go over to another which is the same: where the channel has no other of that slot.

Makes no card, so nothing is shown twice for it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, delete, exists, or_, select, true, update

from bot.storage.database import Transaction
from bot.storage.mutes import mutes_story
from bot.storage.schema import cards, post_cards, posts

OTHER = cards.alias("other")


def is_in_flight() -> ColumnElement[bool]:
    """The condition that a card is in a post that is being sent: it may be seen already."""
    sending = post_cards.join(posts, posts.c.id == post_cards.c.post)
    return exists(select(1).select_from(sending).where(post_cards.c.card == cards.c.id, posts.c.state == "open"))


def may_be_seen() -> ColumnElement[bool]:
    """The condition that a card was shown, or may have been."""
    return or_(cards.c.shown_rev > 0, is_in_flight())


def _beside(subject: str, number: int, *, is_seen: bool) -> ColumnElement[bool]:
    """The condition that the channel has a card of that other subject in the same slot; `is_seen`: one it saw."""
    same = OTHER.c.channel == cards.c.channel, OTHER.c.subject == subject, OTHER.c.slot == cards.c.slot
    seen = (OTHER.c.shown_rev > 0,) if is_seen else ()
    return exists(select(1).where(*same, OTHER.c.subject_id == number, *seen))


async def take_over_cards(
    tx: Transaction,
    subject: str,
    old: int,
    new: int,
    now: datetime,
    rev: int = 0,
    here: ColumnElement[bool] | None = None,
) -> None:
    """Let the cards of `old` be of `new`. Of two in one channel and slot the one that was seen stays.

    `rev`: of a story, its new revision, which alerts that go over are edited to show, unless the story is muted there.
    `here`: a condition on the cards that are meant; None: all.
    """
    meant = true() if here is None else here
    mine = and_(cards.c.subject == subject, cards.c.subject_id == old, meant)
    its = and_(cards.c.subject == subject, cards.c.subject_id == new, meant)
    await tx.execute(delete(cards).where(its, ~may_be_seen(), _beside(subject, old, is_seen=True)))
    values: dict[str, object] = {"subject_id": new}
    if rev:
        is_alert, is_muted = cards.c.slot == "alert", mutes_story(cards.c.channel, new, now)
        is_seen = is_alert & (cards.c.shown_rev > 0)
        values["want_rev"] = case((is_alert & is_muted, rev - 1), (is_alert, rev), else_=cards.c.want_rev)
        values["shown_rev"] = case((is_seen, rev - 1), else_=cards.c.shown_rev)
    await tx.execute(update(cards).where(mine, ~_beside(subject, new, is_seen=False)).values(values))
    unseen = update(cards).where(mine, ~may_be_seen(), _beside(subject, new, is_seen=False))
    await tx.execute(unseen.values(want_rev=0, expires_at=cards.c.due_at))
