"""A web server of feeds that scores who reads them, after rachelbythebay's feed-reader score. Runs on simulated time.

`with_server(outlets, clock)` serves; `Outlet.faults` counts what a well-behaved reader never does. Each outlet is
judged against its own interval: what its settings state, lengthened by what it asks for itself.
"""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime

from aiohttp import web

from tests.clock import Clock

SLACK = timedelta(seconds=1)
ALLOWED = {"host", "user-agent", "accept", "accept-encoding", "if-none-match", "if-modified-since", "connection"}


@dataclass
class Outlet:
    """One feed: how it validates, what it asks for, how it fails; and how it was asked."""

    name: str
    interval: timedelta  # the shortest wait between two requests that it is owed
    rhythm: timedelta
    stated: timedelta  # by the reader's settings alone
    validators: str = "both"  # both | etag | date | none
    max_age: int = 0
    ttl: int = 0
    trouble: Mapping[int, int] = field(default_factory=dict)  # status by hour of the simulation
    redirect: int = 0
    given: tuple[str | None, str | None] = (None, None)
    may_ask_at: datetime | None = None
    last_at: datetime | None = None
    items: int = 10
    asked: int = 0
    unconditional: int = 0
    shortest: dict[bool, timedelta] = field(default_factory=dict)  # by whether the request was conditional
    faults: Counter[str] = field(default_factory=Counter)

    def judge(self, headers: Mapping[str, str], query: str, now: datetime) -> None:
        """Score one request."""
        sent = {name.lower(): value for name, value in headers.items()}
        tags = (sent.get("if-none-match"), sent.get("if-modified-since"))
        is_conditional = tags != (None, None)
        if self.last_at is not None:
            gap = now - self.last_at
            self.shortest[is_conditional] = min(gap, self.shortest.get(is_conditional, gap))
        self.faults["too soon"] += self.may_ask_at is not None and now < self.may_ask_at - SLACK
        self.faults["invented or altered validators"] += is_conditional and tags != self.given
        self.faults["unconditional without need"] += not is_conditional and self.given != (None, None)
        for name in ("cookie", "referer"):
            self.faults[name] += name in sent
        self.faults["other headers"] += bool(set(sent) - ALLOWED - {"cookie", "referer"})
        self.faults["query cruft"] += bool(query)
        self.asked += 1
        self.unconditional += not is_conditional
        self.last_at, self.may_ask_at = now, now + self.interval


@dataclass
class World:
    """All outlets, and requests for what does not exist."""

    clock: Clock
    began: datetime
    outlets: dict[str, Outlet]
    invented: int = 0
    by_minute: Counter[int] = field(default_factory=Counter)

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Judge, then serve as the outlet does."""
        now = self.clock()
        self.by_minute[int((now - self.began).total_seconds() // 60)] += 1
        name = request.path.removeprefix("/")
        if name.startswith("moved/"):
            return self._serve(self.outlets[name.removeprefix("moved/")], request, now)
        outlet = self.outlets.get(name)
        if outlet is None:
            self.invented += 1
            return web.Response(status=404)
        outlet.judge(request.headers, request.query_string, now)
        if outlet.redirect:
            return web.Response(status=outlet.redirect, headers={"Location": f"/moved/{name}"})
        return self._serve(outlet, request, now)

    def _serve(self, outlet: Outlet, request: web.BaseRequest, now: datetime) -> web.Response:
        hours = int((now - self.began) / timedelta(hours=1))
        if status := outlet.trouble.get(hours):
            wait = 5400 if status in (429, 503) else 0
            stated = max(outlet.stated, timedelta(minutes=outlet.ttl), timedelta(seconds=wait))
            outlet.may_ask_at = now + stated  # a failure says nothing of its freshness
            return web.Response(status=status, headers={"Retry-After": str(wait)} if wait else {})
        version = int((now - self.began) / outlet.rhythm)
        changed = self.began + version * outlet.rhythm
        body = self._body(outlet, version)
        etag = f'W/"{hashlib.md5(body).hexdigest()}-gzip"' if outlet.validators in ("both", "etag") else None
        date = format_datetime(changed, usegmt=True) if outlet.validators in ("both", "date") else None
        headers = {"Content-Type": "application/rss+xml", "Set-Cookie": f"id={outlet.asked}; Path=/"}
        headers |= {"ETag": etag} if etag else {}
        headers |= {"Last-Modified": date} if date else {}
        headers |= {"Cache-Control": f"max-age={outlet.max_age}"} if outlet.max_age else {}
        outlet.given = (etag, date)
        known = request.headers.get("If-None-Match", "") if etag else request.headers.get("If-Modified-Since", "")
        if known and known == (etag or date):
            return web.Response(status=304, headers=headers)
        return web.Response(body=body, headers=headers)

    def _body(self, outlet: Outlet, version: int) -> bytes:
        ttl = f"<ttl>{outlet.ttl}</ttl>" if outlet.ttl else ""
        items = "".join(
            f"<item><title>News {n} of {outlet.name}</title><guid>{outlet.name}-{n}</guid></item>"
            for n in range(version + outlet.items, version, -1)
        )
        head = f"<title>{outlet.name}</title>{ttl}"
        return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{items}</channel></rss>'.encode()


def make_world(clock: Clock, seed: int, specs: list[tuple[str, timedelta]]) -> World:
    """Outlets of every habit, drawn with a fixed seed. `specs`: name and the interval each is owed by the settings."""
    chance = random.Random(seed)
    outlets = {}
    for name, interval in specs:
        max_age, ttl = chance.choice([0, 0, 0, 600, 7200]), chance.choice([0, 0, 0, 1, 180])
        owed = max(interval, timedelta(seconds=max_age), timedelta(minutes=ttl))
        kinds = chance.choices([0, 429, 500, 503], [6, 1, 2, 1], k=1)
        start = chance.randrange(24 * 30)
        trouble = dict.fromkeys(range(start, start + chance.choice([1, 6, 30])), kinds[0]) if kinds[0] else {}
        outlets[name] = Outlet(
            name,
            owed,
            timedelta(minutes=chance.choice([20, 90, 300, 1500, 9000])),
            interval,
            chance.choice(["both", "both", "etag", "date", "none"]),
            max_age,
            ttl,
            trouble,
            chance.choice([0] * 9 + [302]),
        )
    return World(clock, clock(), outlets)


@asynccontextmanager
async def serve_world(world: World) -> AsyncIterator[str]:
    """The world on a port of this machine; its address."""
    runner = web.ServerRunner(web.Server(world.answer), shutdown_timeout=0.05)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        yield f"http://localhost:{runner.addresses[0][1]}"  # a name, as the library keeps no cookie of a bare address
    finally:
        await runner.cleanup()
