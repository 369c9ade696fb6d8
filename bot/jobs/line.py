"""What the jobs work with, and what each of them reports. Built once by `app`; holds no rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from bot.core.model import Article, NotModified, Page, ParsedFeed, Recipe, Validators
from bot.core.outbox import Capabilities, Found, Outgoing
from bot.core.topics import no_concepts
from bot.core.weight import Weights, no_grammar
from bot.storage.database import Database
from bot.storage.leases import Holder

if TYPE_CHECKING:
    from bot.core.actions import Grammar
    from bot.core.lexicon.events import Events
    from bot.core.topics.concepts import Concepts


class Platform(Protocol):
    """A chat network, as delivery sees it.

    Each call may raise RetryLater, Rejected or Gone, and nothing else on purpose.
    """

    @property
    def capabilities(self) -> Capabilities:
        """What the platform can do, in its own units."""

    async def send(self, post: Outgoing) -> tuple[str, ...]:
        """Post or answer; the ids of the messages made. Sending a key again within `resend_window` makes no second."""

    async def edit(self, post: Outgoing) -> tuple[str, ...]:
        """Replace the message `post.of`; its ids."""

    async def find(self, post: Outgoing, since: datetime) -> Found:
        """Whether a post with this key was made since then: found, absent, or cannot tell."""


class Reader(Protocol):
    """The outside world of feeds, as polling sees it."""

    @property
    def stamp(self) -> int:
        """Who asks and reads: the same number means the same name and contact, and the same parser."""

    async def fetch(self, url: str, validators: Validators, zone: str | None = None) -> Page | NotModified:
        """Ask for a feed. Raises FeedError."""

    async def visit(self, url: str, validators: Validators, zone: str | None, recipe: Recipe) -> Page | NotModified:
        """Ask for a web page that is watched, if its site lets programs read it. Raises FeedError."""

    async def parse(self, page: Page) -> ParsedFeed:
        """Read a page, off the event loop. Never raises."""

    async def ask_rules(self, url: str) -> bool:
        """Learn what a site asks of programs, unless it is known; whether a request was made. Raises FeedError."""

    def pause_of(self, url: str) -> timedelta:
        """The pause between two requests that a site's known rules ask for."""

    async def read_article(self, url: str) -> Article:
        """The text of the page behind an item, if its site lets programs read it. Raises FeedError."""


class Writer(Protocol):
    """A language model, as retelling sees it."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def per_hour(self) -> int:
        """How many questions may be asked in an hour."""

    async def shorten(self, title: str, text: str, limit: int) -> str:
        """The text in at most `limit` characters; untested. Raises FeedError."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast things go. `adapts`: a feed of no stated interval is asked by its tier and its own rhythm."""

    connections: int = 32
    per_host_connections: int = 1
    per_host_gap: timedelta = timedelta(seconds=2)
    min_interval: timedelta = timedelta(minutes=15)
    adapts: bool = False
    flood_limit: int = 10  # more unseen items at once, and more than half the page, wait for the operator's word
    edit_interval: timedelta = timedelta(seconds=60)
    retention: timedelta = timedelta(days=90)


@dataclass(slots=True)
class Line:
    """The parts of a running process. `wake` tells the runner that a job has work; nothing depends on it but haste."""

    database: Database
    holder: Holder
    now: Callable[[], datetime]
    reader: Reader
    platforms: Mapping[int, Platform]  # by account
    new_key: Callable[[], str]
    pace: Pace = Pace()
    weights: Weights = field(default_factory=Weights)
    operator_channel: int | None = None
    wake: Callable[[str], None] = lambda job: None
    concepts: Callable[[], Concepts] = no_concepts  # what queries may speak of by name, read when first asked for
    events: Callable[[], Events] | None = None  # what tells events apart; None: each item is a story of its own
    grammar: Callable[[], Grammar] = no_grammar  # what is done in a sentence, read with the first story that matches
    writer: Writer | None = None  # None: summaries are the source's own sentences
    orphans: set[int] = field(default_factory=set)  # posts whose end could not be saved: to be claimed anew


@dataclass(slots=True)
class Report:
    """What one run of a job did. `more`: there is more to do at once; `can_wait`: but nobody waits for it."""

    counts: Counter[str] = field(default_factory=Counter)
    more: bool = False
    can_wait: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """A job of the table: run at its interval and whenever woken, `workers` of it side by side."""

    name: str
    run: Callable[[], Awaitable[Report]]
    every: timedelta
    workers: int = 1
    wakes: tuple[str, ...] = ()
