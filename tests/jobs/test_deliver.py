"""Delivery: exactly once, in order, whatever the platform answers."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import select, update

from bot.core.errors import Gone, Rejected, RetryLater, StorageError
from bot.core.outbox import Capabilities
from bot.jobs.deliver import deliver
from bot.jobs.route import route
from bot.storage import leases
from bot.storage.database import Database
from bot.storage.schema import cards, channels, notices, posts
from tests.bed import Bed, news, open_bed, texts
from tests.clock import Clock


@pytest_asyncio.fixture
async def bed(database: Database, tmp_path: Path, clock: Clock) -> Bed:
    """A line of real parts."""
    return await open_bed(database, tmp_path, clock)


@pytest.mark.asyncio
async def test_each_story_is_posted_once_and_in_order(bed: Bed) -> None:
    """Matching items are posted oldest first, noise is not, and a second round posts nothing."""
    await bed.tell(news(1), news(2, title="Football"), news(3))
    counts = await bed.pump()
    assert bed.posts() == ["Rare earth news 1", "Rare earth news 3"]
    assert (counts["items"], counts["matches"], counts["posts_sent"]) == (3, 2, 2)
    await bed.tell(news(1), news(3))
    assert not await bed.pump()
    assert len(bed.posts()) == 2


@pytest.mark.asyncio
async def test_first_sight_is_silent(bed: Bed) -> None:
    """What a feed holds at its first sight is remembered and never posted, nor is a later edit of it."""
    await bed.tell(news(1), is_seeded=False)
    await bed.pump()
    await bed.tell(news(1, "Other words."))
    await bed.pump()
    assert bed.shown() == []


@pytest.mark.asyncio
async def test_a_changed_item_edits_its_post(bed: Bed) -> None:
    """A corrected text edits the same message, says that it did, and alerts nobody again."""
    await bed.tell(news(1))
    await bed.pump()
    await bed.tell(news(1, "The corrected words."))
    counts = await bed.pump()
    assert counts["posts_edited"] == 1
    first, second = bed.shown()
    assert (second["op"], second["of"]) == ("edit", first["remote_id"])
    assert "The corrected words." in second["text"]
    assert "text changed by the source" in second["text"]


@pytest.mark.asyncio
async def test_edits_keep_their_pace_and_the_last_wins(bed: Bed) -> None:
    """Many changes within the edit interval become one edit, showing the last state."""
    bed.line.pace = bed.line.pace.__class__(edit_interval=timedelta(seconds=60))
    await bed.tell(news(1))
    await bed.pump()
    for n in range(5):
        await bed.tell(news(1, f"Version {n} of the words."))
        await bed.pump()
    assert texts(bed.shown(), "edit") == []
    bed.clock.advance(timedelta(seconds=61))
    await bed.pump()
    assert [("Version 4" in text) for text in texts(bed.shown(), "edit")] == [True]


@pytest.mark.asyncio
@pytest.mark.parametrize("after", [None, timedelta(seconds=90)])
async def test_later_keeps_the_post_its_key_and_the_order(bed: Bed, after: timedelta | None) -> None:
    """A platform that says later gets the same post with the same key at its time, and nothing overtakes it."""
    bed.platform.before = [RetryLater("busy", after=after, in_doubt=False)]
    await bed.tell(news(1), news(2))
    counts = await bed.pump()
    assert (counts["posts_later"], bed.posts()) == (1, [])
    bed.clock.advance(timedelta(seconds=89) if after else timedelta(milliseconds=500))
    await bed.pump()
    assert bed.posts() == []
    bed.clock.advance(timedelta(seconds=3))
    await bed.pump()
    assert bed.posts() == ["Rare earth news 1", "Rare earth news 2"]
    sent = [key for call, key in bed.platform.calls if call == "send"]
    assert sent[0] == sent[1]


@pytest.mark.asyncio
async def test_an_answer_lost_after_the_post_was_made_posts_nothing_twice(bed: Bed) -> None:
    """In doubt the platform is asked first; what is found there is settled, not sent again."""
    bed.platform.after = [RetryLater("connection lost", after=timedelta(0))]
    await bed.tell(news(1), news(2))
    counts = await bed.pump()
    bed.clock.advance(timedelta(seconds=1))
    counts += await bed.pump()
    assert bed.posts() == ["Rare earth news 1", "Rare earth news 2"]
    assert counts["posts_found"] == 1
    assert [call for call, _ in bed.platform.calls] == ["send", "find", "send"]


@pytest.mark.asyncio
async def test_where_nobody_can_tell_it_is_sent_once_more_and_counted(bed: Bed) -> None:
    """A platform without history loses nothing: the doubtful post is sent again, and the count says so."""
    bed.platform.is_blind = True
    bed.platform.after = [RetryLater("connection lost", after=timedelta(0))]
    await bed.tell(news(1))
    counts = await bed.pump()
    bed.clock.advance(timedelta(seconds=1))
    counts += await bed.pump()
    assert counts["posts_sent_blind"] == 1
    assert bed.posts() == ["Rare earth news 1"] * 2


@pytest.mark.asyncio
async def test_a_refused_post_dies_alone_and_is_told_once(bed: Bed) -> None:
    """One rejected alert is told to the operator; the next ones go on, and nothing tries it again."""
    bed.platform.before = [Rejected("too strange")]
    await bed.tell(news(1), news(2))
    await bed.pump()
    assert bed.posts() == ["A post was refused for good", "Rare earth news 2"]
    await bed.tell(news(1, "Other words."))
    await bed.pump()
    assert len(bed.posts()) == 2


@pytest.mark.asyncio
async def test_of_a_refused_batch_only_the_bad_one_dies(bed: Bed) -> None:
    """A batch that is refused is sent singly, so the good ones are shown."""
    bed.platform.capabilities = Capabilities(alerts_per_post=10)
    bed.platform.before = [Rejected("something in it"), None, Rejected("this one")]
    await bed.tell(news(1), news(2), news(3))
    await bed.pump()
    shown = bed.posts()
    assert shown[0] == "Rare earth news 1"
    assert sorted(shown[1:]) == ["A post was refused for good", "Rare earth news 3"]


@pytest.mark.asyncio
async def test_a_channel_that_is_gone_is_told_once_and_disturbs_nobody(bed: Bed, database: Database) -> None:
    """Gone closes that channel alone; the operator hears it once; the subscriptions stay."""
    other = await bed.open_channel("other")
    await bed.follow('"rare earth"', other)
    await bed.tell(news(1))
    async with database.write() as tx:
        later = bed.clock.now + timedelta(hours=1)
        await tx.execute(update(channels).where(channels.c.id == bed.channel).values(ready_at=later))
    bed.platform.before = [Gone("the folder is missing")]
    counts = await bed.pump()
    await bed.tell(news(2))
    counts += await bed.pump()
    assert counts["channels_gone"] == 1
    bed.clock.advance(timedelta(hours=2))
    await bed.pump()
    assert sorted(bed.posts()) == ["A channel is closed to us", "Rare earth news 1", "Rare earth news 2"]
    async with database.read() as tx:
        assert len((await tx.execute(select(notices))).all()) == 1


@pytest.mark.asyncio
async def test_a_slow_channel_holds_up_no_other(bed: Bed) -> None:
    """While one worker waits for a slow send, another serves the next channel."""
    other = await bed.open_channel("other")
    await bed.follow('"rare earth"', other)
    await bed.tell(news(1))
    await bed.intake.run()
    from bot.jobs.route import route

    while (await route(bed.line)).more:
        pass
    bed.platform.delay = 0.2
    reports = await asyncio.gather(deliver(bed.line), deliver(bed.line))
    assert [report.counts["posts_sent"] for report in reports] == [1, 1]
    assert len(bed.posts()) == 2


@pytest.mark.asyncio
async def test_an_end_that_could_not_be_saved_is_looked_for(bed: Bed, database: Database, monkeypatch) -> None:
    """If the settling transaction fails, the post is claimed anew by the same process and found, not sent twice."""
    from bot.core.errors import StorageFull
    from bot.storage import settlement

    async def refuse(*_: object) -> None:
        raise StorageFull("The disk is full.")

    await bed.tell(news(1))
    with monkeypatch.context() as patch:
        patch.setattr(settlement, "settle_shown", refuse)
        with pytest.raises(StorageFull):
            await bed.pump()
    counts = await bed.pump()
    assert counts["posts_found"] == 1
    assert bed.posts() == ["Rare earth news 1"]
    async with database.read() as tx:
        assert (await tx.execute(select(posts.c.state))).scalars().all() == ["shown"]
        assert (await tx.execute(select(cards.c.shown_rev))).scalars().all() == [1]


@pytest.mark.asyncio
async def test_a_dead_process_is_taken_over_and_cannot_come_back(
    database: Database, tmp_path: Path, clock: Clock
) -> None:
    """What a silent process had claimed goes to another, which looks first; the late commit of the first is refused."""
    first = await open_bed(database, tmp_path, clock, lasts=timedelta(seconds=30), name="first")
    second = await open_bed(database, tmp_path, clock, lasts=timedelta(minutes=10), name="second")
    await first.tell(news(1))

    async def die_late(post: object) -> tuple[str, ...]:
        ids = await first.platform.console.send(post)  # type: ignore[arg-type]
        clock.advance(timedelta(seconds=31))
        async with database.write() as tx:
            await leases.renew(tx, second.line.holder, clock())
        await second.pump()
        return ids

    first.platform.send = die_late  # type: ignore[method-assign]
    with pytest.raises(Exception, match="taken over"):
        await first.pump()
    assert second.posts() == ["Rare earth news 1"]


@pytest.mark.asyncio
async def test_workers_side_by_side_show_nothing_twice(bed: Bed) -> None:
    """Four workers on one channel, each post settled while others look for work: every story once, in order."""
    wanted = []
    for number in range(1, 31):
        await bed.tell(news(number))
        wanted.append(f"Rare earth news {number}")
    await bed.intake.run()
    while (await route(bed.line)).more:
        pass

    async def work() -> None:
        idle = 0
        while idle < 5:
            try:
                idle = 0 if (await deliver(bed.line)).more else idle + 1
            except StorageError:  # the database refused a second post in flight: as it should
                idle = 0
            await asyncio.sleep(0)

    await asyncio.gather(*(work() for _ in range(4)))
    assert wanted == bed.posts()
