"""Which story a piece of news belongs to, item by item in order of arrival; or which one it follows, or none.

First what is the same beyond doubt: link, headline, most of the words. Then what is alike on average with all that a
story holds. What is decided depends on the items before and nothing else, so it comes out alike after a restart.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from bot.core.lexicon.events import Events
from bot.core.stories.contradiction import OTHER_PLACE, against, has_each_its_own, is_elsewhere
from bot.core.stories.copies import Copies
from bot.core.stories.gist import Candidate
from bot.core.stories.likeness import VETO, View, agreement, compare, overlap, view
from bot.core.stories.shelf import Shelf, keys
from bot.core.stories.terms import Terms
from bot.core.stories.whole import whole
from bot.core.stories.window import Window

THRESHOLD, THRESHOLD_ELSEWHERE = 0.17, 0.23
"""The likeness from which an item belongs to a story; the second where no mineral is named."""

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

MOST_VIEWS = 2_000
"""Items kept ready to be compared, some 5 kB each; then it begins anew."""

FEWEST_KEYS = 2
"""Keys that are shared by what is looked at closely."""

MOST_CANDIDATES = 10
"""Items that are looked at closely."""


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


@dataclass(frozen=True, slots=True)
class Read:
    """A piece of news as the window takes it: the numbers of its terms, and its keys."""

    one: Candidate
    title: array[int]
    text: array[int]
    keys: tuple[int, ...]


class Grouping:
    """The items of the window. Numbers of stories are the caller's."""

    def __init__(self, events: Events) -> None:
        self._events = events
        self._terms, self._window = Terms(events), Window()
        self._shelf, self._copies = Shelf(), Copies()
        self._views: dict[int, View] = {}  # made when they are first compared
        self._latest: Read | None = None  # what is placed is mostly added next
        self._admits: Callable[[int], bool] = bool  # no story has the number 0

    def __len__(self) -> int:
        return len(self._window)

    def place(
        self,
        one: Candidate,
        since: float = 0.0,
        *,
        is_official: bool = False,
        is_turn: bool = False,
        admits: Callable[[int], bool] = bool,
    ) -> Placement:
        """Where an item belongs, by what was added before and published since. Changes nothing.

        `is_turn`: it says of an earlier report that it is wrong, and may answer a story without being a part of it.
        `admits`: which stories are looked at.
        """
        self._admits = admits
        read = self._read(one)
        seen = self._view_of(one.gist.lang, one.hours, read.title, read.text)
        if len(self._views) > MOST_VIEWS:
            self._views.clear()
        same = self._same(one, seen, since)
        if same is not None:
            return same
        open_ones = self._candidates(read, since)
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

    def _read(self, one: Candidate) -> Read:
        if self._latest is None or self._latest.one is not one:
            gist = one.gist
            title, text = (self._terms.numbers(terms, gist.lang) for terms in (gist.title, gist.text))
            self._latest = Read(one, title, text, tuple(keys(gist, self._events)))
        return self._latest

    def _answered(self, seen: View, stories: Iterable[int]) -> int | None:
        """The earlier story that speaks most of the same, as much as one of its own would."""
        least = THRESHOLD if "mineral" in seen.all else THRESHOLD_ELSEWHERE
        best, answered = least, None
        for story in stories:
            views = [self._view(item) for item in self._window.members(story)]
            found = [max(agreement(seen, one, self._events), 0.0) for one in views if one.hours <= seen.hours]
            share = sum(found) / len(found) if found else 0.0
            if share >= best:
                best, answered = share, story
        return answered

    def _candidates(self, read: Read, since: float) -> list[int]:
        """The open stories that share most keys with an item."""
        shared = _most_first(self._shelf.find(read.keys))
        alive = islice((item for item in shared if self._is_compared(item, since)), MOST_CANDIDATES)
        stories = dict.fromkeys(map(self._window.story, alive))
        return [story for story in stories if self._is_open(story, read.one.hours)]

    def _bridged(self, story: int, others: Iterable[int]) -> int | None:
        """The first of these that may be one with a story: none of its items is ruled out by one of the other's."""
        first, _ = self._window.span(story)
        near = (other for other in others if abs(self._window.span(other)[0] - first) <= BRIDGED_HOURS)
        return next((one for one in near if one != story and self._average_of(story, one) >= BRIDGED), None)

    def _average_of(self, story: int, other: int) -> float:
        found = [
            compare(self._view(one), self._view(another), self._events)
            for one in self._window.members(story)
            for another in self._window.members(other)
        ]
        return VETO if VETO in found else sum(found) / len(found)

    def merge(self, merged: int, survivor: int) -> None:
        """Let all items of one story be of another."""
        self._window.merge(merged, survivor)

    def add(self, one: Candidate, story: int) -> None:
        """Take in an item as one of a story."""
        read = self._read(one)
        item = self._window.add(story, one.hours, one.gist.lang, read.title, read.text)
        self._shelf.put(item, read.keys)
        self._copies.put(item, one)

    def first_hours(self, story: int) -> float | None:
        """When the first item of a story in the window was published, since 1970."""
        return self._window.first(story)

    def rename(self, numbers: Mapping[int, int]) -> None:
        """Give stories the numbers under which they were stored."""
        self._window.rename(numbers)

    def forget_before(self, hours: float) -> None:
        """Drop the items at the front that are older; what they were part of may live on."""
        oldest = self._window.forget_before(hours)
        self._shelf.forget_before(oldest)
        self._copies.forget_before(oldest)

    def _is_compared(self, item: int, since: float) -> bool:
        is_near = item in self._window and self._window.hours(item) >= since
        return is_near and self._admits(self._window.story(item))

    def _same(self, one: Candidate, seen: View, since: float) -> Placement | None:
        """The story of an item with the same link, headline or words, unless something rules it out."""
        found: dict[int, tuple[str, float]] = {}
        for item, why, share in self._copies.find(one):
            if not self._is_compared(item, since) or not self._is_open(self._window.story(item), one.hours):
                continue
            contrary = 0.0 if why == "link" else against(seen, self._view(item), self._events)
            if contrary is not None and (why != "copy" or contrary < CHANGED):
                found.setdefault(self._window.story(item), (why, share))
        if not found:
            return None
        story, (why, share) = next(iter(found.items()))
        return Placement(story, why=why, likeness=share, also=self._bridged(story, found))

    def _is_open(self, story: int, hours: float) -> bool:
        first, latest = self._window.span(story)
        return abs(hours - first) <= OLDEST_HOURS and hours - latest <= QUIET_HOURS

    def _average(self, story: int, seen: View) -> float:
        """Half the average link and half the nearest: outlets differ more from all others than from the nearest.

        Of many one may be too odd to be compared, as each says something that no other does.
        """
        views = [self._view(item) for item in self._window.members(story)]
        found = [compare(seen, one, self._events) for one in views]
        if found.count(VETO) > len(views) * MOST_ODD:
            return VETO
        if len(views) > 1 and is_elsewhere(seen, whole(views)):
            found = [
                alike - OTHER_PLACE * (not is_elsewhere(seen, one)) for alike, one in zip(found, views, strict=True)
            ]
        return (max(*found, 0.0) + sum(max(one, 0.0) for one in found) / len(views)) / 2

    def _view(self, item: int) -> View:
        seen = self._views.get(item)
        if seen is None:
            window = self._window
            seen = self._view_of(window.lang(item), window.hours(item), window.title[item], window.text[item])
            self._views[item] = seen
        return seen

    def _view_of(self, lang: str, hours: float, title: Iterable[int], text: Iterable[int]) -> View:
        return view(lang, hours, self._terms.look_up(title), self._terms.look_up(text))

    def _followed(self, seen: View, stories: Iterable[int]) -> int | None:
        """The story that this one carries on: of the same thing by name, and earlier."""
        best, followed = FOLLOWS, None
        for story in stories:
            first = self._view(self._window.members(story)[0])
            share = overlap(seen, first, "who")
            if share >= best and first.hours <= seen.hours and _is_of_same_thing(seen, first):
                best, followed = share, story
        return followed


def _most_first(found: Mapping[int, int]) -> Iterator[int]:
    """The items that share enough keys: those with most first, of as many the newest. A few are asked for of many."""
    by_count: dict[int, list[int]] = {}
    for item, count in found.items():
        if count >= FEWEST_KEYS:
            by_count.setdefault(count, []).append(item)
    for count in sorted(by_count, reverse=True):
        yield from sorted(by_count[count], reverse=True)


def _is_of_same_thing(one: View, other: View) -> bool:
    """Whether they share a name or a site; or country, mineral and kind of event; and neither is of another."""
    if any(has_each_its_own(one, other, field) for field in ("country", "name", "place")):
        return False
    shared = {field: one.all[field] & other.all[field] for field in one.all.keys() & other.all.keys()}
    return any(map(shared.get, ("name", "place"))) or all(map(shared.get, ("country", "mineral", "kind")))
