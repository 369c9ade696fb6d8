"""What a story is linked with, as one tenant may see it: what it follows, what follows it, and what was split."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from bot.storage.archive import is_visible_to
from bot.storage.database import Transaction
from bot.storage.schema import stories
from bot.storage.turns import told_as, turns_of

MOST_FOLLOWING = 10


@dataclass(frozen=True, slots=True)
class Linked:
    """Another story. `how` it is linked: `Follows`, `Followed by`, `Split from` or `Split off`."""

    how: str
    story: int
    headline: str


async def linked_stories(tx: Transaction, story: int, tenant: int) -> list[Linked]:
    """The stories that this one is linked with: the one before first, then those after in their order."""
    parent = select(stories.c.parent).where(stories.c.id == story).scalar_subquery()
    before = await _heads(tx, stories.c.id == parent, tenant)
    after = await _heads(tx, (stories.c.parent == story) & stories.c.merged_into.is_(None), tenant)
    split = [turn for turn in await turns_of(tx, await told_as(tx, story, tenant), tenant) if turn.kind in SPLIT]
    return [
        *(Linked("Follows", number, headline) for number, headline in before),
        *(Linked("Followed by", number, headline) for number, headline in after),
        *(Linked(SPLIT[turn.kind], turn.other, turn.headline) for turn in split if turn.other is not None),
    ]


SPLIT = {"split": "Split from", "parted": "Split off"}


async def _heads(tx: Transaction, condition: ColumnElement[bool], tenant: int) -> list[tuple[int, str]]:
    query = select(stories.c.id, stories.c.headline).where(condition, is_visible_to(tenant))
    rows = await tx.execute(query.order_by(stories.c.id).limit(MOST_FOLLOWING))
    return [(row.id, row.headline) for row in rows.all()]
