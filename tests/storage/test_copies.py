"""Backup and restore: everything, between both databases, and nothing shown twice."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select, text

from bot.core.errors import StorageError
from bot.jobs.route import route
from bot.storage import hosts
from bot.storage.copies import LEFT_OUT, backup, read_about, restore
from bot.storage.database import Database, read_url
from bot.storage.schema import metadata
from tests.bed import Bed, news, open_bed
from tests.clock import Clock

NOW = datetime(2025, 11, 5, tzinfo=UTC)


def all_rows(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that is copied."""
    engine = create_engine(read_url(url))
    with engine.connect() as connection:
        rows = {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
            if table.name not in LEFT_OUT
        }
    engine.dispose()
    return rows


def found_by_words(url: str, word: str) -> int:
    """How many items the full-text index finds."""
    index = {"sqlite": "SELECT count(*) FROM item_index WHERE item_index MATCH :word"}
    other = "SELECT count(*) FROM item_words WHERE words @@ CAST(:word AS tsquery)"
    engine = create_engine(read_url(url))
    with engine.connect() as connection:
        count: int = connection.execute(text(index.get(engine.dialect.name, other)), {"word": word}).scalar_one()
    engine.dispose()
    return count


async def told_bed(database: Database, folder: Path, clock: Clock) -> Bed:
    """A bed with one story shown and one waiting."""
    bed = await open_bed(database, folder, clock)
    await bed.tell(news(1))
    await bed.pump()
    await bed.tell(news(2))
    await bed.intake.run()
    while (await route(bed.line)).more:
        pass
    return bed


@pytest.mark.asyncio
async def test_a_copy_fits_the_other_database(
    database: Database, sqlite_url: str, postgres_url: str, tmp_path: Path, clock: Clock
) -> None:
    """What was copied from one database is the same in the other, row by row, and counting goes on."""
    await told_bed(database, tmp_path, clock)
    copy = tmp_path / "copy.zip"
    count = await asyncio.to_thread(backup, database.url, copy, NOW)
    assert (await asyncio.to_thread(read_about, copy))["rows"] == count > 10
    other = postgres_url if database.is_sqlite else sqlite_url
    assert await asyncio.to_thread(restore, other, copy, is_current=True) == count
    assert all_rows(other) == all_rows(database.url)
    assert found_by_words(other, "first") == 2
    moved = await Database.open(other)
    bed = await open_bed(moved, tmp_path, clock, name="moved")
    await bed.tell(news(3))
    await bed.pump()
    assert bed.posts() == ["Rare earth news 1", "Rare earth news 2", "Rare earth news 3"]
    await moved.close()


@pytest.mark.asyncio
async def test_an_old_copy_posts_nothing_again(database: Database, tmp_path: Path, clock: Clock) -> None:
    """What waited in an old copy may have been shown since, and so may what the feeds hold: both stay silent."""
    bed = await told_bed(database, tmp_path, clock)
    copy = tmp_path / "copy.zip"
    await asyncio.to_thread(backup, database.url, copy, NOW)
    await bed.tell(news(3))
    await bed.pump()
    assert len(bed.posts()) == 3
    await asyncio.to_thread(restore, database.url, copy, is_current=False)
    again = await open_bed(database, tmp_path, clock, name="again")
    await again.pump()
    async with database.read() as tx:
        assert await hosts.watching_since(tx) is None
    await again.tell(news(3), is_seeded=False)
    await again.pump()
    assert len(again.posts()) == 3


def test_what_is_no_copy_is_refused(database_url: str, tmp_path: Path) -> None:
    """A file that is no copy changes nothing, and a copy never overwrites a file."""
    path = tmp_path / "notes.zip"
    path.write_text("not a zip", encoding="utf-8")
    before = all_rows(database_url)
    with pytest.raises(StorageError, match="not a copy"):
        restore(database_url, path, is_current=True)
    with pytest.raises(StorageError, match="there already"):
        backup(database_url, path, NOW)
    assert all_rows(database_url) == before
