"""The fake's REST: the routes in use. Each request is recorded and checked; faults come before or after its effect."""

from __future__ import annotations

import asyncio
import json
import re
import time
from typing import Any

from aiohttp import BodyPartReader, web

from tests.fakediscord.checks import find_file_violations, find_violations
from tests.fakediscord.state import APPLICATION, GUILD, OWNER, TOKEN, Channel, Fault, Recorded, Refusal, State
from tests.fakediscord.state import bot_user as bot

API = "/api/v10"
ALL = (1 << 50) - 1
Answers = dict[str, list[dict[str, Any]]]

ROUTES = tuple(
    (method, re.compile(re.sub(r"\{\w+\}", r"([^/]+)", path)), f"{method} {path}")
    for method, path in (
        ("GET", "/users/@me"),
        ("GET", "/oauth2/applications/@me"),
        ("POST", "/users/@me/channels"),
        ("GET", "/channels/{channel_id}"),
        ("GET", "/channels/{channel_id}/messages"),
        ("POST", "/channels/{channel_id}/messages"),
        ("PATCH", "/channels/{channel_id}/messages/{message_id}"),
        ("GET", "/guilds/{guild_id}"),
        ("GET", "/guilds/{guild_id}/members/{user_id}"),
        ("PUT", "/applications/{application_id}/commands"),
        ("POST", "/interactions/{interaction_id}/{interaction_token}/callback"),
        ("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/@original"),
    )
)


class Rest:
    """Answers requests from the state."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.answers: Answers = {}  # by the token of an interaction: what came back
        self.asked_at: dict[str, float] = {}
        self._taken: dict[int, list[float]] = {}

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One request, from its record to its answer or its fault."""
        body, files = await _read_body(request)
        path = request.path.removeprefix(API)
        route, parts = self._route(request.method, path)
        wrong = [*find_violations(route, dict(request.query), body), *find_file_violations(body, files)]
        record = Recorded(route, path, dict(request.query), body, wrong, files=files)
        self.state.requests.append(record)
        fault = self._fault(route, record.path)
        if fault is not None and fault.delay:
            await asyncio.sleep(fault.delay)
        if fault is not None and not fault.committed and not fault.delay:
            return _spoil(request, fault, record)
        answer = self._answer(request, route, parts, record)
        if fault is not None and fault.committed:
            return _spoil(request, fault, record)
        record.status = answer.status
        return answer

    def _answer(self, request: web.Request, route: str, parts: tuple[str, ...], record: Recorded) -> web.Response:
        try:
            if "/webhooks/" not in record.path and "/interactions/" not in record.path:
                self._authorise(request)
            headers = self._limit(route, parts)
            if record.violations:
                raise Refusal(400, 50035, f"Invalid Form Body: {record.violations[0]}")
            return as_json(self._carry_out(route, parts, record), headers=headers)
        except Refusal as refusal:
            return as_json(refusal.body(), refusal.status)
        except Limited as limited:
            body = {"message": "You are being rate limited.", "retry_after": limited.wait, "global": False}
            return as_json(body, 429, {"Via": "1.1 google", "X-RateLimit-Scope": "user"})

    def _carry_out(self, route: str, parts: tuple[str, ...], record: Recorded) -> Any:
        state, body = self.state, record.body
        match route.split(" ", 1)[0], parts:
            case "GET", () if route.endswith("/users/@me"):
                return {**bot(), "verified": True, "email": None, "flags": 0, "mfa_enabled": False, "locale": "en-GB"}
            case "GET", ():
                return application()
            case "POST", ():
                return channel_json(state.direct(int(body["recipient_id"])))
            case "GET", (channel,) if "channels" in route and route.endswith("{channel_id}"):
                return channel_json(state.channel(int(channel)))
            case "GET", (channel,) if "messages" in route:
                return state.history(int(channel), record.query)
            case "POST", (channel,):
                return state.create(int(channel), body)
            case "PATCH", (channel, message) if "channels" in route:
                return state.edit(int(channel), int(message), body)
            case "GET", (_,):
                return guild_json()
            case "GET", (_, __):
                return member_json()
            case "PUT", (_,):
                state.commands = [dict(command, **_registered(number)) for number, command in enumerate(body, 1)]
                return state.commands
            case "POST", (number, token):
                return self._called_back(number, token, body)
            case "PATCH", (_, token):
                self.answers.setdefault(token, []).append({"type": "edit", "data": body})
                return state.message(Channel(1), body)
        raise Refusal(404, 0, f"404: Not Found {route}")

    def _called_back(self, number: str, token: str, body: dict[str, Any]) -> Any:
        """The answer to an interaction, which must come within three seconds, and once."""
        if time.monotonic() - self.asked_at.get(token, 0.0) > 3 or self.answers.get(token):
            raise Refusal(404, 10062, "Unknown interaction")
        self.answers.setdefault(token, []).append(body)
        made = {"interaction": {"id": number, "type": 2}}
        if body["type"] in (4, 5):
            message = self.state.message(Channel(1), body.get("data") or {})
            made["interaction"]["response_message_id"] = message["id"]
            made["resource"] = {"type": body["type"], "message": message}
        return made

    def _authorise(self, request: web.Request) -> None:
        if self.state.is_revoked or request.headers.get("Authorization") != f"Bot {TOKEN}":
            raise Refusal(401, 0, "401: Unauthorized")

    def _limit(self, route: str, parts: tuple[str, ...]) -> dict[str, str]:
        """Count a post against the channel's limit. Raises Limited."""
        if self.state.limit is None or not route.startswith("POST /channels"):
            return {}
        most, seconds = self.state.limit
        now = time.monotonic()
        taken = [at for at in self._taken.get(int(parts[0]), []) if now - at < seconds]
        if len(taken) >= most:
            raise Limited(round(seconds - (now - taken[0]) + 0.01, 3))
        self._taken[int(parts[0])] = [*taken, now]
        reset = f"{seconds - (now - (taken or [now])[0]):.3f}"
        return {"X-RateLimit-Limit": str(most), "X-RateLimit-Remaining": str(most - len(taken) - 1),
                "X-RateLimit-Reset-After": reset, "X-RateLimit-Reset": f"{time.time() + float(reset):.3f}",
                "X-RateLimit-Bucket": "posts"}  # fmt: skip

    def _route(self, method: str, path: str) -> tuple[str, tuple[str, ...]]:
        for known, pattern, name in ROUTES:
            if known == method and (match := pattern.fullmatch(path)):
                return name, match.groups()
        return f"{method} {path}", ()

    def _fault(self, route: str, path: str) -> Fault | None:
        for fault in self.state.faults:
            if fault.times > 0 and fault.route in route and fault.path in path:
                fault.times -= 1
                return fault
        return None


