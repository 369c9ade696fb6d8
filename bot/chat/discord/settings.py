"""The `[discord]` section of the settings. Light: read at every start, without the library."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from typing import Annotated

import msgspec
from msgspec import Meta

from bot.core.errors import SettingsError

TOKEN = re.compile(r"[\w-]{20,40}\.[\w-]{5,10}\.[\w-]{25,80}")
TODO = "Copy it again from the page Bot of your application; the client secret and the public key are other things."


class DiscordSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Discord, as one bot. Set up in ten minutes: bot/chat/discord/README.md."""

    token: Annotated[
        str,
        Meta(
            description="The bot's token, from the page Bot of its application. Empty: no Discord.",
            extra={"secret": True},
        ),
    ] = ""

    @property
    def enabled(self) -> bool:
        """Whether this platform is set up."""
        return bool(self.token)

    @property
    def account(self) -> str:
        """The bot's user number."""
        return read_bot_id(self.token)

    def problems(self) -> Iterator[str]:
        """What cannot be, a sentence each, without the secret."""
        if self.enabled:
            try:
                read_bot_id(self.token)
            except SettingsError as error:
                yield str(error).removeprefix("[discord] ")


def read_bot_id(token: str) -> str:
    """The bot's user number, which a token begins with. Raises SettingsError for what cannot be a token."""
    if not TOKEN.fullmatch(token):
        raise SettingsError("[discord] token does not look like a bot's: three parts with two dots between.", TODO)
    first = token.partition(".")[0]
    try:
        number = base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)).decode("ascii")
    except (binascii.Error, UnicodeDecodeError):
        number = ""
    if not number.isdecimal():
        raise SettingsError("[discord] token does not begin with a bot's number.", TODO)
    return number
