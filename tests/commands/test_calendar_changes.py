"""What becomes of a date in a calendar that was imported: moved it is the same entry, taken back it is cancelled."""

from __future__ import annotations

from datetime import date

import pytest
import pytest_asyncio
import vobject
from icalendar import Calendar
from sqlalchemy import insert, select

from bot.core.stories.names import story_name
from bot.storage.database import Database
from bot.storage.deadlines import dates_of_story, end_dates
from bot.storage.schema import deadlines
from tests.clock import Clock
from tests.commands.newsroom import CHEN, OTHER, RARE, Newsroom, open_newsroom

pytestmark = pytest.mark.asyncio

Entry = tuple[int, str, str]


@pytest_asyncio.fixture
async def room(database: Database, clock: Clock) -> Newsroom:
    """A newsroom of 4 November 2025."""
    return await open_newsroom(database, clock)


async def entries(room: Newsroom, line: str = "deadline list rare-earths", **where: object) -> dict[str, Entry]:
    """The calendar's entries by uid: sequence, status, day; two parsers read the same."""
    reply = await room.ask(line, **where)  # type: ignore[arg-type]
    [file] = [file for file in reply.files if file.kind == "text/calendar"] or [None]
    if file is None:
        return {}
    read = {
        str(one["uid"]): (int(one["sequence"]), str(one["status"]), str(one.decoded("dtstart")))
        for one in Calendar.from_ical(file.body).walk("VEVENT")
    }
    other = {
        one.uid.value: (int(one.sequence.value), one.status.value, str(one.dtstart.value))
        for one in vobject.readOne(file.body.decode()).vevent_list
    }
    assert read == other
    return read


async def dated(room: Newsroom, day: date = date(2025, 12, 1)) -> tuple[int, str]:
    """A story with one date; its number and name."""
    story = await room.tell("Putin orders rare earth roadmap", on=[RARE])
    await room.date(story, day, "rare-earth roadmap")
    return story, story_name(story)


async def row_of(room: Newsroom, story: int) -> int:
    """The number of a story's first row of dates."""
    async with room.database.read() as tx:
        query = select(deadlines.c.id).where(deadlines.c.story == story).order_by(deadlines.c.id)
        return int((await tx.execute(query)).scalars().first() or 0)


async def test_a_withdrawn_date_is_cancelled(room: Newsroom) -> None:
    """Its entry stays in the file, cancelled, with the same uid and a higher sequence; also where no other date is."""
    story, _ = await dated(room)
    [(uid, before)] = (await entries(room)).items()
    async with room.database.write() as tx:
        await end_dates(tx, [await row_of(room, story)], "withdrawn")
    assert await entries(room) == {uid: (before[0] + 1, "CANCELLED", "2025-12-01")}
    reply = await room.ask("deadline list rare-earths")
    assert "1 taken back" in reply.files[0].words


async def test_a_dismissed_date_is_cancelled_for_those_who_dismissed_it(room: Newsroom) -> None:
    """Moderators speak for their own tenant; the calendar of another keeps the date."""
    _, name = await dated(room)
    [(uid, before)] = (await entries(room)).items()
    await room.said(f"deadline dismiss {name}")
    [(same, after)] = (await entries(room)).items()
    assert (same, after[1:]) == (uid, ("CANCELLED", "2025-12-01"))
    assert after[0] > before[0]
    assert await entries(room, who=CHEN, where=OTHER) == {uid: before}


@pytest.mark.parametrize("day", ["5 December", "5 May"])
async def test_a_moved_date_keeps_its_entry(room: Newsroom, day: str) -> None:
    """One entry, of the same uid, on the new day: also where that lies beyond the days that are listed."""
    _, name = await dated(room)
    [(uid, before)] = (await entries(room)).items()
    await room.said(f"deadline move {name} {day}")
    [(same, after)] = (await entries(room)).items()
    assert (same, after[1]) == (uid, "CONFIRMED")
    assert after[0] > before[0]
    assert after[2] in ("2025-12-05", "2026-05-05")


async def test_a_date_that_the_news_moved_keeps_its_entry(room: Newsroom) -> None:
    """Moved far ahead by its own source and then taken back, it is still the one entry, cancelled at last."""
    story, _ = await dated(room)
    [(uid, first)] = (await entries(room)).items()
    new = {"story": story, "due_on": date(2026, 6, 1), "what": "roadmap", "confidence": 0.9}
    async with room.database.write() as tx:
        number = (await tx.execute(insert(deadlines).values(new).returning(deadlines.c.id))).scalar_one()
        await end_dates(tx, [await row_of(room, story)], "moved", replaced_by=number)
    [(same, moved)] = (await entries(room)).items()
    assert (same, moved[1:]) == (uid, ("CONFIRMED", "2026-06-01"))
    async with room.database.write() as tx:
        await end_dates(tx, [number], "withdrawn")
    [(same, gone)] = (await entries(room)).items()
    assert (same, gone[1:]) == (uid, ("CANCELLED", "2026-06-01"))
    assert first[0] < moved[0] < gone[0]


async def test_what_is_past_or_kept_is_not_cancelled(room: Newsroom, clock: Clock) -> None:
    """A date that was met, or whose day is over, needs no cancelling; nor does one that was never shown here."""
    story, name = await dated(room)
    await room.said(f"deadline done {name}")
    assert await entries(room) == {}
    other = await room.tell("Elsewhere", on=[])
    await room.date(other, date(2025, 12, 3), "a thing of no topic")
    async with room.database.write() as tx:
        await end_dates(tx, [await row_of(room, other)], "withdrawn")
        assert len(await dates_of_story(tx, story, 1)) >= 1
    assert await entries(room) == {}
