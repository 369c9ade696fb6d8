"""What becomes of a story when further items join it: who speaks for it, what it weighs, what is told. Pure.

A better source takes headline, summary and link: an official one first, then the better tier; of equals the first.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.core.intake import Decision

FRESH_HOURS = 24.0
"""How old news may be that was only seen silently and is told now that somebody brings it anew."""

UNKNOWN_TIER = 9
OFFICIAL = "official"


@dataclass(frozen=True, slots=True)
class Standing:
    """A story as it stands. `tier`: of the item that speaks for it; `feeds`: that told it; `best`: their best tier."""

    story: int
    rev: int
    headline: str
    summary: str
    url: str | None
    weight: int
    lead: int | None
    tier: int
    best: int
    silent: bool
    feeds: frozenset[int]
    is_told: bool
    is_matched: bool


@dataclass(frozen=True, slots=True)
class Revision:
    """A story altered by what joined it. `is_announced`: somebody may have to be told."""

    story: int
    rev: int
    headline: str
    summary: str
    url: str | None
    weight: int
    lead: int | None
    silent: bool
    change: str
    is_announced: bool
    turn: str = ""  # a change that matters: `official`, where until now only media told it
    who: str = ""  # whose word it is


def revise(
    standing: Standing, joined: Sequence[Decision], *, is_fresh: bool, contrary: Container[int] = ()
) -> Revision | None:
    """The story's next revision; None where nothing is to be seen of what joined. `is_fresh`: its news is of today.

    `contrary`: items that deny the story or take it back: none of them speaks for it.
    """
    heard = [one for one in joined if not one.item.silent]
    if not heard:
        return None
    best = _best([one for one in heard if one.item.id not in contrary], standing.tier)
    feeds = standing.feeds.union(one.item.feed for one in joined)
    is_matched = standing.is_matched or any(one.matches for one in heard)
    wakes = standing.silent and is_fresh
    change = _describe(standing, best, len(feeds) if feeds != standing.feeds else 0)
    if not change and not wakes and is_matched == standing.is_matched:
        return None
    return Revision(
        story=standing.story,
        rev=standing.rev + 1,
        headline=best.headline if best else standing.headline,
        summary=(best.summary or standing.summary) if best else standing.summary,
        url=best.item.url if best else standing.url,
        weight=max([standing.weight, *(one.weight for one in heard)]),
        lead=best.item.id if best else standing.lead,
        silent=standing.silent and not wakes,
        change=change,
        is_announced=is_matched or standing.is_told,
        turn=OFFICIAL if best is not None and _tier(best) == 0 and standing.best > 0 and not wakes else "",
    )


def _best(heard: Iterable[Decision], tier: int) -> Decision | None:
    """The item of a better source than the one that speaks, if any; it must be of what is followed."""
    found = min((one for one in heard if one.matches), key=_tier, default=None)
    return found if found is not None and _tier(found) < tier else None


def _tier(one: Decision) -> int:
    return UNKNOWN_TIER if one.item.tier is None else one.item.tier


def _describe(standing: Standing, best: Decision | None, sources: int) -> str:
    """`+3 sources; now from an official source`: further ones than the first, as edits are not seen one by one."""
    more = sources - 1
    parts = [f"+{more} source{'' if more == 1 else 's'}"] if more > 0 else []
    if best is not None:
        parts.append("now from an official source" if _tier(best) == 0 else "now from a better source")
    return "; ".join(parts)


def fold(opener: Decision, joined: Sequence[Decision]) -> Decision:
    """A story that is opened with several items at once: it is told as one, by the best of them."""
    heard = [one for one in joined if not one.item.silent]
    best = _best(heard, _tier(opener) if opener.matches else UNKNOWN_TIER + 1)
    silent = opener.item.silent and not heard
    speaker = best or opener
    return replace(
        opener,
        item=replace(opener.item, silent=silent, url=speaker.item.url),
        headline=speaker.headline,
        summary=speaker.summary,
        matches=tuple(dict.fromkeys((*opener.matches, *(query for one in heard for query in one.matches)))),
        weight=max([opener.weight, *(one.weight for one in heard)]),
        lead=speaker.item.id,
    )


def unite(survivor: Standing, merged: Standing, name: str) -> Revision:
    """Two stories that are one: the older as it reads with the tellings of both. `name`: what the other was called."""
    speaker = merged if merged.tier < survivor.tier and merged.lead is not None else survivor
    more = len(survivor.feeds | merged.feeds) - 1
    parts = [f"+{more} source{'' if more == 1 else 's'}"] if more > 0 else []
    return Revision(
        story=survivor.story,
        rev=max(survivor.rev, merged.rev) + 1,
        headline=speaker.headline,
        summary=speaker.summary or survivor.summary or merged.summary,
        url=speaker.url,
        weight=max(survivor.weight, merged.weight),
        lead=speaker.lead,
        silent=survivor.silent and merged.silent,
        change="; ".join((*parts, f"merged with {name}")),
        is_announced=survivor.is_matched or merged.is_matched or survivor.is_told or merged.is_told,
    )
