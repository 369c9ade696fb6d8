"""Which new items are news: not the old, not a feed that was moved house. Pure; nothing is dropped, only kept quiet.

Undated items pass: they are met once. A date before 1995, or more than a day ahead, is no date.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.core.identity import Entry, identify
from bot.core.intake import Sorted
from bot.core.model import Item

OLD_AGE = timedelta(days=7)
EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
AHEAD = timedelta(hours=24)
FLOOD_LIMIT = 10
LONG_ABSENCE = timedelta(hours=6)
ABSENT_TIMES = 3
"""An absence is long from six hours and three missed polls on."""

FEWEST_MOVED = 3
"""So many items must have come back in their own words; a single one may be a notice that is given every day."""

LONG_TEXT = 200
"""Characters. On a page of fewer items words that long are enough: nobody gives the same long notice anew, figures and
all."""

SLACK = timedelta(hours=1)
"""By how much an item may be dated before the poll that did not show it yet."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What is known of a feed as its page is looked at. `total`: the items on the page, unseen or not.

    `rhythm`: the usual time between two of its items; `burst`: as many at once as the operator once let pass;
    `limit`: so many unseen are never a flood; 0 guards against none. `interval`: the feed's own between two polls.
    """

    now: datetime
    last_ok: datetime | None
    total: int
    is_seeded: bool = True
    rhythm: timedelta = timedelta(0)
    burst: int = 0
    limit: int = FLOOD_LIMIT
    interval: timedelta = timedelta(hours=1)
    grown: int = 0  # items by which the page is longer than the last one


def sane_date(date: datetime | None, now: datetime) -> datetime | None:
    """A date that can be one, else None: the item is then as old as its first sight."""
    return date if date and EARLIEST <= date <= now + AHEAD else None


def let_in(page: Sorted, sight: Sight) -> Sorted:
    """The page with each new item dated soundly and marked silent, held or neither."""
    new = [replace(entry, item=_dated(entry, sight.now)) for entry in page.new]
    if not sight.is_seeded:
        return replace(page, new=tuple(new))  # a first sight is silent as a whole
    oldest = sight.now - max(OLD_AGE, 2 * (sight.now - (sight.last_ok or sight.now)))
    new = [replace(entry, is_silent=entry.is_silent or _is_older(entry, oldest)) for entry in new]
    suspects = {entry.keys for entry in new if not entry.is_silent and not _came_in_absence(entry, sight)}
    in_place_of_others = len(suspects) - max(sight.grown, 0)  # a page that only grew was not moved house
    if sight.limit and in_place_of_others > flood_limit(sight):
        new = [replace(entry, is_held=entry.keys in suspects) for entry in new]
    return replace(page, new=tuple(new))


def words_of(items: Iterable[Item]) -> dict[int, int]:
    """The content hashes of a page's items, and how much each tells: the length of a text that has a title and is of
    one item only, else 0."""
    bearers: dict[int, tuple[int, ...]] = {}
    tells: dict[int, int] = {}
    for item in items:
        if entry := identify(item):
            is_one = bearers.setdefault(entry.content_hash, entry.keys) == entry.keys
            tells[entry.content_hash] = len(item.text) if item.title and is_one else 0
    return tells


def is_moved_house(words: Mapping[int, int], met: Collection[int]) -> bool:
    """Whether a page of which no key is known is the old one moved house: most words that tell were met before.

    What has words that were met is then known; without this a short page's move would pass as news, as a flood of up
    to `FLOOD_LIMIT` items is let in.
    """
    telling = [content for content, length in words.items() if length]
    again = [content for content in telling if content in met]
    if len(again) < FEWEST_MOVED:
        return len(again) == len(words) > 0 and all(words[content] >= LONG_TEXT for content in again)
    return len(again) * 2 > len(telling)


def flood_limit(sight: Sight) -> int:
    """How many unseen items are still no flood: ten, half the page, twice what its rhythm lets expect, a burst let in.

    A long absence so brings more without a question where the rhythm is known.
    """
    absence = sight.now - (sight.last_ok or sight.now)
    expected = int(2 * (absence / sight.rhythm)) if sight.rhythm else 0
    return max(sight.limit, sight.total // 2, expected, sight.burst)


def _came_in_absence(entry: Entry, sight: Sight) -> bool:
    """Whether an item is dated within an absence of ours long enough to explain many: then it is no suspect.

    After a short one a date proves nothing: whoever moves a feed often dates all of it anew.
    """
    last, date = sight.last_ok, entry.item.published
    if last is None or date is None or sight.now - last < max(LONG_ABSENCE, ABSENT_TIMES * sight.interval):
        return False
    return last - SLACK <= date <= sight.now


def _is_older(entry: Entry, than: datetime) -> bool:
    return entry.item.published is not None and entry.item.published < than


def _dated(entry: Entry, now: datetime) -> Item:
    return replace(entry.item, published=sane_date(entry.item.published, now))


def is_gap(page: Sorted, sight: Sight) -> bool:
    """Whether items came and went unseen: nothing on it was known, and its oldest is younger than our last look."""
    if not sight.is_seeded or sight.last_ok is None or page.known or len(page.new) < max(sight.total, 1):
        return False
    dates = [entry.item.published for entry in page.new if entry.item.published]
    return bool(dates) and len(dates) == len(page.new) and min(dates) > sight.last_ok
