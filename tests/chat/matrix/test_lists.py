"""Long lists in a room: a page of ten with the counts, whole in the plain body, the next page by the words it names."""

from __future__ import annotations

import pytest

from bot.storage import places
from tests.chat.matrix.scene import Scene
from tests.commands import healths

pytestmark = pytest.mark.asyncio


async def test_feeds_in_every_kind_of_health(scene: Scene) -> None:
    """Whoever made the room is told of all feeds, ten a page, each with what to write; then of an import."""
    room = await scene.open_room()
    async with scene.database.write() as tx:
        tenant = await places.ensure_tenant(tx, scene.account, room)
    await healths.fill(scene.database, tenant, scene.clock())
    async with scene.heard():
        for number, line in enumerate(("feed list", "feed list page:2", f"opml import {healths.PASTED}"), 1):
            scene.alice.say(room, f"!news {line}")
            await scene.answers(room, number)
        bodies = [event["content"]["body"] for event in await scene.answers(room, 3)]
    print(*bodies, sep="\n\n")
    for body in bodies[:2]:
        assert healths.COUNTED in body
    assert [10, 3] == [body.count("\n- ") for body in bodies[:2]]
    assert "page 1 of 2. More: feed list page:2" in bodies[0]
    assert healths.IMPORTED in bodies[2]
