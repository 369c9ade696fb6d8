"""The text of a web page, made out by a process of its own that is ended when it takes too long or too much.

A page may be built to hold or to fill whoever reads it: a thread could not be ended, and would take this process along.
"""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
import sys
from html import escape

from bot.core.model import TEXT_LIMIT, Page
from bot.core.text.plain import plain_text
from bot.feeds.decode import page_type

log = logging.getLogger(__name__)

SECONDS = 15.0  # a long article takes one, most of it the start of the process
MEGABYTES = 600  # of address space; a usual page needs a hundred
MOST_BYTES = 2_000_000  # of a page: an article of that size is none
PASSED_ON = ("PATH", "PYTHONPATH", "PYTHONHOME", "SYSTEMROOT", "LANG", "LC_ALL")
"""Of the environment: what a program needs to start, and no secrets."""


class Extractor:
    """Makes texts of pages, one process a page."""

    def __init__(self, seconds: float = SECONDS, megabytes: int = MEGABYTES) -> None:
        self._seconds = seconds
        self._program = (sys.executable, "-m", "bot.feeds.extract", str(megabytes), str(int(seconds) + 1))

    async def extract(self, page: Page) -> str:
        """The article on a page as plain text; "" where there is none, or it could not be made out in time."""
        child = await asyncio.to_thread(self._start)
        try:
            found = await asyncio.to_thread(self._ask, child, page)
        finally:  # a process is never left behind: not after a cancelled wait, either
            child.kill()
        return await asyncio.to_thread(_cleaned, found)

    def _start(self) -> subprocess.Popen[bytes]:
        environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        pipe = subprocess.PIPE
        return subprocess.Popen(self._program, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=environment)

    def _ask(self, child: subprocess.Popen[bytes], page: Page) -> str:
        try:
            said = page_type(page).encode("utf-8", "replace").replace(b"\n", b" ")
            found, _ = child.communicate(said + b"\n" + page.body[:MOST_BYTES], self._seconds)
        except subprocess.TimeoutExpired:
            log.info("The text of a page was not made out within %g s, and is left out.", self._seconds)
            child.kill()
            child.communicate()
            return ""
        return found.decode("utf-8", "replace") if child.returncode == 0 else ""


def _cleaned(found: str) -> str:
    """The paragraphs found, cleaned as the texts of feeds are."""
    return plain_text("".join(f"<p>{escape(line)}</p>" for line in found.splitlines()), TEXT_LIMIT)
