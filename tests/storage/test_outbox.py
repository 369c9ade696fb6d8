"""Claiming and settling posts: one in flight a channel, saved before it is sent, ended by its holder alone."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import insert, select, update

from bot.core.errors import LeaseLost, StorageError
from bot.core.outbox import Op
from bot.jobs.route import route
from bot.storage import leases, outbox, settlement
from bot.storage.database import Database
from bot.storage.leases import Holder
from bot.storage.outbox import Draft, OpenPost, Place
from bot.storage.schema import accounts, cards, channels, posts, remote_ids
from tests.bed import RARE, Bed, news, open_bed
from tests.clock import Clock

pytestmark = pytest.mark.asyncio

SECONDS = timedelta(seconds=30)
OTHER = Holder("other", timedelta(days=1))


@pytest_asyncio.fixture
async def bed(database: Database, tmp_path: Path, clock: Clock) -> Bed:
    """Two channels with one card each, and a second living process."""
    bed = await open_bed(database, tmp_path, clock, lasts=SECONDS)
    await bed.follow(RARE, await bed.open_channel("second"))
    await bed.tell(news(1))
    await bed.intake.run()
    await route(bed.line)
    async with database.write() as tx:
        await leases.sign_on(tx, OTHER, clock())
    return bed


async def claim(bed: Bed, holder: Holder | None = None) -> Place | None:
    """The next channel with work."""
    async with bed.line.database.write() as tx:
        return await outbox.claim_channel(tx, holder or bed.line.holder, bed.clock(), [bed.account], bed.clock())


async def begin(bed: Bed, key: str = "k1", holder: Holder | None = None) -> OpenPost:
    """Claim a channel and save a post of its card."""
    async with bed.line.database.write() as tx:
        who, now = holder or bed.line.holder, bed.clock()
        place = await outbox.claim_channel(tx, who, now, [bed.account], now)
        assert place is not None
        [card] = await outbox.pending_cards(tx, place.channel, now, now)
        draft = Draft(key, Op.POST, "{}", None, ((card.id, card.want_rev),))
        return await outbox.make_post(tx, who, place, draft, now)


async def reopen(bed: Bed, holder: Holder, *, orphans: tuple[int, ...] = ()) -> OpenPost | None:
    """A post that waits for its next try, if there is one for this process."""
    async with bed.line.database.write() as tx:
        return await outbox.claim_open_post(tx, holder, bed.clock(), [bed.account], orphans)


async def test_a_channel_has_one_post_in_flight(bed: Bed, database: Database) -> None:
    """A channel with an open post is not claimed; the database itself refuses a second one."""
    first = await begin(bed)
    second = await begin(bed, "k2")
    assert first.place.channel != second.place.channel
    assert await claim(bed) is None
    with pytest.raises(StorageError):
        async with database.write() as tx:
            await tx.execute(insert(posts).values(key="k3", channel=first.place.channel, op="post", payload="{}"))


async def test_a_key_is_used_once(bed: Bed) -> None:
    """Two posts never share a key: it is what tells them apart on the platform."""
    await begin(bed)
    with pytest.raises(StorageError):
        await begin(bed, "k1")


@pytest.mark.parametrize("held_by", ["channel", "account", "closed", "elsewhere"])
async def test_who_rests_is_not_claimed(bed: Bed, database: Database, held_by: str) -> None:
    """A channel or an account that asked for time, a closed channel and another process's account bring no work."""
    later = bed.clock() + timedelta(minutes=1)
    async with database.write() as tx:
        if held_by == "channel":
            await tx.execute(update(channels).values(ready_at=later))
        elif held_by == "account":
            await settlement.rest_account(tx, bed.account, later)
        elif held_by == "closed":
            await tx.execute(update(channels).values(state="gone"))
        else:
            other = insert(accounts).values(platform="matrix", remote_id="x").returning(accounts.c.id)
            bed.account = (await tx.execute(other)).scalar_one()
    assert await claim(bed) is None


