"""How often a channel is told: what must wait before a post is planned, and the next hour of each digest.

Decides by `core/pacing`, inside the transaction that makes the post; sends nothing.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.outbox import Capabilities, PendingCard
from bot.core.pacing import Pace, Wait, too_many, wait_of
from bot.core.weight import Weight
from bot.jobs.line import Line, Report
from bot.storage import leases, outbox, pacing
from bot.storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Paced:
    """The cards that may be shown now, each knowing its list. `rolling`: the post that takes what is too many."""

    cards: list[PendingCard]
    rolling: int | None = None


async def pass_digests(line: Line) -> Report:
    """Go on to the next hour where a digest had nothing to say: an empty one is not sent."""
    async with line.database.write() as tx:
        await leases.require_alive(tx, line.holder, line.now())
        await pacing.pass_digests(tx, line.now())
    return Report()


async def slow_down(
    tx: Transaction, channel: int, cards: list[PendingCard], able: Capabilities, between: timedelta, now: datetime
) -> Paced:
    """Of a channel's cards with work, those that may be shown now; the others are given their time.

    `between`: how long a message is left alone between two edits.
    """
    if not any(map(_is_alert, cards)):
        return Paced(cards)
    pace = await pacing.read_pace(tx, channel)
    cards = await _hold(tx, pace, cards, now)
    cards = await _gather(tx, channel, pace, cards, now)
    return await _roll(tx, channel, pace, cards, able, between, now)


def _is_alert(card: PendingCard) -> bool:
    return card.post is None and card.subject == "story" and card.slot == "alert"


def _wait(pace: Pace, card: PendingCard, now: datetime) -> Wait | None:
    """A digest that is due comes at its hour, and what somebody asked for at once. The night is quiet for the rest."""
    if not _is_alert(card) or card.bundle in ("now", "digest"):
        return None
    is_single = card.alone or card.bundle == "held"
    return wait_of(replace(pace, digest=None) if is_single else pace, card.weight, now)


async def _hold(tx: Transaction, pace: Pace, cards: Sequence[PendingCard], now: datetime) -> list[PendingCard]:
    waits = await asyncio.to_thread(lambda: [_wait(pace, card, now) for card in cards])  # a zone's first look is a file
    held: defaultdict[Wait, list[int]] = defaultdict(list)
    left = []
    for card, wait in zip(cards, waits, strict=True):
        if wait is not None:
            held[wait].append(card.id)
        if wait is None or wait.until <= now:
            left.append(replace(card, bundle=wait.bundle) if wait else card)
    for wait, numbers in held.items():
        await pacing.hold(tx, numbers, wait.bundle, wait.until)
    return left


async def _gather(
    tx: Transaction, channel: int, pace: Pace, cards: list[PendingCard], now: datetime
) -> list[PendingCard]:
    """Lists are made of all that is due for them and still wanted; a single alert that was held comes as one."""
    for bundle in ("digest", "held"):
        if not any(_is_alert(card) and card.bundle == bundle for card in cards):
            continue
        found = await outbox.bundled_cards(tx, channel, bundle, now)
        gone = await pacing.drop_unwanted(tx, channel, [(card.id, card.subject_id) for card in found], now)
        whole = [card for card in found if card.id not in gone]
        if bundle == "held" and len(whole) == 1:
            whole = [replace(whole[0], bundle="now")]
        if bundle == "digest":
            await pacing.begin_next_digest(tx, channel, pace, now)
        cards = [card for card in cards if not (_is_alert(card) and card.bundle == bundle)] + whole
    return cards


async def _roll(
    tx: Transaction,
    channel: int,
    pace: Pace,
    cards: list[PendingCard],
    able: Capabilities,
    between: timedelta,
    now: datetime,
) -> Paced:
    """What is too many within an hour goes into one message, which is edited no more often than others."""
    alone = [card for card in cards if _is_alert(card) and not card.bundle and not card.alone]
    single = [card for card in alone if card.weight < Weight.URGENT]
    if not able.replaces or not single:
        return Paced(cards)
    recent = await pacing.recent_alerts(tx, channel)
    many = too_many([card.subject_id for card in single], recent, pace.flood, now)
    rolled = [card for card in single if card.subject_id in many]
    if not rolled:
        return Paced(cards)
    roll = await pacing.open_roll(tx, channel, now)
    rest = [card for card in cards if card not in rolled]
    if roll is not None and now < (free := min(roll.shown_at, now) + between):
        await pacing.hold(tx, [card.id for card in rolled], "", free)
        return Paced(rest, roll.post)
    return Paced(rest + [replace(card, bundle="rolling") for card in rolled], roll.post if roll else None)
