"""Items that are placed together, on their way through intake: which story each is of, and what else is known of them.

Decides nothing, and reads no row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.stories.gist import Candidate
    from bot.core.stories.joining import Standing
    from bot.core.stories.turning import Turned


@dataclass(slots=True)
class Batch:
    """Items placed together. `places`: item to story, or less than 0 to the item with which the story opens."""

    candidates: dict[int, Candidate] = field(default_factory=dict)
    times: dict[int, datetime] = field(default_factory=dict)
    places: dict[int, int] = field(default_factory=dict)
    parents: dict[int, int] = field(default_factory=dict)
    fresh: set[int] = field(default_factory=set)  # stories whose first item was published within a day
    merges: dict[int, int] = field(default_factory=dict)  # stored stories found to be one: the younger, the older
    turned: dict[int, Turned] = field(default_factory=dict)  # what items say of earlier reports
    answers: dict[int, int] = field(default_factory=dict)  # the stories of which they say so
    opened: dict[int, tuple[str, str]] = field(default_factory=dict)  # headline and language of each item
    story_of: dict[int, int] = field(default_factory=dict)
    standings: Mapping[int, Standing] = field(default_factory=dict)
    is_sound: bool = True  # memory knows no story that is gone from the rows

    def settle(self, standings: Mapping[int, Standing]) -> None:
        """How the stories stand; what would join one that is gone opens its own."""
        self.standings = standings
        gone = self.stories() - standings.keys()
        if gone:
            self.is_sound = False
            self.places = {item: story for item, story in self.places.items() if story not in gone}
            self.answers = {item: story for item, story in self.answers.items() if story not in gone}
            self.merges = {one: other for one, other in self.merges.items() if gone.isdisjoint((one, other))}

    def stories(self) -> set[int]:
        """The stored stories that items join or speak of, and those that are merged."""
        joined = (*self.places.values(), *self.answers.values(), *self.merges, *self.merges.values())
        return {story for story in joined if story > 0}

    def merge(self, merged: int, survivor: int) -> None:
        """Two stories are one: what was placed in the younger is of the older. One that is not stored just ends."""
        for known in (self.places, self.parents, self.answers, self.merges):
            known.update({key: survivor for key, story in known.items() if story == merged})
        if merged < 0:
            self.places[-merged] = survivor
            self.parents.pop(-merged, None)
        else:
            self.merges[merged] = survivor
