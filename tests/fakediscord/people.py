"""People at the fake: they type slash commands, press buttons, and read what comes back."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from tests.fakediscord.server import FakeDiscord
from tests.fakediscord.state import APPLICATION, GUILD, MINERALS, Channel

MANAGE_GUILD = 1 << 5
TOP = {"feed": "news-admin", "opml": "news-admin"}
KINDS = {str: 3, int: 4}


@dataclass(frozen=True)
class Role:
    """A role of the server, as the value of an option."""

    id: int
    name: str

    def resolved(self) -> dict[str, Any]:
        """What Discord says of it beside the option."""
        return {"id": str(self.id), "name": self.name, "color": 0, "hoist": False, "position": 1, "permissions": "0",
                "managed": False, "mentionable": True, "flags": 0,
                "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None}}  # fmt: skip


@dataclass
class Person:
    """Somebody with a number; `manages` the server or not."""

    fake: FakeDiscord
    id: int
    name: str = "ana"
    manages: bool = False

    async def slash(self, *path: str, direct: bool = False, **given: Any) -> str:
        """Type a command; the token by which its answer is found."""
        return await self._act(2, self._command(path, given), direct)

    async def types(self, *path: str, option: str, typed: str) -> str:
        """Be about to type a value."""
        data = self._command(path, {option: typed})
        inner = data
        while "options" in inner:
            inner = inner["options"][0]
        inner["focused"] = True
        return await self._act(4, data)

    async def press(self, custom_id: str, *, direct: bool = False) -> str:
        """Press a button under a message of the bot's."""
        button = {"type": 2, "style": 2, "label": "Press", "custom_id": custom_id, "id": 2}
        rows = [{"type": 1, "components": [button], "id": 1}]
        message = self.fake.state.message(Channel(MINERALS), {"components": rows})
        return await self._act(3, {"custom_id": custom_id, "component_type": 2, "id": 2}, direct, message=message)

    async def choose(self, custom_id: str, value: str) -> str:
        """Choose from a menu under a message of the bot's."""
        menu = {"type": 3, "custom_id": custom_id, "options": [{"label": "One", "value": value}], "id": 2}
        message = self.fake.state.message(
            Channel(MINERALS), {"components": [{"type": 1, "components": [menu], "id": 1}]}
        )
        data = {"custom_id": custom_id, "component_type": 3, "values": [value], "id": 2}
        return await self._act(3, data, message=message)

    async def answer(self, token: str, count: int = 1) -> dict[str, Any]:
        """The `count`-th thing that came back for a token."""
        answers = self.fake.rest.answers
        async with asyncio.timeout(8):
            while len(answers.get(token, ())) < count:  # noqa: ASYNC110 - they come in another thread
                await asyncio.sleep(0.01)
        return answers[token][count - 1]

    def _command(self, path: tuple[str, ...], given: dict[str, Any]) -> dict[str, Any]:
        options: list[dict[str, Any]] = [
            {"name": name, "type": 8, "value": str(value.id)}
            if isinstance(value, Role)
            else {"name": name, "type": KINDS[type(value)], "value": value}
            for name, value in given.items()
        ]
        roles = {str(value.id): value.resolved() for value in given.values() if isinstance(value, Role)}
        names = [TOP.get(path[0], "news"), *path]
        for depth, name in enumerate(reversed(names[1:])):
            options = [{"name": name, "type": 1 if depth == 0 else 2, "options": options}]
        resolved = {"resolved": {"roles": roles}} if roles else {}
        return {"id": "1", "name": names[0], "type": 1, "options": options, **resolved}

    async def _act(self, kind: int, data: dict[str, Any], direct: bool = False, **more: Any) -> str:
        event = self.event(kind, data, direct, **more)
        await asyncio.to_thread(self.fake.call, self.fake.gateway.emit("INTERACTION_CREATE", event))
        token: str = event["token"]
        return token

    def event(self, kind: int, data: dict[str, Any], direct: bool = False, **more: Any) -> dict[str, Any]:
        """What the gateway tells the bot of it."""
        number = self.fake.state.new_id()
        user = {"id": str(self.id), "username": self.name, "discriminator": "0", "avatar": None, "global_name": None}
        base = {"id": str(number), "application_id": str(APPLICATION), "type": kind, "token": f"token-{number}",
                "version": 1, "data": data, "locale": "en-GB", "app_permissions": "0", "entitlements": [],
                "authorizing_integration_owners": {}, "attachment_size_limit": 1 << 20, **more}  # fmt: skip
        if direct:
            channel = {"id": str(self.id + 5_000), "type": 1, "recipients": [user], "flags": 0}
            return {**base, "user": user, "channel": channel, "channel_id": channel["id"], "context": 1}
        member = {"user": user, "roles": [], "joined_at": "2025-01-01T00:00:00+00:00", "deaf": False, "mute": False,
                  "flags": 0, "permissions": str(MANAGE_GUILD if self.manages else 0)}  # fmt: skip
        channel = {"id": str(MINERALS), "type": 0, "name": "minerals", "guild_id": str(GUILD), "flags": 0,
                   "permissions": "0", "position": 0, "nsfw": False}  # fmt: skip
        return {**base, "member": member, "guild_id": str(GUILD), "channel_id": str(MINERALS), "channel": channel,
                "guild": {"id": str(GUILD), "locale": "en-GB", "features": []}, "context": 0}  # fmt: skip
