"""The list of feeds by hand, from the command line: what the console has of its own, beside the operator's list.

Works while Lodewire runs on the same database. Fetches nothing but what is looked at on request.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from bot.app.build import enter_console, open_database, utc_now
from bot.app.settings import Settings
from bot.core.model import FeedSpec
from bot.core.probe import Probe
from bot.core.text.urls import shown_url
from bot.feeds.prober import Prober
from bot.feeds.reader import FeedReader
from bot.storage import feeds
from bot.storage.database import Database
from bot.storage.feeds import FeedHealth

CHUNK = 25
"""Feeds added in one transaction, so that a running Lodewire is not held up."""


@dataclass(frozen=True, slots=True)
class FeedList:
    """The open list of one tenant."""

    database: Database
    tenant: int

    async def all(self) -> list[FeedHealth]:
        """All feeds that are polled for it, own ones first."""
        async with self.database.read() as tx:
            return await feeds.list_feeds(tx, self.tenant)

    async def add(self, specs: Sequence[FeedSpec], told: Callable[[int], None] = lambda count: None) -> int:
        """Add these; how many were not there. `told`: after each chunk, with its size. Raises StorageError."""
        added = 0
        for start in range(0, len(specs), CHUNK):
            chunk = specs[start : start + CHUNK]
            async with self.database.write() as tx:
                for spec in chunk:
                    _, is_new = await feeds.add_feed(tx, self.tenant, _with_own_title(spec), utc_now())
                    added += is_new
            told(len(chunk))
        return added

    async def remove(self, feed: FeedHealth) -> None:
        """Take an own feed off the list."""
        async with self.database.write() as tx:
            await feeds.remove_feed(tx, self.tenant, feed.id, utc_now())


def _with_own_title(spec: FeedSpec) -> FeedSpec:
    """A title that is only the address gives way to the one that the feed gives itself."""
    return replace(spec, title="") if spec.title in (spec.url, shown_url(spec.url)) else spec


@asynccontextmanager
async def open_list(settings: Settings) -> AsyncIterator[FeedList]:
    """The console's list, in the settings' database."""
    async with open_database(settings) as database:
        async with database.write() as tx:
            place = await enter_console(tx, utc_now())
        yield FeedList(database, place.tenant)


async def look_at(settings: Settings, url: str) -> Probe:
    """What an address is. Raises FeedError."""
    async with FeedReader(settings.polling) as reader:
        return await Prober(reader).probe(url)
