"""When a feed is asked again. Pure: the clock's reading and the server's wishes come in, a time comes out."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core.errors import FeedError, FeedTrouble
from bot.core.text.hashes import hash64

CAP = timedelta(hours=24)
"""The longest a living feed waits, whatever went wrong."""

RETRY_AFTER_FLOOR = timedelta(minutes=1)
RETRY_AFTER_CAP = timedelta(days=31)
"""The longest stated wish that is obeyed; a longer one is a mistake of the server."""

JITTER = 0.1
"""The share of the interval by which feeds are spread, so that those of one host never fall together."""

SOON = timedelta(minutes=15)  # official sources and wires, where nobody set an interval
USUAL = timedelta(hours=1)  # everybody else
PAGE_FLOOR = timedelta(hours=1)
"""A web page is made for people, and is heavier than a feed: it is asked no oftener, whatever is set."""

LOWEST_SLOW_TIER = 2
RHYTHM_SHARE = 2
PAGE_SHARE = 4
"""A feed is asked this many times in the usual gap between two of its items."""

PASSING = {FeedTrouble.DNS, FeedTrouble.TIMEOUT, FeedTrouble.CONNECTION, FeedTrouble.SERVER, FeedTrouble.EMPTY}
"""Troubles that end by themselves: a feed that had one is asked again before its page has gone by."""

HEAD_START = {
    FeedTrouble.CLIENT: 2,
    FeedTrouble.NOT_A_FEED: 2,
    FeedTrouble.TLS: 2,
    FeedTrouble.REFUSED: 2,
    FeedTrouble.REDIRECTS: 2,
    FeedTrouble.TOO_LARGE: 3,
    FeedTrouble.BLOCKED: 4,
}
"""Doublings of the wait from the first failure on, for troubles that seldom end by themselves."""


def own_interval(
    stated: timedelta,
    tier: int,
    floor: timedelta,
    *,
    adapts: bool = False,
    rhythm: timedelta = timedelta(0),
    is_gapped: bool = False,
) -> timedelta:
    """The time between two polls of a feed that is well.

    `stated`: the operator's for this feed, or 0, kept as it is. Without one, and where `adapts`, the tier's, stretched
    to half the feed's own `rhythm`: for official sources and wires to an hour, for others to a day. `floor` holds for
    all. Half of it all where items came and went unseen lately.
    """
    wait = max(stated, floor)
    if adapts and not stated:
        is_slow = tier >= LOWEST_SLOW_TIER
        wait = max(floor, USUAL if is_slow else SOON)
        if not is_gapped:
            wait = max(wait, min(rhythm / RHYTHM_SHARE, CAP if is_slow else USUAL))
    return wait / 2 if is_gapped else wait


def lengthen(wait: timedelta, *wishes: timedelta) -> timedelta:
    """A wait as the publisher wants it: a wish only lengthens, and only up to a day."""
    return max(wait, min(max(wishes, default=timedelta(0)), CAP))


def next_poll(
    url: str,
    now: datetime,
    interval: timedelta,
    *,
    errors: int = 0,
    trouble: FeedTrouble | None = None,
    retry_after: timedelta | None = None,
    skip: str = "",
    page: timedelta = timedelta(0),
) -> datetime:
    """The next time to ask. Never in the past; at most `CAP` away, or `RETRY_AFTER_CAP` where the server asked for it.

    `errors`: failures in a row; each doubles the wait. The spread is the feed's own, so it is the same every time.
    `skip`: the hours and days in which its publisher wants no visit. `page`: for how long an item stands on its page.
    """
    doublings = errors + (HEAD_START.get(trouble, 0) if errors and trouble else 0)
    longest = _longest(interval, page) if _passes(trouble, retry_after) else CAP
    wait = min(interval * float(1 << min(doublings, 20)) * (1 + JITTER * share_of(url)), longest)
    if retry_after is not None:
        wait = max(wait, obeyed(retry_after))
        return now + wait
    return now + min(avoid(now + wait, skip) - now, CAP)


def _passes(trouble: FeedTrouble | None, retry_after: timedelta | None) -> bool:
    """Whether a trouble is of the kind that is over by itself, or its end was told by the server."""
    return trouble in PASSING or (trouble is FeedTrouble.LIMITED and retry_after is not None)


def _longest(interval: timedelta, page: timedelta) -> timedelta:
    """The longest wait after such a trouble: well within the time that items stand on the page, or they are lost."""
    return min(max(page / PAGE_SHARE, 2 * interval), CAP) if page else CAP


def obeyed(retry_after: timedelta) -> timedelta:
    """A Retry-After as it is kept: from a minute to a month."""
    return min(max(retry_after, RETRY_AFTER_FLOOR), RETRY_AFTER_CAP)


def patience(error: FeedError) -> timedelta | None:
    """How long a whole host wants to be left alone, by its answer; None where it said nothing of it."""
    if error.trouble not in (FeedTrouble.LIMITED, FeedTrouble.SERVER):
        return None
    if error.retry_after is None:
        return RETRY_AFTER_FLOOR if error.trouble is FeedTrouble.LIMITED else None
    return obeyed(error.retry_after)


def share_of(url: str) -> float:
    """A feed's own place within any span, from 0 to 1: the same every time."""
    return (hash64(url) % 1_000_000) / 1_000_000


def spread(url: str, now: datetime, interval: timedelta) -> datetime:
    """When a feed that is long overdue is asked: at its own place within its interval, not all of them at once."""
    return now + min(interval, CAP) * share_of(url)


def avoid(moment: datetime, skip: str) -> datetime:
    """The first moment, by whole hours, outside `skip`, whose form is `hours|days`: `0,1,2|5,6`, GMT, Monday is 0."""
    hours, days = (_numbers(part) for part in (skip + "|").split("|")[:2])
    for later in range(24 * 7 if hours or days else 0):
        at = moment + timedelta(hours=later)
        if at.hour not in hours and at.weekday() not in days:
            return at
    return moment


def _numbers(words: str) -> frozenset[int]:
    return frozenset(int(word) for word in words.split(",") if word.isdecimal())
