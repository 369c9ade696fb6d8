"""Two stories become one in one transaction: what comes to nothing leaves no trace, in rows or in memory."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from bot.core.errors import StorageBusy
from bot.storage import merging
from bot.storage.database import Database
from bot.storage.schema import cards, gists, items, stories
from tests.bed import Bed
from tests.clock import Clock
from tests.core.stories.test_merging import ENGLISH, FRENCH, JAPANESE
from tests.jobs.test_grouping import grouping_bed, tell

pytestmark = pytest.mark.asyncio


async def open_nickel(database: Database, folder: Path, clock: Clock) -> Bed:
    """A bed that follows nickel, with two stories that a third report makes one."""
    bed = await grouping_bed(database, folder, clock)
    await bed.follow("nickel OR ニッケル")
    for number, told in enumerate((ENGLISH, JAPANESE)):
        await tell(bed, number, told)
    return bed


async def stories_of(bed: Bed) -> tuple[list[int | None], set[int | None], set[int | None]]:
    """Where each story went, and the stories of items and of what is compared."""
    async with bed.line.database.read() as tx:
        merged = (await tx.execute(select(stories.c.merged_into).order_by(stories.c.id))).scalars().all()
        told = set((await tx.execute(select(items.c.story))).scalars())
        compared = set((await tx.execute(select(gists.c.story))).scalars())
    return list(merged), told, compared


async def test_a_merger_that_fails_is_made_again(
    database: Database, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Refused in its middle, nothing of it stands; the next round makes it, once."""
    bed = await open_nickel(database, tmp_path, clock)
    calls = []

    async def refuse(*given: object) -> None:
        calls.append(given)
        raise StorageBusy("Locked.", "Try again.")

    with monkeypatch.context() as patched, pytest.raises(StorageBusy):
        patched.setattr(merging, "merge_dates", refuse)
        await tell(bed, 2, FRENCH)
    assert len(calls) == 1
    assert ([None, None], {1, 2, None}, {1, 2}) == await stories_of(bed)
    await bed.pump()
    assert ([None, 1], {1}, {1}) == await stories_of(bed)
    assert 2 == len(bed.posts())


async def test_an_alert_that_waits_beside_one_that_was_seen_is_not_shown(
    database: Database, tmp_path: Path, clock: Clock
) -> None:
    """The channel saw the younger alone: its post becomes the older's, and no second one comes."""
    bed = await open_nickel(database, tmp_path, clock)
    async with database.write() as tx:
        of_first = cards.c.subject == "story", cards.c.subject_id == 1
        await tx.execute(cards.update().where(*of_first).values(shown_rev=0, post=None, shown_at=None))
    await tell(bed, 2, FRENCH)
    async with database.read() as tx:
        left = (await tx.execute(select(cards.c.subject_id, cards.c.post))).all()
    assert [(1, 2)] == [(row.subject_id, row.post) for row in left]
    assert 2 == len(bed.posts())
    assert ENGLISH[1] in bed.shown()[-1]["text"]
    assert "edit" == bed.shown()[-1]["op"]
