"""What goes wrong between us and the homeserver, and what each trouble means for a post. Asks nothing itself."""

from __future__ import annotations

from datetime import timedelta

from bot.core.errors import DeliveryError, LodewireError, Rejected, RetryLater

AWAY_FIRST, AWAY_CAP = timedelta(seconds=1), timedelta(seconds=20)
"""How long posts rest where the server does not answer: doubling, but never long, so that they come soon after it."""

TOKEN_GONE = timedelta(minutes=5)
LIMITED = timedelta(seconds=5)
TOKEN_CODES = ("M_UNKNOWN_TOKEN", "M_MISSING_TOKEN", "M_USER_DEACTIVATED", "M_USER_LOCKED", "M_USER_SUSPENDED")
CONTENT_CODES = ("M_TOO_LARGE", "M_BAD_JSON", "M_NOT_JSON", "M_INVALID_PARAM", "M_MISSING_PARAM")


class MatrixError(LodewireError):
    """A request that did not do what it was made for."""


class Unreachable(MatrixError):
    """No answer. What was asked for may have been done.

    `times`: how often running. `is_cut`: it broke off, so the server is there all the same.
    """

    def __init__(self, message: str, times: int = 1, *, is_cut: bool = False) -> None:
        super().__init__(message)
        self.after = min(AWAY_FIRST * (1 << min(times, 10)), AWAY_CAP)
        self.is_cut = is_cut


class Refused(MatrixError):
    """The server's no. `status` is that of HTTP, `code` such as M_FORBIDDEN or "", `after` its own wish."""

    def __init__(self, status: int, code: str, said: str, after: timedelta | None = None) -> None:
        super().__init__(f"The homeserver answered {status} {code}: {said}".rstrip(": "))
        self.status = status
        self.code = code
        self.said = said
        self.after = after

    @property
    def is_limit(self) -> bool:
        """Whether it says: slower."""
        return self.status == 429 or self.code == "M_LIMIT_EXCEEDED"

    @property
    def is_token(self) -> bool:
        """Whether our login is what it refuses."""
        return self.status == 401 or self.code in TOKEN_CODES

    @property
    def is_server(self) -> bool:
        """Whether the trouble is the server's own, and passes."""
        return self.status >= 500


class WrongAccount(MatrixError):
    """The token belongs to somebody else than the settings name, or the password opens nothing."""


def as_delivery_error(error: MatrixError) -> DeliveryError | None:
    """What a trouble means for a post. None: it depends on how we stand in the room, which somebody has to look up."""
    if isinstance(error, Unreachable) and error.is_cut:
        return RetryLater(str(error))
    if isinstance(error, Unreachable):
        return RetryLater(str(error), after=error.after, scope="account")
    if isinstance(error, WrongAccount):
        return RetryLater(error.message, after=TOKEN_GONE, scope="account", in_doubt=False, todo=error.todo)
    assert isinstance(error, Refused)
    if error.is_limit:  # the limit is the user's, over all rooms
        return RetryLater(str(error), after=error.after or LIMITED, scope="account", in_doubt=False)
    if error.is_token:
        return RetryLater(str(error), after=TOKEN_GONE, scope="account", in_doubt=False, todo=NEW_TOKEN)
    if error.is_server:
        return RetryLater(str(error))
    if error.status == 413 or error.code in CONTENT_CODES:
        return Rejected(str(error))
    return None


NEW_TOKEN = (
    "The bot is no longer logged in. Move the token file away, run `lodewire matrix login`, which keeps the device, "
    "and start again."
)
