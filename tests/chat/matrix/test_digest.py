"""A digest in a room of a real homeserver: one message at its hour, edited where a headline is put right."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.model import Item
from bot.core.pacing import Digest
from bot.storage import pacing, places
from tests.bed import news
from tests.chat.matrix.scene import Scene
from tests.chat.matrix_world import relation

pytestmark = pytest.mark.asyncio


async def test_a_digest_and_its_correction(scene: Scene) -> None:
    """Nothing before its hour; then one event with a link for each story; the corrected line replaces it."""
    room = await scene.open_room()
    async with scene.database.write() as tx:
        _, channel = await places.find_place(tx, scene.account, room, room)
        await pacing.set_digest(tx, channel, Digest(), scene.clock())
    await scene.bed.tell(news(1), news(2))
    await scene.bed.pump()
    assert [] == scene.said(room)
    scene.clock.advance(timedelta(hours=24))
    await scene.bed.pump()
    await scene.bed.tell(Item("g1", "https://wire.example/1", "Rare earth news 1, put right", "The first words."))
    await scene.bed.pump()
    events = [event["content"] for event in scene.alice.events(room) if event["sender"] == scene.bot.user]
    print(*(content["body"] for content in events), events[0]["formatted_body"], sep="\n\n")
    first, edit = events
    assert first["body"].startswith("Digest\n2 stories, ")
    assert 2 == first["formatted_body"].count("<li><a href=")
    assert "React with" not in first["body"]
    [event] = scene.alice.heard_from(room, scene.bot)
    assert relation({"content": edit})["event_id"] == event["event_id"]
    assert "Rare earth news 1, put right (https://wire.example/1)" in edit["m.new_content"]["body"]
    assert "Rare earth news 2" in edit["m.new_content"]["body"]


async def test_who_reacts_to_a_long_digest_is_asked_which(scene: Scene) -> None:
    """Of more stories than ten in one message, a reaction is answered by their names."""
    room = await scene.open_room()
    async with scene.database.write() as tx:
        _, channel = await places.find_place(tx, scene.account, room, room)
        await pacing.set_digest(tx, channel, Digest(), scene.clock())
    await scene.bed.tell(*(news(number * 37) for number in range(1, 13)))
    await scene.bed.pump()
    scene.clock.advance(timedelta(hours=24))
    await scene.bed.pump()
    scene.clock.advance(-timedelta(hours=24))  # what was written long ago is answered no more
    [event] = scene.alice.heard_from(room, scene.bot)
    async with scene.heard():
        scene.alice.react(room, event["event_id"], "❓")
        answers = await scene.answers(room, 2)
    assert "Why: which story?" in answers[1]["content"]["body"]
    assert 12 == answers[1]["content"]["body"].count("\n- ")
