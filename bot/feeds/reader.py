"""A reader of feeds, as the jobs see it: asks a server, reads the page beside the event loop. Opened once."""

from __future__ import annotations

from types import TracebackType

from bot.core.model import NotModified, Page, ParsedFeed, Validators
from bot.feeds.fetch import Fetcher
from bot.feeds.settings import Polling
from bot.feeds.worker import Parser


class FeedReader:
    """The connections and the parser thread of a process. Use with `async with`."""

    def __init__(self, polling: Polling | None = None) -> None:
        self._fetcher = Fetcher(polling or Polling())
        self._parser = Parser()

    async def __aenter__(self) -> FeedReader:
        await self._fetcher.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._parser.close()
        await self._fetcher.__aexit__(kind, error, trace)

    async def fetch(self, url: str, validators: Validators, zone: str | None = None) -> Page | NotModified:
        """Ask for a feed. Raises FeedError."""
        return await self._fetcher.fetch(url, validators, zone)

    async def parse(self, page: Page) -> ParsedFeed:
        """Read a page, off the event loop. Never raises for what is on it."""
        return await self._parser.parse(page)
