"""A fake of Discord's wire on 127.0.0.1 over real TLS, in a thread of its own.

The bot reaches it as it reaches Discord: by name, through a resolver that knows one address, and with a certificate
that only the tests trust.

`with FakeDiscord(clock) as fake: Discord(settings, now, connector=fake.connector)`; `fake.state` is what it remembers.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections.abc import Callable, Coroutine
from datetime import datetime
from pathlib import Path
from typing import Any, Self

import aiohttp
import trustme
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from tests.fakediscord.gateway import Gateway
from tests.fakediscord.rest import Rest, as_json
from tests.fakediscord.state import MINERALS, State

NAMES = ("discord.com", "*.discord.com", "*.discord.gg", "127.0.0.1")


class OneAddress(AbstractResolver):
    """Every name is on this machine, at one port."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [ResolveResult(hostname=host, host="127.0.0.1", port=self._port, family=socket.AF_INET, proto=0,
                              flags=socket.AI_NUMERICHOST)]  # fmt: skip

    async def close(self) -> None:
        """Holds nothing."""


def way_to(port: int, trusted: str) -> Callable[[], aiohttp.TCPConnector]:
    """What makes connectors to the fake at `port`; `trusted`: the certificate in text form."""
    context = ssl.create_default_context(cadata=trusted)
    return lambda: aiohttp.TCPConnector(resolver=OneAddress(port), ssl=context, limit=0)


class FakeDiscord:
    """The running fake. `stop` and `start` are a restart: the state stays, connections go."""

    def __init__(self, clock: Callable[[], datetime] | None = None) -> None:
        self.state = State(clock) if clock is not None else State()
        self.rest = Rest(self.state)
        self.gateway = Gateway(self.state, self.rest)
        authority = trustme.CA()
        self.trusted = authority.cert_pem.bytes().decode()
        self._context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert(*NAMES).configure_cert(self._context)
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="fake-discord", daemon=True)
        self._runner: web.AppRunner | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        self.start()
        self.connector = way_to(self.port, self.trusted)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def start(self) -> None:
        """Listen, at the same port as before."""
        self.call(self._start())

    def stop(self) -> None:
        """Drop every connection and listen no more."""
        self.call(self._stop())

    def call(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Do something in the fake's own thread, and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    def write_address(self, folder: Path) -> dict[str, str]:
        """The environment by which `tests.fakediscord.launch` in another process finds this one."""
        path = folder / "fake-discord.pem"
        path.write_text(self.trusted, encoding="ascii")
        return {"FAKE_DISCORD_PORT": str(self.port), "FAKE_DISCORD_CERTIFICATE": str(path)}

    async def _start(self) -> None:
        app = web.Application()
        app.router.add_route("*", "/", self.gateway.handle)
        app.router.add_route("GET", "/control/{what}", self._control)
        app.router.add_route("*", "/api/v10/{tail:.*}", self.rest.handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, handle_signals=False)
        await self._runner.setup()
        self._door = socket.create_server(("127.0.0.1", self.port))
        await web.SockSite(self._runner, self._door, ssl_context=self._context).start()
        self.port = self._runner.addresses[0][1]

    async def _control(self, request: web.Request) -> web.Response:
        """For `control.ask` in another process."""
        messages = self.state.channels[MINERALS].messages
        if request.match_info["what"] == "forget":
            messages.clear()
            self.state.nonces.clear()
        return as_json(messages)

    async def _stop(self) -> None:
        """Whoever is at the door comes in before it is shut: asyncio forgets a connection accepted as it closes."""
        if self._runner is not None:
            self._loop.remove_reader(self._door)
            await asyncio.sleep(0)
            await self.gateway.close_all(1012)
            await self._runner.cleanup()
            self._runner = None

    def violations(self) -> list[str]:
        """Everything that was wrong with any request."""
        return [f"{one.route}: {trouble}" for one in self.state.requests for trouble in one.violations]

    def count(self, route: str) -> int:
        """Requests so far whose route holds `route`."""
        return sum(route in one.route for one in self.state.requests)

    def figures(self) -> str:
        """Requests recorded and violations, for print."""
        return f"requests recorded {len(self.state.requests)}, violations {len(self.violations())}"
