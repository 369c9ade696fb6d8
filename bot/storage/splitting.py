"""A story that was two, in rows: some of its items go to a story of their own, which says where it comes from.

Where others see the story, too, that is done for one tenant alone: the new story is its, with copies of the items.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, insert, select, update

from bot.core.stories.names import story_name
from bot.storage.announcing import announce
from bot.storage.database import Transaction
from bot.storage.live_queries import MOVED_ITEMS, note_change
from bot.storage.schema import deadlines, gists, items, matches, stories
from bot.storage.tellings import open_dates, settle_dates
from bot.storage.turns import Turn, note_turns, raise_alerts

COPIED = ("feed", "link_hash", "url", "title", "text", "lang", "published_at", "date_said", "seen_at", "content_hash")


@dataclass(frozen=True, slots=True)
class Speaker:
    """How a story reads by the item that speaks for it: number, headline, summary, link, language and text."""

    item: int
    headline: str
    summary: str
    url: str | None
    lang: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Split:
    """A story, the items that leave it, how those and the rest read, and the queries that those match.

    `tenant`: for whom alone; None: for all. `dates`: the rows of dates that only the leaving items say.
    """

    story: int
    items: tuple[int, ...]
    leaving: Speaker
    staying: Speaker
    queries: tuple[int, ...]
    dates: tuple[int, ...] = ()
    tenant: int | None = None


async def split_story(tx: Transaction, split: Split, now: datetime) -> int:
    """Give the items a story of their own, which is told as new wherever it is wanted. Its number."""
    number = await _open(tx, split, now)
    if split.tenant is None:
        for table, column in ((items, items.c.id), (gists, gists.c.item)):
            await tx.execute(update(table).where(column.in_(split.items)).values(story=number))
        await tx.execute(update(deadlines).where(deadlines.c.id.in_(split.dates)).values(story=number))
        await note_change(tx, MOVED_ITEMS)
    else:
        await _copy_items(tx, split, number)
    if split.queries:
        await tx.execute(insert(matches), [{"story": number, "query": query} for query in split.queries])
    rev = await _alter_old(tx, split, number, now)
    turns = [
        Turn(number, 1, "split", "split from another story", now, other=split.story, tenant=split.tenant),
        Turn(split.story, rev, "parted", f"split: {story_name(number)}", now, other=number, tenant=split.tenant),
    ]
    await note_turns(tx, turns)
    await announce(tx, "story", [(number, "alert", 1)])
    if split.tenant is None:
        await settle_dates(tx, await open_dates(tx, {split.story, number}), (), now)
    return number


async def _open(tx: Transaction, split: Split, now: datetime) -> int:
    weight = select(stories.c.weight).where(stories.c.id == split.story).scalar_subquery()
    told = split.leaving
    row = {
        "headline": told.headline,
        "summary": told.summary,
        "url": told.url,
        "lang": told.lang,
        "lead": told.item,
        "weight": weight,
        "tenant": split.tenant,
        "opened_at": now,
        "changed_at": now,
    }
    return int((await tx.execute(insert(stories).values(row).returning(stories.c.id))).scalar_one())


async def _copy_items(tx: Transaction, split: Split, number: int) -> None:
    """The items as the tenant sees them; the lead of the new story is one of these."""
    rows = (await tx.execute(select(items).where(items.c.id.in_(split.items)).order_by(items.c.id))).all()
    for row in rows:
        kept = {name: getattr(row, name) for name in COPIED}
        copy = {**kept, "edits": row.edits, "story": number, "state": "taken", "copy_of": row.id}
        made = (await tx.execute(insert(items).values(copy).returning(items.c.id))).scalar_one()
        is_lead = stories.c.id == number, stories.c.lead == row.id
        await tx.execute(update(stories).where(*is_lead).values(lead=made))


async def _alter_old(tx: Transaction, split: Split, number: int, now: datetime) -> int:
    """The story without what left it: its alerts are edited. Its revision."""
    mine, rest = stories.c.id == split.story, split.staying
    if split.tenant is not None:
        return await raise_alerts(tx, split.story, [split.tenant])
    has_left = stories.c.lead.in_(split.items)
    reads = {"headline": rest.headline, "summary": rest.summary, "url": rest.url, "lang": rest.lang, "lead": rest.item}
    values = {name: case((has_left, value), else_=getattr(stories.c, name)) for name, value in reads.items()}
    said = {"change": f"split: {story_name(number)}", "changed_at": now, "rev": stories.c.rev + 1}
    altered = update(stories).where(mine).values({**values, **said}).returning(stories.c.rev)
    rev = int((await tx.execute(altered)).scalar_one())
    await announce(tx, "story", [(split.story, "alert", rev)])
    return rev
