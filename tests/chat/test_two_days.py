"""Two days of news by twelve outlets in three languages, on three Discord channels and in two Matrix rooms at once.

One channel is told to wait again and again, and the process is killed between a post and its end; each channel shows
the same all the same: one post each, edits that hold the last state, and the short answers that are due.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import select

from bot.core.model import FeedSpec, Item
from bot.jobs.intake import Intake
from bot.storage import feeds, leases, places
from bot.storage.database import Database
from bot.storage.leases import Holder
from bot.storage.schema import posts
from tests.bed import Bed, ToldConsole, open_bed
from tests.chat.contract import Seen
from tests.chat.discord_world import DiscordWorld, as_seen
from tests.chat.discord_world import open_world as open_discord_world
from tests.chat.matrix_world import MatrixWorld
from tests.chat.matrix_world import open_world as open_matrix_world
from tests.clock import Clock
from tests.fakediscord.state import MINERALS, Channel, Fault

CHANNELS = (MINERALS, MINERALS + 1, MINERALS + 2)
LIMITED = CHANNELS[1]
SUSPENSION = "Zambia suspends cobalt exports for 60 days"
TEXT = "Statutory instrument: suspension of cobalt exports from Zambia"
UGANDA = "Uganda suspends cobalt exports for 60 days"
HALT = "Glencore to halt Mutanda cobalt mine in Congo"
TOLD = (
    # minutes since the first, outlet, tier, language, number, headline, text
    (0, "Wire", 1, "en", 1, SUSPENSION, "The mines ministry in Lusaka wants cobalt refined at home."),
    (7, "Trade", 2, "en", 2, "Zambia halts shipments of cobalt for two months",
     "The mines ministry announced the suspension for 60 days."),
    (8, "Lenta", 2, "ru", 3, "Замбия приостановила экспорт кобальта на 60 дней",
     "Министерство хочет развивать переработку."),
    (8, "Daily", 2, "en", 4, "Cobalt exports suspended by Zambia",
     "Exporters must stop for 60 days, the ministry said."),
    (30, "Zeitung", 2, "de", 5, "Sambia stoppt Ausfuhr von Kobalt für 60 Tage",
     "Das Ministerium in Lusaka will Kobalt im Land verarbeiten."),
    (45, "Vesti", 2, "ru", 6, "Замбия останавливает экспорт кобальта", "Запрет продлится 60 дней."),
    (60, "Kampala", 2, "en", 7, UGANDA, "The mines ministry in Kampala said so."),
    (180, "Mining", 2, "en", 8, "Lusaka stops cobalt exports",
     "Zambia's suspension runs for 60 days, the ministry said."),
    (600, "Ministry", 0, "en", 9, TEXT, "Exports of cobalt are suspended for 60 days."),
    (1500, "Wire", 1, "en", 10, HALT, "Glencore will cut 2.5 thousand jobs at its Mutanda cobalt mine, people said."),
    (1530, "Börse", 2, "de", 11, "Glencore will Kobaltmine Mutanda im Kongo stilllegen",
     "Die Mine Mutanda soll stillstehen."),
    (1600, "Wire", 1, "en", 10, HALT, "Glencore will cut 25 thousand jobs at its Mutanda cobalt mine, people said."),
    (1700, "Kurier", 2, "ru", 12, "Glencore опровергла остановку кобальтового рудника Мутанда",
     "В компании Glencore заявили, что рудник Мутанда в Конго работает."),
)  # fmt: skip


class Killed(BaseException):
    """The process ends between the platform's answer and its own commit."""


@dataclass
class Days:
    """The bed, its two platforms with all their channels, and what happens at each step."""

    bed: Bed
    discord: DiscordWorld
    matrix: MatrixWorld
    hands: dict[int, ToldConsole]
    rooms: list[str]
    outlets: dict[str, FeedSpec] = field(default_factory=dict)
    holders: itertools.count[int] = field(default_factory=lambda: itertools.count(2))

    async def tell(self, outlet: str, tier: int, item: Item) -> None:
        """One outlet brings an item."""
        self.outlets[outlet] = FeedSpec(f"https://{len(outlet)}-{ord(outlet[0])}.example/feed", outlet, tier=tier)
        async with self.bed.line.database.write() as tx:
            await feeds.sync_operator_feeds(tx, list(self.outlets.values()), self.bed.clock())
            known = await feeds.list_feeds(tx, self.bed.tenant)
        await replace(self.bed, feed=next(one.id for one in known if one.title == outlet)).tell(item)

    async def pump(self) -> None:
        """Do what is due; a process that is killed is followed by another one on the same rows."""
        try:
            await self.bed.pump()
        except Killed:
            dead = self.bed.line.holder
            self.bed.line = replace(self.bed.line, holder=Holder(f"process-{next(self.holders)}", None), orphans=set())
            self.bed.intake = Intake(self.bed.line)
            async with self.bed.line.database.write() as tx:
                await leases.sign_off(tx, dead)
                await leases.sign_on(tx, self.bed.line.holder, self.bed.clock())
            await self.bed.pump()

    async def seen(self) -> dict[str, list[Seen]]:
        """What stands in each channel and room."""
        state = self.discord.fake.state
        found = {f"discord {at}": [as_seen(one) for one in state.channels[number].messages]
                 for at, number in enumerate(CHANNELS)}  # fmt: skip
        for at, room in enumerate(self.rooms):
            found[f"matrix {at}"] = await replace(self.matrix, channel=room).seen()
        return found


