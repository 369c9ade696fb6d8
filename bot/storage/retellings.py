"""What a language model made of a story's words, or that it was asked. Asks nobody, judges nothing.

A row is written before the model is asked, so a process that dies in between costs one summary and never a second
question. It holds for the summary it was written for: where the source changes that, it counts for nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, or_, select, update

from bot.storage.announcing import announce
from bot.storage.database import Transaction
from bot.storage.deadlines import is_told_publicly
from bot.storage.readers import is_kept_from
from bot.storage.schema import cards, items, retellings, stories
from bot.storage.turns import Turn, note_turns
from bot.storage.upsert import insert_or


@dataclass(frozen=True, slots=True)
class Wanted:
    """A story that is shown and not yet told by the model: its own words, and the text that they are of."""

    story: int
    headline: str
    summary: str
    text: str


async def claim_story(
    tx: Transaction, now: datetime, since: datetime, asked_since: datetime, most: int
) -> Wanted | None:
    """The oldest story opened after `since` that a channel shows and the model was not asked about as it stands now.

    It is noted as asked. None, too, where `most` were asked after `asked_since`. What only a tenant's own feeds told is
    theirs, and is shown to no model.
    """
    asked = select(func.count()).select_from(retellings).where(retellings.c.asked_at > asked_since)
    if (await tx.execute(asked)).scalar_one() >= most:
        return None
    shown = exists(select(1).where(cards.c.subject == "story", cards.c.subject_id == stories.c.id))
    query = (
        select(stories.c.id, stories.c.headline, stories.c.summary, items.c.text)
        .join(items, items.c.id == stories.c.lead)
        .outerjoin(retellings, retellings.c.story == stories.c.id)
        .where(stories.c.opened_at > since, stories.c.summary != "", shown, is_told_publicly())
        .where(~is_kept_from(items.c.feed, None))
        .where(or_(retellings.c.story.is_(None), retellings.c.summary != stories.c.summary))
        .order_by(stories.c.id)
        .limit(1)
    )
    row = (await tx.execute(query)).first()
    if row is None:
        return None
    note = {"summary": row.summary, "told": "", "asked_at": now}
    statement = insert_or(tx, retellings).values(story=row.id, **note)
    await tx.execute(statement.on_conflict_do_update(index_elements=["story"], set_=note))
    return Wanted(row.id, row.headline, row.summary, row.text or "")


async def keep_retelling(tx: Transaction, wanted: Wanted, told: str, change: str, now: datetime) -> bool:
    """Show this in place of the summary, as an edit of every alert. False: the source changed its words meanwhile."""
    stands = stories.c.id == wanted.story, stories.c.summary == wanted.summary
    values = {"rev": stories.c.rev + 1, "change": change, "changed_at": now}
    rev = (await tx.execute(update(stories).where(*stands).values(values).returning(stories.c.rev))).scalar()
    if rev is None:
        return False
    await tx.execute(update(retellings).where(retellings.c.story == wanted.story).values(told=told))
    await note_turns(tx, [Turn(wanted.story, rev, "edit", change, now)])
    await announce(tx, "story", [(wanted.story, "alert", rev)])
    return True
