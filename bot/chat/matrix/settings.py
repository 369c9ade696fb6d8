"""The `[matrix]` section of the settings. Light: read at every start."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import msgspec
from msgspec import Meta


class MatrixSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The bot's login on a Matrix homeserver. Off until the first three keys are set."""

    homeserver: Annotated[
        str, Meta(description='Where clients reach the server, such as "https://matrix.example.org". Empty: no Matrix.')
    ] = ""
    user: Annotated[str, Meta(description='The bot\'s user id, such as "@lodewire:example.org".')] = ""
    access_token: Annotated[
        str, Meta(description="The token of a login made once, for the bot alone.", extra={"secret": True})
    ] = ""
    password: Annotated[
        str,
        Meta(
            description="Used where there is no access_token: the bot then logs in at each start.",
            extra={"secret": True},
        ),
    ] = ""
    device_id: Annotated[
        str,
        Meta(
            description="The device that a password logs in as. Keep it: by it the server knows a message sent twice."
        ),
    ] = "LODEWIRE"
    allow: Annotated[
        tuple[str, ...],
        Meta(
            description='Who may invite the bot: user ids, and ":example.org" for everybody on a server. Empty: nobody.'
        ),
    ] = ()
    prefix: Annotated[str, Meta(min_length=1, description="What a command in a room begins with.")] = "!news"

    @property
    def enabled(self) -> bool:
        """Whether there is enough to log in with."""
        return bool(self.homeserver and self.user and (self.access_token or self.password))

    @property
    def account(self) -> str:
        """The bot's user id, and where it lives."""
        return f"{self.user} at {self.homeserver}"

    def problems(self) -> Iterator[str]:
        """What is missing or cannot be where something is set, a sentence each."""
        if not (self.homeserver or self.user or self.access_token or self.password):
            return
        if not self.homeserver.startswith(("https://", "http://")):
            yield 'homeserver is missing: an address that begins with "https://".'
        if not (self.user.startswith("@") and ":" in self.user):
            yield 'user is missing: the bot\'s id, such as "@lodewire:example.org".'
        if not (self.access_token or self.password):
            yield "access_token is missing: `lodewire matrix login` makes one. A password works too."
        for entry in self.allow:
            if not (entry.startswith(("@", ":")) and ":" in entry and len(entry) > 1):
                yield f'allow: "{entry}" is neither a user id, "@ana:example.org", nor a server, ":example.org".'
