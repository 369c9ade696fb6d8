"""Outlets on simulated time that misbehave as real ones do, and a reader of them without a network.

Each outlet remembers what it published, so that a test can say what was lost. All chance comes from one seed.
"""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.core.errors import FeedError, FeedTrouble
from bot.core.model import NotModified, Page, ParsedFeed, Validators
from bot.feeds.worker import Parser
from tests.clock import Clock
from tests.feedxml import Entry, render_rss

FAULTS = ("500", "timeout", "empty", "cut", "reordered", "risen", "renumbered", "redated", "moved", "limited", "short")
WINDOW = 20


@dataclass
class Outlet:
    """A feed that grows by its rhythm. `published`: every item ever, oldest first."""

    name: str
    chance: random.Random
    rhythm: timedelta
    is_dated: bool
    next_at: datetime
    published: list[Entry] = field(default_factory=list)
    fault: str = ""
    fault_until: datetime | None = None
    numbering: int = 0
    moves: int = 0
    numbered: int = 0
    made: bytes = b""
    made_for: tuple[int, str, int] = (-1, "", 0)
    seeds: int = 0  # items published before anybody read it
    told: list[str] = field(default_factory=list)  # what happened to it, and when, for whoever looks into a loss

    @property
    def url(self) -> str:
        """Its address in the list."""
        return f"https://{self.name}.example/feed.xml"

    def live(self, now: datetime) -> str:
        """Publish what is due; begin and end faults. The fault that began, or ""."""
        while self.next_at <= now:
            number = self.numbered = self.numbered + 1
            title = f"{self.name} news {number}"
            date = self.next_at if self.is_dated else None
            link = f"https://{self.name}.example/{number}"
            self.published.append(Entry(title, f"Words of {number}.", f"{self.name}-{number}", link, date))
            self.told.append(f"{self.next_at:%j %H:%M} news {number}")
            self.next_at += self.rhythm * self.chance.uniform(0.3, 1.7)
        if self.fault_until and self.fault_until <= now:
            self.fault, self.fault_until = "", None
        if self.fault or self.chance.random() > 0.004:
            return ""
        self.fault = self.chance.choice(FAULTS)
        # never so long that more scrolls off its page than it holds
        longest = min(timedelta(days=3), self.rhythm * (WINDOW // 3))
        self.fault_until = now + longest * self.chance.uniform(0.1, 1)
        self.numbering += self.fault == "renumbered"
        self.moves += self.fault == "moved"
        self.told.append(f"{now:%j %H:%M} {self.fault} until {self.fault_until:%j %H:%M}")
        return self.fault

    def body(self) -> bytes:
        """Its page as bytes, made once as long as nothing happens to it."""
        state = len(self.published), self.fault, self.numbering
        if state != self.made_for:
            self.made_for, self.made = state, render_rss(self.name, [] if self.fault == "empty" else self.page())
        return self.made

    def page(self) -> list[Entry]:
        """What stands on its page, newest first, as its fault has it."""
        shown = [self._numbered(entry) for entry in self.published[-WINDOW:]][::-1]
        if self.fault == "short":
            return shown[: WINDOW // 2]
        if self.fault == "reordered":
            self.chance.shuffle(shown)
        if self.fault == "risen" and len(self.published) > WINDOW * 3:
            shown += [self._numbered(entry) for entry in self.published[:5]]
        if self.fault == "redated" and self.is_dated:
            shown = [
                Entry(e.title, e.text, e.guid, e.link, (e.date or self.next_at) + timedelta(hours=5)) for e in shown
            ]
        return shown

    def _numbered(self, entry: Entry) -> Entry:
        guid = f"{self.numbering}:{entry.guid}" if self.numbering else entry.guid
        return Entry(entry.title, entry.text, guid, entry.link, entry.date)


@dataclass
class Newsstand:
    """All outlets as a `Reader`: what is asked is counted, and judged against the shortest wait."""

    clock: Clock
    outlets: dict[str, Outlet]
    parser: Parser
    shortest: dict[str, timedelta] = field(default_factory=dict)
    asked_at: dict[str, datetime] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    too_soon: int = 0
    stamp: int = 1

    async def fetch(self, url: str, validators: Validators, zone: str | None = None) -> Page | NotModified:
        """Answer as the outlet does today."""
        host = url.split("/")[2]
        outlet = self.outlets[host.removesuffix(".example").removeprefix("new-")]
        self._judge(outlet)
        trouble = {"500": FeedTrouble.SERVER, "timeout": FeedTrouble.TIMEOUT, "limited": FeedTrouble.LIMITED}
        if outlet.fault in trouble:
            wish = timedelta(minutes=30) if outlet.fault == "limited" else None
            raise FeedError(url, trouble[outlet.fault], "It fails.", retry_after=wish)
        body = outlet.body()
        etag = hashlib.md5(body).hexdigest()
        is_moved = outlet.moves > 0 and not host.startswith("new-")
        target = f"https://new-{host}/feed.xml" if is_moved else None
        if validators.etag == etag:
            return NotModified(validators, target or url, target)
        if outlet.fault == "cut":
            body = body[: int(len(body) * outlet.chance.uniform(0.3, 0.9))]
        return Page(target or url, body, "application/rss+xml", Validators(etag), zone, moved_to=target)

    def _judge(self, outlet: Outlet) -> None:
        now = self.clock()
        last = self.asked_at.get(outlet.name)
        self.counts["requests"] += 1
        self.too_soon += last is not None and now - last < self.shortest[outlet.name]
        self.asked_at[outlet.name] = now
        outlet.told.append(f"{now:%j %H:%M} asked")

    async def parse(self, page: Page) -> ParsedFeed:
        """The real parser."""
        return await self.parser.parse(page)


def open_stand(clock: Clock, seed: int, count: int, parser: Parser) -> Newsstand:
    """So many outlets, from one that writes every other hour to one of every third day, one in four undated."""
    chance = random.Random(seed)
    outlets = {}
    for number in range(count):
        rhythm = timedelta(hours=chance.choice([2, 8, 24, 72, 72]))
        start = clock() - rhythm * WINDOW
        one = Outlet(f"o{number}", random.Random(chance.random()), rhythm, number % 4 > 0, start)
        one.live(clock())
        one.published = one.published[-WINDOW:]  # what left the page before anybody looked was never to be had
        one.seeds = len(one.published)
        one.fault, one.fault_until = "", None
        outlets[one.name] = one
    return Newsstand(clock, outlets, parser)
