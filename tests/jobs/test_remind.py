"""Reminders of dates: each channel once a step, in its own morning, until the date has come to its end."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from sqlalchemy import func, select, update

from bot.core.model import Item
from bot.core.reminders import ENDINGS, read_ladder, rungs
from bot.jobs.remind import remind
from bot.storage import deadlines as dates
from bot.storage.database import Database
from bot.storage.schema import cards, channels, deadlines, stories
from tests.bed import Bed, open_bed
from tests.clock import Clock

pytestmark = pytest.mark.asyncio

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ORDER = "The cabinet must approve a detailed rare earth roadmap by 1 December 2025, the Kremlin said."


@pytest_asyncio.fixture
async def bed(database: Database, tmp_path: Path, clock: Clock) -> AsyncIterator[Bed]:
    """A line whose console follows "rare earth"."""
    yield await open_bed(database, tmp_path, clock)


async def pump(bed: Bed) -> None:
    """Remind, then route and deliver, until nothing is left to do now."""
    while (await remind(bed.line)).more:
        pass
    await bed.pump()


async def live(bed: Bed, until: datetime) -> None:
    """Let time pass and the jobs run: every twelve hours, and whenever a card falls due."""
    while bed.clock() < until:
        pending = select(func.min(cards.c.due_at)).where(cards.c.shown_rev == 0, cards.c.due_at > bed.clock())
        async with bed.line.database.read() as tx:
            due = (await tx.execute(pending)).scalar() or until
        bed.clock.advance(min(due, until, bed.clock() + 12 * HOUR) - bed.clock())
        await pump(bed)


def at(month: int, day: int, hour: int = 0) -> datetime:
    """A moment of 2025 in UTC."""
    return datetime(2025, month, day, hour, tzinfo=UTC)


def reminders(bed: Bed) -> list[tuple[str, str]]:
    """The reminders shown: the moment, as `11-24 08`, and the line that tells what is due."""
    rows = [row for row in bed.shown() if row["op"] == "post" and row["text"].startswith("Reminder")]
    return [(row["at"][5:13].replace("T", " "), row["text"].splitlines()[1]) for row in rows]


async def zone(bed: Bed, name: str, channel: int | None = None, ladder: str = "") -> None:
    """Put a channel into a zone."""
    async with bed.line.database.write() as tx:
        which = channels.c.id == (channel or bed.channel)
        await tx.execute(update(channels).where(which).values(zone=name, ladder=ladder))


async def test_a_ladder_is_climbed(bed: Bed) -> None:
    """Seven days and one day before and on the day, at eight in the channel's zone, and the day after."""
    bed.clock.advance(at(11, 4, 10) - bed.clock())
    await zone(bed, "Europe/Moscow")
    await bed.tell(Item("g1", "https://wire.example/1", "Putin orders rare earth roadmap", ORDER))
    await live(bed, at(12, 3))
    assert [when for when, _ in reminders(bed)] == ["11-24 05", "11-30 05", "12-01 05", "12-02 05"]
    first, second, third, last = (said for _, said in reminders(bed))
    assert first.startswith("In 7 days, Mon 1 Dec: ")
    assert second.startswith("Tomorrow, Mon 1 Dec: ")
    assert third.startswith("Today, Mon 1 Dec: ")
    assert last.startswith("Yesterday was due: ")
    assert "Nothing found yet; still watching." in bed.shown()[-1]["text"]


async def test_what_came_of_it_is_told(bed: Bed) -> None:
    """A later story that names the thing is the answer; found late, it is told to who heard that nothing was."""
    bed.clock.advance(at(11, 20, 7) - bed.clock())
    await bed.tell(Item("g1", "https://wire.example/1", "Putin orders rare earth roadmap", ORDER))
    await live(bed, at(12, 3))
    await bed.tell(
        Item("g2", "https://wire.example/2", "Government approves detailed rare earth roadmap", "The plan came late.")
    )
    await live(bed, at(12, 4))
    said = bed.shown()[-1]["text"]
    assert "was due" in said
    assert "Found since: Government approves detailed rare earth roadmap" in said
    async with bed.line.database.read() as tx:
        assert (await tx.execute(select(deadlines.c.state))).scalar() == "met"
    await live(bed, at(12, 20))
    assert len(reminders(bed)) == 5  # 7 days, 1 day, the day, the day after, found