async def test_a_post_that_is_settled_shows_its_cards(bed: Bed, database: Database) -> None:
    """Shown: the card stands at the revision that was sent, and the remote id finds the post again."""
    post = await begin(bed)
    async with database.write() as tx:
        await settlement.settle_shown(tx, bed.line.holder, post, ("m1",), bed.clock())
    async with database.read() as tx:
        row = (await tx.execute(select(cards).where(cards.c.channel == post.place.channel))).one()
        assert (1, post.id, bed.clock()) == (row.shown_rev, row.post, row.shown_at)
        assert [("m1", post.id)] == [(r.remote_id, r.post) for r in (await tx.execute(select(remote_ids))).all()]
        assert ("m1",) == await outbox.remote_ids_of(tx, post.id)


async def test_later_gives_the_same_post_back(bed: Bed, database: Database) -> None:
    """The same key, bytes and members, one attempt more; doubt once raised stays."""
    post = await begin(bed)
    async with database.write() as tx:
        await settlement.settle_later(tx, bed.line.holder, post, in_doubt=False, error="busy")
    again = await reopen(bed, bed.line.holder)
    assert again is not None
    assert (post.id, "k1", "{}", 2, False) == (again.id, again.key, again.payload, again.attempts, again.was_in_doubt)
    async with database.write() as tx:
        await settlement.settle_later(tx, bed.line.holder, again, in_doubt=True, error="cut off")
    third = await reopen(bed, bed.line.holder)
    assert third is not None
    async with database.write() as tx:
        await settlement.settle_later(tx, bed.line.holder, third, in_doubt=False, error="busy")
    fourth = await reopen(bed, bed.line.holder)
    assert fourth is not None
    assert (4, True) == (fourth.attempts, fourth.was_in_doubt)


async def test_a_living_holder_keeps_its_post(bed: Bed) -> None:
    """Nobody takes a post from a process that lives, nor does it take its own twice, but for an orphan."""
    post = await begin(bed)
    assert await reopen(bed, OTHER) is None
    assert await reopen(bed, bed.line.holder) is None
    again = await reopen(bed, bed.line.holder, orphans=(post.id,))
    assert again is not None
    assert (post.id, True) == (again.id, again.was_in_doubt)


async def test_a_dead_holders_post_goes_to_another_in_doubt(bed: Bed, database: Database) -> None:
    """Whoever takes it over must look first; the dead one's end of it is refused, whatever it was."""
    post = await begin(bed)
    bed.clock.advance(SECONDS)
    taken = await reopen(bed, OTHER)
    assert taken is not None
    assert (post.key, True, 2) == (taken.key, taken.was_in_doubt, taken.attempts)
    mine, now = bed.line.holder, bed.clock()
    for settle in (
        lambda tx: settlement.settle_shown(tx, mine, post, ("m1",), now),
        lambda tx: settlement.settle_later(tx, mine, post, in_doubt=True, error=""),
        lambda tx: settlement.settle_rejected(tx, mine, post, now, ""),
        lambda tx: settlement.settle_gone(tx, mine, post, now, ""),
    ):
        with pytest.raises(LeaseLost):
            async with database.write() as tx:
                await settle(tx)
    async with database.write() as tx:
        await settlement.settle_shown(tx, OTHER, taken, ("m1",), now)


async def test_pending_counts_what_can_still_be_shown(bed: Bed, database: Database) -> None:
    """Waiting cards count whatever holds them up; expired ones and those of closed channels do not."""
    async with database.write() as tx:
        assert 2 == await outbox.count_pending(tx, bed.clock())
        await tx.execute(update(cards).where(cards.c.channel == bed.channel).values(expires_at=bed.clock()))
        assert 1 == await outbox.count_pending(tx, bed.clock())
        await tx.execute(update(channels).values(state="gone"))
        assert 0 == await outbox.count_pending(tx, bed.clock())
