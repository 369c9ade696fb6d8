"""Traces through the whole line: real HTTP, real rows on both databases, the real console and its transcript."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console as Terminal
from sqlalchemy import update

from bot.app.build import App, open_app
from bot.app.once import jobs_by_name, run_until_idle
from bot.app.settings import Delivery, Settings
from bot.chat.console.client import Console, ConsoleSettings
from bot.chat.console.inbound import answer_line
from bot.chat.console.screen import Screen
from bot.commands.answer import open_office
from bot.core.errors import RetryLater
from bot.core.messages import as_text
from bot.core.model import FeedSpec
from bot.core.outbox import Capabilities, Found, Outgoing
from bot.feeds.settings import Polling
from bot.jobs.line import Job
from bot.storage import following, places, topics
from bot.storage.schema import feeds
from tests.clock import Clock
from tests.feedserver import Entry, FeedServer

pytestmark = pytest.mark.asyncio

HOUR = timedelta(hours=1)
LINE = ("intake", "route", "deliver")
FIRST = "China halts rare earth exports"


def told(text: str, number: int = 1) -> Entry:
    """A rare-earth story of the wire in these words."""
    return Entry(
        FIRST if number == 1 else f"Rare earth news {number}", text, f"g{number}", f"http://127.0.0.1/{number}"
    )


class Killed(BaseException):
    """The process ends here; nothing of it runs on."""


@dataclass
class Moody:
    """The real console, of which one channel is limited for its next calls, or which dies after a send."""

    console: Console
    limited: Counter[str] = field(default_factory=Counter)
    dies_after_send: bool = False
    capabilities: Capabilities = field(default_factory=Capabilities)

    async def send(self, post: Outgoing) -> tuple[str, ...]:
        """Post; die after it if told so."""
        ids = await self.console.send(post)
        if self.dies_after_send:
            raise Killed
        return ids

    async def edit(self, post: Outgoing) -> tuple[str, ...]:
        """Edit, unless this channel is limited."""
        if self.limited[post.channel] > 0:
            self.limited[post.channel] -= 1
            raise RetryLater("Too many requests.", after=timedelta(seconds=30), in_doubt=False)
        return await self.console.edit(post)

    async def find(self, post: Outgoing, since: datetime) -> Found:
        """Look in the transcript."""
        return await self.console.find(post, since)


@dataclass
class Flow:
    """A running program on a feed, its clock in our hand."""

    app: App
    clock: Clock
    server: FeedServer
    platform: Moody
    jobs: dict[str, Job]

    async def publish(self, *entries: Entry, then: tuple[str, ...] = LINE) -> Counter[str]:
        """Let the wire say this, an hour later; poll, and run the jobs `then` until they are idle."""
        self.server.publish("wire.xml", entries)
        self.clock.advance(HOUR)
        return await self.run("poll") + await self.run(*then)

    async def run(self, *names: str) -> Counter[str]:
        """Run jobs until they have nothing more to do."""
        return await run_until_idle(self.jobs, names)

    async def say(self, text: str) -> str:
        """Type a line at the console; its answer."""
        office = open_office(self.app.line.database, self.clock)
        return as_text((await answer_line(office, text, self.app.place.account)).message)

    def shown(self) -> list[tuple[str, str, str]]:
        """What the channels saw: (op, remote id, text)."""
        path = Path(self.app.settings.console.transcript)
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []
        return [(row["op"], row["remote_id"], row["text"]) for row in rows]


@asynccontextmanager
async def open_flow(
    url: str, folder: Path, clock: Clock, server: FeedServer, *, follow_all: bool = True
) -> AsyncIterator[Flow]:
    """Start the program as `lodewire run` does, but for its runner: the test runs the jobs."""
    settings = Settings(
        database=url,
        polling=Polling(min_interval_s=60, per_host_gap_s=0, allow_private_networks=True),
        lease_s=1e6,  # the clock goes by hours
        delivery=Delivery(edit_interval_s=0),
        console=ConsoleSettings(transcript=str(folder / "transcript.jsonl"), style="plain", follow_all=follow_all),
    )
    screen = Screen(Terminal(file=StringIO()), is_rich=False)
    spec = FeedSpec(server.url("wire.xml"), "Wire", tier=1)
    async with open_app(settings, now=clock, feeds=[spec], screen=screen) as app:
        platform = Moody(app.console, capabilities=app.console.capabilities)
        app.line.platforms = {app.place.account: platform}
        yield Flow(app, clock, server, platform, dict(jobs_by_name(app)))


async def test_an_update_that_sets_a_date(
    database_url: str, tmp_path: Path, clock: Clock, feed_server: FeedServer
) -> None:
    """One post for the story; when its text comes to set a deadline, one edit of that post with the due line."""
    async with open_flow(database_url, tmp_path, clock, feed_server) as flow:
        await flow.publish()
        counts = await flow.publish(told("The ministry gave no date."))
        assert (1, 1, 0) == (counts["items_new"], counts["posts_sent"], counts["posts_edited"])
        counts = await flow.publish(told("Licences must be requested; comments are due by 12 December 2025."))
        assert (1, 0, 1) == (counts["items_changed"], counts["posts_sent"], counts["posts_edited"])
        counts = await flow.publish(told("Licences must be requested; comments are due by 12 December 2025."))
        assert (0, 1) == (counts["posts_edited"], counts["not_modified"] + counts["fetched"])
        (first, second) = flow.shown()
        assert ("post", "edit", first[1]) == (first[0], second[0], second[1])
        assert "Due" not in first[2]
        assert "Due: Fri 12 Dec 2025 (in 38 days)" in second[2]


async def test_the_proof_is_the_alert(database_url: str, tmp_path: Path, clock: Clock, feed_server: FeedServer) -> None:
    """`follow` shows the latest match at once; the same story's own alert makes no second post, its edit edits it."""
    async with open_flow(database_url, tmp_path, clock, feed_server, follow_all=False) as flow:
        await flow.publish()
        await flow.publish(told("The first words."), then=("intake",))
        assert f"{FIRST} (its alert follows now" in await flow.say("follow rare_earths")
        counts = await flow.run("deliver", "route", "deliver")
        assert 1 == counts["posts_sent"]
        counts = await flow.publish(told("The corrected words."))
        assert (0, 1) == (counts["posts_sent"], counts["posts_edited"])
        await flow.publish(told("News.", 2), told("The corrected words."))
        assert ["post", "edit", "post"] == [op for op, _, _ in flow.shown()]
        assert flow.shown()[0][1] == flow.shown()[1][1]


