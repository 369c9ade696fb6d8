"""What people do on Discord, through the real library: slash commands, suggestions, buttons, direct chats, deferral."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import pytest_asyncio

from bot.chat.discord.client import Discord
from bot.commands import about
from bot.commands.command import Call, Desk, Place, Reply
from bot.commands.replies import plain
from bot.commands.timeline import Mark, timeline_file
from bot.storage.database import Database
from tests.chat.discord.ears import ANA, Ears, open_ears
from tests.chat.discord_world import words_of
from tests.clock import Clock
from tests.commands.newsroom import RARE
from tests.fakediscord.checks import command_length
from tests.fakediscord.people import Role
from tests.fakediscord.state import GUILD, MINERALS

PRIVATE = 64
DEFERRED, SAID, SUGGESTED = 5, 4, 8


@pytest_asyncio.fixture
async def ears(sqlite_url: str, clock: Clock) -> AsyncIterator[Ears]:
    """The bot, hearing. The commands themselves are tried on both databases in tests/commands."""
    database = await Database.open(sqlite_url)
    async with open_ears(database, clock) as opened:
        yield opened
    await database.close()


def ids_in(message: dict[str, Any]) -> list[str]:
    """The custom ids of a message's buttons."""
    return [button["custom_id"] for row in message["components"] for button in row["components"] if "url" not in button]


def said_in(answer: dict[str, Any]) -> str:
    """The words of what came back."""
    return words_of({"content": "", **answer["data"]})


@pytest.mark.asyncio
async def test_the_table_becomes_two_commands(ears: Ears) -> None:
    """`/news` for anyone, `/news-admin` hidden from who may not manage the server; told once, not at every start."""
    news, admin = ears.fake.state.commands
    assert (news["name"], admin["name"]) == ("news", "news-admin")
    assert {option["name"] for option in news["options"]} >= {"follow", "topic", "why", "help", "status"}
    assert [option["name"] for option in admin["options"]] == ["feed", "opml"]
    assert (news["default_member_permissions"], admin["default_member_permissions"]) == (None, 1 << 5)
    assert max(map(command_length, (news, admin))) < 8_000
    follow = next(option for option in news["options"] if option["name"] == "follow")
    assert [(o["name"], o["required"]) for o in follow["options"]] == [
        ("what", True),
        *((name, False) for name in ("where", "weight", "sources", "languages", "ping")),
    ]
    await asyncio.to_thread(ears.fake.call, ears.fake.gateway.close_all(4004))
    await ears.hears(2)
    assert ears.fake.count("PUT /applications") == 1


@pytest.mark.asyncio
async def test_a_slash_command_is_answered_privately(ears: Ears) -> None:
    """A moderator follows here: a private answer with buttons, and the rows to match."""
    token = await ears.chen.slash("follow", what="rare-earths")
    answer = await ears.chen.answer(token)
    assert (answer["type"], answer["data"]["flags"]) == (SAID, PRIVATE)
    assert "Following Rare earths" in said_in(answer)
    assert ids_in(answer["data"]) == ["lw:say:following", "lw:say:unfollow rare-earths"]
    assert "Rare earths" in await ears.newsroom.said("following", where=Place(str(GUILD), str(MINERALS)))


@pytest.mark.asyncio
async def test_an_event_that_comes_twice_is_done_once(ears: Ears) -> None:
    """The same interaction, come again after a resumed session, is answered as at first, and nothing is undone."""
    inner = {"name": "follow", "type": 1, "options": [{"name": "what", "type": 3, "value": "gallium"}]}
    event = ears.chen.event(2, {"id": "1", "name": "news", "type": 1, "options": [inner]})
    said = []
    for token in ("first", "second"):
        again = ears.fake.gateway.emit("INTERACTION_CREATE", {**event, "token": token})
        await asyncio.to_thread(ears.fake.call, again)
        said.append(said_in(await ears.chen.answer(token)))
    assert "Following Gallium" in said[0]
    assert said[0] == said[1]


@pytest.mark.asyncio
async def test_who_may_is_checked_however_it_is_asked(ears: Ears) -> None:
    """The server's menu may be wrong or out of date: who may not is refused by us, and offered what they may."""
    refused = await ears.ana.answer(await ears.ana.slash("follow", what="rare-earths"))
    assert "moderators" in said_in(refused)
    [choice] = ids_in(refused["data"])
    assert choice == "lw:say:follow rare-earths where:me"
    feeds = await ears.ana.answer(await ears.ana.slash("feed", "list"))
    assert "is for moderators" in said_in(feeds)
    allowed = await ears.chen.answer(await ears.chen.slash("feed", "list"))
    assert "Wire" in said_in(allowed)
    pressed = await ears.ana.press(choice)
    assert "in your direct chat" in said_in(await ears.ana.answer(pressed))
    assert "Rare earths" in said_in(await ears.ana.answer(await ears.ana.slash("following", direct=True)))