async def test_nothing_found_ends_in_silence(bed: Bed) -> None:
    """After a week of watching the date is closed, and nothing more is said."""
    bed.clock.advance(at(11, 29, 7) - bed.clock())
    await bed.tell(Item("g1", "https://wire.example/1", "Putin orders rare earth roadmap", ORDER))
    await live(bed, at(12, 12))
    async with bed.line.database.read() as tx:
        row = (await tx.execute(select(deadlines.c.state, deadlines.c.next_step_at))).one()
    assert tuple(row) == ("silent", None)


async def test_a_withdrawn_date_reminds_nobody(bed: Bed) -> None:
    """A source that takes the date back ends it, reminders on their way included."""
    bed.clock.advance(at(11, 4, 10) - bed.clock())
    await bed.tell(Item("g1", "https://wire.example/1", "Putin orders rare earth roadmap", ORDER))
    await live(bed, at(11, 23, 22))
    async with bed.line.database.read() as tx:
        made = select(func.count()).where(cards.c.subject == "deadline")
        assert (await tx.execute(made)).scalar_one() == 1  # that of the seventh day
    await bed.tell(Item("g1", "https://wire.example/1", "Putin orders rare earth roadmap", "No date was given."))
    await live(bed, at(12, 3))
    assert reminders(bed) == []


async def test_a_moved_date_is_told_in_answer_to_its_alert(bed: Bed) -> None:
    """The alert is edited to the new day, a short answer under it says so, and reminders are those of the new day."""
    bed.clock.advance(at(11, 4, 10) - bed.clock())
    await bed.tell(Item("g1", "https://wire.example/1", "Putin orders rare earth roadmap", ORDER))
    await live(bed, at(11, 23, 22))
    later = ORDER.replace("1 December", "5 December")
    await bed.tell(Item("g1", "https://wire.example/1", "Putin orders rare earth roadmap", later))
    await pump(bed)
    alert, answer, edit = bed.shown()
    assert [row["op"] for row in (alert, answer, edit)] == ["post", "reply", "edit"]
    assert answer["text"].splitlines()[1].startswith("Moved from Mon 1 Dec to Fri 5 Dec: ")
    assert "Due: Fri 5 Dec 2025" in edit["text"]
    await live(bed, at(12, 5, 12))
    assert [when for when, _ in reminders(bed)] == ["11-28 08", "12-04 08", "12-05 08"]


async def test_a_date_taken_back_is_told_once(bed: Bed) -> None:
    """Those who saw the alert hear that the date is none; the others hear nothing."""
    bed.clock.advance(at(11, 4, 10) - bed.clock())
    await bed.tell(Item("g1", "https://wire.example/1", "Putin orders rare earth roadmap", ORDER))
    await pump(bed)
    for words in ("No date was given.", "No date was given at all."):
        await bed.tell(Item("g1", "https://wire.example/1", "Putin orders rare earth roadmap", words))
        await pump(bed)
    answers = [row["text"] for row in bed.shown() if row["op"] == "reply"]
    assert len(answers) == 1
    assert "No longer due on Mon 1 Dec" in answers[0]


async def test_after_an_absence_one_reminder_that_says_so(bed: Bed) -> None:
    """What was missed is not made up for: one reminder, counted anew, marked as late."""
    bed.clock.advance(at(11, 4, 10) - bed.clock())
    await bed.tell(Item("g1", "https://wire.example/1", "Putin orders rare earth roadmap", ORDER))
    await pump(bed)
    bed.clock.advance(at(11, 27, 12) - bed.clock())
    await pump(bed)
    (row,) = [row for row in bed.shown() if "Reminder" in row["text"]]
    assert row["text"].splitlines()[0] == "Reminder, late"
    assert row["text"].splitlines()[1].startswith("In 4 days, Mon 1 Dec: ")


async def test_several_on_one_morning_are_one_message(bed: Bed) -> None:
    """Three dates on one day are one message, soonest sections first, each with its story."""
    bed.clock.advance(at(11, 20, 7) - bed.clock())
    for number in range(3):
        text = f"Bids on rare earth block {number} are due by 1 December 2025."
        await bed.tell(Item(f"g{number}", f"https://wire.example/{number}", f"Rare earth tender {number}", text))
    await live(bed, at(11, 30, 9))
    morning = [row["text"] for row in bed.shown() if row["text"].startswith("Reminder") and row["at"][8:10] == "30"]
    assert len(morning) == 1
    assert morning[0].count("Tomorrow, Mon 1 Dec") == 3


ZONES = ("UTC", "America/New_York", "Asia/Tokyo", "Europe/Berlin", "Pacific/Auckland", "Pacific/Honolulu")
LADDERS = ("", "14 3", "off", "0", "90 30 7 1 0")


