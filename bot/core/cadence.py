"""When a feed is asked again. Pure: the clock's reading and the server's wishes come in, a time comes out."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core.text.hashes import hash64

CAP = timedelta(hours=24)
"""The longest a living feed waits, whatever went wrong."""

RETRY_AFTER_CAP = timedelta(days=31)
"""The longest stated wish that is obeyed; a longer one is a mistake of the server."""

JITTER = 0.1
"""The share of the interval by which feeds are spread, so that those of one host never fall together."""


def next_poll(
    url: str, now: datetime, interval: timedelta, *, errors: int = 0, retry_after: timedelta | None = None
) -> datetime:
    """The next time to ask. Never in the past; at most `CAP` away, or `RETRY_AFTER_CAP` where the server asked for it.

    `errors`: failures in a row; each doubles the wait. The spread is the feed's own, so it is the same every time.
    """
    spread = (hash64(url) % 1_000_000) / 1_000_000 * JITTER
    doublings = float(1 << min(errors, 20))
    wait = min(interval * doublings * (1 + spread), CAP)
    if retry_after is not None:
        wait = max(wait, min(retry_after, RETRY_AFTER_CAP))
    return now + wait
