"""The items and stories of the last days as grouping holds them: in columns, as there may be a hundred thousand items.

Items are numbered as they come, and leave at the front. Decides nothing.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.core.stories.rows import Rows

MOST_MEMBERS = 6
"""Items of one story that are compared: the first one and the latest."""


@dataclass(slots=True)
class Held:
    """A story: its items by number, and when the first and the latest were published."""

    items: array[int]
    first: float
    latest: float


Story: TypeAlias = "int | Held"
"""Most are of one item: they are kept as its number."""


class Window:
    """Numbers of stories are the caller's; times are hours since 1970."""

    def __init__(self) -> None:
        self._oldest = 0
        self._story, self._hours = array("q"), array("d")
        self._lang, self._langs = array("B"), list[str]()
        self.title, self.text = Rows(), Rows()
        self._stories: dict[int, Story] = {}

    def __len__(self) -> int:
        return len(self._story)

    def __contains__(self, item: int) -> bool:
        return 0 <= item - self._oldest < len(self._story)

    def add(self, story: int, hours: float, lang: str, title: Sequence[int], text: Sequence[int]) -> int:
        """Take in an item: the numbers of its terms in headline and text. Its own number."""
        item = self._oldest + len(self._story)
        if lang not in self._langs:
            self._langs.append(lang)
        self._story.append(story)
        self._hours.append(hours)
        self._lang.append(self._langs.index(lang))
        self.title.append(title)
        self.text.append(text)
        if story not in self._stories:
            self._stories[story] = item
            return item
        held = self._stories[story] = self._held(story)
        held.items.append(item)
        held.first, held.latest = min(held.first, hours), max(held.latest, hours)
        return item

    def _held(self, story: int) -> Held:
        held = self._stories[story]
        if isinstance(held, Held):
            return held
        hours = self.hours(held)
        return Held(array("I", (held,)), hours, hours)

    def story(self, item: int) -> int:
        """The story of an item."""
        return self._story[item - self._oldest]

    def hours(self, item: int) -> float:
        """When an item was published."""
        return self._hours[item - self._oldest]

    def lang(self, item: int) -> str:
        """The language of an item."""
        return self._langs[self._lang[item - self._oldest]]

    def first(self, story: int) -> float | None:
        """When the first item of a story was published; None for one that is not here."""
        return self._held(story).first if story in self._stories else None

    def span(self, story: int) -> tuple[float, float]:
        """When the first and the latest item of a story were published."""
        held = self._held(story)
        return held.first, held.latest

    def members(self, story: int) -> Sequence[int]:
        """The items of a story that speak for it, in order."""
        held = self._stories[story]
        if not isinstance(held, Held):
            return (held,)
        return held.items if len(held.items) <= MOST_MEMBERS else (held.items[0], *held.items[1 - MOST_MEMBERS :])

    def merge(self, merged: int, survivor: int) -> None:
        """Let all items of one story be of another."""
        gone, held = self._held(merged), self._held(survivor)
        del self._stories[merged]
        for item in gone.items:
            self._story[item - self._oldest] = survivor
        items = array("I", sorted((*held.items, *gone.items)))
        self._stories[survivor] = Held(items, min(held.first, gone.first), max(held.latest, gone.latest))

    def rename(self, numbers: Mapping[int, int]) -> None:
        """Give stories other numbers."""
        for old, new in numbers.items():
            held = self._stories.pop(old, None)
            if held is not None:
                self._stories[new] = held
                for item in held.items if isinstance(held, Held) else (held,):
                    self._story[item - self._oldest] = new

    def forget_before(self, hours: float) -> int:
        """Drop the items at the front that are older. The number of the first that is kept."""
        count = next((at for at, when in enumerate(self._hours) if when >= hours), len(self._hours))
        for item in range(self._oldest, self._oldest + count):
            self._leave(item, self.story(item))
        if count:
            for column in (self._story, self._hours, self._lang):
                del column[:count]
            self._oldest += count
            for rows in (self.title, self.text):
                rows.forget_before(self._oldest)
        return self._oldest

    def _leave(self, item: int, story: int) -> None:
        held = self._stories[story]
        if isinstance(held, Held) and len(held.items) > 1:
            held.items.remove(item)
        else:
            del self._stories[story]
