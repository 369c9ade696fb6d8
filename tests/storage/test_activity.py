"""The numbers of `status`, counted from rows."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert, update

from bot.core.model import FeedSpec
from bot.storage import feeds
from bot.storage.activity import Delay, measure_delay, read_activity
from bot.storage.database import Database, Transaction
from bot.storage.schema import cards, items, post_cards, posts
from bot.storage.schema import feeds as feed_table
from tests.clock import Clock
from tests.commands.newsroom import CHEN, GUILD, RARE, open_newsroom

MINUTE = timedelta(minutes=1)


async def show(tx: Transaction, channel: int, story: int, due: datetime, at: datetime) -> None:
    """Let a story's alert be shown at a time."""
    card = {"channel": channel, "subject": "story", "subject_id": story, "slot": "alert", "due_at": due}
    shown = {"shown_rev": 1, "shown_at": at, "post": 1}
    card_id = (await tx.execute(insert(cards).values(**card, **shown).returning(cards.c.id))).scalar_one()
    post = {"key": f"k{story}", "channel": channel, "op": "post", "state": "shown", "settled_at": at}
    post_id = (await tx.execute(insert(posts).values(post).returning(posts.c.id))).scalar_one()
    await tx.execute(insert(post_cards).values(post=post_id, card=card_id, rev=1))


@pytest.mark.asyncio
async def test_an_empty_house_has_zeroes(database: Database, clock: Clock) -> None:
    """No number is missing, no delay made up."""
    async with database.read() as tx:
        activity = await read_activity(tx, clock())
    assert (0, 0, 0, None, Delay()) == (
        activity.items,
        activity.shown,
        activity.waiting_cards,
        activity.last_poll_at,
        activity.to_posted,
    )


@pytest.mark.asyncio
async def test_feeds_are_counted_by_state_and_failure(database: Database, clock: Clock) -> None:
    """A failing feed is active and has errors; only those are told by class."""
    specs = [FeedSpec(f"https://h{number}.example/") for number in range(4)]
    async with database.write() as tx:
        await feeds.sync_operator_feeds(tx, specs, clock())
        for number, values in enumerate(
            [{"errors": 2, "error_class": "5xx"}, {"state": "paused", "errors": 1, "error_class": "dns"}]
        ):
            chosen = feed_table.c.url == specs[number].url
            await tx.execute(update(feed_table).where(chosen).values(last_ok_at=clock() - number * MINUTE, **values))
        activity = await read_activity(tx, clock())
    assert ({"active": 3, "paused": 1}, 1, {"5xx": 1}) == (activity.feeds, activity.failing, activity.failures)
    assert clock() == activity.last_poll_at


@pytest.mark.asyncio
async def test_a_day_is_counted(database: Database, clock: Clock) -> None:
    """Items, stories and alerts of the last day; cards and posts that wait now, without those past their time."""
    room = await open_newsroom(database, clock)
    for age in (0, 1, 30):
        await room.tell("News", on=[RARE], age=timedelta(hours=age))
    await room.ask("follow rare-earths", CHEN, GUILD)
    channel = await room.channel(GUILD)
    async with database.write() as tx:
        dead = {"channel": channel, "subject": "story", "subject_id": 99, "slot": "alert", "due_at": clock()}
        await tx.execute(insert(cards).values(**dead, expires_at=clock()))
        await tx.execute(insert(posts).values(key="open", channel=channel, op="post", state="open"))
        activity = await read_activity(tx, clock())
    assert (2, 2, 1, 1) == (activity.items, activity.stories, activity.waiting_cards, activity.open_posts)


@pytest.mark.asyncio
async def test_delays_leave_out_first_sights_and_proofs(database: Database, clock: Clock) -> None:
    """From published to seen, and from seen to posted, of what came as news."""
    room = await open_newsroom(database, clock)
    news = await room.tell("News", on=[RARE], age=10 * MINUTE)
    old = await room.tell("Old", on=[RARE], age=600 * MINUTE)
    silent = await room.tell("Silent", on=[RARE], silent=True)
    await room.ask("follow gallium", CHEN, GUILD)
    channel, followed_at = await room.channel(GUILD), clock()
    async with database.write() as tx:
        published = clock() - 15 * MINUTE
        await tx.execute(update(items).where(items.c.story == news).values(published_at=published))
        await tx.execute(update(items).where(items.c.story != news).values(published_at=None))
        await show(tx, channel, news, clock() - 9 * MINUTE, clock() - 8 * MINUTE)
        await show(tx, channel, old, followed_at, clock())
        await show(tx, channel, silent, followed_at, clock())
        activity = await read_activity(tx, clock())
    assert 3 == activity.shown
    assert Delay(1, 5 * MINUTE, 5 * MINUTE) == activity.to_seen
    assert Delay(1, 2 * MINUTE, 2 * MINUTE) == activity.to_posted


def test_percentiles_are_of_the_cases_themselves() -> None:
    """Median and 95th percentile by nearest rank; a clock that runs ahead counts as no wait."""
    assert Delay(100, 50 * MINUTE, 95 * MINUTE) == measure_delay([n * MINUTE for n in range(1, 101)])
    assert Delay(2, MINUTE, 2 * MINUTE) == measure_delay([2 * MINUTE, MINUTE])
    assert Delay(1, timedelta(0), timedelta(0)) == measure_delay([-MINUTE])
