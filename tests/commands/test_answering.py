"""Answering: once an event, within limits, by who may, and with a calm sentence whatever happens."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.commands.answer import answer, suggest
from bot.commands.command import Call, Command, Desk, Reply, Who
from bot.commands.limits import Limits
from bot.commands.replies import plain
from bot.commands.typed import read_call
from bot.core.errors import CommandError
from bot.core.messages import as_text
from bot.storage import places
from bot.storage.database import Database
from bot.storage.schema import inbox, subscriptions, tenants
from tests.clock import Clock
from tests.commands.newsroom import ANA, CHEN, DIRECT, DORA, GUILD, RARE, open_newsroom

pytestmark = pytest.mark.asyncio


async def test_an_event_is_done_once(database: Database, clock: Clock) -> None:
    """The same event again gives the stored reply and runs nothing, whatever has changed since."""
    room = await open_newsroom(database, clock)
    first = await room.ask("follow gallium", event="e1")
    await room.ask("unfollow gallium", event="e2")
    assert first == await room.ask("follow gallium", event="e1")
    async with database.read() as tx:
        assert 0 == (await tx.execute(select(func.count()).select_from(subscriptions))).scalar()
        assert 2 == (await tx.execute(select(func.count()).select_from(inbox))).scalar()


async def test_two_at_once_with_one_event_give_one_effect(database: Database, clock: Clock) -> None:
    """Of two that arrive together, one runs and both get its reply."""
    room = await open_newsroom(database, clock)
    replies = await asyncio.gather(*(room.ask("follow gallium", event="e1") for _ in range(4)))
    assert 1 == len({as_text(reply.message) for reply in replies})
    assert "Following Gallium" in as_text(replies[0].message)


async def test_a_refusal_is_an_answer_and_leaves_nothing(database: Database, clock: Clock) -> None:
    """What the command had written is undone; the refusal is what the event gets again."""
    room = await open_newsroom(database, clock)

    async def write_and_refuse(desk: Desk, call: Call) -> Reply:
        await places.ensure_tenant(desk.tx, desk.account, "made by mistake")
        raise CommandError("No.", "Do something else.")

    office = replace(room.office, table=(Command("try", "", write_and_refuse),))
    call = Call(("try",), {}, CHEN, GUILD)
    first = await answer(office, call, "e1", room.account)
    assert "No. Do something else." == as_text(first.message)
    assert first == await answer(room.office, call, "e1", room.account)
    async with database.read() as tx:
        wrong = select(tenants.c.id).where(tenants.c.remote_id == "made by mistake")
        assert (await tx.execute(wrong)).first() is None


async def test_a_surprise_is_logged_and_answered_calmly(
    database: Database, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    """The person gets a sentence, the log the traceback, and the event may be tried again."""
    room = await open_newsroom(database, clock)
    outcomes = [ZeroDivisionError("oh"), None]

    async def fail_once(desk: Desk, call: Call) -> Reply:
        if error := outcomes.pop(0):
            raise error
        return plain("done")

    office = replace(room.office, table=(Command("try", "", fail_once),))
    call = Call(("try",), {}, CHEN, GUILD)
    with caplog.at_level(logging.ERROR):
        said = as_text((await answer(office, call, "e1", room.account)).message)
    assert "Nothing was changed, and the operator's log has the details." in said
    assert "ZeroDivisionError" in caplog.text
    assert "done" == as_text((await answer(office, call, "e1", room.account)).message)


async def test_a_closed_database_is_said(database: Database, clock: Clock) -> None:
    """Trouble of the database is no traceback for the person, and nothing is suggested."""
    room = await open_newsroom(database, clock)
    await database.close()
    assert "nothing was changed" in await room.said("topic list")
    call = Call(("follow",), {}, CHEN, GUILD)
    assert [] == await suggest(room.office, call, "what", "ra", room.account)


async def test_a_person_has_a_number_of_commands_a_minute(database: Database, clock: Clock) -> None:
    """The next one is refused with the time to wait; others, and replays, are not held up by it."""
    room = await open_newsroom(database, clock, Limits(commands_per_minute=2))
    await room.ask("about", ANA, event="e1")
    await room.ask("about", ANA)
    assert "Send it again in 60 seconds." in await room.said("about", ANA)
    assert "Version: 1.2.3" in as_text((await room.ask("about", ANA, event="e1")).message)
    assert "Version: 1.2.3" in await room.said("about", CHEN)
    clock.advance(timedelta(seconds=60))
    assert "Version: 1.2.3" in await room.said("about", ANA)


async def test_who_may_is_checked_before_arguments(database: Database, clock: Clock) -> None:
    """Each level may what those below may; who may not learns nothing of the arguments."""
    room = await open_newsroom(database, clock)

    async def run(desk: Desk, call: Call) -> Reply:
        return plain("done")

    table = tuple(Command(who.value, "", run, who=who) for who in Who)
    office = replace(room.office, table=table)
    allowed = {
        who.remote_id: [
            level.value
            for level in Who
            if "done"
            == as_text((await answer(office, Call((level.value,), {}, who, GUILD), None, room.account)).message)
        ]
        for who in (ANA, CHEN, DORA)
    }
    assert {
        "ana": ["anyone"],
        "chen": ["anyone", "moderator"],
        "dora": ["anyone", "moderator", "operator"],
    } == allowed
    refused = await answer(room.office, Call(("feed", "add"), {"nonsense": 1}, ANA, GUILD), None, room.account)
    assert '"feed add" is for moderators.' in as_text(refused.message)


async def test_a_call_without_a_command_is_refused(database: Database, clock: Clock) -> None:
    """A stale button, or a group without its second word."""
    room = await open_newsroom(database, clock)
    for path in ((), ("folow",), ("feed",)):
        said = as_text((await answer(room.office, Call(path, {}, CHEN, GUILD), None, room.account)).message)
        assert "There is no command" in said


async def test_a_commit_wakes_the_line(database: Database, clock: Clock) -> None:
    """After a command something may be due; a typing error wakes nobody."""
    room = await open_newsroom(database, clock)
    woken: list[bool] = []
    room.office = replace(room.office, wake=lambda: woken.append(True))
    await room.ask("follow gallium")
    await room.ask("xyzzy")
    assert [True] == woken


async def test_help_shows_what_one_may_use(database: Database, clock: Clock) -> None:
    """A member sees no feed commands; each command shows its usage and examples; a misspelt one is asked about."""
    room = await open_newsroom(database, clock)
    assert "feed add" not in await room.said("help", ANA)
    usage = "feed add <url> [confirm: yes] [page: yes] [full: yes] [title] [rows]"
    assert f"{usage} · poll a feed for this place alone" in await room.said("help", CHEN)
    said = await room.said("help follow")
    assert "follow <what> [where: here or me]" in said
    assert "- follow gallium where: me" in said
    assert "Who: moderators only" in await room.said("help feed")
    assert "help follow" in (await room.ask("help folow")).choices


async def test_status_is_ten_lines(database: Database, clock: Clock) -> None:
    """A first sentence says how it goes; the numbers follow."""
    room = await open_newsroom(database, clock)
    await room.tell("Rare earth news", on=[RARE])
    said = await room.said("status", ANA)
    assert "No feed has been read yet." in said
    assert "Feeds: 1 active, 0 failing" in said
    assert "Last 24 hours: 1 item, 1 story" in said
    assert len(said.splitlines()) <= 10


async def test_suggestions_are_what_can_be_typed(database: Database, clock: Clock) -> None:
    """Topics by name or title, stories by headline, choices by their start; nothing where one may not."""
    room = await open_newsroom(database, clock)
    await room.tell("Rare earth exports halted", on=[RARE])
    await room.ask("follow gallium", ANA, DIRECT)

    async def offered(text: str, parameter: str, typed: str) -> list[str]:
        call = read_call(text, ANA, DIRECT)
        return await suggest(room.office, call, parameter, typed, room.account)

    assert ["gallium"] == await offered("follow x", "what", "germ")
    assert ["gallium"] == await offered("unfollow x", "name", "")
    assert 1 == len(await offered("story x", "story", "halted"))
    assert ["me"] == await offered("follow x", "where", "m")
    assert [] == await offered("feed remove x", "url", "")
    assert ["status", "story", "digest", "latest"] == sorted(
        await offered("help x", "command", "st"), key=lambda name: (not name.startswith("st"), name)
    )
