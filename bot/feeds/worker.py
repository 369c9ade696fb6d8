"""Parsing beside the event loop: one thread of our own; a parser holds the interpreter, four would hold the loop."""

from __future__ import annotations

import asyncio
import hashlib
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TypeVar

from bot.core.model import Page, ParsedFeed, Recipe
from bot.feeds.hints import read_hints, read_home
from bot.feeds.skim import skim

READING = 1
"""The version of how bytes are read. Raise it where the same page gives other items or other words than before."""

SWITCH_S = 0.001
"""Seconds the thread may keep the interpreter while the event loop wants it: it wants it often, and briefly."""

Result = TypeVar("Result")


class Parser:
    """Owns one thread. Pages wait for each other; the event loop does not wait for them."""

    def __init__(self) -> None:
        sys.setswitchinterval(SWITCH_S)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="parse")

    async def parse(self, page: Page) -> ParsedFeed:
        """What the page says. Never raises for what is on it; RuntimeError once closed."""
        return await self.run(_parse_with_hints, page)

    async def run(self, read: Callable[[Page], Result], page: Page) -> Result:
        """What `read` makes of the page, in its turn. Raises what it raises; RuntimeError once closed."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, read, page)

    def close(self) -> None:
        """Take no more pages; one that is being read ends by itself."""
        self._thread.shutdown(wait=False, cancel_futures=True)


def _parse_with_hints(page: Page) -> ParsedFeed:
    if page.recipe is not None:
        return _read_page(page, page.recipe)
    parsed = _parse(page)
    if parsed.is_same:
        return parsed
    hint_s, skip = read_hints(page.body)
    return replace(parsed, hint_s=hint_s, skip=skip, home=read_home(page.body))


def _parse(page: Page) -> ParsedFeed:
    """Nothing of a page that is the last one again, byte for byte; else what is unseen of it."""
    digest = int.from_bytes(hashlib.blake2b(page.body, digest_size=8).digest(), "big", signed=True)
    if digest == page.body_hash:
        return ParsedFeed("same", body_hash=digest, is_same=True)
    return replace(_parse_unseen(page), body_hash=digest)


def _parse_unseen(page: Page) -> ParsedFeed:
    """Read what is unseen of a page; all of it where it cannot be cut, or what is left reads with trouble."""
    skimmed = skim(page.body, bytes.fromhex(page.window))
    if skimmed is None:
        return _parse_whole(page)
    if not skimmed.unseen:
        return ParsedFeed("skimmed", window=skimmed.window.hex(), total=skimmed.total, is_whole=False)
    parsed = _parse_whole(replace(page, body=skimmed.body))
    if not parsed.problems and len(parsed.items) == skimmed.unseen:
        is_whole = skimmed.unseen == skimmed.total
        return replace(parsed, window=skimmed.window.hex(), total=skimmed.total, is_whole=is_whole)
    return parsed if skimmed.unseen == skimmed.total else _parse_whole(page)


def _read_page(page: Page, recipe: Recipe) -> ParsedFeed:
    from bot.feeds.webpage import read_page

    return read_page(page, recipe)


def _parse_whole(page: Page) -> ParsedFeed:
    from bot.feeds.parse import parse  # feedparser is loaded by the thread that needs it

    parsed = parse(page)
    return replace(parsed, total=len(parsed.items))
