"""Grouping as intake uses it: the items of the last days, rebuilt from rows, and what each new one joins.

Used by intake alone, which runs in one process at a time. What was placed counts once it is committed: `keep` says so,
and whoever gives up says `forget`, so that all is read anew.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from bot.core.intake import Decision, WaitingItem
from bot.core.stories.hours import hours_of
from bot.jobs.batch import Batch
from bot.jobs.guests import Apart, keep_apart, receive
from bot.jobs.turning import save_turns
from bot.storage import grouping as stored
from bot.storage.database import Transaction
from bot.storage.live_queries import MOVED_ITEMS, read_version
from bot.storage.readers import own_stories_since

if TYPE_CHECKING:
    from bot.core.lexicon.events import Events
    from bot.core.stories.gist import Candidate
    from bot.core.stories.grouping import Grouping, Placement
    from bot.jobs.line import Line

COMPARED = timedelta(hours=96)
"""How old news may be that is compared with what comes."""

KEPT = 2 * COMPARED
"""How old the first items are of stories that are compared."""


class Groups:
    """The window in memory. `line.events` None: every item is a story of its own."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._grouping: Grouping | None = None
        self._last = 0
        self._version = 0  # how often somebody else moved items between stories
        self._apart = Apart()

    async def catch_up(self, tx: Transaction) -> None:
        """Take in the rows that are not in memory yet: all of the window at first."""
        if await self.is_behind(tx):
            self.forget()
            self._version = await read_version(tx, MOVED_ITEMS)
        if self._line.events is None:
            return
        if self._grouping is None:
            self._grouping = await asyncio.to_thread(self._open)
        since = self._line.now() - KEPT
        self._apart = Apart(await own_stories_since(tx, since))
        while rows := await stored.read_gists(tx, self._last, since):
            await asyncio.to_thread(self._add, rows)
            self._last = rows[-1][0]
        await asyncio.to_thread(self._grouping.forget_before, hours_of(since))

    async def is_behind(self, tx: Transaction) -> bool:
        """Whether somebody else moved items between stories since: all is to be read anew."""
        return self._version != await read_version(tx, MOVED_ITEMS)

    def _open(self) -> Grouping:
        from bot.core.stories.grouping import Grouping  # here: a round that brings nothing new loads no stemmer

        assert self._line.events is not None
        return Grouping(self._line.events())

    def _add(self, rows: Sequence[stored.Stored]) -> None:
        assert self._grouping is not None
        for _, story, one in rows:
            self._grouping.add(one, story)

    def place(self, waiting: Sequence[WaitingItem]) -> Batch:
        """Where the new ones of these items belong, each knowing those before it."""
        batch, now = Batch(), self._line.now()
        for item in waiting if self._grouping is not None else ():
            if item.story is None and item.published > now - COMPARED:
                self._place(item, min(item.published, now), now, batch)
        return batch

    def _place(self, item: WaitingItem, at: datetime, now: datetime, batch: Batch) -> None:
        assert self._grouping is not None
        one = self._read(item, at)
        self._read_turn(item, batch)
        found = self._apart.find(
            item, partial(self._grouping.place, one, hours_of(now - COMPARED), is_official=item.tier == 0),
            is_turn=item.id in batch.turned,
        )  # fmt: skip
        story = -item.id if found.story is None else found.story
        self._grouping.add(one, story)
        batch.candidates[item.id], batch.times[item.id] = one, at
        if found.story is not None and found.also is not None and not item.silent:
            survivor = self._merge(found.story, found.also, batch)
            found = replace(found, story=survivor)
        self._note(item, found, now, batch)
        self._apart.note(item, found.story)

    def _merge(self, one: int, other: int, batch: Batch) -> int:
        """The older of two stories takes in the younger: the one stored first, or of new ones the one of before."""
        assert self._grouping is not None
        survivor, merged = sorted((one, other), key=lambda story: (story < 0, abs(story)))
        self._grouping.merge(merged, survivor)
        batch.merge(merged, survivor)
        return survivor

    def _note(self, item: WaitingItem, found: Placement, now: datetime, batch: Batch) -> None:
        assert self._grouping is not None
        if found.story is not None:
            batch.places[item.id] = found.story
            first = self._grouping.first_hours(found.story)
            if first is not None and first > hours_of(now) - 24:
                batch.fresh.add(found.story)
        elif found.parent is not None:
            batch.parents[item.id] = found.parent
        if found.answers is not None:
            batch.answers[item.id] = found.answers

    def _read_turn(self, item: WaitingItem, batch: Batch) -> None:
        from bot.core.stories.turning import read_turning

        assert self._line.events is not None
        batch.opened[item.id] = (item.title, item.lang or "")
        turned = read_turning(item.title, item.text, item.lang or "", self._line.events().turns)
        if turned is not None:
            batch.turned[item.id] = turned

    def _read(self, item: WaitingItem, at: datetime) -> Candidate:
        from bot.core.stories.reading import read_candidate

        assert self._line.events is not None
        return read_candidate(
            item.title, item.text, item.lang or "", at, item.url, self._line.events(), self._line.concepts()
        )

    def keep(self, batch: Batch, story_of: Mapping[int, int], last: int) -> None:
        """What was placed is stored, under these numbers of stories; `last`: the last row's."""
        if not batch.is_sound:
            self.forget()
        elif self._grouping is not None:
            self._grouping.rename({-item: story_of[item] for item in batch.candidates if item not in batch.places})
            self._last = max(self._last, last)

    def forget(self) -> None:
        """What was placed came to nothing."""
        self._grouping, self._last = None, 0


