"""Requests to one homeserver in the name of one login. One try each: whoever asks decides what a failure means.

matrix-nio carries them: session, TLS, and one day the keys of encrypted rooms. Its own retries, its sync loop and its
picture of rooms are not used; README.md says why.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlencode

import aiohttp
import msgspec
from nio import AsyncClient, AsyncClientConfig

from bot.chat.matrix.errors import Refused, Unreachable, WrongAccount
from bot.chat.matrix.settings import MatrixSettings

V3 = "/_matrix/client/v3"
MEDIA = "/_matrix/media/v3"
PATIENCE_S = 30.0

# nio logs each answer that it cannot read as an error of its own, and waits for ever by default.
logging.getLogger("nio").setLevel(logging.ERROR)
CONFIG = AsyncClientConfig(max_limit_exceeded=0, max_timeouts=0, encryption_enabled=False, store_sync_tokens=False)

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bytes:
    """A body that is no JSON, with its media type."""

    data: bytes
    kind: str


class Wire:
    """The way to the server. Logs in at the first request, as the settings say."""

    def __init__(self, settings: MatrixSettings) -> None:
        self._settings = settings
        self._client: AsyncClient | None = None
        self._token = ""
        self._login = asyncio.Lock()
        self._times_away = 0  # how often running nobody answered
        self.user = settings.user

    async def ask(
        self,
        method: str,
        *path: str,
        body: object = None,
        query: Mapping[str, str] | None = None,
        patience_s: float = PATIENCE_S,
    ) -> Any:
        """One request under /_matrix/client/v3 and its answer's JSON. Raises Unreachable, Refused, WrongAccount."""
        for final in (False, True):
            token = await self._logged_in()
            try:
                return await self._request(method, address(path, query), body, token, patience_s)
            except Refused as error:
                if not error.is_token or final or self._settings.access_token:
                    raise
                self._forget(token)  # a password makes a new token, for the same device
        raise AssertionError("the last try returns or raises")

    async def upload(self, body: bytes, kind: str, name: str) -> str:
        """Keep a file on the server; its mxc address. Raises Unreachable, Refused, WrongAccount."""
        token = await self._logged_in()
        target = f"{MEDIA}/upload?{urlencode({'filename': name})}"
        answer = await self._request("POST", target, Bytes(body, kind), token)
        return str(answer["content_uri"])

    async def log_in(self) -> str:
        """Enter the password now; the token of that login. Raises Unreachable, Refused."""
        return await self._enter_password()

    async def close(self) -> None:
        """Let the connections go."""
        if self._client is not None:
            await self._client.close()
            self._client = None

    async def _logged_in(self) -> str:
        async with self._login:
            if not self._token:
                self._token = await (self._try_token() if self._settings.access_token else self._enter_password())
            return self._token

    def _forget(self, token: str) -> None:
        if self._token == token:
            self._token = ""

    async def _try_token(self) -> str:
        """The settings' token, once it is known to be the named user's: else alerts would come from a stranger."""
        token = self._settings.access_token
        owner = str((await self._request("GET", address(("account", "whoami")), None, token)).get("user_id"))
        if owner != self.user:
            raise WrongAccount(
                f"The access token of [matrix] belongs to {owner}, not to {self.user}.",
                "Set user to the account that the token was made for.",
            )
        return token

    async def _enter_password(self) -> str:
        form = {
            "type": "m.login.password",
            "identifier": {"type": "m.id.user", "user": self.user},
            "password": self._settings.password,
            "device_id": self._settings.device_id,
            "initial_device_display_name": "Lodewire",
        }
        try:
            return str((await self._request("POST", address(("login",)), form, ""))["access_token"])
        except Refused as error:
            if error.is_limit or error.is_server:
                raise
            raise WrongAccount(
                f"{self._settings.homeserver} refuses the login: {error.said or error.code}.",
                "Check user and password of [matrix].",
            ) from error

    async def _request(self, method: str, target: str, body: object, token: str, patience_s: float = PATIENCE_S) -> Any:
        if self._client is None:
            self._client = AsyncClient(self._settings.homeserver.rstrip("/"), self.user, config=CONFIG)
        kind = body.kind if isinstance(body, Bytes) else "application/json"
        headers = {"Content-Type": kind} | ({"Authorization": f"Bearer {token}"} if token else {})
        data = body.data if isinstance(body, Bytes) else None if body is None else msgspec.json.encode(body)
        try:
            answer = await self._client.send(method, target, data, headers, timeout=patience_s)
            async with answer:
                raw, status, wish = await answer.read(), answer.status, answer.headers.get("Retry-After")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            where, name = self._settings.homeserver, type(error).__name__
            self._times_away += 1
            said = f"The homeserver {where} does not answer: {name}."
            raise Unreachable(said, self._times_away, is_cut=_is_cut(error)) from error
        self._times_away = 0
        return self._read(raw, status, wish)

    def _read(self, raw: bytes, status: int, wish: str | None) -> Any:
        try:
            found = msgspec.json.decode(raw)
        except msgspec.DecodeError as error:
            if status < 300:
                raise Unreachable(f"What answers at {self._settings.homeserver} is no Matrix homeserver.") from error
            found = None
        if status < 300:
            return found
        said: Json = found if isinstance(found, dict) else {}  # a proxy in front of the server answers in HTML
        wait = read_wait(wish, said.get("retry_after_ms"))
        raise Refused(status, str(said.get("errcode", "")), str(said.get("error", "")), wait)


def _is_cut(error: Exception) -> bool:
    """Whether a connection that stood broke off, rather than none being had, or nothing coming over it."""
    cut = aiohttp.ServerDisconnectedError, aiohttp.ClientPayloadError, aiohttp.ClientOSError, ConnectionError
    return isinstance(error, cut) and not isinstance(error, aiohttp.ClientConnectorError)


def address(path: tuple[str, ...], query: Mapping[str, str] | None = None) -> str:
    """The path of a request, each part quoted whole: room ids and keys hold what paths do not."""
    target = "/".join([V3, *(quote(part, safe="") for part in path)])
    return f"{target}?{urlencode(query)}" if query else target


def read_wait(header: str | None, ms: object) -> timedelta | None:
    """How long the server wants us to wait: exactly, where it says so, else by the whole seconds of the header."""
    if isinstance(ms, int | float) and ms >= 0:
        return timedelta(milliseconds=ms)
    if header is not None and header.strip().isdecimal():
        return timedelta(seconds=int(header))
    return None
