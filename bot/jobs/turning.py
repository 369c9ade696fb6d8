"""What new reports say of stories that were told: denied, corrected, retracted. A part of intake; sends nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.core.intake import Decision, WaitingItem
from bot.core.stories.said import Change, write_changes
from bot.storage import turns
from bot.storage.database import Transaction
from bot.storage.turns import Turn

if TYPE_CHECKING:
    from bot.core.lexicon.events import Events
    from bot.core.stories.turning import Turned
    from bot.jobs.batch import Batch


@dataclass(frozen=True, slots=True)
class Found:
    """What an item says of a story: a number, or less than 0 the item with which the story opens."""

    item: WaitingItem
    story: int
    turned: Turned
    is_figure: bool = False  # nothing says that it was corrected: the figures are other ones


async def save_turns(
    tx: Transaction, decided: Sequence[Decision], batch: Batch, events: Callable[[], Events], now: datetime
) -> None:
    """Note what these items say of stories, which stand under their numbers by now, and tell those who saw them."""
    for found in await asyncio.to_thread(_find_all, decided, batch, events):
        story = batch.story_of.get(-found.story, found.story)
        if found.is_figure and await turns.has_moved_date(tx, story, now):
            continue  # what is said under the alert of the date says it all
        outlet, readers = await turns.read_outlet(tx, found.item.feed)
        who = _whose(found, outlet)
        kind, quote = found.turned.kind, found.turned.quote
        turn = Turn(story, 0, kind, quote, now, write_changes(who), found.item.id)
        await turns.tell_turn(tx, turn, write_changes(Change(kind, who.who, who.outlet)), readers)


def _whose(found: Found, outlet: str) -> Change:
    """Whose word it is. Who reports a denial did not deny it; an outlet corrects itself, and an official one speaks."""
    said = found.turned.who
    if said:
        return Change("word", said, "" if found.item.tier == 0 else outlet)
    is_own = found.item.tier == 0 or found.turned.kind == "corrected"
    return Change("word", outlet) if is_own else Change("word", outlet=outlet)


def _find_all(decided: Sequence[Decision], batch: Batch, events: Callable[[], Events]) -> list[Found]:
    found = []
    for one in decided:
        turned = batch.turned.get(one.item.id)
        if turned is not None and not one.item.silent:
            story = batch.answers.get(one.item.id, batch.places.get(one.item.id))
            if story is not None and not _says_so_already(story, turned, batch, events):
                found.append(Found(one.item, story, turned))
        elif one.change and one.item.is_told and one.item.story is not None:
            corrected = _read_correction(one, events)
            if corrected is not None:
                found.append(Found(one.item, one.item.story, *corrected))
    return found


def _says_so_already(story: int, turned: Turned, batch: Batch, events: Callable[[], Events]) -> bool:
    """Whether the story is that very denial: a second outlet tells it, and nothing is denied anew."""
    from bot.core.stories.turning import read_turning

    standing = batch.standings.get(story)
    headline, lang = (standing.headline, "") if standing else batch.opened.get(-story, ("", ""))
    told = read_turning(headline, "", lang, events().turns)
    return told is not None and told.kind == turned.kind


def _read_correction(one: Decision, events: Callable[[], Events]) -> tuple[Turned, bool] | None:
    """What a source says of its own earlier words: that they are wrong, or (True) the same words with other figures."""
    from bot.core.stories.turning import Turned, changed_figures, read_turning

    headline, summary, _ = one.item.shown
    lang = one.item.lang or ""
    before = read_turning(headline, summary, lang, events().turns)
    said = read_turning(one.headline, one.summary, lang, events().turns)
    if said is not None and (before is None or before.kind != said.kind):
        return said, False
    figures = changed_figures(f"{headline}\n{summary}", f"{one.headline}\n{one.summary}", lang)
    return None if figures is None else (Turned("corrected", f"{figures[1]}, not {figures[0]}"), True)
