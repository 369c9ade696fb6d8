"""The demo's outlets as a real web server on 127.0.0.1: feeds with ETag and 304, and a page for every link.

Shows what the script says of the moment `now()`; never logs, and never listens beyond this machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from html import escape
from types import TracebackType

from aiohttp import web

from bot.core.model import FeedSpec
from bot.demo.script import Outlet, Scene, Script, feed_xml

HOST = "127.0.0.1"
TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml"}
NO_SCRIPTS = {"Content-Security-Policy": "default-src 'none'; sandbox"}  # one of the articles is hostile on purpose


class DemoServer:
    """Serves the outlets while its context is open. `requests` counts those for feeds, `unchanged` the 304s of them."""

    def __init__(self, script: Script, now: Callable[[], datetime]) -> None:
        self.requests = 0
        self.unchanged = 0
        self.origin = ""
        self._script = script
        self._now = now
        self._outlets = {outlet.id: outlet for outlet in script.outlets}
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> DemoServer:
        app = web.Application()
        app.router.add_get(r"/{outlet}.xml", self._answer_feed)
        app.router.add_get(r"/{outlet}/{number:\d+}", self._answer_article)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, HOST, 0).start()
        except OSError:
            await self._runner.cleanup()
            raise
        self.origin = f"http://{HOST}:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def feeds(self) -> tuple[FeedSpec, ...]:
        """The outlets' feeds as an operator would configure them. Their addresses hold while the context is open."""
        return tuple(
            FeedSpec(url=f"{self.origin}/{outlet.id}.xml", title=outlet.title, lang=outlet.lang, tier=outlet.tier)
            for outlet in self._script.outlets
        )

    async def _answer_feed(self, request: web.Request) -> web.Response:
        outlet = self._outlet_of(request)
        self.requests += 1
        body = feed_xml(outlet, self._script.visible_at(outlet.id, self._now()), self.origin)
        etag = hashlib.sha256(body).hexdigest()[:16]
        known = request.if_none_match or ()
        if any(tag.value in (etag, "*") for tag in known):
            self.unchanged += 1
            response = web.Response(status=304)
        else:
            response = web.Response(body=body, content_type=TYPES[outlet.format], charset="utf-8")
        response.etag = etag
        return response

    async def _answer_article(self, request: web.Request) -> web.Response:
        outlet = self._outlet_of(request)
        number = request.match_info["number"]
        for scene in self._script.visible_at(outlet.id, self._now()):
            if str(scene.number) == number:
                page = _page(outlet, scene)
                return web.Response(text=page, content_type="text/html", charset="utf-8", headers=NO_SCRIPTS)
        raise web.HTTPNotFound

    def _outlet_of(self, request: web.Request) -> Outlet:
        outlet = self._outlets.get(request.match_info["outlet"])
        if outlet is None:
            raise web.HTTPNotFound
        return outlet


def _page(outlet: Outlet, scene: Scene) -> str:
    """An article as its outlet would show it: its own HTML, whatever that is."""
    title = escape(scene.title)
    return (
        f'<!doctype html><html lang="{escape(outlet.lang)}"><meta charset="utf-8"><title>{title}</title>'
        f"<h1>{title}</h1><p>{escape(outlet.title)}, {scene.at:%Y-%m-%d %H:%M %Z}</p><div>{scene.text}</div></html>\n"
    )
