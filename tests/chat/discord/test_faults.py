"""Trouble with Discord, through the real jobs: what is posted, once and in order, who is told, who goes on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.storage.database import Database
from tests.bed import news
from tests.chat.discord.desk import Desk, add_channel, open_desk
from tests.chat.discord.test_client import limited
from tests.clock import Clock
from tests.fakediscord.state import HISTORY, MINERALS, SEND, Fault

HOUR = timedelta(hours=1)
OTHER = 900000000000000011


@pytest_asyncio.fixture
async def desk(database: Database, tmp_path: Path, clock: Clock) -> AsyncIterator[Desk]:
    """A line that posts to Discord and to the console."""
    async with open_desk(database, tmp_path, clock) as opened:
        yield opened


def titles(*numbers: int) -> list[str]:
    """The headlines of these news."""
    return [f"Rare earth news {number}" for number in numbers]


@pytest.mark.asyncio
async def test_many_alerts_share_a_message(desk: Desk) -> None:
    """What waits together is one message of at most ten alerts, in order, with one control for all."""
    await desk.bed.tell(*(news(number) for number in range(12)))
    await desk.bed.pump()
    assert desk.headlines() == titles(*range(12))
    assert [len(message["embeds"]) for message in desk.messages()] == [10, 2]


@pytest.mark.asyncio
async def test_a_storm_of_limits(desk: Desk) -> None:
    """Twenty long 429 one after another: each alert is posted once, in order; the console waits for nobody."""
    desk.fake.state.faults = [limited(90, is_global=number % 4 == 0) for number in range(20)]
    for number in range(5):
        await desk.bed.tell(news(number))
        await desk.pump_for(timedelta(minutes=2))
    assert desk.bed.posts() == titles(*range(5))
    counts = await desk.pump_for(HOUR)
    assert desk.headlines() == titles(*range(5))
    assert counts["posts_sent_blind"] == 0


@pytest.mark.asyncio
async def test_an_hour_without_discord(desk: Desk) -> None:
    """Unreachable for an hour: nothing is lost, nothing comes twice, the console has it all at once."""
    await desk.bed.tell(news(0))
    await desk.bed.pump()
    desk.fake.stop()
    for number in range(1, 7):
        await desk.bed.tell(news(number))
        await desk.pump_for(timedelta(minutes=10))
    assert desk.bed.posts() == titles(*range(7))
    assert desk.headlines() == titles(0)
    desk.fake.start()
    await desk.pump_for(timedelta(minutes=20))
    assert desk.headlines() == titles(*range(7))


@pytest.mark.asyncio
async def test_a_permission_lost_and_given_back(desk: Desk) -> None:
    """The operator reads once what is missing and where; once granted, what waited comes, in order."""
    desk.fake.state.channels[MINERALS].denied = SEND
    await desk.bed.tell(news(1))
    await desk.pump_for(HOUR)
    await desk.bed.tell(news(2))
    await desk.pump_for(HOUR)
    [notice] = desk.notices()
    assert 'I cannot write in #minerals: the permission "Send Messages" is missing.' in notice
    assert desk.fake.count("POST /channels") < 20
    desk.fake.state.channels[MINERALS].denied = 0
    await desk.pump_for(timedelta(minutes=11))
    assert desk.headlines() == titles(1, 2)


@pytest.mark.asyncio
async def test_a_channel_that_is_deleted(desk: Desk) -> None:
    """It is closed and told once; other channels go on; nothing is sent there again."""
    await desk.open_channel(add_channel(desk.fake, OTHER, "news"))
    del desk.fake.state.channels[MINERALS]
    await desk.bed.tell(news(1))
    await desk.pump_for(HOUR)
    await desk.bed.tell(news(2))
    await desk.pump_for(HOUR)
    assert desk.headlines(OTHER) == titles(1, 2)
    [notice] = desk.notices()
    assert "A channel is closed to us" in notice
    assert [one.status for one in desk.fake.state.requests if str(MINERALS) in one.path] == [404]


@pytest.mark.asyncio
async def test_a_message_deleted_before_its_edit(desk: Desk) -> None:
    """A moderator took it away: its correction brings nothing back, and the next alert comes as always."""
    await desk.bed.tell(news(1))
    await desk.bed.pump()
    desk.messages().clear()
    await desk.bed.tell(news(1, "Other words."))
    await desk.pump_for(HOUR)
    assert desk.messages() == []
    await desk.bed.tell(news(2))
    await desk.bed.pump()
    assert desk.headlines() == titles(2)


@pytest.mark.asyncio
async def test_a_revoked_token(desk: Desk) -> None:
    """The operator reads it once, with what to do; the console goes on; with the token back nothing is missing."""
    desk.fake.state.is_revoked = True
    await desk.bed.tell(news(1))
    await desk.pump_for(3 * HOUR, timedelta(minutes=10))
    assert desk.bed.posts()[0] == "Rare earth news 1"
    [notice] = desk.notices()
    assert "refuses the bot's token" in notice
    assert "page Bot" in notice
    assert desk.fake.count("") < 20, "invalid requests are counted by Discord, and lead to a ban"
    desk.fake.state.is_revoked = False
    await desk.pump_for(HOUR, timedelta(minutes=10))
    assert desk.headlines() == titles(1)


@pytest.mark.asyncio
@pytest.mark.parametrize("window", [timedelta(minutes=5), timedelta(0)])
async def test_an_answer_lost_after_the_post_was_made(desk: Desk, window: timedelta) -> None:
    """It is found in the history, within the nonce's window and after it: once, and settled as its own."""
    desk.fake.state.nonce_window = window
    desk.fake.state.faults = [Fault(committed=True, times=1)]
    await desk.bed.tell(news(1))
    counts = await desk.pump_for(timedelta(minutes=30), timedelta(minutes=10))
    assert desk.headlines() == titles(1)
    assert counts["posts_found"] == 1
    await desk.bed.tell(news(1, "Corrected words."))
    await desk.bed.pump()
    assert "Corrected words." in desk.words()


@pytest.mark.asyncio
@pytest.mark.parametrize(("window", "shown"), [(timedelta(hours=1), 1), (timedelta(0), 2)])
async def test_without_the_history_nothing_is_lost(desk: Desk, window: timedelta, shown: int) -> None:
    """Without Read Message History it is sent once more and counted: within the nonce's window that makes no second."""
    desk.fake.state.channels[MINERALS].denied = HISTORY
    desk.fake.state.nonce_window = window
    desk.fake.state.faults = [Fault(committed=True, times=1)]
    await desk.bed.tell(news(1))
    counts = await desk.pump_for(timedelta(minutes=30), timedelta(minutes=10))
    assert counts["posts_sent_blind"] == 1
    assert desk.headlines() == titles(1) * shown


@pytest.mark.asyncio
async def test_a_person_who_takes_no_messages(desk: Desk) -> None:
    """A closed direct chat is closed here, too, and disturbs no channel."""
    desk.fake.state.closed_people.add(7)
    await desk.open_channel("user:7")
    await desk.open_channel("user:8")
    await desk.bed.tell(news(1))
    await desk.pump_for(timedelta(minutes=5))
    assert (desk.headlines(), desk.headlines(5_008)) == (titles(1), titles(1))
    assert "takes no direct messages" in desk.notices()[0]