async def test_one_limited_channel_holds_up_no_other(
    database_url: str, tmp_path: Path, clock: Clock, feed_server: FeedServer
) -> None:
    """A living edit to five channels, one of them limited: four show it at once, the fifth at its time, each once."""
    async with open_flow(database_url, tmp_path, clock, feed_server) as flow:
        async with flow.app.line.database.write() as tx:
            query = await topics.intern_query(tx, '"rare earth"')
            for number in range(4):
                channel, _ = await places.ensure_channel(tx, flow.app.place.tenant, f"room {number}", clock())
                await following.follow(tx, query, channel, "rare earth", None, clock())
        await flow.publish()
        assert 5 == (await flow.publish(told("The first words.")))["posts_sent"]
        flow.platform.limited["room 2"] = 1
        counts = await flow.publish(told("The corrected words."))
        assert (4, 1) == (counts["posts_edited"], counts["posts_later"])
        clock.advance(timedelta(seconds=29))
        assert {} == dict(await flow.run("deliver"))
        clock.advance(timedelta(seconds=1))
        assert 1 == (await flow.run("deliver"))["posts_edited"]
        posted = {remote for op, remote, _ in flow.shown() if op == "post"}
        edited = [remote for op, remote, text in flow.shown() if op == "edit" and "The corrected words." in text]
        assert (5, sorted(posted)) == (len(posted), sorted(edited))


async def test_killed_between_send_and_settle(
    database_url: str, tmp_path: Path, clock: Clock, feed_server: FeedServer
) -> None:
    """The post is on the platform and its row says it is open: the next process finds it and sends no second."""
    async with open_flow(database_url, tmp_path, clock, feed_server) as flow:
        await flow.publish()
        flow.platform.dies_after_send = True
        with pytest.raises(Killed):
            await flow.publish(told("The first words."))
        assert ["post"] == [op for op, _, _ in flow.shown()]
    async with open_flow(database_url, tmp_path, clock, feed_server) as flow:
        counts = await flow.run("deliver")
        assert (1, 1) == (counts["posts_found"], counts["posts_sent"])
        counts = await flow.publish(told("The corrected words."))
        assert 1 == counts["posts_edited"]
        (first, second) = flow.shown()
        assert ("post", "edit", first[1]) == (first[0], second[0], second[1])


async def test_an_untitled_feed_shows_no_secret(
    database_url: str, tmp_path: Path, clock: Clock, feed_server: FeedServer
) -> None:
    """An alert that names its source by the feed's address leaves out login and token."""
    async with open_flow(database_url, tmp_path, clock, feed_server) as flow:
        await flow.publish()
        await flow.publish(told("Words."), then=("intake",))
        async with flow.app.line.database.write() as tx:
            secret = "https://anna:hunter2@wire.example/feed?token=hunter2"
            await tx.execute(update(feeds).values(title="", url=secret))
        await flow.run("route", "deliver")
        assert 1 == len(flow.shown())
        assert "https://wire.example/feed" in flow.shown()[0][2]
        assert "hunter2" not in flow.shown()[0][2]
