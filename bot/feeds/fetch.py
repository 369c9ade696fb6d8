"""Asking a server for a feed: conditional, bounded in time and size, never to a private address. Parses nothing."""

from __future__ import annotations

import asyncio
import re
import zlib
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from types import TracebackType
from typing import TYPE_CHECKING

import bot
from bot.core.errors import FeedError, FeedTrouble
from bot.core.model import NotModified, Page, Validators
from bot.core.text.urls import http_url, shown_url
from bot.feeds.guard import is_closed_port, is_refused, open_public_socket
from bot.feeds.hints import fresh_for
from bot.feeds.inflate import Inflater, TooLarge, foreign_packing
from bot.feeds.settings import Polling
from bot.feeds.sniff import WORDS, Body, sniff

if TYPE_CHECKING:
    import aiohttp
    from aiohttp.abc import AbstractResolver

MOST_HOPS = 5
PIECE = 65_536
PERMANENT = (301, 308)
CHALLENGED = (202, 401, 403, 503)  # statuses under which a site shows its check for people
CHALLENGE_S = 2.0  # seconds its page may take, at most a quarter of the whole
REDIRECTS = (301, 302, 303, 307, 308)
ACCEPT = (
    "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, "
    "application/xml;q=0.9, */*;q=0.1"
)
BODY_TROUBLES = {
    Body.EMPTY: FeedTrouble.EMPTY,
    Body.CHALLENGE: FeedTrouble.BLOCKED,
    Body.WEB_PAGE: FeedTrouble.NOT_A_FEED,
}
TODO = {
    FeedTrouble.DNS: "Check the address.",
    FeedTrouble.REFUSED: "Set polling.allow_private_networks if it is meant.",
    FeedTrouble.GONE: "It is not asked again; remove it or find its new address.",
    FeedTrouble.NOT_A_FEED: "Find the feed's own address.",
    FeedTrouble.BLOCKED: "Ask the publisher to let feed readers in.",
}


Gate = Callable[[str], Awaitable[None]]


class Fetcher:
    """The connections of a process. Use with `async with`; sends no cookies and no Referer."""

    def __init__(self, polling: Polling, resolver: AbstractResolver | None = None) -> None:
        """`resolver`: who looks names up; by default the system."""
        self._polling = polling
        self._resolver = resolver
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Fetcher:
        import aiohttp  # here: commands that ask nothing do not pay for it

        guard = None if self._polling.allow_private_networks else open_public_socket
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0, ttl_dns_cache=300, socket_factory=guard, resolver=self._resolver),
            timeout=aiohttp.ClientTimeout(total=None),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            headers={
                "User-Agent": user_agent(self._polling.contact),
                "Accept": ACCEPT,
                "Accept-Encoding": "gzip, deflate",
            },
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def fetch(
        self,
        url: str,
        validators: Validators,
        zone: str | None = None,
        *,
        takes_pages: bool = False,
        gate: Gate | None = None,
    ) -> Page | NotModified:
        """The page at `url`, or that it has not changed since `validators`. Raises FeedError and nothing else.

        `takes_pages`: a web page is as welcome as a feed. `gate` is asked before each request, redirects included, and
        raises FeedError where the address is not to be visited.
        """
        import aiohttp

        try:
            async with asyncio.timeout(self._polling.timeout_s):  # the library's own begins again at each redirect
                return await self._follow(url, validators, zone, takes_pages, gate)
        except TooLarge as error:
            size = f"{self._polling.max_bytes / 1e6:g} MB"
            raise _trouble(url, FeedTrouble.TOO_LARGE, f"it is larger than {size}") from error
        except zlib.error as error:
            raise _trouble(url, FeedTrouble.NOT_A_FEED, "it cannot be unpacked") from error
        except TimeoutError as error:
            seconds = f"{self._polling.timeout_s:g} s"
            raise _trouble(url, FeedTrouble.TIMEOUT, f"no whole answer within {seconds}") from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise _translate(url, error) from error

    async def _follow(
        self, url: str, validators: Validators, zone: str | None, takes_pages: bool, gate: Gate | None
    ) -> Page | NotModified:
        """Ask, and follow redirects by hand: each hop is checked like the first."""
        assert self._session is not None, "the fetcher is not open"
        at = url
        moved_to: str | None = None
        is_permanent = True
        if http_url(url) is None:
            raise _trouble(url, FeedTrouble.REFUSED, "it is no web address", todo=TODO[FeedTrouble.DNS])
        for _ in range(MOST_HOPS + 1):
            if gate is not None:
                await gate(at)
            async with self._session.get(at, headers=_conditions(validators), allow_redirects=False) as answer:
                if answer.status in REDIRECTS:
                    target = http_url(answer.headers.get("Location", ""), at)
                    if target is None:
                        raise _trouble(url, FeedTrouble.REFUSED, "it redirects to what is no web address", todo="")
                    at = target
                    is_permanent = is_permanent and answer.status in PERMANENT
                    moved_to = target if is_permanent else moved_to
                    continue
                if answer.status == 304 and validators != Validators():
                    return NotModified(
                        _stated(answer, validators), str(answer.url), moved_to, fresh_for(answer.headers)
                    )
                _require_success(url, answer, is_challenge=await _is_challenge(answer, self._polling.timeout_s / 4))
                return replace(await self._read(url, answer, zone, takes_pages), moved_to=moved_to)
        raise _trouble(url, FeedTrouble.REDIRECTS, f"more than {MOST_HOPS} redirects")

    async def _read(self, url: str, answer: aiohttp.ClientResponse, zone: str | None, takes_pages: bool) -> Page:
        inflater = Inflater(answer.headers.get("Content-Encoding", ""), self._polling.max_bytes)
        async for piece in answer.content.iter_chunked(PIECE):
            inflater.feed(piece)
        body = inflater.body()
        if packing := foreign_packing(answer.headers.get("Content-Encoding", ""), body):
            raise _trouble(
                url, FeedTrouble.NOT_A_FEED, f"it came packed as {packing}, which was not asked for", todo=""
            )
        kind = sniff(body, {name.lower(): value for name, value in answer.headers.items()})
        is_welcome = takes_pages and kind is Body.WEB_PAGE
        if kind in BODY_TROUBLES and not is_welcome:
            raise _trouble(url, BODY_TROUBLES[kind], WORDS[kind].rstrip(".").lower())
        return Page(
            str(answer.url),
            body,
            answer.headers.get("Content-Type", ""),
            _stated(answer, Validators()) if inflater.is_whole else Validators(),
            zone,
            fresh_s=fresh_for(answer.headers),
            is_web_page=is_welcome,
        )