def known_sources(waiting: Sequence[WaitingItem], batch: Batch) -> list[WaitingItem]:
    """The items, each weighed and summed up as one of the story that it joins."""
    told: defaultdict[tuple[int, bool], set[int]] = defaultdict(set)  # apart: by feeds that all hear, and by others
    for story, standing in batch.standings.items():
        told[story, bool(standing.readers)] |= standing.feeds
    return [_as_joined(item, batch, told) for item in waiting]


def _as_joined(item: WaitingItem, batch: Batch, told: dict[tuple[int, bool], set[int]]) -> WaitingItem:
    if item.id not in batch.candidates:
        return item
    story = batch.places.get(item.id, -item.id)
    sources = told[story, bool(item.readers)]
    sources.add(item.feed)
    standing = batch.standings.get(story)
    if standing is None or bool(standing.readers) != bool(item.readers):
        return replace(item, sources=len(sources), is_told=standing is not None and standing.is_told)
    return replace(
        item,
        sources=len(sources),
        is_official=standing.best == 0,
        weight=standing.weight,
        is_told=standing.is_told,  # its dates count beside the others', in whatever language it is
    )


async def save_batch(
    tx: Transaction,
    decided: Sequence[Decision],
    batch: Batch,
    now: datetime,
    events: Callable[[], Events] | None = None,
) -> dict[int, int]:
    """Save what was decided: new stories with all that opens them, revisions of old ones. The story of each item."""
    from bot.core.stories.joining import fold, revise
    from bot.storage import merging, own_dates, stories, tellings

    contrary = {item for item, turned in batch.turned.items() if turned.kind != "corrected"}
    decided, guests = keep_apart(batch, decided, contrary)
    joined: defaultdict[int, list[Decision]] = defaultdict(list)
    for one in decided:
        if one.item.id in batch.places:
            joined[batch.places[one.item.id]].append(one)
    folded = [fold(one, joined[-one.item.id]) if -one.item.id in joined else one for one in decided]
    found = (
        revise(standing, joined[story], is_fresh=story in batch.fresh, contrary=contrary)
        for story, standing in batch.standings.items()
    )
    revised = [one for one in found if one is not None]
    await own_dates.leave_all(tx, {one.story: batch.standings[one.story].readers for one in revised if one.opens})
    edited = await _edited(tx, decided)
    dated = {story for story, some in joined.items() if any(one.deadlines for one in some)}
    before = await tellings.open_dates(tx, edited | {story for story in dated if story > 0})
    batch.story_of = story_of = await stories.save_decisions(tx, folded, now, batch.places)
    await stored.revise_stories(tx, revised, now)
    await own_dates.stand_for(tx, before)
    await receive(tx, guests, batch, now)
    before |= {story_of[-story]: [] for story in dated if story < 0}
    await tellings.settle_dates(tx, before, edited, now)
    parents = {story_of[item]: story_of.get(-story, story) for item, story in batch.parents.items()}
    await stored.save_parents(tx, parents)
    if events is not None:
        await save_turns(tx, decided, batch, events, now)
    for merged, survivor in batch.merges.items():
        await merging.merge_stories(tx, merged, survivor, now)
    return {item: batch.merges.get(story, story) for item, story in story_of.items()}


async def _edited(tx: Transaction, decided: Sequence[Decision]) -> set[int]:
    """The stories of which a text changed that may have told dates.

    An item that does not speak for its story counts only where its dates were kept.
    """
    from bot.storage import tellings

    changed = [one for one in decided if one.is_read_anew]
    kept = await tellings.items_with_dates(tx, [one.item.id for one in changed if not one.item.is_lead])
    return {one.item.story or 0 for one in changed if (one.item.is_lead and one.change) or one.item.id in kept}
