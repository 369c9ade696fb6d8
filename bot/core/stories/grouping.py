"""Which story a piece of news belongs to, item by item in order of arrival; or which one it follows, or none.

First what is the same beyond doubt: link, headline, most of the words. Then what is alike on average with all that a
story holds. What is decided depends on the items before and nothing else, so it comes out alike after a restart.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

from bot.core.lexicon.events import Events
from bot.core.stories.contradiction import against, has_each_its_own
from bot.core.stories.copies import Copies
from bot.core.stories.gist import Candidate, Gist
from bot.core.stories.likeness import VETO, View, agreement, compare, overlap, view
from bot.core.stories.shelf import Shelf, keys
from bot.core.stories.terms import Terms

THRESHOLD, THRESHOLD_ELSEWHERE = 0.17, 0.28
"""The average likeness from which an item belongs to a story; the second where no mineral is named."""

CHANGED = 0.3
"""What speaks against a copy that is one no more: a text made anew of an old one, with another name in it."""

BRIDGE = 0.3
"""The likeness to each of two stories from which an item shows that they are one; of an official text the usual one."""

BRIDGED, BRIDGED_HOURS = 0.1, 24.0
"""The average likeness of the items of two stories that may be one, and the hours between their first items: what
comes later is a development."""

MOST_ODD = 0.25
"""The share of a story's items that may be ruled out."""

FOLLOWS = 0.35
"""How much of who, where and what metal is shared by what follows a story and is one of its own."""

QUIET_HOURS, OLDEST_HOURS = 72.0, 96.0
"""A story takes in nothing after so long a silence, or when it is so old."""

MOST_VIEWS = 1_000
"""Items kept ready to be compared, some 5 kB each; then it begins anew."""

FEWEST_KEYS = 2
"""Keys that are shared by what is looked at closely."""

MOST_CANDIDATES, MOST_MEMBERS = 10, 6
"""Items that are looked at closely; items of one story that are compared: the first one and the latest."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an item belongs: `story`, or none; then `parent` is the story it follows, if any. `why` in a word.

    `also`: another story to which it belongs as surely, so that both are one. `answers`: the story of which it would be
    one, if it did not deny it or take it back.
    """

    story: int | None
    parent: int | None = None
    why: str = ""
    likeness: float = 0.0
    also: int | None = None
    answers: int | None = None


@dataclass(slots=True)
class Held:
    """A story in the window: its items by number, and when the first and the latest were published."""

    items: array[int]
    first: float
    latest: float


@dataclass(slots=True)
class Kept:
    """An item in the window, small: its terms as numbers."""

    story: int
    hours: float
    lang: str
    title: array[int]
    text: array[int]


