"""What is known to go wrong with matrix-nio 0.26, and that none of it happens to us."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from datetime import timedelta
from math import inf
from typing import Any

import pytest

from bot.chat.matrix import inbound
from bot.chat.matrix.rooms import Rooms
from bot.core.errors import RetryLater
from tests.bed import news
from tests.chat.matrix.scene import Scene, open_scene
from tests.chat.matrix.test_client import post
from tests.chat.matrix_world import settings_of
from tests.lossy import LossyProxy
from tests.synapse import Synapse, free_port

pytestmark = pytest.mark.asyncio


@pytest.fixture
def proxy(synapse: Synapse) -> Iterator[LossyProxy]:
    """A way to the server that counts what is asked."""
    with LossyProxy(synapse.port) as running:
        yield running


async def test_a_revoked_token_is_no_hot_loop(scene: Scene, proxy: LossyProxy) -> None:
    """1: its sync loop asks 700 times a second with a dead token. Ours ends at once, saying what to do."""
    await scene.log_in(settings_of(scene.bot, homeserver=proxy.url))
    async with asyncio.timeout(10):
        serving = asyncio.create_task(scene.matrix.serve(scene.office, scene.account))
        await scene.comes(scene.token)
        before = len(proxy.requests)
        scene.bot.ask("POST", "logout", body={})
        with pytest.raises(RetryLater, match="lodewire matrix login"):
            await serving
    assert len(proxy.requests) - before <= 3


async def test_one_bad_event_loses_no_other(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """2: an exception in a callback loses the rest of its batch. With us it is logged, and the rest is answered."""
    room = await scene.open_room()
    async with scene.heard():
        pass
    answer = inbound.answer_text

    async def fail(office: Any, text: str, *rest: Any) -> Any:
        if text == "help":
            raise RuntimeError("a mistake of ours")
        return await answer(office, text, *rest)

    monkeypatch.setattr(inbound, "answer_text", fail)
    for words in ("!news about", "!news help", "!news following"):
        scene.alice.say(room, words)
    async with scene.heard():
        await scene.answers(room, 2)
        await scene.comes(scene.token)
    assert ["Version" in text for text in scene.said(room)] == [True, False]


async def test_power_is_that_of_the_room_now(scene: Scene) -> None:
    """3: it gives the creator of a version 12 room no power, and keeps a level that was taken away."""
    room = await scene.open_room(room_version="12")
    rooms: Rooms = scene.matrix._rooms
    assert (inf, 0) == ((powers := await rooms.powers(room)).of(scene.alice.user), powers.of(scene.bot.user))
    scene.alice.set_power(room, scene.bot, 50)
    assert 50 == (await rooms.powers(room)).of(scene.bot.user)
    scene.alice.set_power(room, scene.bot, None)
    assert 0 == (await rooms.powers(room)).of(scene.bot.user)


async def test_a_room_that_replaced_another_is_understood(scene: Scene) -> None:
    """4: a version 12 room with a predecessor reads as version 1. We see its creator for what they are."""
    old = await scene.open_room(room_version="12")
    room = scene.alice.ask("POST", "rooms", old, "upgrade", body={"new_version": "12"})["replacement_room"]
    scene.alice.invite(room, scene.bot)
    scene.bot.join(room)
    powers = await scene.matrix._rooms.powers(room)
    assert "predecessor" in powers.create["content"]
    assert inf == powers.of(scene.alice.user)


async def test_joining_says_by_which_server(scene: Scene, proxy: LossyProxy) -> None:
    """5: its join names no server, and new room ids name none either. Ours names the inviter's."""
    await scene.log_in(settings_of(scene.bot, homeserver=proxy.url))
    async with scene.heard():
        room = scene.alice.ask("POST", "createRoom", body={"invite": [scene.bot.user]})["room_id"]
        await scene.answers(room, 1)
    [join] = [line for line in proxy.requests if line.startswith("POST /_matrix/client/v3/join/")]
    assert "via=lodewire.test" in join


async def test_a_room_needs_no_sync_before_a_post(scene: Scene) -> None:
    """6: it may refuse rooms it has not heard of. `lodewire once` never listens, and posts."""
    room = await scene.open_room()
    assert await (await scene.log_in()).send(post(room))


async def test_a_limit_is_told_not_slept_through(strict_synapse: Synapse, sqlite_url: str, tmp_path: Any) -> None:
    """7: it sleeps and tries for ever, so nobody learns of a limit. We say how long, for all rooms, within a second."""
    async with open_scene(strict_synapse, sqlite_url, tmp_path) as scene:
        room = await scene.open_room()
        with pytest.raises(RetryLater) as caught:
            async with asyncio.timeout(5):
                for number in range(15):
                    await scene.matrix.send(post(room, f"key-{number}"))
        limited = caught.value
    assert ("account", False) == (limited.scope, limited.in_doubt)
    assert limited.after is not None
    assert timedelta(seconds=1) < limited.after <= timedelta(seconds=6)


async def test_a_dead_server_is_told(scene: Scene) -> None:
    """8: a connection that breaks raises errors of another library. Ours leave as our own, and listening goes on."""
    room = await scene.open_room()
    async with scene.heard():
        scene.server.kill()
        await scene.bed.tell(news(1))
        with pytest.raises(RetryLater):
            await scene.matrix.send(post(room))
        await asyncio.to_thread(scene.server.start)
        scene.alice.say(room, "!news about")
        await scene.answers(room, 1)


async def test_the_log_is_ours(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    """9: it logs each answer that is no success as an error of its own. With us only our own sentence is there."""
    caplog.set_level(logging.DEBUG)
    matrix = await scene.log_in(settings_of(scene.bot, homeserver=f"http://127.0.0.1:{free_port()}"))
    with pytest.raises(RetryLater):
        await matrix.send(post("!room"))
    matrix = await scene.log_in()
    with pytest.raises(Exception, match="not in the room"):
        await matrix.send(post("!room"))
    assert [] == [record for record in caplog.records if record.name.startswith("nio")]
