"""Intake takes items in order, one process at a time, knowing every query there is when it commits."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import delete, insert, select

from bot.core.errors import LeaseLost
from bot.core.intake import Decision, WaitingItem
from bot.core.model import EDIT_LIMIT
from bot.core.stories.said import change_words
from bot.jobs.intake import Intake
from bot.storage import following, leases
from bot.storage import stories as stored
from bot.storage.database import Database
from bot.storage.schema import announcements, deadlines, items, matches, queries, stories, subscriptions
from tests.bed import Bed, news, open_bed
from tests.clock import Clock
from tests.core.lexicon.shipped import grammar

pytestmark = pytest.mark.asyncio

SECONDS = timedelta(seconds=30)


@pytest_asyncio.fixture
async def bed(database: Database, tmp_path: Path, clock: Clock) -> Bed:
    """A line of real parts."""
    return await open_bed(database, tmp_path, clock)


async def told(database: Database) -> list[tuple[str, int]]:
    """What is announced: headline and revision."""
    query = select(stories.c.headline, announcements.c.rev).join(stories, stories.c.id == announcements.c.subject_id)
    async with database.read() as tx:
        return [(row.headline, row.rev) for row in (await tx.execute(query.order_by(announcements.c.id))).all()]


async def test_every_item_gets_a_story_and_matching_ones_are_told(bed: Bed, database: Database) -> None:
    """Noise is kept, for the archive; only what matched is announced, in the items' order."""
    await bed.tell(news(1), news(2, title="Football"), news(3))
    report = await bed.intake.run()
    assert {"items": 3, "matches": 2} == dict(report.counts)
    assert [("Rare earth news 1", 1), ("Rare earth news 3", 1)] == await told(database)
    async with database.read() as tx:
        assert 3 == len((await tx.execute(select(stories.c.id))).all())
        assert ["taken"] * 3 == list((await tx.execute(select(items.c.state))).scalars())
    assert {} == dict((await bed.intake.run()).counts)


async def test_a_story_weighs_by_how_far_an_action_has_come(bed: Bed, database: Database) -> None:
    """A ban that is announced is Notable where one that is denied is not; what matches nothing is not weighed."""
    bed.line.grammar = grammar
    titles = ("Tavoria bans rare earth exports", "Tavoria denies rare earth export ban", "Tavoria bans football")
    await bed.tell(*(news(number, title=title) for number, title in enumerate(titles, 1)))
    await bed.intake.run()
    async with database.read() as tx:
        assert [1, 0, 0] == list((await tx.execute(select(stories.c.weight).order_by(stories.c.id))).scalars())


async def test_only_one_process_takes_in(database: Database, tmp_path: Path, clock: Clock) -> None:
    """While one lives, the other's intake does nothing; it goes on where the first has died."""
    first = await open_bed(database, tmp_path, clock, lasts=SECONDS, name="first")
    second = await open_bed(database, tmp_path, clock, lasts=10 * SECONDS, name="second")
    await first.tell(news(1))
    assert 1 == (await first.intake.run()).counts["items"]
    await first.tell(news(2))
    assert {} == dict((await second.intake.run()).counts)
    clock.advance(SECONDS)
    assert 1 == (await second.intake.run()).counts["items"]
    with pytest.raises(LeaseLost):
        async with database.write() as tx:
            await leases.require_alive(tx, first.line.holder, clock())


async def test_what_was_decided_under_a_lost_lease_is_dropped(database: Database, tmp_path: Path, clock: Clock) -> None:
    """A process that slept through its lease saves nothing; the item is taken in once, by the other."""
    first = await open_bed(database, tmp_path, clock, lasts=SECONDS, name="first")
    second = await open_bed(database, tmp_path, clock, lasts=10 * SECONDS, name="second")
    await first.tell(news(1))
    loop = asyncio.get_running_loop()

    class Sleepy(Intake):
        def _decide_all(self, waiting: list[WaitingItem]) -> list[Decision]:
            clock.advance(SECONDS)
            done = asyncio.run_coroutine_threadsafe(second.intake.run(), loop).result(10)
            assert 1 == done.counts["items"]
            return super()._decide_all(waiting)

    with pytest.raises(LeaseLost):
        await Sleepy(first.line).run()
    async with database.write() as tx:
        assert not await leases.renew(tx, first.line.holder, clock())
        await leases.sign_on(tx, first.line.holder, clock())
    assert {} == dict((await first.intake.run()).counts)
    assert [("Rare earth news 1", 1)] == await told(database)


