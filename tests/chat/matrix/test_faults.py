"""Bad days, with the real jobs: what was posted, who was told, and that the other channels went on."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.bed import news
from tests.chat.matrix.scene import Scene, open_scene
from tests.chat.matrix_world import settings_of
from tests.lossy import LossyProxy
from tests.synapse import Synapse

pytestmark = pytest.mark.asyncio


def numbers(texts: list[str]) -> list[int]:
    """The stories shown, by their numbers, in order."""
    return [int(text.partition("Rare earth news ")[2].split()[0]) for text in texts if "Rare earth news" in text]


def told(scene: Scene, words: str) -> int:
    """How often the operator, who reads the console, was told."""
    return sum(words in row["text"] for row in scene.bed.shown())


@pytest.fixture
def proxy(synapse: Synapse) -> Iterator[LossyProxy]:
    """A way to the server that can lose answers."""
    with LossyProxy(synapse.port) as running:
        yield running


async def test_a_storm_of_limits(strict_synapse: Synapse, sqlite_url: str, tmp_path: Path) -> None:
    """Synapse's own limits, ten posts in two rooms: each once, in order, and the console waits for nothing."""
    async with open_scene(strict_synapse, sqlite_url, tmp_path) as scene:
        rooms = [await scene.open_room(), await scene.open_room()]
        await scene.bed.tell(*(news(number) for number in range(5)))
        await scene.bed.pump()
        assert 5 == len(scene.bed.posts())
        assert sum(len(scene.said(room)) for room in rooms) < 10
        await scene.pump_for(lambda: sum(len(scene.said(room)) for room in rooms) >= 10, 40)
        assert [[0, 1, 2, 3, 4]] * 2 == [numbers(scene.said(room)) for room in rooms]
        assert 0 == told(scene, "wait for you")


async def test_an_hour_without_the_server(scene: Scene) -> None:
    """What came meanwhile is posted once and in order within half a minute of its return; the console went on."""
    room = await scene.open_room()
    scene.server.kill()
    for minute in range(60):
        if minute % 10 == 0:
            await scene.bed.tell(news(minute))
        await scene.bed.pump()
        scene.clock.advance(timedelta(minutes=1))
    assert 6 == len(scene.bed.posts())
    await asyncio.to_thread(scene.server.start)
    for _ in range(3):
        await scene.bed.pump()
        scene.clock.advance(timedelta(seconds=10))
    assert [0, 10, 20, 30, 40, 50] == numbers(scene.said(room))
    assert 0 == told(scene, "wait for you")


async def test_a_right_lost_and_given_back(scene: Scene) -> None:
    """The operator hears once in a week what is missing; the other room goes on; then all comes, once and in order."""
    room, other = await scene.open_room(), await scene.open_room()
    scene.alice.set_state(room, "m.room.power_levels",
                          scene.alice.state(room, "m.room.power_levels") | {"events_default": 50})  # fmt: skip
    for number in range(3):
        await scene.bed.tell(news(number))
        for _ in range(3):
            await scene.bed.pump()
            scene.clock.advance(timedelta(minutes=11))
    assert 1 == told(scene, f"Give {scene.bot.user} the level 50")
    assert ([], [0, 1, 2]) == (scene.said(room), numbers(scene.said(other)))
    scene.alice.set_power(room, scene.bot, 50)
    await scene.bed.pump()
    assert [0, 1, 2] == numbers(scene.said(room))


async def test_a_room_that_is_gone(scene: Scene) -> None:
    """Put out of a room: told once, nothing is tried again, others go on; asked in again, news comes again."""
    room, other = await scene.open_room(), await scene.open_room()
    scene.alice.remove(room, scene.bot)
    for number in range(3):
        await scene.bed.tell(news(number))
        await scene.bed.pump()
        scene.clock.advance(timedelta(hours=1))
    assert 1 == told(scene, "A channel is closed to us")
    assert [0, 1, 2] == numbers(scene.said(other))
    async with scene.heard():
        scene.alice.invite(room, scene.bot)
        await scene.answers(room, 1)
    await scene.bed.tell(news(3))
    await scene.bed.pump()
    assert 3 == numbers(scene.said(room))[-1]


async def test_a_message_removed_before_its_edit(scene: Scene) -> None:
    """A moderator took an alert out: the corrected story does not bring it back, and nobody is bothered."""
    room = await scene.open_room()
    await scene.bed.tell(news(1))
    await scene.bed.pump()
    [alert] = scene.alice.heard_from(room, scene.bot)
    scene.alice.redact(room, alert["event_id"])
    before = len(scene.alice.events(room))
    await scene.bed.tell(news(1, "The corrected words."))
    counts = await scene.bed.pump()
    assert 2 == counts["posts_edited"]  # on the console, and nowhere to be seen in the room
    assert before == len(scene.alice.events(room))
    assert 1 == len(scene.bed.posts())


async def test_a_login_taken_away(scene: Scene) -> None:
    """All Matrix posts wait, told once; the console goes on; with a new token of the same device all comes, once."""
    room = await scene.open_room()
    scene.alice.say(room, "hello")
    scene.bot.ask("POST", "logout", body={})
    for number in range(3):
        await scene.bed.tell(news(number))
        await scene.bed.pump()
        scene.clock.advance(timedelta(hours=1))
    assert 1 == told(scene, "Posts wait for you")
    assert (3, []) == (sum("Rare earth" in text for text in scene.bed.posts()), scene.said(room))
    form = {"type": "m.login.password", "identifier": {"type": "m.id.user", "user": scene.bot.user},
            "password": scene.bot.password, "device_id": scene.bot.device}  # fmt: skip
    await scene.log_in(settings_of(scene.bot, access_token=scene.bot.ask("POST", "login", body=form)["access_token"]))
    await scene.bed.pump()
    assert [0, 1, 2] == numbers(scene.said(room))


@pytest.mark.parametrize("later", [timedelta(minutes=1), timedelta(hours=21)])
async def test_an_answer_lost_after_the_post_was_made(scene: Scene, proxy: LossyProxy, later: timedelta) -> None:
    """Within a day the same key gives the same event; later the history is looked through. Shown once either way."""
    await scene.log_in(settings_of(scene.bot, homeserver=proxy.url))
    room = await scene.open_room()
    proxy.lose(lambda line: line.startswith("PUT ") and "/send/" in line)
    await scene.bed.tell(news(1), news(2))
    counts = await scene.bed.pump()
    assert 1 == counts["posts_later"]
    await scene.bed.tell(news(1, "Corrected."))
    proxy.lose(lambda line: False)
    scene.clock.advance(later)
    counts = await scene.bed.pump()
    assert len(proxy.lost) >= 1
    assert [1, 2] == numbers(scene.said(room))
    assert (later > timedelta(hours=20)) == counts["posts_found"]
    assert any("Corrected." in event["content"]["body"] for event in scene.alice.events(room))
