"""When people are reminded of a date, and in which words. Pure: days and zones in, moments and sections out.

A ladder names days ahead: 30, 7 and 1 by default, and 0, the day itself. Each rung is climbed in the morning, in the
zone of the channel, and is of use until the next one; the day after has a rung of its own, which tells what came of it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LADDER = (30, 7, 1, 0)
"""Days ahead on which a channel is reminded that has not chosen otherwise."""

LONGEST_LEAD = 365
SURE = 0.6
"""The confidence from which a date needs nobody's word; below it is unconfirmed, and nobody is reminded of it."""

MORNING = time(8)
"""When, by the clock of the channel's zone."""

OUTCOME, FOUND = "outcome", "found"
"""The slots of what is said after a date: on the day after, and where something was found later still."""

ENDINGS = ("moved", "withdrawn")
"""The slots of what is said when a date is another one or none, in answer to the alert that told it."""

ENDING_LASTS = timedelta(days=2)

WATCHED = timedelta(days=7)
"""How long after a date the news is looked through for what came of it."""

FIRST_ZONE = timedelta(hours=14)
"""How far ahead of UTC a day begins somewhere."""

SETTLED = timedelta(hours=12)
"""An alert that is younger than this has just said the date itself: no rung repeats it."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One step: its `slot` among a channel's cards, the local day `on` which it is due, and from when it is stale."""

    slot: str
    on: date
    until: date


def rungs(due: date, leads: Collection[int]) -> tuple[Rung, ...]:
    """The steps of a date, first to last, the day after included; each is of use until the next one."""
    ahead = sorted({lead for lead in leads if 0 <= lead <= LONGEST_LEAD}, reverse=True)
    days = [due - timedelta(days=lead) for lead in ahead]
    after = due + timedelta(days=1)
    ends = [*days[1:], after]
    climbed = [Rung(slot_of(lead), on, until) for lead, on, until in zip(ahead, days, ends, strict=False)]
    return (*climbed, Rung(OUTCOME, after, after + WATCHED))


def slot_of(lead: int) -> str:
    """The name of a step so many days ahead: `T-7`."""
    return f"T-{lead}"


def lead_of(slot: str) -> int | None:
    """The days ahead that a slot names, or None for what is said afterwards."""
    return int(slot[2:]) if slot.startswith("T-") else None


def next_rung(due: date, leads: Collection[int], now: datetime, done: Collection[str] = ()) -> Rung | None:
    """The first step that is not stale anywhere yet and not among `done`; None where nothing is left to say."""
    today = (now - timedelta(hours=12)).date()  # the day it still is in the last zone
    return next((rung for rung in rungs(due, leads) if rung.until > today and rung.slot not in done), None)


def opens_at(day: date) -> datetime:
    """The moment at which this day begins first, somewhere: from then on its cards can be made."""
    return datetime.combine(day, time(0), UTC) - FIRST_ZONE


def morning(day: date, zone: str, at: time = MORNING) -> datetime:
    """That time of that day in a zone, in UTC.

    Where clocks jump over it, it comes as much later as they jump; where it comes twice, the first one counts.
    """
    local = datetime.combine(day, at, ZoneInfo(zone))  # fold=0: the first of two
    return local.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Reminded:
    """When a channel sees a step: from `due_at`, and no more from `expires_at`."""

    due_at: datetime
    expires_at: datetime


def place_rung(slot: str, due: date, zone: str, told_at: datetime | None, ladder: Collection[int]) -> Reminded | None:
    """When a channel of this zone and ladder, whose alert was shown at `told_at`, sees a step; None where it does not.

    It does not where its own ladder leaves the step out, or the alert itself has only just said it.
    """
    rung = next((rung for rung in rungs(due, ladder) if rung.slot == slot), None)
    if slot == FOUND:
        rung = Rung(FOUND, due + timedelta(days=1), due + 2 * WATCHED)
    if rung is None:
        return None
    at = morning(rung.on, zone)
    if told_at is not None and at < told_at + SETTLED and slot != FOUND:
        return None
    return Reminded(at, morning(rung.until, zone))


def read_ladder(text: str) -> tuple[int, ...]:
    """The days ahead that a setting names, `30,7,1,0`; nothing written means the usual ones, `off` none.

    Raises ValueError with what is wrong.
    """
    if not text.strip():
        return LADDER
    if text.strip().casefold() == "off":
        return ()
    days = [int(word) if word.isdecimal() else -1 for word in text.replace(",", " ").split()]
    if not all(0 <= day <= LONGEST_LEAD for day in days):
        raise ValueError(f"days ahead are whole numbers from 0 to {LONGEST_LEAD}, such as 30,7,1,0")
    return tuple(sorted(set(days), reverse=True))
