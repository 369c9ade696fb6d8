"""From a message on a platform back to what it shows: a button or a reaction finds its stories. Changes nothing."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, case, or_, select

from bot.storage.database import Transaction
from bot.storage.schema import cards, channels, deadlines, post_cards, posts, remote_ids, stories, tenants


async def stories_by_key(tx: Transaction, account: int, key: str) -> tuple[int, ...]:
    """The stories in the message made or edited by the post with this key, in their order; none where unknown."""
    of_account = _by_key(account, key).subquery()
    message = case((of_account.c.op == "edit", of_account.c.of_post), else_=of_account.c.id)
    return await _stories_of(tx, (await tx.execute(select(message))).scalar())


async def stories_by_message(tx: Transaction, account: int, remote_id: str) -> tuple[int, ...]:
    """The same for a message by the platform's own id."""
    return await _stories_of(tx, (await tx.execute(_by_message(account, remote_id))).scalar())


def _by_key(account: int, key: str) -> Select[int, str, int]:
    """The post of an account with this key: its number, what it did, and the post that it altered."""
    return (
        select(posts.c.id, posts.c.op, posts.c.of_post)
        .select_from(posts.join(channels, channels.c.id == posts.c.channel))
        .join(tenants, tenants.c.id == channels.c.tenant)
        .where(posts.c.key == key, tenants.c.account == account)
    )


def _by_message(account: int, remote_id: str) -> Select[int]:
    return select(remote_ids.c.post).where(remote_ids.c.account == account, remote_ids.c.remote_id == remote_id)


async def dates_of_post(tx: Transaction, account: int, key: str, remote_id: str) -> tuple[int, ...]:
    """The dates that a message reminds of, by the key of its post or by the platform's own id."""
    post = (await tx.execute(_by_key(account, key) if key else _by_message(account, remote_id))).scalar()
    query = (
        select(cards.c.subject_id)
        .select_from(post_cards.join(cards, cards.c.id == post_cards.c.card))
        .where(post_cards.c.post == post, cards.c.subject == "deadline")
        .order_by(cards.c.subject_id)
    )
    return tuple((await tx.execute(query)).scalars().all())


async def headlines_of(tx: Transaction, numbers: Sequence[int]) -> dict[int, str]:
    """These stories with their headlines, in the order given; a story that was pruned without one."""
    query = select(stories.c.id, stories.c.headline).where(stories.c.id.in_(numbers))
    known = {row.id: row.headline for row in (await tx.execute(query)).all()}
    return {number: known.get(number, "") for number in numbers}


async def _stories_of(tx: Transaction, post: int | None) -> tuple[int, ...]:
    if post is None:
        return ()
    here = select(posts.c.channel).where(posts.c.id == post).scalar_subquery()
    is_shown = post_cards.c.post == post, (cards.c.channel == here) & (cards.c.post == post)  # or added by an edit
    story = case((cards.c.subject == "story", cards.c.subject_id), else_=deadlines.c.story)
    of_date = (cards.c.subject == "deadline") & (deadlines.c.id == cards.c.subject_id)
    query = (
        select(story)
        .distinct()
        .select_from(cards.join(post_cards, post_cards.c.card == cards.c.id).outerjoin(deadlines, of_date))
        .where(or_(*is_shown), cards.c.subject.in_(("story", "deadline")), story.is_not(None))
        .order_by(story)
    )
    return tuple((await tx.execute(query)).scalars().all())
