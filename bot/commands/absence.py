"""Why a story is not here: the first rule that stopped it, in the order in which the line asks them. Reads only."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.commands.command import Desk
from bot.commands.options import WEIGHTS, described
from bot.core.errors import QueryError
from bot.core.messages import Fact, Line, Moment
from bot.core.sources import Outlet, is_called
from bot.core.text.plain import shortened
from bot.core.topics import parse_query
from bot.core.weight import Weight
from bot.storage.announcements import FRESH
from bot.storage.dossier import StoryView, has_active_feed
from bot.storage.following import Following, list_following
from bot.storage.mutes import Mute, list_mutes
from bot.storage.troubles import Trouble, channel_trouble

if TYPE_CHECKING:
    from bot.core.topics.document import Document

NEAREST = 3
"""Subscriptions of which the failed clause is told."""

LONG_CLAUSE = 200
DID_NOT = "It did not come here: "


@dataclass(frozen=True, slots=True)
class Absence:
    """A sentence, and what is told beside it: of each near subscription, why it did not bring the story."""

    line: Line
    facts: tuple[Fact, ...] = ()


async def explain_absence(desk: Desk, view: StoryView, documents: Sequence[Document]) -> Absence:
    """Why a stored story has no card here."""
    rows = await list_following(desk.tx, desk.channel, desk.now)
    if not rows:
        nobody = "nobody here follows what it matches" if view.matched else "it matches no topic"
        return Absence((f"{DID_NOT}{nobody}, as nothing is followed here.",))
    matched = {row.query for row in view.matched}
    brought = [row for row in rows if row.query in matched]
    if not brought:
        return await asyncio.to_thread(_unmatched, desk, rows, documents)
    trouble = await channel_trouble(desk.tx, desk.channel)
    stopped = await _stopped(desk, view, brought) or _troubled(desk, trouble)
    return stopped or Absence(("It matches and is on its way: its alert is about to be made.",))


def _unmatched(desk: Desk, rows: Sequence[Following], documents: Sequence[Document]) -> Absence:
    """The clauses that failed, of the subscriptions that were nearest to a match."""
    failing = sorted(((_failures(desk, row, documents), row) for row in rows), key=lambda pair: _distance(pair[0]))
    facts = tuple(
        Fact(row.title or row.name, (shortened("; ".join(failures), LONG_CLAUSE),))
        for failures, row in failing[:NEAREST]
    )
    less = "what is followed here" if len(rows) == 1 else f"any of the {len(rows)} that are followed here"
    more = f" Nearest of them were these {NEAREST}." if len(rows) > NEAREST else ""
    return Absence((f"{DID_NOT}it does not meet {less}.{more}",), facts)


def _failures(desk: Desk, row: Following, documents: Sequence[Document]) -> tuple[str, ...]:
    """Which clauses the telling that came nearest fails."""
    from bot.core.topics.evidence import why_not  # here: most commands match nothing

    try:
        query = parse_query(row.expr)
    except QueryError:
        return ("its query can no longer be read",)
    failed = [why_not(query, document, desk.concepts()) for document in documents]
    return min(failed, key=_distance, default=()) or ("it does now, but did not when the story came",)


def _distance(failures: Sequence[str]) -> tuple[bool, int]:
    """What is excluded was wanted but for that: nearer than what lacks a clause."""
    return any(not failure.startswith("excluded") for failure in failures), len(failures)


async def _stopped(desk: Desk, view: StoryView, rows: Sequence[Following]) -> Absence | None:
    """The rule that kept a matching story away, or None."""
    if view.silent:
        return Absence((
            f"{DID_NOT}it stood on its feed when the feed was first read, or was old when it came. Such stories are "
            "remembered in silence.",
        ))  # fmt: skip
    if not await has_active_feed(desk.tx, view.id, desk.tenant):
        return Absence((f"{DID_NOT}every feed that tells it is paused here.",))
    since = min(row.created_at for row in rows)
    if since > view.opened_at:
        return Absence((f"{DID_NOT}it is older than the subscription, which began ", Moment(since), "."))
    muted = await list_mutes(desk.tx, desk.channel, desk.now)
    return _muted(view, muted) or _filtered(view, rows) or _too_late(desk, view)


def _muted(view: StoryView, muted: Sequence[Mute]) -> Absence | None:
    if any(one.subject.story == view.id for one in muted):
        return Absence((f"{DID_NOT}the story is muted here. Write mute list to see what is.",))
    outlets = [one.outlet for one in view.tellings]
    names = [one.subject.source for one in muted if one.subject.source]
    if outlets and all(any(is_called(name, outlet) for name in names) for outlet in outlets):
        told = " and ".join(dict.fromkeys(outlet.title or outlet.url for outlet in outlets))
        return Absence((f"{DID_NOT}it was told by {told} alone, and that source is muted here.",))
    return None


def _filtered(view: StoryView, rows: Sequence[Following]) -> Absence | None:
    """What each subscription that it matches lets through, and it is not."""
    outlets = [one.outlet for one in view.tellings]
    kept = [(row, _kept_by(view, row, outlets)) for row in rows]
    if not all(why for _, why in kept):
        return None
    facts = tuple(Fact(row.title or row.name, (f"shows {described(row.options)}; {why}",)) for row, why in kept)
    return Absence((f"{DID_NOT}it matches, but is not what was asked for of it.",), facts[:NEAREST])


def _kept_by(view: StoryView, row: Following, outlets: Sequence[Outlet]) -> str:
    if row.options.least > view.weight:
        word = Weight(view.weight).word
        return f"it is {word}" if word else f"it is less than {WEIGHTS[1]}"
    if not outlets or row.options.filters.passes(outlets):
        return ""
    reasons = [row.options.filters.refuses(outlet) for outlet in outlets]
    if "language" in reasons:
        return f"it is in {' and '.join(dict.fromkeys(outlet.lang or 'an unknown language' for outlet in outlets))}"
    return f"it was told by {' and '.join(dict.fromkeys(outlet.title or outlet.url for outlet in outlets))}"


def _too_late(desk: Desk, view: StoryView) -> Absence | None:
    """What is changed of an old story alerts no channel that never had it."""
    if view.rev > 1 and view.changed_at - view.opened_at > FRESH:
        return Absence((f"{DID_NOT}it met what is followed here only when it was more than a day old.",))
    return None


def _troubled(desk: Desk, trouble: Trouble) -> Absence | None:
    said = trouble_line(desk, trouble)
    return Absence(said) if said else None


def trouble_line(desk: Desk, trouble: Trouble) -> Line:
    """What holds this channel up, or ()."""
    if trouble.is_gone:
        return (f"{DID_NOT}this channel is closed to me. Whoever follows something here opens it again.",)
    error = f" The platform said: {trouble.error}" if trouble.error else ""
    until = max(filter(None, (trouble.ready_at, trouble.paused_until)), default=desk.now)
    if until > desk.now:
        return ("It is on its way: posts here rest until ", Moment(until), f".{error}")
    return (f"It is on its way: an alert before it is being tried again.{error}",) if trouble.error else ()
