"""Reminders of dates: each channel once a step, in its own morning, until the date has come to its end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import func, select, update

from bot.core.errors import RetryLater
from bot.core.model import Item
from bot.jobs.remind import remind
from bot.jobs.route import route
from bot.storage.database import Database
from bot.storage.schema import cards, channels, deadlines
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
    assert first.startswith("In 7 days, Mon 1 Dec, due: ")
    assert second.startswith("Tomorrow, Mon 1 Dec, due: ")
    assert third.startswith("Today, Mon 1 Dec, due: ")
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
    assert row["text"].splitlines()[1].startswith("In 4 days, Mon 1 Dec, due: ")


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


async def test_the_time_of_day_is_told(bed: Bed) -> None:
    """A time that the text states stands beside the day, as it is written there."""
    bed.clock.advance(at(11, 20, 10) - bed.clock())
    text = "Bids on the rare earth block must be filed by 5 p.m. Eastern on 1 December 2025."
    await bed.tell(Item("g1", "https://wire.example/1", "Rare earth tender", text))
    await live(bed, at(11, 25))
    alert, reminder = bed.shown()
    assert "Due: Mon 1 Dec 2025, 17:00" in alert["text"]
    assert "In 7 days, Mon 1 Dec, 17:00" in reminder["text"]


async def test_an_edit_of_the_alert_silences_no_reminder(bed: Bed) -> None:
    """Only the alert itself, or a change of the date, has said the date; an edit of something else notifies nobody."""
    bed.clock.advance(at(11, 4, 10) - bed.clock())
    await zone(bed, "Pacific/Kiritimati")  # eight o'clock on the 24th is 18:00 on the 23rd in UTC
    await bed.tell(Item("g1", "https://wire.example/1", "Putin orders rare earth roadmap", ORDER))
    await live(bed, at(11, 23, 9))
    more = f"{ORDER} The roadmap covers dysprosium."
    await bed.tell(Item("g1", "https://wire.example/1", "Putin orders rare earth roadmap for 2030", more))
    await pump(bed)
    await live(bed, at(11, 23, 10))
    await live(bed, at(11, 24))
    assert [row["op"] for row in bed.shown()] == ["post", "edit", "post"]
    assert [when for when, _ in reminders(bed)] == ["11-23 18"]


async def test_an_alert_that_comes_late_is_not_repeated_at_once(bed: Bed) -> None:
    """What a late alert says itself, on the day of a reminder or after it, no reminder says beside it."""
    bed.clock.advance(at(11, 22, 10) - bed.clock())
    bed.platform.before = [RetryLater("the network is down", after=timedelta(days=3))]
    await bed.tell(Item("g1", "https://wire.example/1", "Putin orders rare earth roadmap", ORDER))
    await live(bed, at(12, 1))
    assert [when for when, _ in reminders(bed)] == ["11-30 08"]


async def test_an_alert_comes_before_its_reminder(bed: Bed) -> None:
    """Where both wait, as after a death of the process, the alert is shown, and it says the date."""
    bed.clock.advance(at(11, 23, 19) - bed.clock())
    await bed.tell(Item("g1", "https://wire.example/1", "Putin orders rare earth roadmap", ORDER))
    await bed.intake.run()
    while (await remind(bed.line)).more or (await route(bed.line)).more:
        pass
    bed.clock.advance(at(11, 24, 9) - bed.clock())
    await pump(bed)
    assert [row["text"].splitlines()[1] for row in bed.shown()] == ["Putin orders rare earth roadmap"]
    await live(bed, at(12, 1))
    assert [when for when, _ in reminders(bed)] == ["11-30 08"]
