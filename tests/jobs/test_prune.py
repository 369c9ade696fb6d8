"""Forgetting: old rows go in small steps, open deadlines keep their story, and nothing comes back as news."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import Table, func, insert, select, update

from bot.jobs.prune import prune
from bot.storage import retention
from bot.storage.database import Database
from bot.storage.schema import cards, deadlines, feeds, item_keys, items, posts, stories
from tests.bed import Bed, news, open_bed
from tests.clock import Clock

pytestmark = pytest.mark.asyncio

DAY = timedelta(days=1)


@pytest_asyncio.fixture
async def bed(database: Database, tmp_path: Path, clock: Clock) -> Bed:
    """A line of real parts that keeps things for 90 days."""
    return await open_bed(database, tmp_path, clock)


async def count(database: Database, table: Table) -> int:
    """How many rows a table has."""
    async with database.read() as tx:
        return (await tx.execute(select(func.count()).select_from(table))).scalar_one()


async def prune_all(bed: Bed) -> None:
    """Prune until there is no more."""
    while (await prune(bed.line)).more:
        pass


async def test_what_is_old_goes_with_all_that_belongs_to_it(bed: Bed, database: Database) -> None:
    """Story, item, card and post go together; nothing of the last 90 days does."""
    await bed.tell(news(1))
    await bed.pump()
    bed.clock.advance(89 * DAY)
    await bed.tell(news(2))
    await bed.pump()
    await prune_all(bed)
    assert [2, 2, 2, 2] == [await count(database, table) for table in (stories, items, cards, posts)]
    bed.clock.advance(2 * DAY)
    await prune_all(bed)
    assert [1, 1, 1, 1] == [await count(database, table) for table in (stories, items, cards, posts)]


async def test_keys_outlive_items(bed: Bed, database: Database) -> None:
    """An item that stands on a page after it was forgotten is known still: it is not told again."""
    await bed.tell(news(1))
    await bed.pump()
    bed.clock.advance(100 * DAY)
    await prune_all(bed)
    assert 0 == await count(database, items)
    await bed.tell(news(1, "Other words."))
    assert 0 == (await bed.pump())["items"]
    assert 1 == len(bed.posts())


async def test_keys_that_no_page_shows_go_in_the_end(bed: Bed, database: Database) -> None:
    """Twice the retention after a page of the feed showed it last, a key goes, and not before; one shown stays."""
    await bed.tell(news(1), news(2))
    for months in range(1, 8):
        bed.clock.advance(30 * DAY)
        await bed.tell(news(2))
        await prune_all(bed)
        assert (4 if months < 7 else 2) == await count(database, item_keys), months
    async with database.read() as tx:
        shown = list((await tx.execute(select(item_keys.c.last_seen))).scalars())
    assert [bed.clock()] * 2 == shown


async def test_a_feed_that_stands_still_keeps_its_keys(bed: Bed, database: Database) -> None:
    """Where a server says 304 for a year, the page has not changed: its keys stay, and its items are no news after."""
    await bed.tell(news(1), news(2))
    await bed.pump()
    bed.clock.advance(365 * DAY)
    await prune_all(bed)
    assert 4 == await count(database, item_keys)
    await bed.tell(news(1), news(2), news(3))
    assert 1 == (await bed.pump())["items"]
    assert 3 == len(bed.posts())


async def test_an_open_deadline_keeps_its_story_and_its_post(bed: Bed, database: Database) -> None:
    """A story whose date is still ahead stays, and so does the post that shows it: it can be edited still."""
    await bed.tell(news(1))
    await bed.pump()
    async with database.write() as tx:
        story = (await tx.execute(select(stories.c.id))).scalar_one()
        row = {"story": story, "due_on": date(2026, 6, 1), "confidence": 0.8}
        await tx.execute(insert(deadlines).values(row))
    bed.clock.advance(100 * DAY)
    await prune_all(bed)
    assert [1, 1, 1, 1] == [await count(database, table) for table in (stories, items, cards, posts)]
    await bed.tell(news(1, "Corrected words."))
    await bed.pump()
    first, _, edit = bed.shown()  # between them the answer that the date is none
    assert ("edit", first["remote_id"]) == (edit["op"], edit["of"])


async def test_a_date_long_past_keeps_nothing(bed: Bed, database: Database) -> None:
    """A deadline that passed before the retention began holds its story no longer."""
    await bed.tell(news(1, "Comments are due by 12 December 2025."))
    await bed.pump()
    bed.clock.advance(120 * DAY)
    await prune_all(bed)
    assert 1 == await count(database, stories)
    bed.clock.advance(20 * DAY)
    await prune_all(bed)
    assert [0, 0] == [await count(database, table) for table in (stories, deadlines)]


async def test_a_card_that_waits_keeps_its_story(bed: Bed, database: Database) -> None:
    """What was not shown yet is not forgotten first."""
    await bed.tell(news(1))
    await bed.intake.run()
    from bot.jobs.route import route

    await route(bed.line)
    bed.clock.advance(100 * DAY)
    await prune_all(bed)
    assert 1 == (await bed.pump())["posts_sent"]


async def test_forgetting_goes_in_small_steps(bed: Bed, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """One run forgets at most a chunk of each kind, and says whether there is more."""
    monkeypatch.setattr(retention, "CHUNK", 3)
    await bed.tell(*(news(number, title="Football") for number in range(7)))
    await bed.pump()
    async with database.write() as tx:
        await tx.execute(update(feeds).values(last_new_at=bed.clock()))
    bed.clock.advance(100 * DAY)
    steps = []
    more = True
    while more:
        report = await prune(bed.line)
        steps.append(report.counts["stories"])
        more = report.more
    assert [3, 3, 1] == steps[:3]
    assert 0 == await count(database, items)
