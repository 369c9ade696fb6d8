"""A real web server of feeds on 127.0.0.1, for tests: validators, 304, and every way to fail. Knows nothing of `bot`.

In a test: the fixture `feed_server`. Beside a program under test: `python -m tests.feedserver DIR [PORT]` serves the
files of a folder, read anew for each request, and prints its address as its first line.
"""

from __future__ import annotations

import asyncio
import hashlib
import sys
import threading
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from typing import Literal

from aiohttp import web

from tests.feedxml import FIRST, render_atom, render_rss
from tests.feedxml import Entry as Entry

TYPES = {"rss": "application/rss+xml; charset=utf-8", "atom": "application/atom+xml; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Trouble:
    """How a feed fails: after `delay` seconds; `cut` ends the body half-way; `body` None is the feed's own at 200.

    `endless` sends the body over and over, with `pause` seconds between, until the reader leaves; `raw` is all that is
    sent, headers or not.
    """

    status: int = 200
    delay: float = 0.0
    cut: bool = False
    body: bytes | None = None
    content_type: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    times: int | None = None  # None: until healed
    endless: bool = False
    pause: float = 0.0
    raw: bytes | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came, and the status it was answered with. Header names in lower case."""

    path: str
    headers: Mapping[str, str]
    status: int


@dataclass(slots=True)
class _Feed:
    body: bytes = b""
    content_type: str = TYPES["rss"]
    modified: datetime | None = FIRST
    has_etag: bool = True
    trouble: Trouble | None = None
    failed: int = 0
    asked: list[Asked] = field(default_factory=list)


class FeedServer:
    """A server in a thread of its own: usable from sync and async tests and from other processes. Use with `with`."""

    def __init__(self, port: int = 0, host: str = "127.0.0.1") -> None:
        self._feeds: dict[str, _Feed] = {}
        self._thread = _ServerThread(self._answer, host, port)

    def __enter__(self) -> FeedServer:
        self._thread.start_and_wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.stop()

    @property
    def origin(self) -> str:
        """`http://127.0.0.1:PORT`."""
        return f"http://{self._thread.host}:{self._thread.port}"

    def url(self, name: str) -> str:
        """The address of the feed `name`, published or not."""
        return f"{self.origin}/{name}"

    def publish(
        self, name: str, entries: Sequence[Entry], *, form: Literal["rss", "atom"] = "rss", lang: str | None = None
    ) -> str:
        """Serve `entries`, in this order, as the feed `name`, in place of what it was. Returns its address."""
        render = render_rss if form == "rss" else render_atom
        return self.serve(name, render(name, entries, lang), content_type=TYPES[form])

    def serve(
        self,
        name: str,
        body: bytes,
        *,
        content_type: str = TYPES["rss"],
        has_etag: bool = True,
        modified: datetime | None = None,
    ) -> str:
        """Serve these very bytes. `modified` None: a second later than before, so that dates tell versions apart."""
        feed = self._feeds.setdefault(name, _Feed(modified=None))
        if modified is None:
            before = feed.modified or FIRST
            modified = datetime.fromtimestamp(before.timestamp() + 1, UTC)
        feed.body, feed.content_type, feed.has_etag, feed.modified = body, content_type, has_etag, modified
        return self.url(name)

    def fail(self, name: str, trouble: Trouble) -> str:
        """Let the feed `name` fail from now on, `trouble.times` times or until `heal`. Returns its address."""
        feed = self._feeds.setdefault(name, _Feed())
        feed.trouble, feed.failed = trouble, 0
        return self.url(name)

    def heal(self, name: str) -> None:
        """Let the feed `name` answer again."""
        self._feeds[name].trouble = None

    def asked(self, name: str) -> list[Asked]:
        """Every request for the feed `name` that was answered, oldest first."""
        return list(self._feeds[name].asked) if name in self._feeds else []

    def count(self, name: str) -> int:
        """How many requests for the feed `name` were answered."""
        return len(self.asked(name))

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        feed = self._feeds.get(request.path.removeprefix("/"))
        if feed is None:
            return web.Response(status=404)
        trouble = feed.trouble
        if trouble and (trouble.times is None or feed.failed < trouble.times):
            feed.failed += 1
            await asyncio.sleep(trouble.delay)
            _note(feed, request, trouble.status)
            return await _fail(request, feed, trouble)
        response = answer_conditionally(
            request, feed.body, feed.content_type, _etag(feed.body) if feed.has_etag else None, feed.modified
        )
        _note(feed, request, response.status)
        return response


def _note(feed: _Feed, request: web.BaseRequest, status: int) -> None:
    feed.asked.append(Asked(request.path, {name.lower(): value for name, value in request.headers.items()}, status))


async def _fail(request: web.BaseRequest, feed: _Feed, trouble: Trouble) -> web.StreamResponse:
    if trouble.status == 200 and trouble.body is None:
        body, content_type = feed.body, feed.content_type
    else:
        body, content_type = trouble.body or b"", trouble.content_type
    headers = {"Content-Type": content_type, **trouble.headers}
    if trouble.raw is not None:
        return _send_raw(request, trouble.raw)
    if trouble.endless:
        return await _send_without_end(request, web.StreamResponse(status=trouble.status, headers=headers), trouble)
    if not trouble.cut:
        return web.Response(status=trouble.status, body=body, headers=headers)
    response = web.StreamResponse(status=trouble.status, headers=headers)
    response.content_length = len(body) or 1_000
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    if request.transport:
        request.transport.close()
    return response


def _send_raw(request: web.BaseRequest, raw: bytes) -> web.StreamResponse:
    if request.transport:
        request.transport.write(raw)
        request.transport.close()
    return web.Response()


async def _send_without_end(
    request: web.BaseRequest, response: web.StreamResponse, trouble: Trouble
) -> web.StreamResponse:
    await response.prepare(request)
    while True:
        await response.write(trouble.body or b" ")
        await asyncio.sleep(trouble.pause)


def answer_conditionally(
    request: web.BaseRequest, body: bytes, content_type: str, etag: str | None, modified: datetime | None
) -> web.Response:
    """200 with validators, or 304: an ETag decides where one was sent, else the date (RFC 9110, 13.2.2)."""
    headers = {"Content-Type": content_type}
    if etag:
        headers["ETag"] = etag
    if modified:
        headers["Last-Modified"] = format_datetime(modified, usegmt=True)
    if _is_fresh(request, etag, modified):
        return web.Response(status=304, headers=headers)
    return web.Response(body=body, headers=headers)


def _is_fresh(request: web.BaseRequest, etag: str | None, modified: datetime | None) -> bool:
    known = request.headers.get("If-None-Match")
    if known is not None:
        return etag is not None and etag in [one.strip().removeprefix("W/") for one in known.split(",")]
    since = request.headers.get("If-Modified-Since")
    return (
        since is not None and modified is not None and parsedate_to_datetime(since) >= modified.replace(microsecond=0)
    )


class _ServerThread:
    """Runs one handler for all paths on a loop of its own, until stopped."""

    def __init__(
        self, handler: Callable[[web.BaseRequest], Awaitable[web.StreamResponse]], host: str, port: int
    ) -> None:
        self.host, self.port = host, port
        self._handler = handler
        self._loop = asyncio.new_event_loop()
        self._ended = asyncio.Event()
        self._started = threading.Event()
        self._error: OSError | None = None
        self._thread = threading.Thread(target=self._run, name="feedserver", daemon=True)

    def start_and_wait(self) -> None:
        """Return once the port answers. Raises OSError if it is taken."""
        self._thread.start()
        self._started.wait()
        if self._error:
            raise self._error

    def stop(self) -> None:
        """Close every connection and end the thread."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join()

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._serve())
        except OSError as error:
            self._error = error
        finally:
            self._loop.close()
            self._started.set()

    async def _serve(self) -> None:
        runner = web.ServerRunner(web.Server(self._handler), shutdown_timeout=0.05)
        await runner.setup()
        try:
            site = web.TCPSite(runner, self.host, self.port)
            await site.start()
            self.port = runner.addresses[0][1]
            self._started.set()
            await self._ended.wait()
        finally:
            await runner.cleanup()
            left = asyncio.all_tasks() - {asyncio.current_task()}
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)


def _answer_file(folder: Path, request: web.BaseRequest) -> web.Response:
    path = (folder / request.path.removeprefix("/")).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        return web.Response(status=404)
    body, modified = path.read_bytes(), datetime.fromtimestamp(path.stat().st_mtime, UTC)
    kind = TYPES["atom"] if b"http://www.w3.org/2005/Atom" in body[:500] else TYPES["rss"]
    return answer_conditionally(request, body, kind, _etag(body), modified)


def _etag(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:16]}"'


def main(arguments: Sequence[str]) -> None:
    """Serve a folder's files until killed: DIR [PORT]."""
    folder = Path(arguments[0])

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        return await asyncio.to_thread(_answer_file, folder, request)

    server = _ServerThread(answer, "127.0.0.1", int(arguments[1]) if len(arguments) > 1 else 0)
    server.start_and_wait()
    print(f"http://{server.host}:{server.port}", flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main(sys.argv[1:])