async def test_a_query_learnt_meanwhile_counts(bed: Bed, database: Database) -> None:
    """Somebody follows a new query while items are being judged: nothing is saved, and they are judged again."""
    loop = asyncio.get_running_loop()

    class Interrupted(Intake):
        def _decide_all(self, waiting: list[WaitingItem]) -> list[Decision]:
            asyncio.run_coroutine_threadsafe(bed.follow("football"), loop).result(10)
            return super()._decide_all(waiting)

    await bed.tell(news(1, title="Football"))
    intake = Interrupted(bed.line)
    report = await intake.run()
    assert (True, {}) == (report.more, dict(report.counts))
    report = await intake.run()
    assert {"items": 1, "matches": 1} == dict(report.counts)
    assert [("Football 1", 1)] == await told(database)


async def test_another_process_follows_and_unfollows(bed: Bed, database: Database, clock: Clock) -> None:
    """What is followed elsewhere is matched from the next item on, and what nobody follows any more is not."""
    await bed.tell(news(1, title="Football"))
    assert "matches" not in +(await bed.intake.run()).counts
    await bed.follow("football")
    await bed.tell(news(2, title="Football"))
    assert 1 == (await bed.intake.run()).counts["matches"]
    async with database.write() as tx:
        mine = await following.list_following(tx, bed.channel, clock())
        assert await following.unfollow(tx, bed.channel, next(one.id for one in mine if one.name == "football"))
    await bed.tell(news(3, title="Football"))
    assert "matches" not in +(await bed.intake.run()).counts
    assert [("Football 2", 1)] == await told(database)


async def test_a_change_nobody_told_of_is_found_in_time(bed: Bed, database: Database, clock: Clock) -> None:
    """Queries are read again only where somebody said so, and after five minutes all the same."""
    await bed.tell(news(1))
    await bed.intake.run()
    async with database.write() as tx:
        await tx.execute(delete(subscriptions))
    await bed.tell(news(2))
    assert 1 == (await bed.intake.run()).counts["matches"]
    clock.advance(timedelta(minutes=5))
    await bed.tell(news(3))
    assert "matches" not in +(await bed.intake.run()).counts


async def test_silent_items_are_kept_and_never_told(bed: Bed, database: Database) -> None:
    """The items of a first sight have stories and matches, for the archive; neither they nor their edits are posted."""
    await bed.tell(news(1), is_seeded=False)
    assert 1 == (await bed.intake.run()).counts["matches"]
    assert [] == await told(database)
    async with database.read() as tx:
        assert 1 == len((await tx.execute(select(matches))).all())
        assert [True] == list((await tx.execute(select(stories.c.silent))).scalars())


async def test_an_edit_raises_the_storys_revision(bed: Bed, database: Database) -> None:
    """A change that shows is a new revision, announced once; one that shows nothing new is none."""
    await bed.tell(news(1))
    await bed.intake.run()
    await bed.tell(news(1, "Corrected words."))
    await bed.intake.run()
    assert [("Rare earth news 1", 1), ("Rare earth news 1", 2)] == await told(database)
    async with database.read() as tx:
        row = (await tx.execute(select(stories))).one()
    assert (2, "text changed by the source") == (row.rev, change_words(row.change))
    await bed.tell(news(1, "Corrected   words."))
    assert {} == dict((await bed.intake.run()).counts)