class Limited(Exception):
    """Too many; `wait` seconds until the next."""

    def __init__(self, wait: float) -> None:
        super().__init__(wait)
        self.wait = wait


def _spoil(request: web.Request, fault: Fault, record: Recorded) -> web.Response:
    record.status = fault.status
    if fault.status == 0:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()
    return as_json(fault.body, fault.status, fault.headers)


def as_json(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """JSON under the content type that Discord gives it: with a charset the library would take it for text."""
    raw = json.dumps(body).encode()
    return web.Response(body=raw, status=status, headers={"Content-Type": "application/json", **(headers or {})})


def application() -> dict[str, Any]:
    """The bot's application, as `GET /oauth2/applications/@me` gives it."""
    owner = {"id": str(OWNER), "username": "dora", "discriminator": "0", "avatar": None, "flags": 0}
    return {"id": str(APPLICATION), "name": "Lodewire", "icon": None, "description": "", "bot_public": True,
            "bot_require_code_grant": False, "verify_key": "", "owner": owner, "team": None, "flags": 0,
            "rpc_origins": [], "summary": ""}  # fmt: skip


async def _read_body(request: web.Request) -> tuple[Any, dict[str, bytes]]:
    """The JSON of a request, and the files beside it, by the names of their parts."""
    if not request.content_type.startswith("multipart/"):
        raw = await request.read()
        return (json.loads(raw) if raw else None), {}
    body, files = None, {}
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        if part.name == "payload_json":
            body = json.loads(await part.text())
        else:
            files[str(part.name)] = bytes(await part.read())
    return body, files


def guild_json() -> dict[str, Any]:
    """The server and its one role, which may do everything."""
    role = {"id": str(GUILD), "name": "@everyone", "color": 0, "hoist": False, "position": 0, "managed": False,
            "permissions": str(ALL & ~8), "mentionable": False, "flags": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None}}  # fmt: skip
    return {"id": str(GUILD), "name": "Minerals desk", "owner_id": str(OWNER), "roles": [role], "emojis": [],
            "stickers": [], "features": [], "icon": None, "splash": None, "discovery_splash": None, "banner": None,
            "afk_channel_id": None, "afk_timeout": 300, "verification_level": 0, "default_message_notifications": 0,
            "explicit_content_filter": 0, "mfa_level": 0, "system_channel_id": None, "system_channel_flags": 0,
            "rules_channel_id": None, "vanity_url_code": None, "description": None, "premium_tier": 0,
            "preferred_locale": "en-GB", "public_updates_channel_id": None, "nsfw_level": 0,
            "premium_progress_bar_enabled": False, "safety_alerts_channel_id": None}  # fmt: skip


def member_json() -> dict[str, Any]:
    """The bot as a member."""
    return {"user": bot(), "roles": [], "joined_at": "2025-01-01T00:00:00+00:00", "deaf": False, "mute": False,
            "flags": 0, "nick": None, "avatar": None}  # fmt: skip


def channel_json(channel: Channel) -> dict[str, Any]:
    """A text channel with what is denied in it, or a direct chat."""
    if channel.person is not None:
        person = {"id": str(channel.person), "username": "ana", "discriminator": "0", "avatar": None}
        return {"id": str(channel.id), "type": 1, "recipients": [person], "last_message_id": None, "flags": 0}
    denied = [{"id": str(GUILD), "type": 0, "allow": "0", "deny": str(channel.denied)}] if channel.denied else []
    return {"id": str(channel.id), "type": 0, "guild_id": str(GUILD), "name": channel.name, "position": 0,
            "permission_overwrites": denied, "nsfw": False, "parent_id": None, "topic": None, "rate_limit_per_user": 0,
            "last_message_id": None, "flags": 0}  # fmt: skip


def _registered(number: int) -> dict[str, Any]:
    return {"id": str(700 + number), "application_id": str(APPLICATION), "version": "1", "guild_id": None}
