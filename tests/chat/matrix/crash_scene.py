"""Matrix for the crash driver: one room on a homeserver that runs already; each run begins with a line of Alice's.

The server and the two logins stand in the environment variable `LODEWIRE_CRASH_SCENE`, as JSON.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from bot.app.build import App
from bot.chat.console.client import ConsoleSettings
from bot.chat.matrix.wire import Wire
from bot.storage import places, topics
from bot.storage.following import follow
from tests.chat.matrix_world import relation, settings_of
from tests.crash_driver import ConsoleScene
from tests.person import Person
from tests.synapse import Synapse

VARIABLE = "LODEWIRE_CRASH_SCENE"
BEGIN = "A new run"


def describe(server: Synapse) -> dict[str, str]:
    """The environment that leads the driver to a fresh room on a server."""
    bot, alice = server.person("bot"), server.person("alice")
    people = {name: _login(person) for name, person in (("bot", bot), ("alice", alice))}
    return {VARIABLE: json.dumps({**people, "room": alice.make_room(bot)})}


def _login(person: Person) -> dict[str, str]:
    return {name: value for name, value in vars(person).items() if name != "numbers"}


class MatrixScene(ConsoleScene):
    """The real client; every request of it is a point."""

    wire = (Wire, ("ask",))

    def __init__(self, bot: Person, alice: Person, room: str) -> None:
        self.bot, self.alice, self.room = bot, alice, room

    def sections(self, folder: Path) -> dict[str, Any]:
        """Matrix alone."""
        return {"console": ConsoleSettings(enabled=False, follow_all=False), "matrix": settings_of(self.bot)}

    async def enter(self, app: App) -> None:
        """The room follows what the console would."""
        [account] = app.clients
        async with app.line.database.write() as tx:
            tenant = await places.ensure_tenant(tx, account, self.room)
            channel, _ = await places.ensure_channel(tx, tenant, self.room, app.line.now())
            await follow(tx, await topics.intern_query(tx, '"rare earth"'), channel, "rare", None, app.line.now())

    def begin(self, folder: Path) -> None:
        """What was said before does not count."""
        self.alice.say(self.room, BEGIN)

    def shown(self, folder: Path) -> list[tuple[str, str, str]]:
        """What the room saw since."""
        rows: list[tuple[str, str, str]] = []
        for event in self.alice.events(self.room):
            content = event["content"]
            if content.get("body") == BEGIN:
                rows.clear()
            elif relation(event).get("rel_type") == "m.replace":
                rows.append(("edit", relation(event)["event_id"], content["m.new_content"]["body"]))
            else:
                rows.append(("post", event["event_id"], content["body"]))
        return rows


def open_crash_scene() -> MatrixScene:
    """The scene that the environment describes."""
    found = json.loads(os.environ[VARIABLE])
    return MatrixScene(Person(**found["bot"]), Person(**found["alice"]), found["room"])