@pytest.mark.asyncio
async def test_a_role_is_an_option(ears: Ears) -> None:
    """A role is chosen from Discord's own list; who may not change the channel may not have it called."""
    traders = Role(4_242, "Traders")
    refused = await ears.ana.answer(await ears.ana.slash("follow", what="gallium", ping=traders))
    assert "for its moderators to say" in said_in(refused)
    answer = await ears.chen.answer(await ears.chen.slash("follow", what="gallium", ping=traders, weight="urgent"))
    assert "Shows: Urgent only, calls Traders" in said_in(answer)
    everyone = await ears.chen.answer(await ears.chen.slash("follow", what="gallium", ping=Role(GUILD, "@everyone")))
    assert "Everyone cannot be called." in said_in(everyone)


@pytest.mark.asyncio
async def test_lists_are_suggested_one_after_the_other(ears: Ears) -> None:
    """Of several sources or languages between commas the last is completed; topics, stories and mutes are offered."""
    for path, option, typed, wanted in (
        (("follow",), "sources", "kremlin, wi", "kremlin, Wire"),
        (("follow",), "languages", "en, russ", "en, ru"),
        (("try",), "query", "rare", "rare-earths"),
        (("mute", "add"), "what", "wir", "Wire"),
    ):
        answer = await ears.chen.answer(await ears.chen.types(*path, option=option, typed=typed))
        assert wanted in [choice["value"] for choice in answer["data"]["choices"]]


@pytest.mark.asyncio
async def test_the_controls_of_an_alert_do_what_they_say(ears: Ears) -> None:
    """Sources and a reminder are for anybody; less like this asks first; mute story is for whoever may."""
    await ears.newsroom.tell("The first story kept", age=timedelta(days=60))
    await ears.newsroom.tell("Rare earth podcast", on=[RARE])
    await ears.chen.answer(await ears.chen.slash("follow", what="rare-earths"))
    await ears.deliver("a-key")
    asked = await ears.chen.answer(await ears.chen.press("lw:less:a-key"))
    assert 'Leave out what says "podcast"' in said_in(asked)
    assert any("without:podcast" in choice for choice in ids_in(asked["data"]))
    sources = await ears.ana.answer(await ears.ana.press("lw:sources:a-key"))
    assert "Over time" in said_in(sources) and "Wire" in said_in(sources)
    reminded = await ears.ana.answer(await ears.ana.press("lw:remind:a-key"))
    assert "I will remind you of story" in said_in(reminded) and "in your direct chat" in said_in(reminded)
    refused = await ears.ana.answer(await ears.ana.press("lw:mute:a-key"))
    assert "for its moderators to say" in said_in(refused)
    muted = await ears.chen.answer(await ears.chen.press("lw:mute:a-key"))
    assert "Muted in this channel" in said_in(muted)
    [*_, last] = ids_in(muted["data"])
    assert "Rare earth podcast (story)" in said_in(await ears.chen.answer(await ears.chen.press(last)))


@pytest.mark.asyncio
async def test_values_are_suggested_while_typing(ears: Ears) -> None:
    """Topics by name or title, at most 25; none where nothing fits."""
    token = await ears.ana.types("follow", option="what", typed="gerMan")
    answer = await ears.ana.answer(token)
    assert (answer["type"], answer["data"]["choices"]) == (SUGGESTED, [{"name": "gallium", "value": "gallium"}])
    nothing = await ears.ana.answer(await ears.ana.types("follow", option="what", typed="zzz"))
    assert nothing["data"]["choices"] == []


@pytest.mark.asyncio
async def test_a_direct_chat_is_its_persons_own(ears: Ears) -> None:
    """In direct messages anyone follows for themselves: the channel is `user:<number>`, and posts reach it."""
    answer = await ears.ana.answer(await ears.ana.slash("follow", what="gallium", direct=True))
    assert "Following Gallium" in said_in(answer)
    direct = Place(f"user:{ANA}", f"user:{ANA}", is_direct=True)
    assert "Gallium" in await ears.newsroom.said("following", where=direct)


@pytest.mark.asyncio
async def test_the_button_why_and_the_page_button(ears: Ears) -> None:
    """A post of any age: its button says why, privately; one whose rows are gone is said to be old."""
    old = await ears.ana.answer(await ears.ana.press("lw:why:a-key-of-last-year"))
    assert "older than what is kept" in said_in(old)
    assert old["data"]["flags"] == PRIVATE
    status = await ears.ana.answer(await ears.ana.press("lw:status:some-key"))
    assert "Feeds" in said_in(status)
    helped = await ears.ana.answer(await ears.ana.press("lw:say:help follow"))
    assert "follow rare-earths" in said_in(helped)


@pytest.mark.asyncio
async def test_a_slow_answer_is_announced_in_time(ears: Ears) -> None:
    """What takes longer than two seconds is deferred within Discord's three, then filled in."""

    async def slow(desk: Desk, call: Call) -> Reply:
        await asyncio.sleep(2.2)
        return plain("At last.")

    command = replace(about.ABOUT, run=slow)
    table = tuple(command if entry.name == "about" else entry for entry in ears.newsroom.office.table)
    ears.newsroom.office = replace(ears.newsroom.office, table=table)
    await asyncio.to_thread(ears.fake.call, ears.fake.gateway.close_all(4004))  # the next session has the slow table
    await ears.hears(2)
    token = await ears.ana.slash("about")
    assert (await ears.ana.answer(token))["type"] == DEFERRED
    edited = await ears.ana.answer(token, 2)
    assert "At last." in said_in(edited)


