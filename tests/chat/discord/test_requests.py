"""Everything that is sent to Discord in one long run, against its official description and the limits beside it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from bot.commands.answer import open_office
from bot.commands.limits import Limits
from bot.core.model import TITLE_LIMIT, Item, Topic
from bot.storage import topics
from bot.storage.database import Database
from tests.bed import RARE, news
from tests.chat.discord.desk import open_desk
from tests.chat.discord_world import words_of
from tests.clock import Clock
from tests.fakediscord.people import Person
from tests.fakediscord.state import SEND, Fault

LINES = [("status",), ("about",), ("help",), ("topic", "list"), ("following",), ("latest",), ("feed", "list")]
MARKS = "**bold** <@1> @everyone [x](https://e.example) `c` ||s|| \u202e <t:0:R> "


@pytest.mark.asyncio
async def test_all_requests_of_a_long_run(sqlite_url: str, tmp_path: Path, clock: Clock) -> None:
    """Commands, alerts, long ones, batches, edits, buttons, direct chats and trouble: violations 0."""
    database = await Database.open(sqlite_url)
    async with open_desk(database, tmp_path, clock) as desk:
        async with database.write() as tx:
            await topics.sync_shipped(tx, [Topic("rare-earths", "Rare earths", RARE)])
        office = open_office(database, clock, Limits(commands_per_minute=1000))
        serving = asyncio.create_task(desk.client.serve(office, desk.account))
        async with asyncio.timeout(10):
            while not desk.fake.gateway.log:  # noqa: ASYNC110 - the gateway is in another thread
                await asyncio.sleep(0.01)
        chen, ana = Person(desk.fake, 902, "chen", manages=True), Person(desk.fake, 901)
        for line in LINES:
            assert (await chen.answer(await chen.slash(*line)))["type"] == 4
        await ana.answer(await ana.slash("follow", what="rare-earths", direct=True))
        await ana.answer(await ana.types("follow", option="what", typed="r"))
        await desk.bed.tell(*(news(number, MARKS * 40, MARKS + "Rare earth news") for number in range(12)))
        await desk.bed.tell(Item("long", "https://wire.example/" + "u" * 1_900, "Rare earth " + "x" * TITLE_LIMIT))
        await desk.bed.pump()
        desk.fake.state.faults = [Fault(status=503, committed=True), Fault(route="PATCH", status=503)]
        for number in range(12):
            await desk.bed.tell(news(number, f"Words {number}, corrected."))
        await desk.pump_for(timedelta(minutes=5))
        desk.fake.state.channels[int(desk.messages()[0]["channel_id"])].denied = SEND
        await desk.bed.tell(news(99))
        await desk.bed.pump()
        buttons = desk.messages()[0]["components"][0]["components"]
        why = await ana.answer(await ana.press(buttons[0]["custom_id"]))
        assert "Rare earth news 3" in words_of({"content": "", **why["data"]})
        assert len(desk.messages(901 + 5_000)) >= 2
        serving.cancel()
        with suppress(asyncio.CancelledError):
            await serving
        figures, found = desk.fake.figures(), desk.fake.violations()
    await database.close()
    print(figures)
    assert [] == found
