"""What is new on a page, and what an item becomes.

Pure: rows in, decisions out; `jobs/poll` and `jobs/intake` save them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.core.identity import Entry, keys_of
from bot.core.model import EDIT_LIMIT, Item
from bot.core.stories.said import Change, write_changes
from bot.core.weight import Signs, Weights, no_grammar, weigh, weightiest

if TYPE_CHECKING:
    from bot.core.actions import Grammar
    from bot.core.deadlines import Deadline
    from bot.core.topics.document import Document
    from bot.core.topics.matcher import Evidence, Matcher

OLDEST = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored under a key. `item` is None where the item was pruned and only its key is kept."""

    item: int | None
    content_hash: int | None = None
    edits: int = 0
    link_hash: int | None = None


@dataclass(frozen=True, slots=True)
class Sorted:
    """A page sorted: `new` oldest first, `changed` with the stored item's number, `more_keys` of known items."""

    new: tuple[Entry, ...] = ()
    changed: tuple[tuple[int, Entry], ...] = ()
    more_keys: tuple[tuple[int, int | None], ...] = ()
    seen_keys: frozenset[int] = frozenset()
    known: int = 0  # items of the page that were known
    is_doubtful: bool = False  # a known item came with other words and another link: it may be another one


def sort_page(entries: Iterable[Entry], known: Mapping[int, Known]) -> Sorted:
    """Sort a page, told apart, in document order (newest first, as feeds have it), against what is known.

    An item is known by a key; by its words, too, where `known` has them (`core/floods.py` `is_moved_house`).
    """
    new: list[Entry] = []
    changed: dict[int, Entry] = {}
    more: list[tuple[int, int | None]] = []
    taken: set[int] = set()
    met = 0
    is_doubtful = False
    for entry in entries:
        if taken.intersection(entry.keys):
            continue
        taken.update(entry.keys)
        match = next((known[key] for key in (*entry.keys, entry.content_hash) if key in known), None)
        if match is None:
            new.append(entry)
            continue
        met += 1
        more += [(key, match.item) for key in entry.keys if key not in known]
        if match.item is not None and match.content_hash != entry.content_hash and match.edits < EDIT_LIMIT:
            changed.setdefault(match.item, entry)
            is_doubtful = is_doubtful or _has_other_link(match, entry)
    new.reverse()
    oldest_first = sorted(new, key=lambda entry: entry.item.published or OLDEST)
    return Sorted(tuple(oldest_first), tuple(changed.items()), tuple(more), frozenset(taken), met, is_doubtful)


def _has_other_link(match: Known, entry: Entry) -> bool:
    return None not in (match.link_hash, entry.link_hash) and match.link_hash != entry.link_hash


def sort_anew(entries: Iterable[Entry], known: Mapping[int, Known], old: str, fresh: Collection[Item] = ()) -> Sorted:
    """Sort a page, told apart by a rule that is new to its feed, against what is known under both.

    What the old rule took for known is news only where it is `fresh`: its bytes were not on the last page.
    """
    page = sort_page(entries, known)
    kept: list[Entry] = []
    more = list(page.more_keys)
    for entry in page.new:
        before = [known[key] for key in keys_of(entry.item, old) if key in known]
        twin = next((one for one in before if one.content_hash == entry.content_hash), None)
        if twin is not None:
            more += [(key, twin.item) for key in entry.keys]
        else:
            kept.append(replace(entry, is_silent=bool(before) and entry.item not in fresh))
    return replace(page, new=tuple(kept), more_keys=tuple(more), known=page.known + len(page.new) - len(kept))


@dataclass(frozen=True, slots=True)
class WaitingItem:
    """A stored item on its way through intake, with what is stored of its story, if it has one."""

    id: int
    url: str | None
    title: str
    text: str
    lang: str | None
    published: datetime
    silent: bool
    story: int | None = None
    story_rev: int = 0
    shown: tuple[str, str, str | None] = ("", "", None)  # headline, summary and url of the story as it stands
    source: str = ""  # the outlet's name and hosts
    tier: int | None = None
    is_official: bool = False  # whoever tells the story, this item's outlet or another
    sources: int = 1
    weight: int = 0  # of the story as it stands
    is_told: bool = False  # a channel has its alert, or will
    edits: int = 0  # by which it is known whether it changed while it was being decided on
    feed: int = 0
    is_lead: bool = True  # it speaks for its story, whose headline and link are its
    readers: frozenset[int] = frozenset()  # the tenants for whom alone its feed speaks; none: it speaks for all
    is_guest: bool = False  # its readers see it in a story that is for all, of which it changes nothing


