"""What people do in rooms: who is answered, where, once, and with which rights."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.core.model import Item
from bot.jobs.remind import remind
from bot.storage.schema import deadlines
from tests.bed import news
from tests.chat.matrix.scene import Scene
from tests.chat.matrix_world import relation, settings_of
from tests.person import Person

pytestmark = pytest.mark.asyncio


def words(events: list[dict[str, Any]]) -> str:
    return "\n".join(event["content"]["body"] for event in events)


def mentions(scene: Scene) -> dict[str, Any]:
    return {"m.mentions": {"user_ids": [scene.bot.user]}}


async def ask(scene: Scene, room: str, who: Person, text: str) -> str:
    """What is answered to the next thing that somebody says."""
    before = len(scene.said(room))
    who.say(room, text)
    return words((await scene.answers(room, before + 1))[before:])


async def test_a_command_begins_with_the_prefix(scene: Scene) -> None:
    """`!news help` is answered in a notice that names the question; other talk, and other words with `!`, are not."""
    room = await scene.open_room()
    async with scene.heard():
        for talk in ("help", "!newsletter help", "I said !news help", "> !news help"):
            scene.alice.say(room, talk)
        asked = scene.alice.say(room, "!NEWS about")
        [answer] = await scene.answers(room, 1)
    assert "Lodewire" in answer["content"]["body"]
    assert "m.notice" == answer["content"]["msgtype"]
    assert {"event_id": asked} == relation(answer)["m.in_reply_to"]
    assert {} == answer["content"]["m.mentions"]


async def test_another_prefix_may_be_set(scene: Scene) -> None:
    """The operator's own word works, and the shipped one no longer does."""
    await scene.log_in(settings_of(scene.bot, prefix="!wire"))
    room = await scene.open_room()
    async with scene.heard():
        scene.alice.say(room, "!news about")
        asked = scene.alice.say(room, "!wire about")
        [answer] = await scene.answers(room, 1)
    assert asked == relation(answer)["m.in_reply_to"]["event_id"]


async def test_a_mention_is_a_command(scene: Scene) -> None:
    """Our name at the beginning, or a mention; but a comment on an alert, which mentions us by itself, is not."""
    scene.bot.ask("PUT", "profile", scene.bot.user, "displayname", body={"displayname": "Lode Wire"})
    room = await scene.open_room()
    async with scene.heard():
        alert = scene.bot.say(room, "an alert")
        answering = {"m.relates_to": {"m.in_reply_to": {"event_id": alert}}}
        scene.alice.say(room, "interesting", **mentions(scene), **answering)
        asked = [
            scene.alice.say(room, "Lode Wire: about"),
            scene.alice.say(room, f"{scene.bot.user} about"),
            scene.alice.say(room, "about", **mentions(scene)),
            scene.alice.say(room, "Lode Wire, about", **mentions(scene), **answering),
        ]
        answers = (await scene.answers(room, 5))[1:]
    assert asked == [relation(answer)["m.in_reply_to"]["event_id"] for answer in answers]
    assert 4 == words(answers).count("Version")


async def test_in_a_direct_chat_words_are_enough(scene: Scene) -> None:
    """No prefix is needed where two are alone; once a third comes in, talk is talk."""
    carol = scene.server.person("carol")
    async with scene.heard():
        room = scene.alice.ask(
            "POST", "createRoom", body={"preset": "trusted_private_chat", "is_direct": True, "invite": [scene.bot.user]}
        )["room_id"]
        [hello] = await scene.answers(room, 1)
        scene.alice.say(room, "follow gallium")
        scene.alice.say(room, "!news following")
        answers = await scene.answers(room, 3)
        scene.alice.invite(room, carol)
        carol.join(room)
        carol.say(room, "hello all")
        asked = carol.say(room, "!news about")
        last = (await scene.answers(room, 4))[-1]
    assert "Write: follow rare-earths" in words([hello])
    assert "New stories on it are shown in this chat" in words(answers)
    assert "Followed in this chat" in words(answers)
    assert asked == relation(last)["m.in_reply_to"]["event_id"]