async def test_an_item_that_changes_at_every_fetch_is_let_be(bed: Bed, database: Database) -> None:
    """After so many edits no more are followed: a page with a counter on it would never end."""
    for number in range(EDIT_LIMIT + 3):
        await bed.tell(news(1, f"Seen {number} times."))
        await bed.intake.run()
    assert EDIT_LIMIT + 1 == len(await told(database))


async def test_a_deadline_is_stored_with_its_story(bed: Bed, database: Database) -> None:
    """A date that the text sets is a row, with the sentence that says so."""
    await bed.tell(news(1, "Comments are due by 12 December 2025. Nothing else is known."))
    await bed.intake.run()
    async with database.read() as tx:
        row = (await tx.execute(select(deadlines))).one()
    assert ("2025-12-12", "deadline", "Comments are due by 12 December 2025.") == (
        row.due_on.isoformat(),
        row.type,
        row.evidence,
    )


async def test_a_stored_query_that_cannot_be_read_stops_nothing(
    bed: Bed, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    """It is logged once and matches nothing; the others match as ever."""
    async with database.write() as tx:
        broken = (await tx.execute(insert(queries).values(expr="((", expr_hash=1).returning(queries.c.id))).scalar_one()
        await following.follow(tx, broken, bed.channel, "((", None, bed.clock())
    with caplog.at_level(logging.ERROR):
        for number in (1, 2):
            await bed.tell(news(number))
            assert 1 == (await bed.intake.run()).counts["matches"]
    assert 1 == sum("cannot be read and matches nothing" in message for message in caplog.messages)


async def test_news_goes_before_what_was_there_at_first_sight(bed: Bed, monkeypatch: pytest.MonkeyPatch) -> None:
    """However much an import brought, news is taken in first; of the rest, the report says that it can wait."""
    monkeypatch.setattr("bot.jobs.intake.ITEMS_PER_RUN", 3)
    await bed.tell(*(news(number) for number in range(4)), is_seeded=False)
    await bed.tell(*(news(number) for number in range(4, 8)))
    runs = [(report.counts["items"], report.can_wait) for report in [await bed.intake.run() for _ in range(3)]]
    assert [(3, False), (3, True), (2, True)] == runs
    await bed.pump()
    assert {f"Rare earth news {number}" for number in range(4, 8)} == set(
        re.findall(r"Rare earth news \d", " ".join(row["text"] for row in bed.shown()))
    )


async def test_a_long_list_is_taken_in_pieces(bed: Bed, monkeypatch: pytest.MonkeyPatch) -> None:
    """`more` says that the next piece waits."""
    monkeypatch.setattr("bot.jobs.intake.ITEMS_PER_RUN", 3)
    await bed.tell(*(news(number) for number in range(7)))
    runs: Sequence[tuple[int, bool]] = [
        (report.counts["items"], report.more) for report in [await bed.intake.run() for _ in range(3)]
    ]
    assert [(3, True), (3, True), (1, False)] == runs


@pytest.mark.asyncio
async def test_a_corrected_date_takes_the_place_of_the_old(bed: Bed) -> None:
    """The alert shows what the text says now; a date said again is due again."""
    for day in (1, 15, 1):
        await bed.tell(news(1, f"The government must publish the list by December {day}, 2025."))
        await bed.pump()
        bed.clock.advance(timedelta(minutes=2))
    due = [re.findall(r"Due: \w+ (\d+) Dec 2025", row["text"]) for row in bed.shown() if row["op"] != "reply"]
    assert [["1"], ["15"], ["1"]] == due


async def test_a_change_while_it_is_decided_on_is_not_lost(bed: Bed) -> None:
    """A poll that corrects an item between intake's reading and its commit leaves it for the next run."""
    await bed.tell(news(1))
    async with bed.line.database.read() as tx:
        waiting = await stored.waiting_items(tx, 10, bed.clock())
    await bed.tell(news(1, "Corrected words."))
    async with bed.line.database.write() as tx:
        decided = [Decision(waiting[0], "Rare earth news 1", "The first words.", (1,))]
        await stored.save_decisions(tx, decided, bed.clock())
    await bed.pump()
    assert "Corrected words." in bed.shown()[-1]["text"]