class Grouping:
    """The items of the window. Numbers of stories are the caller's."""

    def __init__(self, events: Events) -> None:
        self._events = events
        self._terms = Terms()
        self._items: dict[int, Kept] = {}
        self._stories: dict[int, Held] = {}
        self._shelf, self._copies = Shelf(), Copies()
        self._views: dict[int, View] = {}  # made when they are first compared
        self._next = 0
        self._oldest = 0

    def __len__(self) -> int:
        return len(self._items)

    def place(
        self, one: Candidate, since: float = 0.0, *, is_official: bool = False, is_turn: bool = False
    ) -> Placement:
        """Where an item belongs, by what was added before and published since. Changes nothing.

        `is_turn`: it says of an earlier report that it is wrong, and may answer a story without being a part of it.
        """
        seen = view(one.gist, one.hours, self._events)
        if len(self._views) > MOST_VIEWS:
            self._views.clear()
        same = self._same(one, seen, since)
        if same is not None:
            return same
        open_ones = self._candidates(one, since)
        scored = [(self._average(story, seen), story) for story in open_ones]
        best, story = max(scored, default=(VETO, 0), key=lambda pair: (pair[0], -pair[1]))
        least = THRESHOLD if "mineral" in seen.all else THRESHOLD_ELSEWHERE
        if best >= least:
            others = [other for score, other in scored if score >= (least if is_official else BRIDGE)]
            also = self._bridged(story, others) if best >= BRIDGE or is_official else None
            return Placement(story, why="alike", likeness=best, also=also)
        answers = self._answered(seen, open_ones) if is_turn else None
        followed = self._followed(seen, open_ones) if answers is None else answers
        return Placement(None, followed, likeness=max(best, 0.0), answers=answers)

    def _answered(self, seen: View, stories: Iterable[int]) -> int | None:
        """The earlier story that speaks most of the same, as much as one of its own would."""
        least = THRESHOLD if "mineral" in seen.all else THRESHOLD_ELSEWHERE
        best, answered = least, None
        for story in stories:
            views = [self._view(item) for item in self._members(story)]
            found = [max(agreement(seen, one, self._events), 0.0) for one in views if one.hours <= seen.hours]
            share = sum(found) / len(found) if found else 0.0
            if share >= best:
                best, answered = share, story
        return answered

    def _candidates(self, one: Candidate, since: float) -> list[int]:
        """The open stories that share most keys with an item."""
        found = self._shelf.find(keys(one.gist, self._events))
        alive = [
            (count, item) for item, count in found.items() if count >= FEWEST_KEYS and self._is_compared(item, since)
        ]
        stories = dict.fromkeys(self._items[item].story for _, item in nlargest(MOST_CANDIDATES, alive))
        return [story for story in stories if self._is_open(story, one.hours)]

    def _bridged(self, story: int, others: Iterable[int]) -> int | None:
        """The first of these that may be one with a story: none of its items is ruled out by one of the other's."""
        first = self._stories[story].first
        near = (other for other in others if abs(self._stories[other].first - first) <= BRIDGED_HOURS)
        return next((one for one in near if one != story and self._average_of(story, one) >= BRIDGED), None)

    def _average_of(self, story: int, other: int) -> float:
        found = [
            compare(self._view(one), self._view(another), self._events)
            for one in self._members(story)
            for another in self._members(other)
        ]
        return VETO if VETO in found else sum(found) / len(found)

    def merge(self, merged: int, survivor: int) -> None:
        """Let all items of one story be of another."""
        gone, held = self._stories.pop(merged), self._stories[survivor]
        for item in gone.items:
            self._items[item].story = survivor
        held.items = array("I", sorted((*held.items, *gone.items)))
        held.first, held.latest = min(held.first, gone.first), max(held.latest, gone.latest)

    def add(self, one: Candidate, story: int) -> None:
        """Take in an item as one of a story."""
        number = self._next
        self._next += 1
        gist = one.gist
        title, text = (array("I", map(self._terms.number, terms)) for terms in (gist.title, gist.text))
        self._items[number] = Kept(story, one.hours, gist.lang, title, text)
        self._shelf.put(number, keys(gist, self._events))
        self._copies.put(number, one)
        held = self._stories.setdefault(story, Held(array("I"), one.hours, one.hours))
        held.items.append(number)
        held.first, held.latest = min(held.first, one.hours), max(held.latest, one.hours)

    def first_hours(self, story: int) -> float | None:
        """When the first item of a story in the window was published, since 1970."""
        held = self._stories.get(story)
        return held.first if held else None

    def rename(self, numbers: Mapping[int, int]) -> None:
        """Give stories the numbers under which they were stored."""
        for old, new in numbers.items():
            held = self._stories.pop(old, None)
            if held is not None:
                self._stories[new] = held
                for item in held.items:
                    self._items[item].story = new

    def forget_before(self, hours: float) -> None:
        """Drop the items at the front that are older; what they were part of may live on."""
        oldest = self._oldest
        while oldest in self._items and self._items[oldest].hours < hours:
            story = self._items.pop(oldest).story
            held = self._stories[story]
            held.items.remove(oldest)
            if not held.items:
                del self._stories[story]
            oldest += 1
        if oldest - self._oldest:
            self._oldest = oldest
            self._shelf.forget_before(oldest)
            self._copies.forget_before(oldest)

    def _is_compared(self, item: int, since: float) -> bool:
        kept = self._items.get(item)
        return kept is not None and kept.hours >= since

    def _same(self, one: Candidate, seen: View, since: float) -> Placement | None:
        """The story of an item with the same link, headline or words, unless something rules it out."""
        found: dict[int, tuple[str, float]] = {}
        for item, why, share in self._copies.find(one):
            if not self._is_compared(item, since) or not self._is_open(self._items[item].story, one.hours):
                continue
            contrary = 0.0 if why == "link" else against(seen, self._view(item), self._events)
            if contrary is not None and (why != "copy" or contrary < CHANGED):
                found.setdefault(self._items[item].story, (why, share))
        if not found:
            return None
        story, (why, share) = next(iter(found.items()))
        return Placement(story, why=why, likeness=share, also=self._bridged(story, found))

    def _is_open(self, story: int, hours: float) -> bool:
        held = self._stories[story]
        return abs(hours - held.first) <= OLDEST_HOURS and hours - held.latest <= QUIET_HOURS

    def _average(self, story: int, seen: View) -> float:
        """The average link; of many one may be too odd to be compared, as each says something that no other does."""
        items = self._members(story)
        found = [compare(seen, self._view(item), self._events) for item in items]
        if found.count(VETO) > len(items) * MOST_ODD:
            return VETO
        return sum(max(one, 0.0) for one in found) / len(items)

    def _members(self, story: int) -> Sequence[int]:
        items = self._stories[story].items
        return items if len(items) <= MOST_MEMBERS else (items[0], *items[1 - MOST_MEMBERS :])

    def _view(self, item: int) -> View:
        views = self._views
        if item not in views:
            kept = self._items[item]
            gist = Gist(kept.lang, self._terms.words(kept.title), self._terms.words(kept.text))
            views[item] = view(gist, kept.hours, self._events)
        return views[item]

    def _followed(self, seen: View, stories: Iterable[int]) -> int | None:
        """The story that this one carries on: of the same thing by name, and earlier."""
        best, followed = FOLLOWS, None
        for story in stories:
            first = self._view(self._stories[story].items[0])
            share = overlap(seen, first, "who")
            if share >= best and first.hours <= seen.hours and _is_of_same_thing(seen, first):
                best, followed = share, story
        return followed


def _is_of_same_thing(one: View, other: View) -> bool:
    """Whether they share a name or a site; or country, mineral and kind of event; and neither is of another."""
    if any(has_each_its_own(one, other, field) for field in ("country", "name", "place")):
        return False
    shared = {field: one.all[field] & other.all[field] for field in one.all.keys() & other.all.keys()}
    return any(map(shared.get, ("name", "place"))) or all(map(shared.get, ("country", "mineral", "kind")))
