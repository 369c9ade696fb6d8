"""Parsing beside the event loop: one thread of our own; a parser holds the interpreter, four would hold the loop."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from bot.core.model import Page, ParsedFeed


class Parser:
    """Owns one thread. Pages wait for each other; the event loop does not wait for them."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="parse")

    async def parse(self, page: Page) -> ParsedFeed:
        """What the page says. Never raises for what is on it; RuntimeError once closed."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, _parse, page)

    def close(self) -> None:
        """Take no more pages; one that is being read ends by itself."""
        self._thread.shutdown(wait=False, cancel_futures=True)


def _parse(page: Page) -> ParsedFeed:
    from bot.feeds.parse import parse  # feedparser is loaded by the thread that needs it

    return parse(page)