def user_agent(contact: str) -> str:
    """Who we are: name, version, and whom to write to where the operator says so."""
    return f"Lodewire/{bot.__version__} (feed reader{f'; {contact}' if contact else ''})"


def _conditions(validators: Validators) -> dict[str, str]:
    """Both validators, byte for byte as the server gave them."""
    conditions = {}
    if validators.etag:
        conditions["If-None-Match"] = validators.etag
    if validators.last_modified:
        conditions["If-Modified-Since"] = validators.last_modified
    return conditions


def _stated(answer: aiohttp.ClientResponse, known: Validators) -> Validators:
    """The answer's validators, else the known ones. Beyond ASCII they can be neither stored nor sent back."""
    etag = answer.headers.get("ETag", known.etag)
    modified = answer.headers.get("Last-Modified", known.last_modified)
    return Validators(etag if etag and etag.isascii() else None, modified if modified and modified.isascii() else None)


async def _is_challenge(answer: aiohttp.ClientResponse, most_s: float) -> bool:
    """Whether an error is a check for people: by its header, or by its page where such checks have that status."""
    if "cf-mitigated" in answer.headers:
        return True
    if answer.status not in CHALLENGED:
        return False
    start = Inflater(answer.headers.get("Content-Encoding", ""), PIECE)
    with suppress(TooLarge, TimeoutError, zlib.error):
        async with asyncio.timeout(min(most_s, CHALLENGE_S)):
            async for piece in answer.content.iter_chunked(PIECE):
                start.feed(piece)
    return sniff(start.begun) is Body.CHALLENGE


def _require_success(url: str, answer: aiohttp.ClientResponse, *, is_challenge: bool) -> None:
    status = answer.status
    if status == 200:
        return
    wish = retry_after(answer.headers.get("Retry-After"), answer.headers.get("Date"))
    kind = FeedTrouble.CLIENT if 400 <= status < 500 else FeedTrouble.SERVER
    if is_challenge:
        kind = FeedTrouble.BLOCKED
    kind = {410: FeedTrouble.GONE, 429: FeedTrouble.LIMITED}.get(status, kind)
    todo = TODO[FeedTrouble.BLOCKED] if status in (401, 403) else None
    error = _trouble(url, kind, f"the server said {_status_words(status)}", wish, todo=todo)
    error.status = status
    raise error


def _status_words(status: int) -> str:
    """The standard's words: the server's own may be of any length and any characters."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def retry_after(value: str | None, date: str | None) -> timedelta | None:
    """A Retry-After header as a wait, from seconds or from a date seen against the answer's own Date (RFC 9110)."""
    if not value:
        return None
    if re.fullmatch(r"\s*[0-9]+\s*", value):
        return timedelta(seconds=min(int(value.strip()[:12]), 10**9))
    try:
        until = _http_date(value)
        now = _http_date(date) if date else datetime.now(UTC)
    except (TypeError, ValueError):
        return None
    return max(until - now, timedelta(0))


def _http_date(value: str) -> datetime:
    moment = parsedate_to_datetime(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _trouble(
    url: str, kind: FeedTrouble, what: str, wish: timedelta | None = None, *, todo: str | None = None
) -> FeedError:
    advice = TODO.get(kind, "") if todo is None else todo
    return FeedError(url, kind, f"{shown_url(url)}: {what}.", advice, retry_after=wish)


def _translate(url: str, error: Exception) -> FeedError:
    """The library's error in our words."""
    import aiohttp

    if isinstance(error, FeedError):
        return error
    if is_closed_port(error):
        return _trouble(url, FeedTrouble.REFUSED, "its port is known for other services than the web")
    if is_refused(error):
        return _trouble(url, FeedTrouble.REFUSED, "it leads to this machine or a private network")
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return _trouble(url, FeedTrouble.DNS, "its host is not known")
    if isinstance(error, (aiohttp.ClientSSLError, aiohttp.ClientConnectorCertificateError)):
        return _trouble(url, FeedTrouble.TLS, "its certificate cannot be trusted")
    if isinstance(error, (aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError, ValueError)):
        return _trouble(url, FeedTrouble.REFUSED, "it is no web address", todo=TODO[FeedTrouble.DNS])
    return _trouble(url, FeedTrouble.CONNECTION, f"the connection failed ({type(error).__name__})")
