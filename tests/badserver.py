"""A server of raw bytes that behaves badly on purpose: each path is one way. In a thread; knows nothing of `bot`."""

from __future__ import annotations

import asyncio
import gzip
import socket
import ssl
import struct
import threading
from collections.abc import Awaitable, Callable

Reader, Writer = asyncio.StreamReader, asyncio.StreamWriter
Behaviour = Callable[[Writer, str], Awaitable[None]]

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"
FEED = b'<rss version="2.0"><channel><title>Ores</title><item><title>Gallium</title></item></channel></rss>'
DRIP_S = 0.05


async def _drip(writer: Writer, start: bytes, drop: bytes, pause: float = DRIP_S) -> None:
    """A beginning, and then the same for ever."""
    writer.write(start)
    while not writer.is_closing():
        writer.write(drop)
        await writer.drain()
        await asyncio.sleep(pause)


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


def _reset(writer: Writer) -> None:
    """Close with a RST, as a firewall does."""
    linger = struct.pack("ii", 1, 0)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    writer.transport.abort()


def _say(answer: bytes) -> Behaviour:
    async def behave(writer: Writer, path: str) -> None:
        writer.write(answer)
        await writer.drain()

    return behave


def _drip_of(start: bytes, drop: bytes, pause: float = DRIP_S) -> Behaviour:
    return lambda writer, path: _drip(writer, start, drop, pause)


async def _redirect_on(writer: Writer, path: str) -> None:
    head = b"HTTP/1.1 302 Found\r\nConnection: close\r\nContent-Length: 0\r\n"
    writer.write(head + b"Location: " + path.encode() + b"x\r\n\r\n")
    await writer.drain()


async def _reset_before(writer: Writer, path: str) -> None:
    _reset(writer)


async def _reset_within(writer: Writer, path: str) -> None:
    writer.write(OK + b"Content-Length: 5000\r\n\r\n" + FEED)
    await writer.drain()
    await asyncio.sleep(DRIP_S)
    _reset(writer)


async def _say_nothing(writer: Writer, path: str) -> None:
    await asyncio.sleep(3_600)


ZIPPED = OK + b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
STORED = gzip.compress(b"")[:10] + b"\x01\xff\xff\0\0"  # a header, and the promise of a block that is not packed
BOMB = gzip.compress(b"\0" * 200_000_000, 9)
WAYS: dict[str, Behaviour] = {
    "fine": _say(OK + b"Content-Length: %d\r\n\r\n" % len(FEED) + FEED),
    "silent": _say_nothing,
    "slow-status": _drip_of(b"HTTP/1.1 ", b"2"),
    "slow-headers": _drip_of(OK + b"X-Slow: ", b"x"),
    "slow-body": _drip_of(OK + b"Content-Length: 100000\r\n\r\n", b"<"),
    "slow-chunks": _drip_of(OK + b"Transfer-Encoding: chunked\r\n\r\n", _chunk(b"<")),
    "slow-gzip": _drip_of(ZIPPED + _chunk(STORED), _chunk(b"<")),
    "slow-error": _drip_of(b"HTTP/1.1 503 No\r\nRetry-After: 9\r\n\r\n<html>", b"x"),
    "endless-body": _drip_of(OK + b"\r\n", b"<item>" * 10_000, 0.001),
    "endless-chunks": _drip_of(OK + b"Transfer-Encoding: chunked\r\n\r\n", _chunk(b"x" * 60_000), 0.001),
    "endless-chunk-head": _drip_of(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"0" * 60_000, 0.001),
    "endless-trailers": _drip_of(OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X-T: y\r\n" * 5_000, 0.001),
    "endless-continue": _drip_of(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 500, 0.001),
    "endless-status": _drip_of(b"HTTP/1.1 200 ", b"OK" * 30_000, 0.001),
    "endless-redirects": _redirect_on,
    "fat-redirect": _drip_of(b"HTTP/1.1 302 Found\r\nLocation: /fine\r\n\r\n", b"x" * 60_000, 0.001),
    "100000-headers": _say(OK + b"".join(b"X-%d: y\r\n" % n for n in range(100_000)) + b"\r\n" + FEED),
    "endless-headers": _drip_of(OK, b"X-Y: z\r\n" * 5_000, 0.001),
    "header-of-1-MB": _say(OK + b"X-Large: " + b"x" * 1_000_000 + b"\r\n\r\n" + FEED),
    "length-too-long": _say(OK + b"Content-Length: 5000\r\n\r\n" + FEED),
    "length-too-short": _say(OK + b"Content-Length: %d\r\n\r\n" % (len(FEED) - 30) + FEED),
    "length-negative": _say(OK + b"Content-Length: -1\r\n\r\n" + FEED),
    "length-huge": _say(OK + b"Content-Length: 99999999999999999999\r\n\r\n" + FEED),
    "two-lengths": _say(OK + b"Content-Length: 5\r\nContent-Length: 50\r\n\r\n" + FEED),
    "chunk-huge": _say(OK + b"Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n" + FEED),
    "chunk-noise": _say(OK + b"Transfer-Encoding: chunked\r\n\r\nnoise\r\n" + FEED),
    "gzip-bomb": _say(OK + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(BOMB) + BOMB),
    "gzip-noise": _say(OK + b"Content-Encoding: gzip\r\n\r\n" + b"\x1f\x8b\x08\0" + b"\xff" * 900),
    "reset-at-once": _reset_before,
    "reset-within": _reset_within,
    "http-0.9": _say(FEED),
    "noise": _say(bytes(range(256)) * 40),
    "no-answer": _say(b""),
    "icy": _say(b"ICY 200 OK\r\n\r\n" + FEED),
    "split-headers": _say(OK + b"X-A: b\r\n c\r\n\0d: e\r\n\r\n" + FEED),
}


class BadServer:
    """Serves `WAYS` on 127.0.0.1, over TLS where a context is given. Use with `with`."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls
        self._loop = asyncio.new_event_loop()
        self._started = threading.Event()
        self._ended = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="badserver", daemon=True)
        self.port = 0

    def __enter__(self) -> BadServer:
        self._thread.start()
        self._started.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join()

    def url(self, way: str) -> str:
        """The address of one way to behave."""
        return f"http{'s' if self._tls else ''}://127.0.0.1:{self.port}/{way}"

    def _run(self) -> None:
        self._loop.set_exception_handler(lambda loop, context: None)  # readers that leave early are what is wanted
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._answer, "127.0.0.1", 0, ssl=self._tls)
        self.port = server.sockets[0].getsockname()[1]
        self._started.set()
        await self._ended.wait()
        server.close()
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _answer(self, reader: Reader, writer: Writer) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            path = head.split(b" ", 2)[1].decode("ascii", "replace")
            way = path.strip("/").rstrip("x") if path.startswith("/endless-redirects") else path.strip("/")
            await WAYS[way](writer, path)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.close()
