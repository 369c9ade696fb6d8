"""From many cards to one message of a line each, as many as the platform shows whole. Saves nothing.

A list that is too long goes on in a further message, and after a few of those what is left is only counted: all of it
is shown by `more`. A message that is edited keeps its lines; only those of changed stories are written anew.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.messages import Message, as_text, freeze, thaw
from bot.core.outbox import Capabilities, Op, PendingCard, Plan
from bot.core.pacing import Pace
from bot.core.stories.listing import ROLLING_SHOWN, Ahead, Entry, Head, Part, arrange, compose_list, revise
from bot.core.stories.names import story_name
from bot.jobs.compose import local_date
from bot.storage import alerts, listing, outbox, pacing
from bot.storage.database import Transaction
from bot.storage.outbox import Place

MOST_PARTS = 5
"""Messages of one list."""


@dataclass(frozen=True, slots=True)
class Written:
    """A list's message, frozen, and the cards that it shows. `is_same`: it is what stands there already."""

    payload: str
    cards: frozenset[int]
    is_same: bool = False


async def write_list(
    tx: Transaction, place: Place, plan: Plan, cards: Sequence[PendingCard], able: Capabilities, now: datetime
) -> Written:
    """The message of a planned list."""
    if plan.form == "rolling":
        return await _write_rolling(tx, place, plan, cards, able, now)
    if plan.op is Op.EDIT:
        return await _write_anew(tx, place, plan, cards)
    return await _write_part(tx, place, plan, cards, able, now)


async def _write_anew(tx: Transaction, place: Place, plan: Plan, cards: Sequence[PendingCard]) -> Written:
    assert plan.of_post is not None
    before = await pacing.payload_of(tx, place.channel, plan.of_post)
    changed = [card.subject_id for card in cards if card.want_rev > card.shown_rev]
    entries = await listing.read_entries(tx, place.tenant, place.channel, changed)
    message = revise(thaw(before), {story_name(number): entry for number, entry in entries.items()})
    payload = freeze(message)
    return Written(payload, frozenset(card.id for card in cards), payload == before)


async def _write_rolling(
    tx: Transaction, place: Place, plan: Plan, cards: Sequence[PendingCard], able: Capabilities, now: datetime
) -> Written:
    """All of the message's stories, the newest of them by their lines."""
    known = [] if plan.of_post is None else await outbox.cards_shown_by(tx, place.channel, plan.of_post)
    every = {card.id: card for card in (*known, *cards)}
    found = await listing.read_entries(tx, place.tenant, place.channel, {card.subject_id for card in every.values()})
    entries = arrange(list(found.values()), "rolling")
    head = Head("rolling", await asyncio.to_thread(local_date, now, place.zone), len(entries))
    shown = entries[:ROLLING_SHOWN]
    message = _longest(
        lambda count: compose_list(Part(head, shown[:count], left=len(entries) - count), place.zone), len(shown), able
    )
    payload = freeze(message)
    before = await pacing.payload_of(tx, place.channel, plan.of_post) if plan.of_post else ""
    return Written(payload, frozenset(every), payload == before)


async def _write_part(
    tx: Transaction, place: Place, plan: Plan, cards: Sequence[PendingCard], able: Capabilities, now: datetime
) -> Written:
    pace = await pacing.read_pace(tx, place.channel)
    before = await pacing.count_lists(tx, place.channel, plan.form, _began(cards, now))
    found = await listing.read_entries(tx, place.tenant, place.channel, {card.subject_id for card in cards})
    entries = arrange(list(found.values()), plan.form)
    today = await asyncio.to_thread(local_date, now, place.zone)  # the first look at a zone reads a file
    head = Head(plan.form, today, len(entries), _is_weekly(pace), before > 0)
    dates = await listing.read_dates_ahead(tx, place.tenant, place.channel, head.today) if plan.form == "digest" else []
    calls = () if before else await _calls(tx, place, entries)
    is_last = before + 1 >= MOST_PARTS

    def draw(count: int) -> Message:
        return compose_list(_part(head, entries, dates, count, is_last=is_last, calls=calls), place.zone)

    message = _longest(draw, len(entries), able)
    named = {name for name, _ in message.picks}
    of_whom = {card.subject_id: card.id for card in cards}
    unseen = {number for story, number in of_whom.items() if story not in found}  # nothing is left to show of these
    shown = {number for story, number in of_whom.items() if is_last or story_name(story) in named}
    return Written(freeze(message), frozenset(shown | unseen))


def _part(
    head: Head, entries: Sequence[Entry], dates: Sequence[Ahead], count: int, *, is_last: bool, calls: tuple[str, ...]
) -> Part:
    """The first `count` stories; the dates stand where the list ends, and what is left over is counted there."""
    ends = is_last or count == len(entries)
    return Part(head, entries[:count], dates if ends else (), len(entries) - count if is_last else 0, calls)


def _began(cards: Sequence[PendingCard], now: datetime) -> datetime:
    """Since when the list is due: those of its kind that were made after it are its beginning."""
    return max((card.due_at for card in cards if card.due_at), default=now)


def _is_weekly(pace: Pace) -> bool:
    return pace.digest is not None and pace.digest.weekday is not None


async def _calls(tx: Transaction, place: Place, entries: Sequence[Entry]) -> tuple[str, ...]:
    """The roles that a list calls: those of its stories, each once, with its first message."""
    found = [role for entry in entries for role in await alerts.read_calls(tx, entry.story, place.channel)]
    return tuple(dict.fromkeys(found))


def _longest(draw: Callable[[int], Message], most: int, able: Capabilities) -> Message:
    """The message with as many stories as fit, at least one: found by halves, as a longer list never fits better."""
    low, high = min(1, most), most
    best = draw(high)
    if _fits(best, able):
        return best
    best = draw(low)
    while high - low > 1:
        middle = (low + high) // 2
        drawn = draw(middle)
        if _fits(drawn, able):
            low, best = middle, drawn
        else:
            high = middle
    return best


def _fits(message: Message, able: Capabilities) -> bool:
    return len(as_text(message)) <= able.characters and able.fits(message)
