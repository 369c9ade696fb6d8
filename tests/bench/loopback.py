"""A web server quick enough to be left out of a measurement: ready answers, one connection a request, nothing else.

`python -m tests.bench.loopback FOLDER` prints its port and serves `FOLDER/<version>/<number>.xml` as `/<number>` on
every loopback address: 127.0.0.2 and 127.0.9.1 are hosts of their own to a client. `GET /use/<version>/<mode>` chooses
what is served from then on; mode is `conditional` (304 for the version's ETag) or `always` (the whole answer, whatever
is asked).
"""

from __future__ import annotations

import asyncio
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import uvloop

from tests.sources import ROOT

MODIFIED = {"v1": "Fri, 20 Nov 2026 12:00:00 GMT", "v1b": "Fri, 20 Nov 2026 13:00:00 GMT"}
LATER = "Fri, 20 Nov 2026 14:00:00 GMT"
GZIP = re.compile(rb"\r\naccept-encoding:[^\r]*gzip", re.IGNORECASE)
TAG = re.compile(rb'\r\nif-none-match: *"([^"\r]*)"', re.IGNORECASE)
LINUX_BIND_TO_DEVICE = 25


@dataclass
class Shelf:
    """What is served now. `asked` counts by status."""

    folder: Path
    version: str = "v1"
    mode: str = "conditional"
    ready: dict[tuple[str, bool], bytes] = field(default_factory=dict)

    def answer(self, request: bytes) -> bytes:
        """The bytes of an answer, made once for each version."""
        path = request.split(b" ", 2)[1].decode()
        if path.startswith("/use/"):
            _, _, self.version, self.mode = path.split("/")
            self.ready.clear()
            return b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        tag = TAG.search(request)
        if self.mode == "conditional" and tag and tag[1].decode() == self.version:
            return f'HTTP/1.1 304 Not Modified\r\nETag: "{self.version}"\r\nConnection: close\r\n\r\n'.encode()
        key = path.strip("/"), bool(GZIP.search(request))
        if key not in self.ready:
            self.ready[key] = self._make(*key)
        return self.ready[key]

    def _make(self, number: str, takes_gzip: bool) -> bytes:
        plain = self.folder / self.version / f"{number}.xml"
        packed = plain.with_suffix(".xml.gz")
        is_packed = takes_gzip and packed.exists()
        body = (packed if is_packed else plain).read_bytes()
        head = [
            "HTTP/1.1 200 OK",
            "Content-Type: application/xml; charset=UTF-8",
            f"Content-Length: {len(body)}",
            f'ETag: "{self.version}"',
            f"Last-Modified: {MODIFIED.get(self.version, LATER)}",
            *(["Content-Encoding: gzip"] if is_packed else []),
            "Connection: close",
        ]
        return "\r\n".join(head).encode() + b"\r\n\r\n" + body


class OneAnswer(asyncio.Protocol):
    """A connection: one request, one answer, the end."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._request = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        self._transport: Any = transport  # uvloop's is no asyncio.Transport

    def data_received(self, data: bytes) -> None:
        """Answer once the request is whole."""
        self._request += data
        if self._request.endswith(b"\r\n\r\n"):
            self._transport.write(self._shelf.answer(self._request))
            self._transport.close()


def listen() -> socket.socket:
    """A socket on every loopback address, and on no other where the system lets us say so."""
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    with suppress(OSError):
        server.setsockopt(socket.SOL_SOCKET, LINUX_BIND_TO_DEVICE, b"lo\0")
    server.bind(("0.0.0.0", 0))
    return server


async def main(folder: Path) -> None:
    """Serve until killed."""
    shelf = Shelf(folder)
    server = await asyncio.get_running_loop().create_server(lambda: OneAnswer(shelf), sock=listen(), backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@dataclass(frozen=True, slots=True)
class Loopback:
    """The server, seen from the process that started it."""

    port: int

    def use(self, version: str, mode: str) -> None:
        """Serve another version, or in another way, from now on."""
        with urlopen(f"http://127.0.0.1:{self.port}/use/{version}/{mode}") as answer:
            answer.read()

    def url(self, number: int) -> str:
        """The address of a feed, on a host of its own."""
        return f"http://127.{1 + number // 64_000}.{number // 250 % 256}.{1 + number % 250}:{self.port}/{number}"


@contextmanager
def serve(folder: Path) -> Iterator[Loopback]:
    """The server in a process of its own."""
    program = [sys.executable, "-m", "tests.bench.loopback", str(folder)]
    process = subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield Loopback(int(process.stdout.readline()))
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


if __name__ == "__main__":
    uvloop.run(main(Path(sys.argv[1])))
