"""How a post ends, in rows: shown, later, rejected or gone. Only its holder can end it; anybody else gets LeaseLost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, select, true, update

from bot.core.errors import LeaseLost
from bot.core.outbox import Op
from bot.storage.database import Transaction
from bot.storage.leases import Holder
from bot.storage.outbox import OpenPost
from bot.storage.reminding import drop_told
from bot.storage.schema import accounts, cards, channels, post_cards, posts, remote_ids
from bot.storage.upsert import insert_or


async def settle_shown(tx: Transaction, holder: Holder, post: OpenPost, ids: Sequence[str], now: datetime) -> None:
    """The platform has it: its cards count as shown at the revision that was sent. Raises LeaseLost."""
    await _close(tx, holder, post, "shown", now)
    shown_by = post.id
    if post.op is Op.EDIT:
        shown_by = (await tx.execute(select(posts.c.of_post).where(posts.c.id == post.id))).scalar_one()
    rows = [{"account": post.place.account, "remote_id": remote, "post": shown_by} for remote in ids]
    if rows:
        await tx.execute(insert_or(tx, remote_ids).on_conflict_do_nothing(), rows)
    members = select(post_cards.c.card, post_cards.c.rev).where(post_cards.c.post == post.id)
    shown = update(cards).where(cards.c.id == bindparam("its_card"))
    rows = [{"its_card": card, "its_rev": rev} for card, rev in (await tx.execute(members)).all()]
    await tx.execute(shown.values(shown_rev=bindparam("its_rev"), post=shown_by, shown_at=now), rows)
    if post.op is Op.POST:
        await drop_told(tx, post.id, now)


async def settle_nothing(tx: Transaction, revisions: Sequence[tuple[int, int]], now: datetime) -> None:
    """Count cards as shown where there is nothing left to show (an edit past the platform's window)."""
    for card, rev in revisions:
        await tx.execute(update(cards).where(cards.c.id == card).values(shown_rev=rev, shown_at=now))


async def settle_later(tx: Transaction, holder: Holder, post: OpenPost, *, in_doubt: bool, error: str) -> None:
    """Not yet: the same post waits, with the same key and bytes. Raises LeaseLost."""
    mine = posts.c.id == post.id, posts.c.holder == holder.name, posts.c.state == "open"
    values = {"holder": None, "in_doubt": in_doubt or post.was_in_doubt, "error": error}
    if (await tx.execute(update(posts).where(*mine).values(values))).rowcount != 1:
        raise LeaseLost(f"The post {post.key} was taken over.", "The other process settles it.")


async def rest_channel(tx: Transaction, channel: int, until: datetime) -> None:
    """Send nothing to a channel before `until`."""
    await tx.execute(update(channels).where(channels.c.id == channel).values(ready_at=until))


async def rest_account(tx: Transaction, account: int, until: datetime) -> None:
    """Send nothing through an account before `until`."""
    await tx.execute(update(accounts).where(accounts.c.id == account).values(paused_until=until))


async def settle_rejected(tx: Transaction, holder: Holder, post: OpenPost, now: datetime, error: str) -> bool:
    """Never: a batch is given back to go singly (False); a single card dies (True). Raises LeaseLost."""
    await _close(tx, holder, post, "rejected", now, error)
    members = (await tx.execute(select(post_cards).where(post_cards.c.post == post.id))).all()
    if len(members) > 1 and post.op is not Op.EDIT:
        return False
    dead = {"expires_at": now} if post.op is not Op.EDIT else {}
    for row in members:  # what an edit was to show for the first time is still to be shown
        is_its = cards.c.id == row.card, (cards.c.post.is_not(None) if post.op is Op.EDIT else true())
        await tx.execute(update(cards).where(*is_its).values(shown_rev=row.rev, **dead))
    return True


async def settle_gone(tx: Transaction, holder: Holder, post: OpenPost, now: datetime, error: str) -> None:
    """The channel is closed to us: nothing is sent there again; its subscriptions stay. Raises LeaseLost."""
    await _close(tx, holder, post, "gone", now, error)
    await tx.execute(update(channels).where(channels.c.id == post.place.channel).values(state="gone"))


async def _close(tx: Transaction, holder: Holder, post: OpenPost, state: str, now: datetime, error: str = "") -> None:
    mine = posts.c.id == post.id, posts.c.holder == holder.name, posts.c.state == "open"
    values = {"state": state, "holder": None, "in_doubt": False, "settled_at": now, "error": error}
    if (await tx.execute(update(posts).where(*mine).values(values))).rowcount != 1:
        raise LeaseLost(f"The post {post.key} was taken over.", "The other process settles it.")
