"""Discord as a platform: posts, edits and looks by REST, in one login; hears by a gateway session of its own.

`once` opens no gateway. The library's client cannot be started twice, so each session is a fresh one.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

import aiohttp
import discord

from bot.chat.discord.errors import NO_ACCESS, NO_PERMISSION, TRAIL, Trail, session_ended, traced, translate
from bot.chat.discord.history import find_key
from bot.chat.discord.inbound import DIRECT, Ears
from bot.chat.discord.parts import as_embeds, as_view
from bot.chat.discord.permissions import read_standing, refusal
from bot.chat.discord.render import fits_whole, render_post
from bot.chat.discord.settings import DiscordSettings, read_bot_id
from bot.core.errors import DeliveryError, RetryLater
from bot.core.outbox import Capabilities, Finding, Found, Op, Outgoing

if TYPE_CHECKING:
    from bot.commands.answer import Office

LONGEST_LIMIT_S = 30.0
"""How long the library may wait by itself when Discord says "later"; what is longer is delivery's to plan."""

PATIENCE = timedelta(minutes=4)
"""How long one call may take in all: more than the library's own waiting, five times the above and 25 s."""

discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # it has nothing to say aloud

Connector = Callable[[], aiohttp.BaseConnector]
Channel = discord.PartialMessageable | discord.DMChannel
Done = TypeVar("Done")


class Discord:
    """The platform. A post's key is its nonce, and stands in a button, by which it is found again."""

    name = "discord"
    capabilities = Capabilities(alerts_per_post=10, characters=4_000, fits=fits_whole, replaces=True)

    def __init__(
        self, settings: DiscordSettings, now: Callable[[], datetime], *, connector: Connector | None = None
    ) -> None:
        """`connector` makes the way to Discord, one for each login. Raises SettingsError for what is no token.

        `now` is not looked at: Discord's own numbers tell when a message was made.
        """
        logging.getLogger("discord.client").addFilter(shortened)
        self.account = read_bot_id(settings.token)
        self.patience = PATIENCE
        self._token = settings.token
        self._connector = connector
        self._logins: list[discord.Client] = []
        self._is_worn = False
        self._door = asyncio.Lock()

    async def send(self, post: Outgoing) -> tuple[str, ...]:
        """Post or answer; the one message's number. The library's own tries send the same nonce."""
        payload = render_post(post.message, post.key, is_answer=post.op is Op.REPLY)

        async def make(_: discord.Client, channel: Channel) -> tuple[str, ...]:
            message = await channel.send(
                content=payload.get("content"),
                embeds=as_embeds(payload),
                view=as_view(payload),
                nonce=post.key,
                silent=not post.message.notify,
                allowed_mentions=_called(post),
                reference=_answered(post, channel.id),  # type: ignore[arg-type]  # its annotation leaves out None
            )
            return (str(message.id),)

        return await self._reach(post, make)

    async def edit(self, post: Outgoing) -> tuple[str, ...]:
        """Replace the message's words and buttons."""
        payload = render_post(post.message, post.key)

        async def change(_: discord.Client, channel: Channel) -> tuple[str, ...]:
            message = channel.get_partial_message(int(post.of[0]))
            await message.edit(content=payload.get("content"), embeds=as_embeds(payload), view=as_view(payload))
            return post.of

        return await self._reach(post, change)

    async def find(self, post: Outgoing, since: datetime) -> Found:
        """Look in the channel's history. An edit is never looked for: made twice it does no harm."""
        if post.op is Op.EDIT:
            return Found(Finding.ABSENT)

        async def look(client: discord.Client, channel: Channel) -> Found:
            return await find_key(client, channel, post.key, since)

        return await self._reach(post, look)

    async def serve(self, office: Office, account: int) -> None:
        """Hear people until the session ends. Raises RetryLater with what ended it."""
        ears = Ears(office, account, self._options())
        try:
            async with asyncio.timeout(None) as ears.life:
                await ears.start(self._token)
        except Exception as error:
            raise session_ended(error) from error
        finally:
            await ears.close()

    async def close(self) -> None:
        """Close every login."""
        for client in self._logins:
            await client.close()
        self._logins.clear()

    def _options(self) -> dict[str, Any]:
        """What a client of the library is made with."""
        return {
            "intents": discord.Intents(guilds=True),
            "allowed_mentions": discord.AllowedMentions.none(),
            "member_cache_flags": discord.MemberCacheFlags.none(),
            "chunk_guilds_at_startup": False,
            "max_messages": None,
            "max_ratelimit_timeout": LONGEST_LIMIT_S,
            "http_trace": traced(),
            "connector": self._connector() if self._connector else None,
        }

    async def _reach(self, post: Outgoing, work: Callable[[discord.Client, Channel], Awaitable[Done]]) -> Done:
        """Do something in a post's channel; every error leaves as RetryLater, Rejected or Gone."""
        trail = Trail()
        TRAIL.set(trail)
        try:
            async with asyncio.timeout(self.patience.total_seconds()):
                client = await self._login(trail)
                return await work(client, await _channel_of(client, post.channel))
        except DeliveryError:
            raise
        except discord.HTTPException as error:
            if error.code in (NO_ACCESS, NO_PERMISSION) and not post.channel.startswith(DIRECT):
                raise refusal(error, await read_standing(self._logins[-1], int(post.channel))) from error
            raise translate(error, trail) or error from error
        except Exception as error:
            # cut short while the library slept for a limit of the whole bot, its login would wait for ever
            self._is_worn = self._is_worn or isinstance(error, TimeoutError)
            raise translate(error, trail) or error from error

    async def _login(self, trail: Trail) -> discord.Client:
        """The login for REST, made at the first need. Raises DeliveryError; then nothing was sent."""
        async with self._door:
            if self._logins and not self._is_worn:
                return self._logins[-1]
            client = discord.Client(**self._options())
            try:
                await client.login(self._token)
            except BaseException as error:
                await client.close()
                known = translate(error, trail) if isinstance(error, Exception) else None
                raise (RetryLater(known.message, after=getattr(known, "after", None), scope="account", in_doubt=False,
                                  todo=known.todo) if known else error) from error  # fmt: skip
            self._logins.append(client)
            self._is_worn = False
            return client


async def _channel_of(client: discord.Client, remote_id: str) -> Channel:
    if remote_id.startswith(DIRECT):
        return await client.create_dm(discord.Object(int(remote_id.removeprefix(DIRECT))))
    return client.get_partial_messageable(int(remote_id))


def _called(post: Outgoing) -> discord.AllowedMentions:
    """The roles that moderators asked for, and nobody else, whatever the text says."""
    roles = [discord.Object(int(role)) for role in post.message.calls if role.isdecimal()]
    return discord.AllowedMentions(everyone=False, users=False, roles=roles or False, replied_user=False)


def _answered(post: Outgoing, channel: int) -> discord.MessageReference | None:
    """What an answer hangs on; where that was deleted, it stands alone."""
    if post.op is not Op.REPLY or not post.of:
        return None
    return discord.MessageReference(message_id=int(post.of[0]), channel_id=channel, fail_if_not_exists=False)


def shortened(record: logging.LogRecord) -> bool:
    """Let the library tell of a lost gateway in one line: it tries again by itself, and its traceback helps nobody."""
    if str(record.msg).startswith("Attempting a reconnect") and record.exc_info:
        record.msg = f"The gateway is away ({type(record.exc_info[1]).__name__}). {record.msg}"
        record.exc_info, record.levelno, record.levelname = None, logging.WARNING, "WARNING"
    return True