@pytest_asyncio.fixture
async def days(database: Database, tmp_path: Path, clock: Clock) -> AsyncIterator[Days]:
    """Three channels of one server and two rooms, which follow cobalt."""
    async with AsyncExitStack() as stack:
        bed = await open_bed(database, tmp_path, clock)
        bed.line.pace = replace(bed.line.pace, edit_interval=timedelta(minutes=1))
        bed.group()
        discord = await stack.enter_async_context(open_discord_world(tmp_path, clock))
        matrix = await stack.enter_async_context(open_matrix_world(tmp_path, clock))
        rooms = [matrix.channel, matrix.alice.make_room(matrix.bot)]
        for number in CHANNELS[1:]:
            discord.fake.state.channels[number] = Channel(number, f"minerals-{number - MINERALS}")
        joined, hands = dict(bed.line.platforms), {}
        places_of = {
            "discord": [("700", str(number)) for number in CHANNELS],
            "matrix": [(room, room) for room in rooms],
        }
        for name, platform in (("discord", discord.platform), ("matrix", matrix.platform)):
            async with database.write() as tx:
                account = await places.ensure_account(tx, name, f"bot-{name}")
            hands[account] = ToldConsole(platform, capabilities=platform.capabilities)  # type: ignore[arg-type]
            joined[account] = hands[account]
            for tenant_name, remote in places_of[name]:
                async with database.write() as tx:
                    tenant = await places.ensure_tenant(tx, account, tenant_name)
                    channel, _ = await places.ensure_channel(tx, tenant, remote, clock())
                await bed.follow("cobalt OR кобальта OR Kobalt", channel)
        bed.line.platforms = joined
        yield Days(bed, discord, matrix, hands, rooms)


async def live_through(days: Days) -> None:
    """Bring the news in its order, minute by minute where something is due."""
    clock, passed = days.bed.clock, 0
    for minute, outlet, tier, lang, number, headline, text in TOLD:
        if minute > passed:
            clock.advance(timedelta(seconds=61))
            await days.pump()  # what was held back by the pace of edits
            clock.advance(timedelta(minutes=minute - passed) - timedelta(seconds=61))
            passed = minute
        if number in (1, 4):  # in the middle of a post, and of an edit
            next(iter(days.hands.values())).after = [Killed()]  # type: ignore[list-item]
        if number in (1, 9):
            days.discord.fake.state.faults = [
                Fault("/channels/{channel_id}/messages", 429, times=2, path=str(LIMITED),
                      body={"message": "You are being rate limited.", "retry_after": 0.05, "global": False},
                      headers={"Via": "1.1 google", "X-RateLimit-Scope": "user", "Retry-After": "1"})
            ]  # fmt: skip
        await days.tell(
            outlet, tier, Item(f"g{number}", f"https://news.example/{number}", headline, text, clock(), lang=lang)
        )
        await days.pump()
    for _ in range(4):
        clock.advance(timedelta(minutes=2))
        await days.pump()


@pytest.mark.asyncio
@pytest.mark.timeout(300)
async def test_two_days(days: Days) -> None:
    """In every channel: one alert for each event, the last state of each, at most one edit a minute, three answers."""
    await live_through(days)
    for name, messages in (await days.seen()).items():
        alerts = [one for one in messages if not one.answers]
        answers = [one for one in messages if one.answers]
        told = [headline for headline in (TEXT, UGANDA, HALT) for one in alerts if headline in one.text]
        assert [TEXT, UGANDA, HALT] == list(dict.fromkeys(told)), (name, [one.text for one in alerts])
        _judge_suspension(name, next(one for one in alerts if TEXT in one.text))
        _judge_halt(name, next(one for one in alerts if HALT in one.text))
        kinds = [re.search(r"Official text out|Corrected|Denied", one.text) for one in answers]
        assert ["Official text out", "Corrected", "Denied"] == [one[0] for one in kinds if one], (name, answers)
        own = {one.remote_id for one in alerts}
        assert all(one.answers in own for one in answers), name
        ids = [found for one in alerts for found in re.findall(r"Story (\w{4,6})", one.text)]
        assert len(ids) == len(set(ids)), (name, ids)
    await _judge_pace(days.bed)


async def _judge_pace(bed: Bed) -> None:
    """No message is edited twice within a minute."""
    async with bed.line.database.read() as tx:
        query = select(posts.c.of_post, posts.c.settled_at).where(posts.c.op == "edit").order_by(posts.c.id)
        rows = (await tx.execute(query)).all()
    by_post: dict[int, list[datetime]] = {}
    for row in rows:
        by_post.setdefault(row.of_post, []).append(row.settled_at)
    assert len(by_post) >= 10
    for moments in by_post.values():
        assert all(later - one >= timedelta(minutes=1) for one, later in itertools.pairwise(moments)), moments


def _judge_suspension(name: str, alert: Seen) -> None:
    """Eight outlets, the official text first; what came within a minute was one edit, one of them sent twice."""
    assert "+7 sources; now from an official source" in alert.text, (name, alert.text)
    assert "media only" not in alert.text
    assert 6 <= alert.edits <= 8, (name, alert.edits)


def _judge_halt(name: str, alert: Seen) -> None:
    """Corrected and denied, under the headline as it was."""
    for words in ("Denied", "Corrected", "25 thousand jobs", "Glencore"):
        assert words in alert.text, (name, words, alert.text)