@pytest.mark.asyncio
async def test_an_unknown_command_gets_a_sentence(ears: Ears) -> None:
    """A menu from before an update calls what is no more: the person is told, and the session goes on."""
    answer = await ears.ana.answer(await ears.ana.slash("no-such-command"))
    assert "has changed" in answer["data"]["content"]
    assert "Lodewire" in said_in(await ears.ana.answer(await ears.ana.slash("about")))


@pytest.mark.asyncio
async def test_a_malformed_event_ends_a_session_at_most(ears: Ears) -> None:
    """Events that make no sense: a new session begins, or the old one goes on, and the next command is answered."""
    broken = ears.ana.event(2, {"name": "news"})
    for event, data in (
        ("INTERACTION_CREATE", {"id": "x"}),
        ("INTERACTION_CREATE", {**broken, "data": None}),
        ("GUILD_CREATE", {}),
        ("CHANNEL_CREATE", {"guild_id": str(GUILD)}),
        ("NEVER_HEARD_OF", {"what": [1]}),
    ):
        began = len(ears.fake.gateway.log)
        await asyncio.to_thread(ears.fake.call, ears.fake.gateway.emit(event, data))
        await asyncio.sleep(0.3)
        if len(ears.fake.gateway.log) > began or not ears.fake.gateway.live:
            await ears.hears(1 + len(ears.ended))
    answer = await ears.ana.answer(await ears.ana.slash("about"))
    assert "Lodewire" in said_in(answer)


@pytest.mark.asyncio
async def test_the_gateway_goes_and_comes_back(ears: Ears) -> None:
    """Closed with 4000, asked to reconnect, told to begin anew, restarted, refused: commands are answered again."""
    gateway = ears.fake.gateway
    await asyncio.to_thread(ears.fake.call, gateway.close_all(4000))
    await ears.hears(1, "resume")
    await asyncio.to_thread(ears.fake.call, gateway.ask_reconnect())
    await ears.hears(2, "resume")
    await asyncio.to_thread(ears.fake.call, gateway.invalidate())
    await ears.hears(2)
    gateway.refuses = True
    await asyncio.to_thread(ears.fake.call, gateway.close_all(4004))
    async with asyncio.timeout(10):
        while len(ears.ended) < 3:  # noqa: ASYNC110 - the sessions end in their own time
            await asyncio.sleep(0.01)
    assert any("refuses the bot's token" in said for said in ears.ended)
    assert not [said for said in ears.ended if said.startswith("unforeseen")]
    gateway.refuses = False
    await ears.hears(3)
    answer = await ears.ana.answer(await ears.ana.slash("about"))
    assert "Lodewire" in said_in(answer)


@pytest.mark.asyncio
async def test_a_gateway_that_only_breaks_is_left_alone(ears: Ears) -> None:
    """The library resumes at once, for ever; after the sixth break within a minute the session ends instead."""
    for number in range(1, 6):
        await asyncio.to_thread(ears.fake.call, ears.fake.gateway.close_all(4000))
        await ears.hears(number, "resume")
    await asyncio.to_thread(ears.fake.call, ears.fake.gateway.close_all(4000))
    await ears.hears(2)
    assert len(ears.ended) == 1


@pytest.mark.asyncio
async def test_no_privileged_intent_is_asked_for(ears: Ears) -> None:
    """The one intent is that of servers and channels."""
    assert ears.fake.gateway.log[0] == "identify intents=1"
    assert isinstance(ears.client, Discord)


@pytest.mark.asyncio
async def test_files_come_with_the_answer(ears: Ears) -> None:
    """Dates come as a calendar file and a picture with its words, in the embed; the wire finds nothing wrong."""
    room = ears.newsroom
    for number in (1, 2):
        story = await room.tell(f"Rare earth tender {number}", on=[RARE])
        await room.date(story, date(2025, 12, number), f"bids on block {number}")
    await asyncio.to_thread(timeline_file, [Mark(date(2025, 12, 1), "", "", True)], date(2025, 11, 4))  # its imports
    answer = await ears.ana.answer(await ears.ana.slash("deadline", "list"))
    [sent] = [one for one in ears.fake.state.requests if one.files]
    told = {one["filename"]: one["description"] for one in sent.body["data"]["attachments"]}
    assert told["dates.ics"] == "2 dates for a calendar program"
    assert "1 Dec, in 27 days: bids on block 1 (the cabinet)" in told["dates.png"]
    assert answer["data"]["embeds"][0]["image"]["url"] == "attachment://dates.png"
    assert sent.files["files[0]"].startswith(b"BEGIN:VCALENDAR")
    assert sent.files["files[1]"].startswith(b"\x89PNG")
    assert ears.fake.violations() == []
