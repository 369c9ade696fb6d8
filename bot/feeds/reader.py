"""A reader of feeds, as the jobs see it: asks a server, reads the page beside the event loop. Opened once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from types import TracebackType
from typing import TypeVar

import bot
from bot.core.model import Article, NotModified, Page, ParsedFeed, Recipe, Validators
from bot.core.text.hashes import hash64
from bot.feeds.fetch import Fetcher, user_agent
from bot.feeds.robots import Robots
from bot.feeds.settings import Polling
from bot.feeds.worker import READING, Parser

Result = TypeVar("Result")
LONGEST_PAUSE_S = 3_600.0  # longer ones are a mistake, or mean "stay away", for which there is a rule


class FeedReader:
    """The connections and the parser thread of a process. Use with `async with`."""

    def __init__(self, polling: Polling | None = None) -> None:
        polling = polling or Polling()
        self.stamp = hash64("reader", user_agent(polling.contact).replace(bot.__version__, ""), str(READING))
        """Not by our version: a server that tells us apart by it would be asked for all by every release."""
        self._fetcher = Fetcher(polling)
        self._parser = Parser()
        self._robots = Robots(self._fetcher)

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

    async def visit(
        self, url: str, validators: Validators, zone: str | None, recipe: Recipe | None = None
    ) -> Page | NotModified:
        """Ask for a web page, if its site's robots.txt lets us. Raises FeedError."""
        page = await self._fetcher.fetch(url, validators, zone, takes_pages=True, gate=self._robots.require)
        return page if isinstance(page, NotModified) else replace(page, recipe=recipe)

    async def ask_rules(self, url: str) -> bool:
        """Learn what a site asks of programs, unless it is known; whether a request was made. Raises FeedError."""
        return await self._robots.ask(url)

    def pause_of(self, url: str) -> timedelta:
        """The pause between two requests that a site's known rules ask for."""
        return timedelta(seconds=min(self._robots.pause_of(url), LONGEST_PAUSE_S))

    async def read_article(self, url: str) -> Article:
        """The text of a web page, if its site's robots.txt lets us; "" where none can be made out. Raises FeedError."""
        from bot.feeds.extractor import Extractor  # here: most feeds have no need of it

        page = await self.visit(url, Validators(), None)
        assert isinstance(page, Page), "only a conditional request is answered 304"
        return Article(page.url, await Extractor().extract(page) if page.is_web_page else "")

    async def look(self, url: str) -> Page:
        """Ask for whatever is at an address, feed or web page, unconditionally. Raises FeedError."""
        page = await self._fetcher.fetch(url, Validators(), takes_pages=True)
        assert isinstance(page, Page), "only a conditional request is answered 304"
        return page

    async def run(self, read: Callable[[Page], Result], page: Page) -> Result:
        """Read a page some other way, off the event loop."""
        return await self._parser.run(read, page)

    async def parse(self, page: Page) -> ParsedFeed:
        """Read a page, off the event loop. Never raises for what is on it."""
        return await self._parser.parse(page)
