"""Each trouble of a homeserver or a room, and which error it is for delivery."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.errors import Gone, Rejected, RetryLater
from bot.core.messages import Message, Section
from bot.core.outbox import Finding, Op, Outgoing
from tests.chat.matrix.scene import Scene
from tests.chat.matrix_world import settings_of
from tests.synapse import free_port

pytestmark = pytest.mark.asyncio


def post(room: str, key: str = "key-1", text: str = "Words", **changes: object) -> Outgoing:
    made = Outgoing(key, Op.POST, room, Message((Section(title=text, footer="Story K7Q2"),)))
    return replace(made, **changes)  # type: ignore[arg-type]


async def test_a_room_we_are_not_in_is_gone(scene: Scene) -> None:
    """Kicked, banned, never there, unknown: the channel is closed, and the operator reads what would open it."""
    kicked, banned = await scene.open_room(), await scene.open_room()
    scene.alice.remove(kicked, scene.bot)
    scene.alice.remove(banned, scene.bot, "ban")
    for room in (kicked, banned, scene.alice.make_room(), "!nowhere:lodewire.test", "no room at all"):
        with pytest.raises(Gone, match=r"not in the room .* Invite @bot"):
            await scene.matrix.send(post(room))


@pytest.mark.parametrize("is_known", [False, True])
async def test_a_replaced_room_is_gone(scene: Scene, is_known: bool) -> None:
    """After an upgrade the error names the room that took its place, also where we could still write into the old."""
    room = await scene.open_room(room_version="10")
    if is_known:
        await scene.matrix.send(post(room))
    else:
        scene.alice.set_power(room, scene.bot, 50)
    new = scene.alice.ask("POST", "rooms", room, "upgrade", body={"new_version": "12"})["replacement_room"]
    with pytest.raises(Gone, match=new):
        await scene.matrix.send(post(room, "key-2"))


async def test_a_room_where_we_may_not_write_waits(scene: Scene) -> None:
    """The post is kept, the level that is missing is named, and it goes out once it is given."""
    room = await scene.open_room(power_level_content_override={"events_default": 20})
    with pytest.raises(RetryLater, match=r"level 20, and we have 0.*Give @bot.* the level 20") as caught:
        await scene.matrix.send(post(room))
    assert (False, "channel") == (caught.value.in_doubt, caught.value.scope)
    scene.alice.set_power(room, scene.bot, 20)
    assert await scene.matrix.send(post(room))


async def test_an_encrypted_room_is_gone(scene: Scene) -> None:
    """Nothing is ever posted unprotected among protected words."""
    room = await scene.open_room()
    scene.alice.set_state(room, "m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"})
    with pytest.raises(Gone, match="encrypted"):
        await scene.matrix.send(post(room))
    assert [] == scene.said(room)


async def test_a_server_that_is_away_leaves_the_post_in_doubt(scene: Scene) -> None:
    """Nobody listens: the whole account rests a little, and the post may or may not be there."""
    matrix = await scene.log_in(settings_of(scene.bot, homeserver=f"http://127.0.0.1:{free_port()}"))
    with pytest.raises(RetryLater) as caught:
        await matrix.send(post("!room"))
    assert (True, "account", "") == (caught.value.in_doubt, caught.value.scope, caught.value.todo)


async def test_a_lost_login_says_what_to_do(scene: Scene) -> None:
    """A token the server does not know: all posts wait, none is in doubt, and somebody has to make a new one."""
    matrix = await scene.log_in(settings_of(scene.bot, access_token="wrong"))
    with pytest.raises(RetryLater, match="lodewire matrix login") as caught:
        await matrix.send(post("!room"))
    assert (False, "account", True) == (caught.value.in_doubt, caught.value.scope, bool(caught.value.todo))


async def test_a_strangers_token_is_not_used(scene: Scene) -> None:
    """The token must belong to the named user: alerts never come from somebody else."""
    matrix = await scene.log_in(settings_of(scene.bot, access_token=scene.alice.token))
    with pytest.raises(RetryLater, match=f"belongs to {scene.alice.user}"):
        await matrix.send(post(await scene.open_room()))


async def test_too_much_is_refused_for_good(scene: Scene) -> None:
    """What the server calls too large is no post; the renderer cuts before, so only foreign content comes here."""
    room = await scene.open_room()
    matrix = scene.matrix
    with pytest.raises(Rejected):
        await matrix._put(post(room), lambda _: {"msgtype": "m.text", "body": "x" * 70_000})


async def test_a_removed_message_is_not_edited(scene: Scene) -> None:
    """A moderator took the words out: the edit counts as done, and nothing new appears in the room."""
    room = await scene.open_room()
    ids = await scene.matrix.send(post(room))
    scene.alice.redact(room, ids[0])
    before = len(scene.alice.events(room))
    assert ids == await scene.matrix.edit(post(room, "key-2", "New", op=Op.EDIT, of=ids))
    assert ("$gone",) == await scene.matrix.edit(post(room, "key-3", "New", op=Op.EDIT, of=("$gone",)))
    assert before == len(scene.alice.events(room))


async def test_what_was_made_is_found(scene: Scene) -> None:
    """A post by its key, an edit as the message it changed, a removed one by its transaction; the rest is absent."""
    room, since = await scene.open_room(), datetime.now(UTC)
    ids = await scene.matrix.send(post(room))
    edit = post(room, "key-2", "New", op=Op.EDIT, of=ids)
    await scene.matrix.edit(edit)
    removed = await scene.matrix.send(post(room, "key-3"))
    scene.alice.redact(room, removed[0])
    scene.alice.say(room, "key-4", **{"org.lodewire": {"key": "key-4"}})
    for outgoing, found in ((post(room), ids), (edit, ids), (post(room, "key-3"), removed)):
        assert (Finding.FOUND, found) == (
            (answer := await scene.matrix.find(outgoing, since)).finding,
            answer.remote_ids,
        )
    assert Finding.ABSENT is (await scene.matrix.find(post(room, "key-4"), since)).finding
    assert Finding.ABSENT is (await scene.matrix.find(post(room), since + timedelta(hours=1))).finding
    with pytest.raises(Gone):
        await scene.matrix.find(post(scene.alice.make_room(), "key-5"), since)


async def test_history_of_several_pages_is_looked_through(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy room: the look goes on until the time of the post, and says so where that is too far."""
    room, since = await scene.open_room(), datetime.now(UTC)
    ids = await scene.matrix.send(post(room))
    for number in range(12):
        scene.bot.say(room, f"Answer {number}")
    monkeypatch.setattr("bot.chat.matrix.rooms.PAGE", "5")
    assert ids == (await scene.matrix.find(post(room), since)).remote_ids
    monkeypatch.setattr("bot.chat.matrix.rooms.MOST_PAGES", 1)
    assert Finding.CANNOT_TELL is (await scene.matrix.find(post(room), since)).finding


async def test_a_password_logs_in_as_the_same_device(scene: Scene) -> None:
    """Started anew with a password, the same key is the same event; a token that is taken away is made anew."""
    settings = settings_of(scene.bot, access_token="", password=scene.bot.password, device_id="NEWS")
    room = await scene.open_room()
    first = await (await scene.log_in(settings)).send(post(room))
    second = await (await scene.log_in(settings)).send(post(room))
    assert first == second
    scene.bot.ask("POST", "logout", "all", body={})
    assert first == await scene.matrix.send(post(room))
    assert 1 == len(scene.said(room))