async def test_follow_for_me_goes_to_the_direct_chat(scene: Scene) -> None:
    """`where: me` in a room subscribes the asker's direct chat, where there is one, and says how to open one else."""
    room = await scene.open_room()
    async with scene.heard():
        scene.alice.say(room, "!news follow gallium where: me")
        assert "There is no direct chat between us yet" in words(await scene.answers(room, 1))
        direct = scene.alice.ask("POST", "createRoom", body={"is_direct": True, "invite": [scene.bot.user]})["room_id"]
        await scene.answers(direct, 1)
        scene.alice.say(room, "!news follow gallium where: me")
        assert "in your direct chat" in words(await scene.answers(room, 2))
    await scene.log_in()
    async with scene.heard():
        scene.alice.say(room, "!news follow rare-earths where: me")
        assert 2 == words(await scene.answers(room, 3)).count("in your direct chat")


async def test_a_reaction_is_a_control(scene: Scene) -> None:
    """The sign of `why` on an alert is answered in its thread; on other messages, and other signs, nothing happens."""
    room = await scene.open_room()
    await scene.bed.tell(news(1))
    await scene.bed.pump()
    async with scene.heard():
        [alert] = await scene.answers(room, 1)
        assert "React with ❓ for Why" in words([alert])
        own = scene.alice.say(room, "Rare earths again")
        scene.alice.react(room, own, "❓")
        scene.alice.react(room, alert["event_id"], "👍")
        scene.alice.react(room, alert["event_id"], "❓\ufe0f")
        answer = (await scene.answers(room, 2))[1]
        scene.alice.react(room, answer["event_id"], "❓")
        scene.alice.say(room, "!news about")
        answers = await scene.answers(room, 3)
    assert ("m.thread", alert["event_id"]) == (relation(answer)["rel_type"], relation(answer)["event_id"])
    assert "Rare earths: on" in words([answer])
    assert "Version" in words(answers[2:])


async def test_less_and_mute_are_reactions(scene: Scene) -> None:
    """One asks before anything is changed, the other mutes the story; a room is called a room."""
    room = await scene.open_room()
    await scene.bed.tell(news(1))
    await scene.bed.pump()
    async with scene.heard():
        [alert] = await scene.answers(room, 1)
        assert "👎 for Less like this, 🔇 for Mute story" in words([alert])
        scene.alice.react(room, alert["event_id"], "👎")
        assert "Nothing is changed until you choose." in words((await scene.answers(room, 2))[1:])
        scene.alice.react(room, alert["event_id"], "🔇")
        assert "Muted in this room" in words((await scene.answers(room, 3))[2:])
        scene.alice.say(room, "!news follow gallium ping: 77")
        assert "possible in the channels of a Discord server only" in words((await scene.answers(room, 4))[3:])


async def reminded(scene: Scene, room: str) -> str:
    """A story with a date in nine days, told and reminded of two days later; the day, as it is shown."""
    due = (scene.clock() + timedelta(days=9)).date()
    text = f"The cabinet must approve a rare earth roadmap by {due.day} {due:%B} {due.year}."
    await scene.bed.tell(Item("g1", "https://wire.example/1", "Rare earth roadmap ordered", text))
    await scene.bed.pump()
    scene.clock.advance(timedelta(days=2, hours=12))
    while (await remind(scene.bed.line)).more:
        pass
    await scene.bed.pump()
    scene.clock.advance(-timedelta(days=2, hours=12))  # what people do now must not look days old
    assert len(await scene.answers(room, 2)) == 2
    return f"{due:%a} {due.day} {due:%b %Y}"


async def states(scene: Scene) -> list[str]:
    """What became of the date, in the order of its rows."""
    async with scene.database.read() as tx:
        return [row.state for row in (await tx.execute(select(deadlines).order_by(deadlines.c.id))).all()]


async def test_a_reminder_has_reactions_of_its_own(scene: Scene) -> None:
    """Snooze is for whoever reacts; done ends the date here, and no further reminder comes."""
    room = await scene.open_room()
    day = await reminded(scene, room)
    async with scene.heard():
        direct = scene.alice.ask("POST", "createRoom", body={"is_direct": True, "invite": [scene.bot.user]})["room_id"]
        await scene.answers(direct, 1)  # a snoozed reminder comes there
        reminder = (await scene.answers(room, 2))[1]
        assert "💤 for Snooze a day, ☑ for Done, 🚫 for Wrong date" in words([reminder])
        scene.alice.react(room, reminder["event_id"], "💤")
        assert "I will remind you" in words((await scene.answers(room, 3))[2:])
        scene.alice.react(room, reminder["event_id"], "☑")
        assert day in words((await scene.answers(room, 4))[3:])
    assert await states(scene) == ["open", "done"]


