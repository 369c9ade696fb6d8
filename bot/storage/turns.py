"""What became of stories after they were told, as rows: who denied, corrected or merged them, and when.

Judges nothing and edits no alert: whoever notes a turn raises the story.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, insert, or_, select, update

from bot.core.text.urls import shown_url
from bot.storage.alert_cards import is_alert
from bot.storage.announcing import announce
from bot.storage.database import Transaction
from bot.storage.readers import FOR_ALL, own_readers
from bot.storage.schema import cards, channels, deadlines, feeds, items, stories, turns
from bot.storage.upsert import execute_rows

TOLD = ("official", "denied", "corrected", "retracted")
"""Kinds that matter: those who saw the alert are told in a short answer under it."""

CHANGE = "change:"


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a story. `said`: what changed, or the words that say so; `who`: whose; `other`: the other story.

    `tenant`: for whom alone it holds; None: for all. `number` is 0 until it is stored.
    """

    story: int
    rev: int
    kind: str
    said: str
    at: datetime
    who: str = ""
    item: int | None = None
    other: int | None = None
    tenant: int | None = None
    number: int = 0
    url: str | None = None  # of the item
    headline: str = ""  # of the other story


def change_slot(rev: int) -> str:
    """The slot of the short answer that a revision deserves: `change:3`."""
    return f"{CHANGE}{rev}"


async def note_turns(tx: Transaction, noted: Sequence[Turn]) -> None:
    """Keep what became of stories."""
    rows = [
        {
            "story": one.story,
            "tenant": one.tenant,
            "rev": one.rev,
            "kind": one.kind,
            "said": one.said,
            "who": one.who,
            "item": one.item,
            "other": one.other,
            "at": one.at,
        }
        for one in noted
    ]
    await execute_rows(tx, insert(turns), rows)


async def read_outlet(tx: Transaction, feed: int) -> tuple[str, tuple[int, ...]]:
    """What a feed is called, and the tenants for whom alone it speaks; none: it is the operator's, and is for all."""
    row = (await tx.execute(select(feeds.c.title, feeds.c.url).where(feeds.c.id == feed))).one()
    readers = (await own_readers(tx, [feed])).get(feed, FOR_ALL)
    return row.title or shown_url(row.url), tuple(sorted(readers))


async def tell_turn(tx: Transaction, turn: Turn, change: str, readers: Sequence[int] = ()) -> None:
    """Note a turn that matters: the story's alerts say so, and a short answer under each that was seen.

    `readers`: the tenants for whom alone it holds; none: all. `change`: what the alerts say was changed.
    """
    if readers:
        rev = await raise_alerts(tx, turn.story, readers)
    else:
        rev = await raise_story(tx, turn.story, {"change": change, "changed_at": turn.at})
        await announce(tx, "story", [(turn.story, "alert", rev)])
    await note_turns(tx, [replace(turn, rev=rev, tenant=reader) for reader in readers or (None,)])
    await announce(tx, "story", [(turn.story, change_slot(rev), rev)])


async def has_moved_date(tx: Transaction, story: int, now: datetime) -> bool:
    """Whether a date of a story was moved just now, which those who saw the alert are told."""
    new = deadlines.alias("new_date")
    moved = deadlines.c.story == story, deadlines.c.state == "moved", new.c.said_at == now
    query = select(deadlines.c.id).join(new, new.c.id == deadlines.c.replaced_by).where(*moved).limit(1)
    return (await tx.execute(query)).first() is not None


async def raise_alerts(tx: Transaction, story: int, readers: Collection[int]) -> int:
    """Let a story's alerts be written anew for these tenants; others' stay as they are. The story's revision.

    It goes up for all, so that a later change is newer than this one everywhere.
    """
    rev = await raise_story(tx, story, {})
    here = select(channels.c.id).where(channels.c.tenant.in_(readers))
    is_waiting = cards.c.shown_rev > 0, cards.c.channel.in_(here)
    await tx.execute(update(cards).where(is_alert(story), *is_waiting).values(want_rev=rev))
    return rev


async def raise_story(tx: Transaction, story: int, values: Mapping[str, Any]) -> int:
    """A story's next revision, with these values; its number."""
    raised = update(stories).where(stories.c.id == story).values({"rev": stories.c.rev + 1, **values})
    return int((await tx.execute(raised.returning(stories.c.rev))).scalar_one())


async def told_alone(tx: Transaction, story: int, rev: int) -> frozenset[int]:
    """The tenants for whom alone a story's revision is; none: it is for all."""
    query = select(turns.c.tenant).where(turns.c.story == story, turns.c.rev == rev)
    tenants = set((await tx.execute(query)).scalars())
    return FOR_ALL if None in tenants else frozenset(tenants)


def is_for(story: int, rev: int, tenant: ColumnElement[Any]) -> ColumnElement[bool]:
    """The condition that a tenant is told of the turn that a story's revision brought."""
    at = turns.c.story == story, turns.c.rev == rev, turns.c.kind.in_(TOLD)
    return exists(select(1).where(*at, holds_for(tenant)))


