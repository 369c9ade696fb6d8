"""What becomes of a story when further items join it: who speaks for it, what it weighs, what is told. Pure.

A better source takes headline, summary and link: an official one first, then the better tier; of equals the first.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.core.intake import Decision
from bot.core.stories.said import Change, write_changes

FRESH_HOURS = 24.0
"""How old news may be that was only seen silently and is told now that somebody brings it anew."""

UNKNOWN_TIER = 9
OFFICIAL = "official"


@dataclass(frozen=True, slots=True)
class Standing:
    """A story as it stands. `tier`: of the item that speaks for it; `feeds`: that told it; `best`: their best tier.

    `readers`: the tenants for whom alone it is, as their own feed speaks for it; none: it is for all, and `feeds` are
    those that all hear. `guests`: the other feeds that told it.
    """

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
    readers: frozenset[int] = frozenset()
    guests: frozenset[int] = frozenset()
    is_matched_apart: bool = False  # by a guest, if not for all


@dataclass(frozen=True, slots=True)
class Revision:
    """A story altered by what joined it. `is_announced`: some may have to be told; `opens`: from now on all see it."""

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
    opens: bool = False


def is_open_to_all(one: Decision, contrary: Container[int] = ()) -> bool:
    """Whether an item tells its story to all: loudly, by a feed that all hear, and not to deny it."""
    return not (one.item.readers or one.item.silent or one.item.id in contrary)


def may_join(one: Decision, readers: frozenset[int], is_silent: bool) -> bool:
    """Whether an item may be of a story that is for these readers, or for all where there are none.

    What only some hear wakes no story of all. What all hear is of no story that it does not open to all.
    """
    if readers:
        return one.item.readers == readers
    return not (one.item.readers and is_silent and not one.item.silent)


def open_up(standing: Standing, joined: Sequence[Decision], contrary: Container[int] = ()) -> Revision | None:
    """A story that only some tenants had, as the first that all hear tell it; None where nobody does.

    Nothing of what it was is left: neither words nor weight. To all others it is news of this moment.
    """
    heard = [one for one in joined if is_open_to_all(one, contrary)]
    if not standing.readers or not heard:
        return None
    best = min(heard, key=lambda one: (not one.matches, _tier(one)))
    return Revision(
        story=standing.story,
        rev=standing.rev + 1,
        headline=best.headline,
        summary=best.summary,
        url=best.item.url,
        weight=max(one.weight for one in heard),
        lead=best.item.id,
        silent=False,
        change="",
        is_announced=standing.is_told or any(one.matches for one in heard),
        opens=True,
    )


def revise(
    standing: Standing, joined: Sequence[Decision], *, is_fresh: bool, contrary: Container[int] = ()
) -> Revision | None:
    """The story's next revision; None where nothing is to be seen of what joined. `is_fresh`: its news is of today.

    `contrary`: items that deny the story or take it back: none of them speaks for it.
    """
    if (opened := open_up(standing, joined, contrary)) is not None:
        return opened
    joined = [one for one in joined if not one.item.is_guest]
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
    better = [Change("official" if _tier(best) == 0 else "better")] if best is not None else []
    return write_changes(*more_sources(sources - 1), *better)


def more_sources(more: int) -> list[Change]:
    """That so many others tell it, too, if any do."""
    return [Change("sources", more=more)] if more > 0 else []


def fold(opener: Decision, joined: Sequence[Decision]) -> Decision:
    """A story that is opened with several items at once: it is told as one, by the best of them.

    Where one tells it to all, those that only some hear have no say in it.
    """
    told = [one for one in (opener, *joined) if not one.item.is_guest]
    loud = [one for one in joined if not one.item.silent]
    first, heard = told[0], [one for one in told[1:] if not one.item.silent]
    best = _best(heard, _tier(first) if first.matches else UNKNOWN_TIER + 1)
    silent = first.item.silent and not heard
    speaker = best or first
    return replace(
        opener,
        item=replace(opener.item, silent=silent, url=speaker.item.url),
        headline=speaker.headline,
        summary=speaker.summary,
        matches=tuple(dict.fromkeys(query for one in (opener, *loud) for query in one.matches)),
        weight=max([first.weight, *(one.weight for one in heard)]),
        lead=speaker.item.id,
    )


def unite(survivor: Standing, merged: Standing, name: str) -> Revision:
    """Two stories that are one: the older as it reads with the tellings of both. `name`: what the other was called.

    Where one of them is for all, it alone has a say.
    """
    both = [one for one in (survivor, merged) if not one.readers] or [survivor, merged]
    speaker = min(both, key=lambda one: UNKNOWN_TIER + 1 if one.lead is None else one.tier)
    more = len(frozenset().union(*(one.feeds for one in both))) - 1
    return Revision(
        story=survivor.story,
        rev=max(survivor.rev, merged.rev) + 1,
        headline=speaker.headline,
        summary=next((one.summary for one in (speaker, *both) if one.summary), ""),
        url=speaker.url,
        weight=max(one.weight for one in both),
        lead=speaker.lead,
        silent=survivor.silent and merged.silent,
        change=write_changes(*more_sources(more), Change("merged", name=name)),
        is_announced=survivor.is_matched or merged.is_matched or survivor.is_told or merged.is_told,
    )