async def test_a_wrong_date_is_dismissed_by_a_reaction(scene: Scene) -> None:
    """Who may not is told so and changes nothing; a moderator's reaction ends the date for the room alone."""
    room = await scene.open_room()
    day = await reminded(scene, room)
    bob = scene.server.person("bob")
    scene.alice.invite(room, bob)
    bob.join(room)
    async with scene.heard():
        reminder = (await scene.answers(room, 2))[1]
        bob.react(room, reminder["event_id"], "🚫")
        assert "moderators" in words((await scene.answers(room, 3))[2:])
        assert await states(scene) == ["open"]
        scene.alice.react(room, reminder["event_id"], "🚫")
        assert f"Dismissed: {day}" in words((await scene.answers(room, 4))[3:])
    assert await states(scene) == ["open", "dismissed"]


async def test_bots_and_echoes_are_not_answered(scene: Scene) -> None:
    """A notice, our own words, a correction of an earlier message, a picture: none is a command."""
    room = await scene.open_room()
    async with scene.heard():
        scene.alice.say(room, "!news help", msgtype="m.notice")
        scene.bot.say(room, "!news help")
        first = scene.alice.say(room, "hello")
        new = {"m.new_content": {"msgtype": "m.text", "body": "!news help"}}
        scene.alice.say(room, "!news help", **new, **{"m.relates_to": {"rel_type": "m.replace", "event_id": first}})
        scene.alice.say(room, "!news help", msgtype="m.image", url="mxc://lodewire.test/x")
        scene.alice.say(room, "!news about")
        answers = await scene.answers(room, 2)
    assert ["!news help"] == [answer["content"]["body"] for answer in answers if "Version" not in words([answer])]


async def test_a_thread_is_answered_in_the_thread(scene: Scene) -> None:
    """A command in a thread does not disturb the room."""
    room = await scene.open_room()
    root = scene.alice.say(room, "Let us talk")
    async with scene.heard():
        inside = {"rel_type": "m.thread", "event_id": root, "is_falling_back": True,
                  "m.in_reply_to": {"event_id": root}}  # fmt: skip
        scene.alice.say(room, "!news about", **{"m.relates_to": inside})
        [answer] = await scene.answers(room, 1)
    assert ("m.thread", root) == (relation(answer)["rel_type"], relation(answer)["event_id"])


async def test_what_was_heard_twice_is_done_once(scene: Scene) -> None:
    """Ended between answering and remembering how far it had heard: its answer and its effect are there once."""
    room = await scene.open_room(follows="")
    async with scene.heard():
        before = await scene.token()
        scene.alice.say(room, "!news follow gallium")
        await scene.answers(room, 1)
    await scene.forget_to(before)
    await scene.log_in()
    async with scene.heard():
        scene.alice.say(room, "!news following")
        answers = await scene.answers(room, 2)
    assert 1 == words(answers).count("Following Gallium")
    assert "already" not in words(answers)
    assert 2 == len(scene.said(room))


async def test_what_was_missed_is_answered_if_it_is_fresh(scene: Scene) -> None:
    """After a restart a command of the last minutes is answered; the person who asked an hour ago has gone on."""
    room = await scene.open_room()
    async with scene.heard():
        pass
    scene.alice.say(room, "!news about")
    async with scene.heard():
        await scene.answers(room, 1)
    scene.alice.say(room, "!news help")
    scene.clock.advance(timedelta(hours=1))
    async with scene.heard():
        pass
    assert 1 == len(scene.said(room))


async def test_the_first_look_is_at_invitations_only(scene: Scene) -> None:
    """A bot that never listened here answers nothing of the history, and enters rooms it was asked into."""
    old = await scene.open_room()
    scene.alice.say(old, "!news help")
    room = scene.alice.ask("POST", "createRoom", body={"invite": [scene.bot.user]})["room_id"]
    async with scene.heard():
        assert "Hello. A moderator can write: !news follow" in words(await scene.answers(room, 1))
        scene.alice.say(old, "!news about")
        await scene.answers(old, 1)
    assert "Version" in scene.said(old)[0]


async def test_only_those_named_may_invite(scene: Scene) -> None:
    """A user on the list or of a server on it is followed; anybody else's invitation is refused."""
    mallory = scene.server.person("mallory")
    await scene.log_in(settings_of(scene.bot, allow=(scene.alice.user, ":example.org")))
    form = {"invite": [scene.bot.user]}
    async with scene.heard():
        bad = mallory.ask("POST", "createRoom", body=form)["room_id"]
        good = scene.alice.ask("POST", "createRoom", body=form)["room_id"]
        await scene.answers(good, 1)
        await scene.comes(lambda: mallory.membership(bad, scene.bot) == "leave")
    assert "join" == scene.alice.membership(good, scene.bot)


