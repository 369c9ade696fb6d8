"""The real program with Discord, killed at random while Discord is no help: what stands in the channel in the end."""

from __future__ import annotations

import asyncio
import json
import random
import time
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app.settings import load_settings
from bot.storage import following, pacing, places, topics
from bot.storage.database import Database
from tests.chat.discord_world import words_of
from tests.fakediscord.server import FakeDiscord
from tests.fakediscord.state import BOT, GUILD, HISTORY, MINERALS, TOKEN, Fault
from tests.feedserver import FeedServer
from tests.test_torture import Channel, judge, torture

RESTARTS = 10


class Minerals(Channel):
    """The fake's channel. `is_hostile`: answers are lost, the server restarts, and no nonce is remembered."""

    module = "tests.fakediscord.launch"

    def __init__(self, folder: Path, fake: FakeDiscord, *, is_hostile: bool) -> None:
        super().__init__(folder)
        self.fake, self.is_hostile, self.turns, self.logins = fake, is_hostile, 0, 0
        self.environment = fake.write_address(folder)
        self.config = f'[console]\nenabled = false\n[operator]\nchannel = ""\n[discord]\ntoken = "{TOKEN}"'
        if is_hostile:
            fake.state.nonce_window = timedelta(0)

    def prepare(self, config: Path) -> None:
        """Let the channel follow from here on."""
        asyncio.run(self._follow(load_settings(config, {}).database))

    async def _follow(self, url: str) -> None:
        database = await Database.open(url)
        async with database.write() as tx:
            account = await places.ensure_account(tx, "discord", str(BOT))
            tenant = await places.ensure_tenant(tx, account, str(GUILD))
            channel, _ = await places.ensure_channel(tx, tenant, str(MINERALS), self.fake.state.clock())
            query = await topics.intern_query(tx, '"rare earth"')
            await following.follow(tx, query, channel, "rare earth", None, self.fake.state.clock())
            await pacing.set_flood(tx, channel, 0)  # each alert is counted: none may hide in a list
        await database.close()

    def is_awake(self) -> bool:
        """Whether it has logged in: on a busy machine it would be killed before it did anything."""
        logins = sum("identify" in line for line in self.fake.gateway.log)
        is_new, self.logins = logins > self.logins, logins
        return is_new

    def disturb(self, chance: random.Random) -> None:
        """Of each turn, one post is made whose answer is lost; in the first ten, the server restarts, too."""
        if not self.is_hostile:
            return
        number, self.turns = self.turns, self.turns + 1
        verb = "PATCH" if number % 4 == 3 else "POST"
        self.fake.state.faults = [Fault(route=f"{verb} /channels", committed=True, status=503 if number % 2 else 0)]
        if number < RESTARTS:
            self.fake.stop()
            time.sleep(0.2)
            self.fake.start()

    def rows(self) -> list[dict[str, str]]:
        """Each alert that stands in the channel, and each edit of a message."""
        rows = []
        for message in list(self.fake.state.channels[MINERALS].messages):
            for number, embed in enumerate(message["embeds"]):
                text = words_of({"content": "", "embeds": [embed]})
                rows.append({"op": "post", "remote_id": f"{message['id']}/{number}", "text": text})
            rows += [{**rows[-1], "op": "edit"}] * message.get("edits", 0)
        return rows


def torture_discord(
    folder: Path, url: str, kills: int, server: FeedServer, *, is_hostile: bool, is_blind: bool = False
) -> dict[str, int]:
    """The figures of one torture; every request in it was right."""
    with FakeDiscord() as fake:
        if is_blind:
            fake.state.channels[MINERALS].denied = HISTORY
        result = torture(folder, url, kills, server, Minerals(folder, fake, is_hostile=is_hostile))
        print(fake.figures(), "sessions", len(fake.gateway.log))
        assert [] == fake.violations()
    return result


def judge_blind(result: dict[str, int]) -> None:
    """Without the history nothing is lost; what came twice is counted."""
    print(json.dumps(result))
    assert {"lost": 0, "stale": 0, "unwanted": 0}.items() <= result.items(), result


@pytest.mark.timeout(240)
def test_killed_while_discord_is_no_help(sqlite_url: str, tmp_path: Path, feed_server: FeedServer) -> None:
    """Ten kills, ten restarts of Discord, an answer lost each time, no nonce kept: lost 0, double 0, in order."""
    judge(torture_discord(tmp_path, sqlite_url, 10, feed_server, is_hostile=True))


@pytest.mark.soak
@pytest.mark.timeout(1200)
def test_killed_for_long(database_url: str, tmp_path: Path, feed_server: FeedServer) -> None:
    """Sixty kills, on both databases, with a Discord as it should be."""
    judge(torture_discord(tmp_path, database_url, 60, feed_server, is_hostile=False))


@pytest.mark.soak
@pytest.mark.timeout(1200)
def test_killed_for_long_while_discord_is_no_help(database_url: str, tmp_path: Path, feed_server: FeedServer) -> None:
    """Sixty kills, on both databases, with all the trouble of the short run."""
    judge(torture_discord(tmp_path, database_url, 60, feed_server, is_hostile=True))


@pytest.mark.soak
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("is_hostile", [False, True])
def test_killed_for_long_without_the_history(
    sqlite_url: str, tmp_path: Path, feed_server: FeedServer, is_hostile: bool
) -> None:
    """Sixty kills without Read Message History: lost 0; with the nonces kept double 0, without them as printed."""
    result = torture_discord(tmp_path, sqlite_url, 60, feed_server, is_hostile=is_hostile, is_blind=True)
    judge_blind(result)
    assert is_hostile or result["double"] == 0
