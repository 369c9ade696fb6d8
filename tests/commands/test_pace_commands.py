"""digest, quiet, more, trend and `settings flood`: what people are told, and who may."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.storage.database import Database
from tests.clock import Clock
from tests.commands.newsroom import ANA, DIRECT, RARE, open_newsroom

pytestmark = pytest.mark.asyncio


async def test_a_digest_is_set_and_shown(database: Database, clock: Clock) -> None:
    """When it comes next, by the channel's zone; anybody may look, moderators change, and anybody in a direct chat."""
    room = await open_newsroom(database, clock)
    assert "off: each alert comes by itself" in await room.said("digest", ANA)
    refused = await room.said("digest daily 08:00", ANA)
    assert "is for its moderators to say" in refused
    await room.said("settings zone: Berlin")
    said = await room.said("digest weekly mon 7:30")
    assert "every Monday at 07:30, Europe/Berlin" in said
    assert "Mon 10 Nov 2025, 07:30 CET" in said
    assert "wait, too" in said
    assert "come at once" in await room.said("digest urgent:pass")
    assert "every Monday at 08:00" in await room.said("digest weekly")
    assert "come at once" in await room.said("digest")
    assert "every day at 08:00" in await room.said("digest daily 08:00", ANA, DIRECT)
    assert "every Monday at 08:00" in await room.said("settings")


async def test_what_cannot_be_read_says_what_to_write(database: Database, clock: Clock) -> None:
    """An error names the place, changes nothing and gives an example to tap."""
    room = await open_newsroom(database, clock)
    reply = await room.ask("quiet 25:00-7")
    said = await room.said("quiet 25:00-7")
    assert '"25:00-7" cannot be read: "25:00" is no time of day' in said
    assert "Write: quiet 22:00-07:00, or quiet off." in said
    assert ("quiet 22:00-07:00",) == reply.choices
    assert "Quiet hours: none" in await room.said("quiet")
    assert "digest weekly mon 08:00" in await room.said("digest sometimes")
    assert "Say when" in await room.said("digest urgent:pass")


async def test_quiet_hours_are_set_and_shown(database: Database, clock: Clock) -> None:
    """Whether it is quiet now, and what does not wait for the morning."""
    room = await open_newsroom(database, clock)
    said = await room.said("quiet 08:00-10:00")
    assert "quiet until 10:00 UTC; 0 stories held" in said
    assert "come at their own hour all the same" in said
    assert "Quiet hours: none" in await room.said("quiet off")


async def test_a_flood_is_a_setting(database: Database, clock: Clock) -> None:
    """A number, nought for none; what is out of reason is refused."""
    room = await open_newsroom(database, clock)
    assert "more than 12 alerts an hour become one message" in await room.said("settings")
    assert "more than 20" in await room.said("settings flood:20")
    assert "each alert stands alone" in await room.said("settings flood:off")
    assert "Write a number up to 1000" in await room.said("settings flood:9999")
    assert "No message here has more" in await room.said("more")


async def test_a_trend_in_words_and_as_a_picture(database: Database, clock: Clock) -> None:
    """A bar a day, the busiest days with a story each, the picture's words with the same facts; anybody may."""
    room = await open_newsroom(database, clock)
    await room.tell("The first story kept", age=timedelta(days=60))
    for number in range(9):
        await room.tell(f"Rare earth news {number}", "Words.", on=(RARE,), age=timedelta(days=number // 4 * 6 + 1))
    reply = await room.ask("trend rare-earths 14", ANA)
    said = await room.said("trend rare-earths 14", ANA)
    print(said, reply.files[0].words)
    assert "22 Oct to 4 Nov: ▂·····█·····█·" in said
    assert "In all: 9 stories, 0.6 a day" in said
    assert "Last 7 days: 4, after 5 in the 7 before" in said
    [picture] = reply.files
    assert (picture.kind, picture.body[:4]) == ("image/png", b"\x89PNG")
    assert "22 Oct to 4 Nov 2025: 9 in all; the busiest days: 1 on 22 Oct" in picture.words
    for line in reply.message.sections[0].lines:
        assert str(line[-1]).rsplit(" ", 1)[1] in picture.words
    assert not (await room.ask("trend rare-earths picture:off", ANA)).files


async def test_a_trend_of_nothing_or_of_too_long(database: Database, clock: Clock) -> None:
    """Nothing found is said in a sentence; a query that cannot be read and days out of reason say what to write."""
    room = await open_newsroom(database, clock)
    assert "The archive is empty" in await room.said("trend gallium")
    await room.tell("The first story kept", age=timedelta(days=60))
    assert "No story on Gallium and germanium was told in the last 30 days" in await room.said("trend gallium")
    assert "Write a number from 2 to 90" in await room.said("trend gallium 365")
    assert "cannot be read" in await room.said("trend gallium AND")