async def test_rights_are_those_of_this_moment(scene: Scene) -> None:
    """Power 50 makes a moderator, and taking it away ends that at once; the creator of a new room is above all."""
    bob = scene.server.person("bob")
    rooms = [scene.alice.make_room(scene.bot, bob, room_version=version) for version in ("12", "10")]
    async with scene.heard():
        for room in rooms:
            said = [
                await ask(scene, room, scene.alice, "!news follow gallium"),
                await ask(scene, room, bob, "!news follow rare-earths"),
            ]
            scene.alice.set_power(room, bob, 50)
            said.append(await ask(scene, room, bob, "!news follow rare-earths"))
            scene.alice.set_power(room, bob, None)
            said.append(await ask(scene, room, bob, "!news unfollow rare-earths"))
            assert [True, False, True, False] == ["moderator" not in one for one in said], said


async def test_an_encrypted_room_is_refused_in_words(scene: Scene) -> None:
    """Asked into one, or when a room becomes one: we say why and leave, and post nothing there."""
    encryption = {"algorithm": "m.megolm.v1.aes-sha2"}
    state = [{"type": "m.room.encryption", "state_key": "", "content": encryption}]
    async with scene.heard():
        room = scene.alice.ask("POST", "createRoom", body={"invite": [scene.bot.user], "initial_state": state})
        later = await scene.open_room()
        await scene.bed.tell(news(1))
        await scene.bed.pump()
        scene.alice.set_state(later, "m.room.encryption", encryption)
        for number, one in enumerate((room["room_id"], later)):
            said = (await scene.answers(one, number + 1))[-1]
            assert "This room is encrypted" in words([said])
            await scene.comes(lambda one=one: scene.alice.membership(one, scene.bot) == "leave")
        assert "gone" == await scene.state_of(later)
    await scene.bed.tell(news(2))
    assert 1 == (await scene.bed.pump())["posts_sent"]  # on the console
    assert "Rare earth news 2" not in "".join(scene.said(later))


async def test_a_room_we_are_put_out_of_is_closed_and_opens_again(scene: Scene) -> None:
    """A kick closes the channel at once and keeps what it follows; the next invitation opens it."""
    room = await scene.open_room()
    async with scene.heard():
        scene.alice.remove(room, scene.bot)
        await scene.becomes(room, "gone")
        scene.alice.invite(room, scene.bot)
        await scene.answers(room, 1)
        assert "open" == await scene.state_of(room)
    await scene.bed.tell(news(1))
    await scene.bed.pump()
    assert "Rare earth news 1" in scene.said(room)[-1]


async def test_a_replaced_room_is_closed(scene: Scene) -> None:
    """After an upgrade nothing is posted into the old room, whatever our power there."""
    room = await scene.open_room(room_version="10")
    scene.alice.set_power(room, scene.bot, 50)
    async with scene.heard():
        scene.alice.ask("POST", "rooms", room, "upgrade", body={"new_version": "12"})
        await scene.becomes(room, "gone")
    await scene.bed.tell(news(1))
    await scene.bed.pump()
    assert [] == scene.said(room)


async def test_files_come_after_the_answer(scene: Scene) -> None:
    """A calendar file and a picture, each an event that answers the same message, with its words as the body."""
    room = await scene.open_room()
    for number in (1, 2):
        due = scene.clock() + timedelta(days=20 + number)
        said = f"Bids on the block {number} are due by {due.day} {due:%B} {due.year}."
        await scene.bed.tell(news(number, said, "Rare earth tender"))
    await scene.bed.pump()
    async with scene.heard():
        asked = scene.alice.say(room, "!news deadline list")
        events = await scene.answers(room, 5)
    answer, calendar, picture = events[-3:]
    assert "Dates ahead" in answer["content"]["body"]
    assert ("m.file", "dates.ics") == (calendar["content"]["msgtype"], calendar["content"]["filename"])
    assert "m.image" == picture["content"]["msgtype"]
    assert "in 21 days" in picture["content"]["body"]
    assert {asked} == {relation(event)["m.in_reply_to"]["event_id"] for event in (answer, calendar, picture)}
    assert b"BEGIN:VCALENDAR" in scene.alice.download(calendar["content"]["url"])
    assert scene.alice.download(picture["content"]["url"]).startswith(b"\x89PNG")
