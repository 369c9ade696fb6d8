"""What the bot may do in a channel, asked from Discord only when something was refused; and how a refusal is told."""

from __future__ import annotations

from dataclasses import dataclass

import aiohttp
import discord

from bot.chat.discord.errors import NO_ACCESS, REFUSED_REST
from bot.core.errors import RetryLater

NEEDED = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "send_messages_in_threads": "Send Messages in Threads",
    "embed_links": "Embed Links",
    "read_message_history": "Read Message History",
}
"""What the invitation asks for, by the library's names and by those of Discord's own pages."""

INVITED = discord.Permissions(**dict.fromkeys(NEEDED, True))
"""The same as the number in the invitation's address."""

SCOPES = ("bot", "applications.commands")


@dataclass(frozen=True, slots=True)
class Standing:
    """A channel's name, and what is missing there in Discord's words; None: it cannot be told."""

    name: str
    missing: tuple[str, ...] | None

    @property
    def can_read_history(self) -> bool:
        """Whether it is sure that an empty history is empty."""
        return self.missing is not None and not {"Read Message History", "View Channel"} & set(self.missing)


async def read_standing(client: discord.Client, channel: int) -> Standing:
    """Ask for the channel, the server's roles and the bot's own. Raises nothing that Discord refuses."""
    try:
        found = await client.fetch_channel(channel)
    except (discord.Forbidden, discord.NotFound):
        return Standing(f"channel {channel}", ("View Channel",))
    except (discord.HTTPException, aiohttp.ClientError, OSError):
        return Standing(f"channel {channel}", None)
    if not isinstance(found, discord.abc.GuildChannel | discord.Thread):
        return Standing("a direct chat", ())
    is_thread = isinstance(found, discord.Thread)
    try:
        guild = await client.fetch_guild(found.guild.id, with_counts=False)
        place = await guild.fetch_channel(found.parent_id) if isinstance(found, discord.Thread) else found
        whole = await guild.fetch_channel(place.id)
        assert client.user is not None
        allowed = whole.permissions_for(await guild.fetch_member(client.user.id))
    except (discord.HTTPException, discord.ClientException, aiohttp.ClientError, OSError):
        return Standing(f"#{found.name}", None)
    unused = "send_messages" if is_thread else "send_messages_in_threads"
    missing = (words for name, words in NEEDED.items() if name != unused and not getattr(allowed, name))
    return Standing(f"#{found.name}", tuple(missing))


def refusal(error: discord.HTTPException, standing: Standing) -> RetryLater:
    """What a forbidden post means: later, and what to grant."""
    blocking = _blocking(standing.missing or (("View Channel",) if error.code == NO_ACCESS else ()))
    if not blocking:
        said = f"I cannot write in {standing.name}: Discord names no reason."
        todo = "Grant what the invitation asks for. Your subscription is kept and starts when it is granted."
        return RetryLater(said, after=REFUSED_REST, in_doubt=False, todo=todo)
    names = ", ".join(f'"{words}"' for words in blocking)
    what = f"the permission {names} is" if len(blocking) == 1 else f"the permissions {names} are"
    return RetryLater(
        f"I cannot write in {standing.name}: {what} missing.",
        after=REFUSED_REST, in_doubt=False,
        todo="Your subscription is kept and starts when it is granted.",
    )  # fmt: skip


def _blocking(missing: tuple[str, ...]) -> list[str]:
    """What keeps a post out. Without the first of these Discord counts those behind it as missing, too."""
    if "View Channel" in missing:
        return ["View Channel"]
    implied = {"Embed Links"} if "Send Messages" in missing else set()
    return [words for words in missing if words not in implied | {"Read Message History"}]
