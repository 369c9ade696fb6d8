"""The address by which a server invites the bot, with exactly the permissions that are used. Asks nobody."""

from __future__ import annotations

from urllib.parse import urlencode

from bot.chat.discord.permissions import INVITED, SCOPES
from bot.chat.discord.settings import read_bot_id

AUTHORIZE = "https://discord.com/oauth2/authorize"


def invitation(token: str) -> str:
    """The link, made from the token's first part: an application and its bot have one number. Raises SettingsError."""
    query = {"client_id": read_bot_id(token), "scope": " ".join(SCOPES), "permissions": INVITED.value}
    return f"{AUTHORIZE}?{urlencode(query)}"
