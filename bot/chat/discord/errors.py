"""What the library raises, as what delivery understands: later, rejected or gone. Waits for nothing.

The library tries 429, 500, 502 and 504 again by itself, inside one call and with the same nonce. What it met on the way
is noted by `traced`, because its last error does not tell whether an earlier try may have reached Discord.
"""

from __future__ import annotations

import asyncio
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace

import aiohttp
import discord

from bot.core.errors import DeliveryError, Gone, Rejected, RetryLater

REVOKED_REST = timedelta(hours=1)
REFUSED_REST = timedelta(minutes=10)
OLD_EDIT_REST = timedelta(hours=1)
NO_WORD_REST = timedelta(minutes=1)

UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, UNKNOWN_USER = 10003, 10008, 10013
NO_ACCESS, DIRECT_CLOSED, NO_PERMISSION = 50001, 50007, 50013
NOT_A_TEXT_CHANNEL, WRONG_CHANNEL_TYPE = 50008, 50024
ARCHIVED, LOCKED = 50083, 160005
BAD_TOKEN = 4004  # the gateway's close code
WRITES_LIMITED, SENDING_DISABLED, OLD_EDITS_LIMITED = 20028, 40004, 30046

REVOKED_TODO = (
    "Make a new one on the page Bot of the application, put it in [discord] token, and start Lodewire again. "
    "Nothing is lost: what waits is posted then."
)


@dataclass(slots=True)
class Trail:
    """What one call met: `doubtful`: an answer that may hide a post; `is_global`: a limit of the whole bot."""

    doubtful: bool = False
    is_global: bool = False


TRAIL: ContextVar[Trail | None] = ContextVar("trail", default=None)


def traced() -> aiohttp.TraceConfig:
    """A trace for a client's requests, which notes in the call's own `Trail`."""
    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(_note_answer)
    trace.on_request_exception.append(_note_silence)
    return trace


async def _note_answer(_: aiohttp.ClientSession, __: SimpleNamespace, end: aiohttp.TraceRequestEndParams) -> None:
    trail = TRAIL.get()
    if trail is not None:
        trail.doubtful = trail.doubtful or end.response.status >= 500
        trail.is_global = trail.is_global or end.response.headers.get("X-RateLimit-Scope") == "global"


async def _note_silence(
    _: aiohttp.ClientSession, __: SimpleNamespace, silence: aiohttp.TraceRequestExceptionParams
) -> None:
    trail = TRAIL.get()
    if trail is not None and not isinstance(silence.exception, aiohttp.ClientConnectorError):
        trail.doubtful = True


def translate(error: Exception, trail: Trail) -> DeliveryError | None:
    """The delivery error that an exception of the library means; None for one it does not raise on purpose.

    A missing permission is told by `permissions.refusal`, which knows its name.
    """
    if isinstance(error, discord.LoginFailure):
        return revoked()
    if isinstance(error, discord.RateLimited):
        after = timedelta(seconds=error.retry_after)
        return _limited("Discord takes no more for now.", after, trail)
    if isinstance(error, discord.HTTPException):
        return _refused(error, trail)
    if isinstance(error, aiohttp.ClientConnectorError):
        return RetryLater("Discord cannot be reached.", scope="account", in_doubt=trail.doubtful)
    if isinstance(error, aiohttp.ClientError | OSError | asyncio.TimeoutError):
        return RetryLater(f"Discord did not answer ({type(error).__name__}).")
    return None


def session_ended(error: Exception) -> Exception:
    """Why a gateway session ended, in words; the error itself where nobody foresaw it.

    A gateway that cannot be reached at the first try is an AttributeError in the library, raised while it handled the
    real one.
    """
    if isinstance(error, discord.ConnectionClosed):
        return revoked() if error.code == BAD_TOKEN else RetryLater(f"The gateway closed the session: {error.code}.")
    inner = error.__context__
    known = translate(error, Trail()) or (translate(inner, Trail()) if isinstance(inner, Exception) else None)
    return known or error


def revoked() -> RetryLater:
    """Discord does not know the token any more."""
    return RetryLater(
        "Discord refuses the bot's token: it was made anew or taken away.",
        after=REVOKED_REST, scope="account", in_doubt=False, todo=REVOKED_TODO,
    )  # fmt: skip


def _limited(message: str, after: timedelta, trail: Trail) -> RetryLater:
    scope = "account" if trail.is_global else "channel"
    return RetryLater(message, after=after, scope=scope, in_doubt=trail.doubtful)  # type: ignore[arg-type]


def _refused(error: discord.HTTPException, trail: Trail) -> DeliveryError:
    said = f"Discord answered {error.status}, code {error.code}: {error.text or 'without words'}."
    if error.status == 401:
        return revoked()
    if error.status == 429:
        return _busy(error, trail, said)
    if error.status >= 500:
        return RetryLater(said)
    if error.code in (UNKNOWN_CHANNEL, UNKNOWN_USER, NOT_A_TEXT_CHANNEL, WRONG_CHANNEL_TYPE):
        return Gone("The channel is gone from Discord, or takes no posts.", "Its subscriptions are kept.")
    if error.code == DIRECT_CLOSED:
        return Gone("Somebody takes no direct messages from this bot.", "Their subscriptions are kept.")
    if error.code in (ARCHIVED, LOCKED):
        todo = "Open it again, or follow elsewhere. Nothing is lost: what waits is posted then."
        return RetryLater("The thread is closed.", after=REFUSED_REST, in_doubt=False, todo=todo)
    if error.code in (WRITES_LIMITED, SENDING_DISABLED, OLD_EDITS_LIMITED):
        return RetryLater(said, after=OLD_EDIT_REST if error.code == OLD_EDITS_LIMITED else NO_WORD_REST)
    if error.status == 404 and error.code != UNKNOWN_MESSAGE:
        return RetryLater(said, after=REFUSED_REST)
    if error.code == UNKNOWN_MESSAGE:
        return Rejected("The message was deleted on Discord.", "It is not posted again.")
    return Rejected(said)


def _busy(error: discord.HTTPException, trail: Trail, said: str) -> RetryLater:
    """A 429 that the library did not wait for: five in a row, a limit of edits, or one from before Discord."""
    if error.code == OLD_EDITS_LIMITED:
        return RetryLater(said, after=OLD_EDIT_REST, in_doubt=trail.doubtful)
    headers = error.response.headers
    stated = headers.get("Retry-After", "")
    after = timedelta(seconds=float(stated)) if stated.replace(".", "", 1).isdecimal() else NO_WORD_REST
    if not headers.get("Via"):
        said = "Discord's doorkeeper turns this address away for now."
        return RetryLater(said, after=max(after, NO_WORD_REST), scope="account", in_doubt=trail.doubtful)
    return _limited(said, after, trail)
