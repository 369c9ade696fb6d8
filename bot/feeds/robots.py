"""What a site asks of programs in its robots.txt (RFC 9309), before a page is watched or an article read.

A site without such a file allows all; one whose server is in trouble allows nothing until it is well. A feed is
there to be read, and is asked for without.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.core.errors import FeedError, FeedTrouble
from bot.core.model import Page, Validators
from bot.core.text.urls import shown_url
from bot.feeds.fetch import Fetcher

if TYPE_CHECKING:
    from urllib.robotparser import RobotFileParser

NAME = "Lodewire"
KEPT_S = 24 * 3600.0
MOST_SITES = 1_000
MOST_BYTES = 500_000
ABSENT = {FeedTrouble.CLIENT, FeedTrouble.GONE, FeedTrouble.EMPTY, FeedTrouble.REDIRECTS, FeedTrouble.TOO_LARGE,
          FeedTrouble.NOT_A_FEED}  # fmt: skip


class Robots:
    """The files of the sites that were asked, each kept for a day."""

    def __init__(self, fetcher: Fetcher, clock: Callable[[], float] = time.monotonic) -> None:
        self._fetcher = fetcher
        self._clock = clock
        self._known: dict[str, tuple[float, RobotFileParser]] = {}

    async def require(self, url: str) -> None:
        """Raise FeedError where the site asks programs not to read this address."""
        if not (await self._rules(url)).can_fetch(NAME, url):
            words = f"{shown_url(url)}: the site's robots.txt asks programs to stay away from it."
            raise FeedError(url, FeedTrouble.REFUSED, words, "Ask its owner, or look for a feed.")

    def pause_of(self, url: str) -> float:
        """The seconds between two requests that a site's rules ask for (`Crawl-delay`); 0 where they are unknown."""
        rules = self._known_rules(_site_of(url))
        return float(rules.crawl_delay(NAME) or 0) if rules else 0.0

    async def ask(self, url: str) -> bool:
        """Learn a site's rules unless they are known; whether it was asked, and so wants its pause before the page.

        Raises FeedError where it did not answer.
        """
        site = _site_of(url)
        if self._known_rules(site) is not None:
            return False
        await self._learn(site)
        return True

    async def _rules(self, url: str) -> RobotFileParser:
        site = _site_of(url)
        return self._known_rules(site) or await self._learn(site)

    def _known_rules(self, site: str) -> RobotFileParser | None:
        at, rules = self._known.get(site, (0.0, None))
        return rules if self._clock() - at < KEPT_S else None

    async def _learn(self, site: str) -> RobotFileParser:
        from urllib.robotparser import RobotFileParser  # here: few installations read pages

        rules = RobotFileParser()
        rules.parse(await self._lines(f"{site}/robots.txt"))
        self._known.pop(site, None)
        while len(self._known) >= MOST_SITES:
            del self._known[next(iter(self._known))]
        self._known[site] = (self._clock(), rules)
        return rules

    async def _lines(self, url: str) -> list[str]:
        try:
            page = await self._fetcher.fetch(url, Validators(), takes_pages=True)
        except FeedError as error:
            if error.trouble in ABSENT:
                return []
            raise
        if not isinstance(page, Page) or page.is_web_page:
            return []
        return page.body[:MOST_BYTES].decode("utf-8", "replace").splitlines()


def _site_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
