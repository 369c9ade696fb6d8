"""Pictures on a real homeserver: uploaded, shown under the answer, with their words as the caption."""

from __future__ import annotations

import pytest

from tests.bed import news
from tests.chat.matrix.scene import Scene
from tests.chat.matrix_world import relation

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize("look", ["light", "dark"])
async def test_a_trend_is_a_picture_with_its_words(scene: Scene, look: str) -> None:
    """The text first, then the PNG, which answers the same message; both tell how many there were."""
    room = await scene.open_room()
    for number in (1, 2, 3):
        await scene.bed.tell(news(number))
    await scene.bed.pump()
    posted = len(scene.said(room))
    async with scene.heard():
        asked = scene.alice.say(room, f"!news trend rare-earths 14 picture:{look}")
        answer, picture = (await scene.answers(room, posted + 2))[posted:]
    assert "In all: 3 stories" in answer["content"]["body"]
    assert ("m.image", "image/png") == (picture["content"]["msgtype"], picture["content"]["info"]["mimetype"])
    assert "Stories a day on Rare earths" in picture["content"]["body"]
    assert "3 in all" in picture["content"]["body"]
    assert {asked} == {relation(event)["m.in_reply_to"]["event_id"] for event in (answer, picture)}
    assert {} == picture["content"]["m.mentions"]
    body = scene.alice.download(picture["content"]["url"])
    assert body.startswith(b"\x89PNG")
    assert len(body) == picture["content"]["info"]["size"]