@dataclass(frozen=True, slots=True)
class Decision:
    """What an item does to its story. `change` in words where a story that stands is altered; `announce`: tell it.

    `words`: by which the item is found.
    """

    item: WaitingItem
    headline: str
    summary: str
    matches: tuple[int, ...]
    deadlines: tuple[Deadline, ...] = field(default=())
    change: str = ""
    weight: int = 0
    words: str = ""
    lead: int | None = None  # the item that speaks for a new story, where another one does

    @property
    def is_new_story(self) -> bool:
        """Whether a story is opened for it."""
        return self.item.story is None

    @property
    def is_read_anew(self) -> bool:
        """Whether an item that changed was looked at closely: its summary and dates are what it says now."""
        return not self.is_new_story and (bool(self.matches) or self.item.is_told)

    @property
    def announce(self) -> bool:
        """Whether somebody may have to be told: of a new story unless silent, of an old one if it changed."""
        if not self.is_new_story:
            return bool(self.change) and (bool(self.matches) or self.item.is_told)
        return bool(self.matches) and not self.item.silent


@dataclass(frozen=True, slots=True)
class Scales:
    """How stories are weighed: the settings, and which queries are those of shipped topics."""

    weights: Weights = field(default_factory=Weights)
    topics: frozenset[int] = frozenset()
    grammar: Callable[[], Grammar] = no_grammar


def decide(item: WaitingItem, matcher: Matcher, scales: Scales | None = None) -> Decision:
    """Which queries the item matches, how its story reads, which dates it sets, and what it weighs.

    What matches nothing gets no summary: it is most of what comes, and is hardly ever asked for.
    """
    from bot.core.text.index import index_words
    from bot.core.topics.document import Document  # here: a round that brings nothing new loads no stemmer

    document = Document(item.title, item.text, item.lang or "", item.source, item.tier)
    found = matcher.match(document)
    headline = item.title or item.url or "Untitled"
    evidence = {number: matcher.evidence(number, document) for number in found}
    is_read = bool(found) or item.is_told  # who shows it keeps it right, whatever is followed by now
    summary, deadlines = _read_closely(item, matched_words(evidence.values())) if is_read else ("", ())
    change = "" if item.story is None or not item.is_lead else _describe_change(item, headline, summary)
    weight = _weigh(item, document, evidence, bool(deadlines), scales or Scales()) if found else item.weight
    words = index_words(document.stems)
    return Decision(item, headline, summary, tuple(found), tuple(deadlines), change, weight, words)


def _weigh(
    item: WaitingItem, document: Document, found: Mapping[int, Evidence], sets_date: bool, scales: Scales
) -> int:
    """The weight with this item: never less than before, unless its one source corrected it."""
    from bot.core.actions import find_deeds  # here: a round that brings nothing new loads no stemmer

    action, stage = weightiest(find_deeds(item.title, item.text, item.lang or "", scales.grammar()))
    on_topics = found.keys() & scales.topics
    signs = Signs(
        action=action,
        stage=stage,
        is_official=item.is_official or item.tier == 0,
        sources=item.sources,
        topics=len(on_topics),
        is_in_title=any(hit.in_title for query in on_topics or found for hit in found[query].hits[:1]),
        sets_date=sets_date,
    )
    weight = weigh(signs, scales.weights).weight
    return int(weight if item.sources <= 1 else max(weight, item.weight))


def _read_closely(item: WaitingItem, terms: Sequence[str]) -> tuple[str, Sequence[Deadline]]:
    """The summary and the dates of an item that matched."""
    from bot.core.deadlines import find_deadlines  # here: seven languages' patterns, and most rounds match nothing
    from bot.core.summary import summarise

    return summarise(item.title, item.text, terms), find_deadlines(item.title, item.text, item.published, item.lang)


def matched_words(found: Iterable[Evidence]) -> Sequence[str]:
    """The distinct words, as written, on which queries matched."""
    return tuple(dict.fromkeys(hit.quote for evidence in found for hit in evidence.hits))


def _describe_change(item: WaitingItem, headline: str, summary: str) -> str:
    old_headline, old_summary, old_url = item.shown
    parts = [
        word
        for word, is_changed in (
            ("headline", old_headline != headline),
            ("text", old_summary != summary),
            ("link", old_url != item.url),
        )
        if is_changed
    ]
    return write_changes(Change(" ".join(parts))) if parts else ""
