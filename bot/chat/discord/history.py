"""Looking for a post in a channel's history, after an answer was lost. Changes nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

import discord

from bot.chat.discord.permissions import read_standing
from bot.chat.discord.render import key_of
from bot.core.outbox import Finding, Found

Channel = discord.PartialMessageable | discord.DMChannel

CLOCK_SLACK = timedelta(minutes=10)
"""By how much our clock may be ahead of Discord's, whose message numbers say when they were made."""

LOOKED_AT = 3_000
"""Messages read at most, a hundred a request; where more were written since, nobody can tell."""


async def find_key(client: discord.Client, channel: Channel, key: str, since: datetime) -> Found:
    """The message that carries `key`.

    A history that may not be read is empty, without an error: an empty answer means absent only where the permission
    is sure, or any message at all can be seen.
    """
    seen = 0
    async for message in channel.history(after=since - CLOCK_SLACK, oldest_first=True, limit=LOOKED_AT):
        seen += 1
        if client.user is not None and message.author.id == client.user.id and key in _keys_of(message):
            return Found(Finding.FOUND, (str(message.id),))
    if 0 < seen < LOOKED_AT:
        return Found(Finding.ABSENT)
    if seen == 0 and await _can_read(client, channel):
        return Found(Finding.ABSENT)
    return Found(Finding.CANNOT_TELL)


def _keys_of(message: discord.Message) -> set[str]:
    """The keys in a message's buttons."""
    rows = (row for row in message.components if isinstance(row, discord.ActionRow))
    named = (child.custom_id for row in rows for child in row.children if isinstance(child, discord.Button))
    return {key for custom_id in named if custom_id and (key := key_of(custom_id))}


async def _can_read(client: discord.Client, channel: Channel) -> bool:
    if isinstance(channel, discord.DMChannel):
        return True
    async for _ in channel.history(limit=1):
        return True
    return (await read_standing(client, channel.id)).can_read_history
