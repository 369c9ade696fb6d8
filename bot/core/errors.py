"""The error tree. Every error carries what failed (`message`) and what to do about it (`todo`).

LodewireError
├── SettingsError        a setting is wrong: file, key, nearest right spelling
├── QueryError           a query cannot be read: the position of the trouble
├── CommandError         a person asked for something that cannot be done: said to them as it stands
├── FeedError            one feed could not be read: its class, and when it asks us to come back
├── StorageError         the database refused
│   ├── StorageBusy      locked by somebody else: later
│   ├── StorageFull      no room: nothing was written
│   ├── StorageClosed    closed or unreachable
│   └── SchemaError      not at the version this program knows
├── LeaseLost            another process holds what this one thought it held: the work is dropped, not saved
└── DeliveryError        a platform did not take a post
    ├── RetryLater       the same post, the same key, later
    ├── Rejected         this post will never be taken
    └── Gone             this channel will never take a post again
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Literal


class LodewireError(Exception):
    """Root of everything this program raises on purpose."""

    def __init__(self, message: str, todo: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.todo = todo

    def __str__(self) -> str:
        return f"{self.message} {self.todo}".strip()


class SettingsError(LodewireError):
    """A settings file or key is wrong."""


AROUND = 40
"""Characters of a query that are shown on each side of a mistake."""


class QueryError(LodewireError):
    """A query expression cannot be read. `position` counts characters from 0."""

    def __init__(self, message: str, position: int, todo: str = "") -> None:
        super().__init__(message, todo)
        self.position = position

    def marked(self, expr: str) -> str:
        """The expression around the place, with an arrow at it: a line below would stand askew in most fonts."""
        before, after = expr[: self.position], expr[self.position :]
        start = f"… {before[-AROUND:].partition(' ')[2]}" if len(before) > AROUND else before
        return f"{start}→{after[:AROUND].rpartition(' ')[0]} …" if len(after) > AROUND else f"{start}→{after}"


class CommandError(LodewireError):
    """What a person asked for cannot be done; the text is written for that person."""


class FeedTrouble(StrEnum):
    """Why a feed could not be read; stored as `feeds.error_class`."""

    DNS = "dns"
    TLS = "tls"
    TIMEOUT = "timeout"
    CONNECTION = "connection"
    REFUSED = "refused"  # an address or scheme we do not go to
    CLIENT = "4xx"
    GONE = "410"
    LIMITED = "429"
    SERVER = "5xx"
    BLOCKED = "blocked"  # a challenge or consent page
    NOT_A_FEED = "not-a-feed"
    EMPTY = "empty"
    TOO_LARGE = "too-large"
    REDIRECTS = "redirects"


class FeedError(LodewireError):
    """One feed could not be read. `retry_after` is the server's own wish, if stated; `status` its answer, if any."""

    def __init__(
        self,
        url: str,
        trouble: FeedTrouble,
        message: str,
        todo: str = "",
        *,
        retry_after: timedelta | None = None,
        status: int | None = None,
    ) -> None:
        super().__init__(message, todo)
        self.url = url
        self.trouble = trouble
        self.retry_after = retry_after
        self.status = status


class StorageError(LodewireError):
    """The database refused an operation; its transaction was rolled back."""


class StorageBusy(StorageError):
    """Another connection holds the database's lock."""


class StorageFull(StorageError):
    """The disk, or the database's own limit, is full."""


class StorageClosed(StorageError):
    """The database is closed or cannot be reached."""


class SchemaError(StorageError):
    """The database is newer or older than this program, or not a Lodewire database."""


class LeaseLost(LodewireError):
    """Another process took over; what was about to be saved is dropped."""


class DeliveryError(LodewireError):
    """A platform did not take a post."""


class RetryLater(DeliveryError):
    """The same post may go again.

    `after`: the platform's wish, if stated; `in_doubt`: it may have been posted all the same.
    """

    def __init__(
        self,
        message: str,
        *,
        after: timedelta | None = None,
        scope: Literal["channel", "account"] = "channel",
        in_doubt: bool = True,
        todo: str = "",
    ) -> None:
        super().__init__(message, todo)
        self.after = after
        self.scope = scope
        self.in_doubt = in_doubt


class Rejected(DeliveryError):
    """The platform will never take this post."""


class Gone(DeliveryError):
    """The channel is closed to us for good: deleted, left, or forbidden."""
