"""The nouns: what a feed, an item, a topic, a story and a post are.

Values only, no behaviour beyond their own checks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

TITLE_LIMIT = 500  # characters kept of a title; the longest real headline seen has 300
TEXT_LIMIT = 40_000  # characters kept of a text, about 6,000 words
DATE_LIMIT = 100  # characters kept of a date as it was published; the longest that means one has fifty
EDIT_LIMIT = 24  # updates followed for one item, after which it is one of those that change at every fetch


def require_aware(moment: datetime | None, name: str) -> datetime | None:
    """Return `moment` in UTC. Raises ValueError for a naive time: it has no place in this program."""
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise ValueError(f"{name} must carry a time zone, got the naive {moment!r}")
    return moment.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed, already plain text. `guid` and `url` are as published; either may be absent."""

    guid: str | None
    url: str | None
    title: str
    text: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    author: str = ""
    lang: str | None = None
    source: str = ""  # the outlet it is from, where the feed is an aggregator's and says so
    date_said: str = ""  # its date as it was published, cut at DATE_LIMIT: also where it could not be read

    def __post_init__(self) -> None:
        object.__setattr__(self, "published", require_aware(self.published, "published"))
        object.__setattr__(self, "updated", require_aware(self.updated, "updated"))


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """What a body said: `items` in document order, and `problems` in words. Never an exception."""

    format: str  # "rss20", "atom10", "json11", ... or "" where it is no feed
    title: str = ""
    lang: str | None = None
    items: tuple[Item, ...] = ()  # those that were unseen, where the page was skimmed
    problems: tuple[str, ...] = ()
    is_cut: bool = False  # it ended too early
    window: str = ""  # hashes of all its raw items, as hex; "" where it cannot be skimmed
    total: int = 0  # how many items it has, unseen or not
    is_whole: bool = True  # every item was read, not only the unseen
    body_hash: int | None = None
    is_same: bool = False  # byte for byte the last page: nothing was read
    hint_s: int = 0  # seconds between two visits, as it asks for
    home: str = ""  # where it says that it lives, as written
    skip: str = ""  # hours and days in which it wants no visit: `0,1,2|5,6`, GMT, Monday is 0


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server wants to see again to answer 304: sent back byte for byte, never reformatted or invented."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Recipe:
    """How items are read off a web page, by CSS selectors: `rows` finds them, the others look inside a row.

    An empty one is guessed: the first heading, its link, a date by its tag or class.
    """

    rows: str
    title: str = ""
    link: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A fetched body, inflated and capped. `url` is where it was found after redirects."""

    url: str
    body: bytes
    content_type: str = ""
    validators: Validators = Validators()
    zone: str | None = None  # the zone of its undated-by-zone times, from the feed's settings
    window: str = ""  # of the last page that was read: what is in it is not read again
    body_hash: int | None = None  # of the last page
    moved_to: str | None = None  # where permanent redirects led to
    fresh_s: int = 0  # seconds for which the server calls it fresh
    is_web_page: bool = False  # by its first bytes, where such a page was asked for
    recipe: Recipe | None = None  # it is no feed, and is read by this


@dataclass(frozen=True, slots=True)
class Article:
    """The page behind an item, as plain text. `url` is where it was found after redirects."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server said 304. `validators` are the stored ones, or newer ones it sent along. The rest is as in `Page`."""

    validators: Validators = Validators()
    url: str = field(default="", compare=False)
    moved_to: str | None = field(default=None, compare=False)
    fresh_s: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class FeedSpec:
    """A feed as somebody configured it. Zero `interval_s` means the default interval."""

    url: str
    title: str = ""
    lang: str | None = None
    tier: int = 2  # 0 official, 1 wire or major outlet, 2 trade press and others
    zone: str | None = None
    interval_s: int = 0
    recipe: Recipe | None = None  # it is a web page, and is watched
    full_text: bool = False  # its items are teasers: the page behind each is read


@dataclass(frozen=True, slots=True)
class Topic:
    """A query with a name and a title. `matches` and `rejects` are headlines it must and must not match, some with a
    text after a line break; `titles` is the title in other languages."""

    name: str
    title: str
    query: str
    matches: tuple[str, ...] = ()
    rejects: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
