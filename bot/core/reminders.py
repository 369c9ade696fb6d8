"""When people are reminded of a date, and in which words. Pure: days and zones in, moments and sections out.

A ladder names days ahead: 30, 7 and 1 by default, and 0, the day itself. Each rung is climbed in the morning, in the
zone of the channel, and is of use until the next one; the day after has a rung of its own, which tells what came of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
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

REOPENED = ("moved", "withdrawn")
"""States that end where the story's own text says the day again."""

ENDINGS = (*REOPENED, "denied", "met")
"""The slots of what is said when a date is another one, none, or met early, in answer to the alert that told it."""

ENDING_LASTS = timedelta(days=2)

WATCHED = timedelta(days=7)
"""How long after a date the news is looked through for what came of it."""

FIRST_ZONE, LAST_ZONE = timedelta(hours=14), timedelta(hours=12)
"""How far ahead of UTC a day begins somewhere, and how far behind it still lasts somewhere."""

SETTLED = timedelta(hours=12)
"""An alert, or a change of the date, that is younger than this has just said the date itself: no rung repeats it."""


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


def climb(due: date, ladders: Iterable[Collection[int]]) -> tuple[Rung, ...]:
    """The steps of a date on any of these ladders, first to last; each is of use as long as on one of them."""
    latest: dict[str, Rung] = {}
    for rung in (rung for leads in ladders for rung in rungs(due, leads)):
        if rung.slot not in latest or latest[rung.slot].until < rung.until:
            latest[rung.slot] = rung
    return tuple(sorted(latest.values(), key=lambda rung: rung.on))


def next_rung(due: date, ladders: Iterable[Collection[int]], now: datetime, done: Collection[str] = ()) -> Rung | None:
    """The first step that is not stale everywhere yet and not among `done`; None where nothing is left to say."""
    steps = (rung for rung in climb(due, ladders) if rung.slot not in done)
    return next((rung for rung in steps if not is_over(rung.until, now)), None)


def is_over(day: date, now: datetime) -> bool:
    """Whether the morning of this day has come in every zone."""
    return now >= datetime.combine(day, MORNING, UTC) + LAST_ZONE


def ending_of(slot: str) -> str:
    """What a slot says that a date came to, such as `moved`; "" for every other. `moved:2` is of revision 2."""
    word = slot.partition(":")[0]
    return word if word in ENDINGS else ""


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
    """When a channel of this zone and ladder, told the date at `told_at`, sees a step; None where it does not.

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