def holds_for(tenant: ColumnElement[Any] | int) -> ColumnElement[bool]:
    """The condition that a turn holds for a tenant, and was not taken back."""
    return turns.c.undone_at.is_(None) & or_(turns.c.tenant.is_(None), turns.c.tenant == tenant)


async def turns_of(tx: Transaction, numbers: Collection[int], tenant: int) -> list[Turn]:
    """What became of these stories as a tenant sees it, the first turn first."""
    query = _turns().where(turns.c.story.in_(numbers), holds_for(tenant)).order_by(turns.c.at, turns.c.id)
    return [read_turn(row) for row in (await tx.execute(query)).all()]


def latest_here(became: Sequence[Turn], since: datetime) -> Turn | None:
    """The last change of a story that is for one tenant alone, if it came after the last one of all."""
    own = [one for one in became if one.kind == "edit" and one.tenant is not None and one.at > since]
    return own[-1] if own else None


def _turns() -> Select[Any]:
    """Turns with the links of their items and the headlines of the other stories."""
    other = stories.alias("other_story")
    joined = turns.outerjoin(items, items.c.id == turns.c.item).outerjoin(other, other.c.id == turns.c.other)
    return select(turns, items.c.url, other.c.headline).select_from(joined)


async def turn_at(tx: Transaction, story: int, rev: int, tenant: int) -> Turn | None:
    """The turn that matters which a story's revision brought, or None where it was taken back."""
    at = turns.c.story == story, turns.c.rev == rev, turns.c.kind.in_(TOLD)
    query = _turns().where(*at, holds_for(tenant)).order_by(turns.c.id.desc()).limit(1)
    row = (await tx.execute(query)).first()
    return None if row is None else read_turn(row)


def read_turn(row: Any) -> Turn:
    """A row of turns."""
    said = row.kind, row.said, row.at, row.who
    return Turn(row.story, row.rev, *said, row.item, row.other, row.tenant, row.id, row.url, row.headline or "")


async def take_back(tx: Transaction, number: int, now: datetime) -> None:
    """A turn holds no more."""
    await tx.execute(update(turns).where(turns.c.id == number).values(undone_at=now))


def is_retracted(tenant: ColumnElement[Any], story: int) -> ColumnElement[bool]:
    """The condition that a tenant's moderators took a story back: nobody there is reminded of its dates."""
    mine = turns.c.story == story, turns.c.kind == "retracted", turns.c.tenant == tenant
    return exists(select(1).where(*mine, turns.c.undone_at.is_(None)))


def is_merged_for(tenant: ColumnElement[Any], story: int) -> ColumnElement[bool]:
    """The condition that a tenant's moderators said that a story is another one: nothing of it is told as its own."""
    mine = turns.c.story == story, turns.c.kind == "merged", turns.c.tenant == tenant
    return exists(select(1).where(*mine, turns.c.undone_at.is_(None)))


def channels_merging(story: int) -> Select[Any]:
    """The channels of the tenants whose moderators said so."""
    mine = turns.c.story == story, turns.c.kind == "merged", turns.c.undone_at.is_(None)
    return select(channels.c.id).join(turns, turns.c.tenant == channels.c.tenant).where(*mine)


async def raise_heirs(tx: Transaction, story: int, alone: Collection[int] = ()) -> None:
    """What is new of a story is new of those as which some tenants see it. `alone`: for whom it is, if not for all."""
    said = turns.c.story == story, turns.c.kind == "merged", turns.c.undone_at.is_(None), turns.c.tenant.is_not(None)
    for row in (await tx.execute(select(turns.c.other, turns.c.tenant).where(*said))).all():
        if not alone or row.tenant in alone:
            await raise_alerts(tx, row.other, [row.tenant])


async def heir_of(tx: Transaction, story: int, tenant: int) -> int:
    """The story as which a tenant sees this one: another where both were found to be one, or its moderators said so."""
    found = (await tx.execute(select(stories.c.merged_into).where(stories.c.id == story))).scalar()
    if found is not None:
        return int(found)
    said = turns.c.story == story, turns.c.kind == "merged", turns.c.tenant == tenant, turns.c.undone_at.is_(None)
    query = select(turns.c.other).where(*said).order_by(turns.c.id.desc()).limit(1)
    return (await tx.execute(query)).scalar() or story


async def told_as(tx: Transaction, story: int, tenant: int) -> list[int]:
    """The stories that a tenant sees as this one: itself and those its moderators merged into it; not those of all."""
    said = turns.c.other == story, turns.c.kind == "merged", turns.c.tenant == tenant, turns.c.undone_at.is_(None)
    return [story, *(await tx.execute(select(turns.c.story).where(*said).order_by(turns.c.id))).scalars()]


async def also_told_as(tx: Transaction, story: int, tenant: int) -> list[int]:
    """The stories that were told apart before it was found that they are this one."""
    merged = (await tx.execute(select(stories.c.id).where(stories.c.merged_into == story))).scalars()
    return sorted({*merged, *(await told_as(tx, story, tenant))[1:]})
