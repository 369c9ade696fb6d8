"""The real program on a real homeserver, either of them killed while news comes in, and answers lost on the way."""

from __future__ import annotations

import random
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chat.matrix_world import relation
from tests.feedserver import FeedServer
from tests.lossy import LossyProxy
from tests.person import Person, until
from tests.synapse import Synapse, run_synapse
from tests.test_torture import Channel, judge, start, torture

CONFIG = """
[console]
enabled = false
follow_all = false
[matrix]
homeserver = "{url}"
user = "{user}"
access_token = "{token}"
allow = [":lodewire.test"]
"""


class Room(Channel):
    """A room that Alice made for the bot, who is asked in and told what to follow as by anybody."""

    lives_s = (1.0, 2.2)

    def __init__(self, folder: Path, server: Synapse, url: str) -> None:
        super().__init__(folder)
        self.server = server
        self.bot: Person = server.person("bot")
        self.alice: Person = server.person("alice")
        self.config = CONFIG.format(url=url, user=self.bot.user, token=self.bot.token)
        self.room = ""

    def prepare(self, config: Path) -> None:
        """From the invitation to the first subscription, with the real program."""
        program = start(config, self)
        self.room = self.alice.ask("POST", "createRoom", body={"invite": [self.bot.user]})["room_id"]
        until(lambda: len(self.alice.heard_from(self.room, self.bot)) >= 1)
        self.alice.say(self.room, '!news follow "rare earth"')
        until(lambda: len(self.alice.heard_from(self.room, self.bot)) >= 2)
        self.alice.say(self.room, "!news settings flood: off")  # each alert is counted: none may hide in a list
        until(lambda: len(self.alice.heard_from(self.room, self.bot)) >= 3)
        program.send_signal(signal.SIGTERM)
        program.wait(timeout=10)

    def rows(self) -> list[dict[str, str]]:
        """What stands in the room: alerts are m.text, and everything else the bot says is not."""
        rows = []
        for event in self.alice.events(self.room):
            content, is_edit = event["content"], relation(event).get("rel_type") == "m.replace"
            if event["sender"] == self.bot.user and content["msgtype"] == "m.text":
                remote = relation(event)["event_id"] if is_edit else event["event_id"]
                words = content["m.new_content"]["body"] if is_edit else content["body"]
                rows.append({"op": "edit" if is_edit else "post", "remote_id": remote, "text": words})
        return rows


class FallingServer(Room):
    """The same, where it is the server that dies."""

    lives_s = (0.2, 0.8)

    def disturb(self, chance: random.Random) -> None:
        """End it as a power cut would, and bring it back."""
        self.server.kill()
        self.server.start()


@pytest.fixture
def lossy(synapse: Synapse) -> Iterator[LossyProxy]:
    """A way to the server that loses each fifth answer to a post."""
    chance = random.Random(4)
    with LossyProxy(synapse.port) as proxy:
        proxy.lose(lambda line: "/send/m.room.message/" in line and "/say-" not in line and chance.random() < 0.2)
        yield proxy


@pytest.fixture
def falling() -> Iterator[Synapse]:
    """A server of its own: others would miss it."""
    server = run_synapse()
    yield server
    server.stop()


def shake(folder: Path, url: str, feeds: FeedServer, room: Room, kills: int, *, kills_program: bool) -> None:
    """Torture it, and judge."""
    judge(torture(folder, url, kills, feeds, room, kills_program=kills_program))


@pytest.mark.timeout(240)
def test_the_program_killed(
    synapse: Synapse, lossy: LossyProxy, sqlite_url: str, tmp_path: Path, feed_server: FeedServer
) -> None:
    """Ten kills with SIGKILL and every fifth answer lost: no post lost or double, in order, the last edit shown."""
    shake(tmp_path, sqlite_url, feed_server, Room(tmp_path, synapse, lossy.url), 10, kills_program=True)
    print(f"answers lost: {len(lossy.lost)}")
    assert lossy.lost


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_the_program_killed_for_long(
    synapse: Synapse, lossy: LossyProxy, database_url: str, tmp_path: Path, feed_server: FeedServer
) -> None:
    """Sixty kills, the same promise, on both databases."""
    shake(tmp_path, database_url, feed_server, Room(tmp_path, synapse, lossy.url), 60, kills_program=True)
    print(f"answers lost: {len(lossy.lost)}")


@pytest.mark.timeout(240)
@pytest.mark.usefixtures("synapse")
def test_the_server_killed(falling: Synapse, sqlite_url: str, tmp_path: Path, feed_server: FeedServer) -> None:
    """Ten kills of the homeserver, started again each time: the same promise, and the program never ends."""
    shake(tmp_path, sqlite_url, feed_server, FallingServer(tmp_path, falling, falling.url), 10, kills_program=False)
