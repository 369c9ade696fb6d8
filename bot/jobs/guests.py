"""What tenants' own feeds tell: which stories it may join, so that nobody else reads a word of it. A part of intake.

A story is for all, or for the readers of the own feed that opened it. What only some hear is a guest in a story of all:
its readers see it there, and it changes nothing. The first that all hear opens a story to all, and takes it over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot.core.stories.said import write_changes
from bot.storage import own_dates
from bot.storage.announcing import announce
from bot.storage.database import Transaction
from bot.storage.readers import FOR_ALL, Readers, count_sources
from bot.storage.turns import Turn, note_turns, raise_alerts, raise_story

if TYPE_CHECKING:
    from bot.core.intake import Decision, WaitingItem
    from bot.core.stories.grouping import Placement
    from bot.jobs.batch import Batch


@dataclass(slots=True)
class Apart:
    """The stories that only some tenants have, with their readers; less than 0 the item with which one opens."""

    stories: dict[int, Readers] = field(default_factory=dict)

    def find(self, item: WaitingItem, place: Callable[..., Placement], *, is_turn: bool) -> Placement:
        """Where an item belongs: first among the stories of those who hear it, then where it is a guest, or opens one.

        What comes silently opens no story, and what denies one answers it.
        """
        if not self.stories and not item.readers:
            return place(is_turn=is_turn)
        mine = place(is_turn=is_turn, admits=lambda story: self.stories.get(story, FOR_ALL) == item.readers)
        if mine.story is not None or mine.answers is not None or (item.silent and not item.readers):
            return mine
        found = place(is_turn=is_turn, admits=lambda story: (story in self.stories) != bool(item.readers))
        if is_turn and not item.readers:
            return replace(mine, answers=found.story or found.answers)
        if found.story is None and found.answers is None:
            return replace(mine, parent=mine.parent or found.parent) if item.readers else mine
        return replace(found, also=None)

    def note(self, item: WaitingItem, story: int | None) -> None:
        """An item joined a story, or opened one."""
        if story is None and item.readers:
            self.stories[-item.id] = item.readers
        elif story is not None and not item.readers:
            self.stories.pop(story, None)


def keep_apart(
    batch: Batch, decided: Sequence[Decision], contrary: Collection[int]
) -> tuple[list[Decision], Collection[Decision]]:
    """Take what may not join its story out of it, to open its own.

    Returns what was decided, where the guests of stories of all have no dates; and those guests as they came.
    """
    from bot.core.stories.joining import may_join

    by_item = {one.item.id: one for one in decided}
    guests = {item: one for item, one in by_item.items() if one.item.is_guest}
    for story, members in _groups(batch, by_item).items():
        readers, is_silent = _whose(batch, story, members, contrary)
        for one in members:
            if one.item.id != -story and not may_join(one, readers, is_silent):
                del batch.places[one.item.id]
                batch.is_sound = False  # memory has it where it was placed
            elif one.item.readers and not readers:
                guests[one.item.id] = one
    standings = batch.standings
    unlike = {one for one, other in batch.merges.items() if standings[one].readers != standings[other].readers}
    batch.merges = {one: other for one, other in batch.merges.items() if one not in unlike}
    batch.is_sound = batch.is_sound and not unlike
    return [_as_guest(one) if one.item.id in guests else one for one in decided], guests.values()


def _as_guest(one: Decision) -> Decision:
    """An item that changes nothing of its story: its dates are not the story's."""
    return replace(one, item=replace(one.item, is_guest=True), deadlines=())


def _groups(batch: Batch, by_item: Mapping[int, Decision]) -> Mapping[int, list[Decision]]:
    """What joins each story; of one that opens with several items, the one with which it opens first."""
    found: defaultdict[int, list[Decision]] = defaultdict(list)
    for item, story in batch.places.items():
        if not found[story] and -story in by_item:
            found[story].append(by_item[-story])
        if item in by_item:
            found[story].append(by_item[item])
    return found


def _whose(batch: Batch, story: int, members: Sequence[Decision], contrary: Collection[int]) -> tuple[Readers, bool]:
    """For whom a story is with these members, and whether it stays silent."""
    from bot.core.stories.joining import is_open_to_all

    is_told = any(is_open_to_all(one, contrary) for one in members)
    standing = batch.standings.get(story)
    if standing is None:
        opener = members[0].item
        return (FOR_ALL, False) if is_told else (opener.readers, opener.silent)
    if standing.readers and not is_told:
        return standing.readers, False
    return FOR_ALL, standing.silent and not standing.readers and not (is_told and story in batch.fresh)


async def receive(tx: Transaction, guests: Iterable[Decision], batch: Batch, now: datetime) -> None:
    """Let guests be seen by their readers: their dates, and a revision of the story for them alone."""
    from bot.core.stories.joining import more_sources

    told: defaultdict[int, set[int]] = defaultdict(set)
    for one in guests:
        story = batch.story_of[one.item.id]
        is_dated = await own_dates.add_for(tx, story, one.item.readers, one.deadlines, now)
        if is_dated and not one.is_new_story:
            await raise_alerts(tx, story, one.item.readers)
        standing = batch.standings.get(story)
        if standing is None or standing.readers or one.item.silent:
            continue  # it opens with the story, is seen as the story opens to all, or says nothing aloud
        is_new = one.item.feed not in standing.guests or (bool(one.matches) and not standing.is_matched_apart)
        if is_new and (standing.is_told or standing.is_matched_apart or one.matches):
            told[story] |= one.item.readers
    for story, readers in told.items():
        rev = await raise_story(tx, story, {})
        for reader in sorted(readers):
            said = write_changes(*more_sources(await count_sources(tx, story, reader) - 1))
            await note_turns(tx, [Turn(story, rev, "edit", said, now, tenant=reader)])
        await announce(tx, "story", [(story, "alert", rev)])
