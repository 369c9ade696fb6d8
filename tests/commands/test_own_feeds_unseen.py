"""Whatever somebody asks for: of another tenant's own feed there is no word in any answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from bot.app.shipped import shipped_concepts
from bot.commands.answer import answer_text, open_office
from bot.commands.command import Asker, Place
from bot.core.stories.names import story_name
from bot.storage.database import Database
from bot.storage.schema import items
from tests.clock import Clock
from tests.jobs.test_own_feeds import AGAIN, BAN, LICENCES, open_town, own_item

pytestmark = pytest.mark.asyncio

HERE, THERE = Place("console", "console"), Place("owner", "owner-channel")
CHEN = Asker("console", "chen", is_moderator=True)
ALONE = (
    "Zebra gallium smelter burns down",
    "The Zebra smelter of gallium burnt down; a report is due by 3 December 2025.",
)
GUEST = (AGAIN[0], AGAIN[1] + " A zebra was seen." + LICENCES)
MARKS = ("Own", "own.example", "ebra", AGAIN[0], "1 Dec", "2025-12-01", "20251201", "3 Dec", "20251203", "2 sources")

ASKED = (
    "latest", "latest gallium", "search gallium", "search zebra", "trend gallium", "try gallium", "try zebra",
    "story {both}", "why {both}", "story {alone}", "why {alone}", f'why "{ALONE[0]}"', "why https://own.example/3",
    "why https://own.example/2", "deadline list", "deadline list gallium", "following", "topic show gallium",
    "feed list", "status", "mute list", "digest", "remind list", "fix {both} split 2",
)  # fmt: skip


@pytest.mark.parametrize("asked", ASKED)
async def test_no_answer_knows_of_it(database: Database, tmp_path: Path, clock: Clock, asked: str) -> None:
    """Told as a guest in a story of all, and alone: its tenant may ask for both."""
    town = await open_town(database, tmp_path, clock, tier=0)
    await town.tell(town.bed, 1, BAN)
    for number, told in ((2, GUEST), (3, ALONE)):
        await town.own.tell(own_item(town.bed, number, told))
        await town.bed.pump()
    async with database.read() as tx:
        both, alone = (await tx.execute(select(items.c.story).where(items.c.id > 1).order_by(items.c.id))).scalars()
    line = asked.format(both=story_name(both), alone=story_name(alone))
    office = open_office(database, clock, concepts=shipped_concepts)
    reply = await answer_text(office, line, CHEN, HERE, None, town.bed.account)
    if "own.example" in line:
        assert "did not come here" in repr(reply), reply
    typed = [word for word in MARKS if word.casefold() in line.casefold()]
    assert [] == [word for word in MARKS if word in repr(reply) and word not in typed], reply
    if asked in ("search zebra", "story {alone}", "latest", "deadline list", "story {both}", "why {both}"):
        theirs = await answer_text(office, line, CHEN, THERE, None, town.bed.account)
        assert any(word in repr(theirs) for word in MARKS), theirs
        assert "20251201" in repr(theirs) or asked != "deadline list", "the calendar file comes with it"