async def simulate(bed: Bed, seed: int, span: timedelta, count: int) -> Counter[str]:
    """Random dates, channels, moves, absences and restarts; what was shown beside what should have been."""
    chance = random.Random(seed)
    await zone(bed, chance.choice(ZONES), ladder="")
    places = {bed.channel: ("", "")}
    for number in range(5):
        channel = await bed.open_channel(f"c{number}")
        places[channel] = (chance.choice(ZONES), chance.choice(LADDERS))
        await zone(bed, places[channel][0], channel, places[channel][1])
        await bed.follow('"rare earth"', channel)
    start = bed.clock()
    opened = 0
    while bed.clock() < start + span:
        for _ in range(chance.randint(0, 2 * count // (span // DAY) + 1)):
            if opened < count:
                opened += 1
                due = (bed.clock() + chance.randint(1, 100) * DAY).date()
                text = f"Bids on rare earth block {opened} are due by {due.day} {due:%B} {due.year}."
                await bed.tell(Item(f"g{opened}", f"https://wire.example/{opened}", f"Rare earth {opened}", text))
        if chance.random() < 0.1:
            await move_one(bed, chance)
        if chance.random() < 0.02:
            bed.clock.advance(chance.randint(1, 60) * HOUR)  # away, and back with empty hands
            bed.line = replace(bed.line)
        for _ in range(4):
            bed.clock.advance(6 * HOUR)
            await pump(bed)
    return await judge(bed)


async def move_one(bed: Bed, chance: random.Random) -> None:
    """End one of the open dates."""
    async with bed.line.database.write() as tx:
        open_ones = (await tx.execute(select(deadlines.c.id).where(deadlines.c.state == "open"))).scalars().all()
        if open_ones:
            await dates.end_dates(tx, [chance.choice(open_ones)], "withdrawn", bed.clock())


async def judge(bed: Bed) -> Counter[str]:
    """Every card of a date: shown once at most, in the right days of its zone, by its channel's ladder."""
    query = (
        select(cards, channels.c.zone, channels.c.ladder, deadlines.c.due_on, deadlines.c.state.label("ended"))
        .select_from(
            cards.join(channels, channels.c.id == cards.c.channel).join(deadlines, deadlines.c.id == cards.c.subject_id)
        )
        .where(cards.c.subject == "deadline", cards.c.slot.not_in(ENDINGS))
    )
    async with bed.line.database.read() as tx:
        rows = (await tx.execute(query)).all()
        counts = Counter({"dates": (await tx.execute(select(func.count()).select_from(deadlines))).scalar_one()})
        counts["stories"] = (await tx.execute(select(func.count()).select_from(stories))).scalar_one()
    for row in rows:
        counts["cards"] += 1
        if row.shown_rev == 0:
            counts["never shown"] += 1
            continue
        counts["shown"] += 1
        local = row.shown_at.astimezone(ZoneInfo(row.zone))
        rung = next(rung for rung in rungs(row.due_on, read_ladder(row.ladder)) if rung.slot == row.slot)
        counts["wrong day"] += not rung.on <= local.date() <= rung.until
        counts["at night"] += local.date() == rung.on and local.hour < 8
        counts["stale"] += row.shown_at >= row.expires_at
    counts["double"] = len(rows) - len({(row.channel, row.subject_id, row.slot) for row in rows})
    return counts


async def test_a_month_at_random(bed: Bed) -> None:
    """Dates, zones, ladders, withdrawals and absences at random: nothing wrong, nothing double, nothing stale."""
    counts = await simulate(bed, 7, 30 * DAY, 20)
    assert counts["shown"] > 40, counts
    assert [0, 0, 0, 0] == [counts[name] for name in ("wrong day", "at night", "stale", "double")], counts


async def test_the_time_of_day_is_told(bed: Bed) -> None:
    """A time that the text states stands beside the day, as it is written there."""
    bed.clock.advance(at(11, 20, 10) - bed.clock())
    text = "Bids on the rare earth block must be filed by 5 p.m. Eastern on 1 December 2025."
    await bed.tell(Item("g1", "https://wire.example/1", "Rare earth tender", text))
    await live(bed, at(11, 25))
    alert, reminder = bed.shown()
    assert "Due: Mon 1 Dec 2025, 17:00" in alert["text"]
    assert "In 7 days, Mon 1 Dec, 17:00" in reminder["text"]
