"""What one look at an address found: a feed, or a site's list of feeds; and how often news comes, in words. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.model import Item, Recipe

FEWEST = 3  # dates from which a rhythm is told
DAY = timedelta(days=1)
SPANS = (("day", DAY), ("week", 7 * DAY), ("month", 30 * DAY), ("year", 365 * DAY))


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that a web page names."""

    url: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Probe:
    """What an address is. `url` is what is to be polled; `latest` the newest items; `dates` those of all.

    `found`: the feeds to choose from, where the address is a web page that names several; the rest is then empty.
    """

    url: str
    title: str = ""
    lang: str | None = None
    total: int = 0
    latest: tuple[Item, ...] = ()
    dates: tuple[datetime, ...] = ()
    found: tuple[FoundFeed, ...] = ()
    recipe: Recipe | None = None  # by which a web page was read


def rhythm_words(dates: Sequence[datetime], now: datetime) -> str:
    """`about 4 a day`, from the dates on one page; "" where too few can tell.

    The time since the latest counts where it is longer than usual: a feed that fell silent is not lively.
    """
    known = sorted(date for date in dates if date <= now + DAY)
    if len(known) < FEWEST:
        return ""
    span = known[-1] - known[0]
    gap = span / (len(known) - 1)
    silence = now - known[-1]
    if silence > 5 * gap:
        gap = (span + silence) / len(known)
    if not gap:
        return ""
    name, length = next(((name, length) for name, length in SPANS if length >= gap), SPANS[-1])
    return f"about {max(1, round(length / gap))} a {name}"
