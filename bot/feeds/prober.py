"""One look at an address that a person names, before it is polled: what it is, and what comes of it.

A feed costs one request, a site that names its feed a second one. What was found is remembered for some minutes, so
that the site is not asked again when the person says yes.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

from bot.core.errors import FeedError, FeedTrouble
from bot.core.model import Item, Page, ParsedFeed, Recipe, Validators
from bot.core.probe import Probe
from bot.core.text.urls import shown_url
from bot.feeds.reader import FeedReader

PATIENCE_S = 12.0
"""A person waits for the answer."""

KEPT_S = 600.0
MOST = 200
LATEST = 3
UNDATED = datetime.min.replace(tzinfo=UTC)


class Prober:
    """Looks at addresses with a reader's connections. `clock` tells seconds, from any moment on."""

    def __init__(self, reader: FeedReader, clock: Callable[[], float] = time.monotonic) -> None:
        self._reader = reader
        self._clock = clock
        self._known: dict[str, tuple[float, Probe]] = {}

    async def probe(self, url: str) -> Probe:
        """What the address is. Raises FeedError."""
        if (known := self._recall(url)) is not None:
            return known
        async with _patience(url):
            found = await self._look(url)
        for address in {url, found.url}:
            self._keep(address, found)
        return found

    async def probe_page(self, url: str, rows: str = "") -> Probe:
        """What watching a web page would bring, by a selector for its rows or a guess at one. Raises FeedError."""
        key = f"{url} {rows}"
        if (known := self._recall(key)) is not None:
            return known
        async with _patience(url):
            found = await self._read_page(url, rows)
        self._keep(key, found)
        self._keep(f"{url} {found.recipe.rows if found.recipe else ''}", found)
        return found

    async def _read_page(self, url: str, rows: str) -> Probe:
        from bot.feeds.webpage import suggest_recipe  # here: a round of polls looks at no web page

        page = await self._reader.visit(url, Validators(), None)
        assert isinstance(page, Page), "only a conditional request is answered 304"
        recipe = Recipe(rows) if rows else await self._reader.run(suggest_recipe, page)
        if recipe is None:
            words = f"{shown_url(url)}: nothing on it looks like a list of news."
            raise FeedError(url, FeedTrouble.NOT_A_FEED, words)
        parsed = await self._reader.parse(replace(page, recipe=recipe))
        if not parsed.format:
            raise FeedError(url, FeedTrouble.NOT_A_FEED, f"{shown_url(url)}: {parsed.problems[0]}")
        dates = tuple(item.published for item in parsed.items if item.published)
        latest = parsed.items[:LATEST]
        return Probe(url, parsed.title, parsed.lang, len(parsed.items), latest, dates, recipe=recipe)

    def _recall(self, url: str) -> Probe | None:
        at, found = self._known.get(url, (0.0, None))
        return found if found is not None and self._clock() - at < KEPT_S else None

    def _keep(self, url: str, found: Probe) -> None:
        self._known.pop(url, None)
        while len(self._known) >= MOST:
            del self._known[next(iter(self._known))]
        self._known[url] = (self._clock(), found)

    async def _look(self, url: str) -> Probe:
        page = await self._reader.look(url)
        parsed = await self._reader.parse(page)
        if parsed.format:
            return _describe(url, page, parsed)
        from bot.feeds.discover import find_feeds

        found = await self._reader.run(find_feeds, page)
        if not found:
            words = "it names no feed" if page.is_web_page else "it is neither RSS, Atom nor JSON Feed"
            raise FeedError(url, FeedTrouble.NOT_A_FEED, f"{shown_url(url)}: {words}.")
        if len(found) > 1:
            return Probe(url, found=found)
        page = await self._reader.look(found[0].url)
        parsed = await self._reader.parse(page)
        if not parsed.format:
            words = f"{shown_url(url)}: it names {shown_url(found[0].url)} as its feed, which is none."
            raise FeedError(found[0].url, FeedTrouble.NOT_A_FEED, words)
        return _describe(found[0].url, page, parsed)


@asynccontextmanager
async def _patience(url: str) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(PATIENCE_S):
            yield
    except TimeoutError as error:
        words = f"{shown_url(url)}: no whole answer within {PATIENCE_S:g} s."
        raise FeedError(url, FeedTrouble.TIMEOUT, words) from error


def _describe(url: str, page: Page, parsed: ParsedFeed) -> Probe:
    """Where it moved to for good is what is to be polled."""
    newest = sorted(parsed.items, key=_date, reverse=True)  # stable: undated ones keep the document's order
    dates = tuple(item.published for item in parsed.items if item.published)
    return Probe(page.moved_to or url, parsed.title, parsed.lang, len(parsed.items), tuple(newest[:LATEST]), dates)


def _date(item: Item) -> datetime:
    return item.published or UNDATED
