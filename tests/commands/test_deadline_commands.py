"""deadline, remind, settings: dates ahead, set right by hand, and reminders of one's own."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
import pytest_asyncio
from icalendar import Calendar
from sqlalchemy import insert, select

from bot.core.stories.names import story_name
from bot.storage import places
from bot.storage.database import Database
from bot.storage.deadlines import dates_of_story, end_dates
from bot.storage.schema import cards, channels, deadlines, stories
from tests.clock import Clock
from tests.commands.newsroom import ANA, CHEN, DIRECT, GUILD, OTHER, RARE, Newsroom, open_newsroom

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def room(database: Database, clock: Clock) -> Newsroom:
    """A newsroom of 4 November 2025."""
    return await open_newsroom(database, clock)


async def roadmap(room: Newsroom) -> str:
    """A story with the date of 1 December; its name."""
    story = await room.tell("Putin orders rare earth roadmap", on=[RARE])
    await room.date(story, date(2025, 12, 1), "rare-earth roadmap")
    return story_name(story)


async def test_dates_ahead_by_week(room: Newsroom) -> None:
    """The open dates of topics, by week, soonest first, each with its story; what is unsure says so."""
    name = await roadmap(room)
    tender = await room.tell("Rare earth tender opens", on=[RARE])
    await room.date(tender, date(2025, 11, 6), "bids on rare earth blocks", 0.4)
    far = await room.tell("Rare earth law", on=[RARE])
    await room.date(far, date(2026, 11, 6), "law")
    said = await room.said("deadline list rare-earths")
    assert "Rare earths, next 60 days" in said
    assert said.index("This week") < said.index("Thu 6 Nov (in 2 days, unconfirmed)") < said.index("Week of 1 Dec 2025")
    assert "Mon 1 Dec (in 27 days): rare-earth roadmap, by the cabinet" in said
    assert f"Putin orders rare earth roadmap · {name}" in said
    assert "2 dates." in said
    assert "No date on Rare earths is known for the next 1 day." in await room.said("deadline list rare-earths 1")


async def test_a_date_is_moved_for_one_tenant(room: Newsroom) -> None:
    """Moderators change what their own channels see; the others keep what the text says."""
    name = await roadmap(room)
    assert "Moved from Mon 1 Dec 2025 to Fri 5 Dec 2025" in await room.said(f"deadline move {name} 5 December")
    assert "Fri 5 Dec" in await room.said("deadline list rare-earths")
    assert "Mon 1 Dec" in await room.said("deadline list rare-earths", CHEN, OTHER)
    assert "No reminder follows" in await room.said(f"deadline done {name}")
    assert "No date on Rare earths" in await room.said("deadline list rare-earths")
    assert "Mon 1 Dec" in await room.said("deadline list rare-earths", CHEN, OTHER)


async def test_who_may_change_dates(room: Newsroom) -> None:
    """In a channel its moderators; in a direct chat anybody, for themselves."""
    name = await roadmap(room)
    assert "for its moderators" in await room.said(f"deadline dismiss {name}", ANA)
    assert "Dismissed: Mon 1 Dec 2025" in await room.said(f"deadline dismiss {name}", ANA, DIRECT)
    assert "Mon 1 Dec" in await room.said("deadline list rare-earths")


async def test_confirming_makes_it_sure(room: Newsroom, clock: Clock) -> None:
    """An unconfirmed date that somebody confirms is reminded of."""
    story = await room.tell("Rare earth tender", on=[RARE])
    await room.date(story, date(2025, 12, 1), "bids", 0.4)
    assert "Confirmed: Mon 1 Dec 2025, bids." in await room.said(f"deadline confirm {story_name(story)}")
    async with room.database.read() as tx:
        rows = (await tx.execute(select(deadlines.c.confidence, deadlines.c.next_step_at).order_by("confidence"))).all()
    assert [tuple(row) for row in rows] == [(0.4, None), (1.0, clock())]


async def test_adding_and_choosing_among_several(room: Newsroom) -> None:
    """A date by hand; where a story has several, each has a name, and a bare one asks which."""
    name = await roadmap(room)
    assert f"Date {name}.2" in await room.said(f'deadline add {name} 15 December what: "second report"')
    said = await room.said(f"deadline done {name}")
    assert "sets 2 dates: .1 Mon 1 Dec 2025; .2 Mon 15 Dec 2025" in said
    assert "Done: Mon 15 Dec 2025, second report." in await room.said(f"deadline done {name}.2")
    assert "there is no .7" in await room.said(f"deadline done {name}.7")
    assert "is no date I can read" in await room.said(f"deadline move {name}.1 some day")
    assert "which is past" in await room.said(f"deadline move {name}.1 2020-01-01")


async def test_a_reminder_of_a_story(room: Newsroom) -> None:
    """Without a time it is the morning before the story's next date; it comes to the asker's direct chat."""
    name = await roadmap(room)
    said = await room.said(f"remind add {name}", ANA)
    assert f"I will remind you of story {name} in your direct chat: Sun 30 Nov 2025, 08:00 UTC." in said
    said = await room.said(f"remind add {name} tomorrow 9:30", ANA)
    assert "Wed 5 Nov 2025, 09:30 UTC" in said
    async with room.database.read() as tx:
        due = (await tx.execute(select(cards.c.due_at).where(cards.c.subject == "reminder").order_by("id"))).scalars()
        assert list(due) == [datetime(2025, 11, 30, 8, tzinfo=UTC), datetime(2025, 11, 5, 9, 30, tzinfo=UTC)]


async def test_reminders_are_listed_put_off_and_removed(room: Newsroom, clock: Clock) -> None:
    """By time, each person their own; putting off and removing reach the card on its way."""
    assert "You have no reminders." in await room.said("remind list", ANA)
    assert "When?" in await room.said('remind add "read the decree"', ANA)
    await room.said('remind add "read the decree" when: "in 3 days"', ANA)
    await room.said('remind add "call the ministry" when: "tomorrow 10:00"', ANA)
    said = await room.said("remind list", ANA)
    assert said.index("1. Wed 5 Nov 2025, 10:00 UTC: call the ministry") < said.index("2. Fri 7 Nov 2025, 08:00 UTC")
    assert "You have no reminders." in await room.said("remind list", CHEN)
    assert "Put off to Tue 4 Nov 2025, 11:00 UTC: read the decree" in await room.said("remind snooze 2 in 2 hours", ANA)
    assert "Removed: read the decree." in await room.said("remind remove 1", ANA)
    assert "no number 5" in await room.said("remind remove 5", ANA)
    clock.advance(timedelta(days=10))
    async with room.database.read() as tx:
        live = select(cards.c.due_at).where(cards.c.subject == "reminder", cards.c.expires_at.is_(None))
        assert list((await tx.execute(live)).scalars()) == [datetime(2025, 11, 5, 10, tzinfo=UTC)]


async def test_settings_of_a_channel(room: Newsroom) -> None:
    """Zone by its name or a city, days before a date; a wrong one is explained, and anyone may look."""
    assert "Zone: UTC" in await room.said("settings", ANA)
    assert "for its moderators" in await room.said("settings zone: Europe/Berlin", ANA)
    said = await room.said("settings zone: berlin reminders: 14,3,0")
    assert "Zone: Europe/Berlin" in said
    assert "days before a date: 14, 3, the day itself" in said
    assert "Did you mean settings zone: Europe/Berlin" in await room.said("settings zone: Berlim")
    assert "Reminders: off" in await room.said("settings reminders: off")
    assert "cannot be read" in await room.said("settings reminders: soon")


async def test_a_tenants_own_date_hides_what_the_text_says(room: Newsroom) -> None:
    """One date for each tenant, never both."""
    name = await roadmap(room)
    await room.said(f"deadline move {name} 5 December")
    async with room.database.read() as tx:
        tenant = (await tx.execute(select(channels.c.tenant).where(channels.c.remote_id == GUILD.channel))).scalar_one()
        here = await dates_of_story(tx, 1, tenant)
    assert [one.due_on for one in here] == [date(2025, 12, 5)]


async def test_dates_for_programs(room: Newsroom) -> None:
    """On wish a file has each date with what a program wants to know of it."""
    name = await roadmap(room)
    reply = await room.ask("deadline list rare-earths format:json")
    (rows,) = (json.loads(file.body) for file in reply.files if file.kind == "application/json")
    assert [(row["date"], row["what"], row["confirmed"], row["name"]) for row in rows] == [
        ("2025-12-01", "rare-earth roadmap", True, name)
    ]
    assert "application/json" not in {file.kind for file in (await room.ask("deadline list rare-earths")).files}


async def test_a_change_edits_the_alert_at_once(room: Newsroom) -> None:
    """The alert shown in the tenant's channels is wanted anew; another tenant's stays, and both see a later change."""
    name = await roadmap(room)
    here, other = await room.tenant(GUILD), await room.tenant(OTHER)
    async with room.database.write() as tx:
        for place in (GUILD, OTHER):
            number = (await places.find_place(tx, room.account, place.tenant, place.channel))[1]
            card = {"channel": number, "subject": "story", "subject_id": 1, "slot": "alert", "shown_rev": 1}
            await tx.execute(insert(cards).values(card | {"due_at": room.clock()}))
    await room.said(f"deadline move {name} 5 December")
    async with room.database.read() as tx:
        query = select(channels.c.tenant, cards.c.want_rev).join_from(cards, channels).where(cards.c.slot == "alert")
        wanted = {row.tenant: row.want_rev for row in (await tx.execute(query)).all()}
        rev = (await tx.execute(select(stories.c.rev))).scalar_one()
    assert wanted == {here: 2, other: 1}
    assert rev == 2


async def test_a_moved_date_stays_one_entry_of_a_calendar(room: Newsroom) -> None:
    """Moved by moderators twice, and by the text meanwhile: the same uid, and a sequence that only rises."""
    story = await room.tell("Rare earth roadmap ordered", on=[RARE])
    await room.date(story, date(2025, 12, 1), "rare earth roadmap")
    seen = []
    for word in ("5 December", "9 December", "12 December"):
        seen.append(await entry(room))
        await room.said(f"deadline move {story_name(story)} {word}")
    await room.date(story, date(2025, 12, 2), "rare earth roadmap")
    async with room.database.write() as tx:
        first, new = (await tx.execute(select(deadlines.c.id).where(deadlines.c.tenant.is_(None)))).scalars()
        await end_dates(tx, [first], "moved", replaced_by=new)
    seen.append(await entry(room))
    assert len({uid for uid, _ in seen}) == 1
    assert [number for _, number in seen] == sorted({number for _, number in seen})


async def entry(room: Newsroom) -> tuple[str, int]:
    """The uid and sequence of the one date in the tenant's calendar file."""
    reply = await room.ask("deadline list")
    body = next(file.body for file in reply.files if file.kind == "text/calendar")
    (event,) = Calendar.from_ical(body).walk("VEVENT")
    return str(event["uid"]), int(event["sequence"])
