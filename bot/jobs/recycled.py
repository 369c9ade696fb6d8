"""Recycled news: an item with old words under a new date goes silently to the story it told long ago. For intake."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence

from bot.core.intake import WaitingItem
from bot.core.stories.recycled import LONG_AGO, PRINTED, Told, find_first, sketch_words
from bot.core.stories.sketch import unpack
from bot.jobs.batch import Batch
from bot.storage import prints
from bot.storage.database import Transaction

Prints = Mapping[int, Sequence[int]]


async def print_items(waiting: Sequence[WaitingItem], batch: Batch) -> Prints:
    """The hashes by which new items are known again; those of too few words have none."""
    return await asyncio.to_thread(_print_all, [item for item in waiting if item.story is None], batch)


def _print_all(fresh: Iterable[WaitingItem], batch: Batch) -> Prints:
    hashes = {item.id: _sketch_of(item, batch)[:PRINTED] for item in fresh}
    return {item: some for item, some in hashes.items() if some}


def _sketch_of(item: WaitingItem, batch: Batch) -> Sequence[int]:
    """What grouping has made already, unless the item is too old for it."""
    known = batch.candidates.get(item.id)
    return unpack(known.sketch) if known else sketch_words(item.title, item.text)


async def find_repeats(tx: Transaction, waiting: Sequence[WaitingItem], batch: Batch, known: Prints) -> dict[int, Told]:
    """Of the new items that open a story or join one that opens now, those that were told long ago."""
    found: dict[int, Told] = {}
    for item in waiting:
        is_news = item.id in batch.candidates and not item.silent and batch.places.get(item.id, -1) < 0
        if not is_news or item.id not in known:
            continue
        told = await prints.told_before(tx, known[item.id], item.feed, item.published - LONG_AGO)
        if told:
            first = await asyncio.to_thread(
                find_first, item.title, item.text, item.lang or "", item.published, told
            )  # of many words
            if first is not None:
                found[item.id] = first
    return found


def leave_out(batch: Batch, repeats: Mapping[int, Told]) -> None:
    """Take what was told long ago out of a batch: what joined it opens a story without it."""
    for item, told in repeats.items():
        batch.candidates.pop(item, None)
        for known in (batch.places, batch.parents, batch.answers, batch.turned):
            known.pop(item, None)
        joined = sorted(other for other, story in batch.places.items() if story == -item)
        for other in joined[:1]:
            del batch.places[other]
        batch.places.update(dict.fromkeys(joined[1:], -joined[0]) if joined else {})
        batch.parents.update({one: told.story for one, story in batch.parents.items() if story == -item})
        for one in [one for one, story in batch.answers.items() if story == -item]:
            del batch.answers[one]
    batch.is_sound = batch.is_sound and not repeats  # memory holds what was left out
