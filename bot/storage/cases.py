"""What people set right, kept whole: what a story's news was and what they said of it. Sets nothing right itself."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from bot.storage.database import Transaction
from bot.storage.schema import cases, feeds, items, stories

MOST = 1_000
"""The newest cases that are tried again."""


@dataclass(frozen=True, slots=True)
class Case:
    """One case. `kind`: retract, split, merge or summary; `news`: a row for each item, those meant with `part` 2."""

    id: int
    story: int
    kind: str
    said: str
    summary: str
    news: tuple[Mapping[str, Any], ...]
    made_at: datetime


async def keep_case(
    tx: Transaction, story: int, tenant: int, kind: str, person: str, said: str, parts: Mapping[int, int], now: datetime
) -> None:
    """Keep a case. `parts`: items, each with the part of the news it belongs to, 1 or 2; `said`: as it was typed."""
    summary = (await tx.execute(select(stories.c.summary).where(stories.c.id == story))).scalar()
    news = await _read_news(tx, parts)
    row = {"story": story, "tenant": tenant, "kind": kind, "person": person, "said": said, "summary": summary or "",
           "news": json.dumps(news, ensure_ascii=False), "made_at": now}  # fmt: skip
    await tx.execute(insert(cases).values(row))


async def _read_news(tx: Transaction, parts: Mapping[int, int]) -> list[dict[str, Any]]:
    query = (
        select(items, feeds.c.title.label("outlet"), feeds.c.tier)
        .join_from(items, feeds, feeds.c.id == items.c.feed)
        .where(items.c.id.in_(parts))
        .order_by(items.c.id)
    )
    return [
        {
            "id": row.id,
            "part": parts[row.id],
            "published": (row.published_at or row.seen_at).isoformat(),
            "outlet": row.outlet,
            "tier": row.tier,
            "url": row.url,
            "title": row.title,
            "text": row.text,
            "lang": row.lang or "",
        }
        for row in (await tx.execute(query)).all()
    ]


async def undo_case(tx: Transaction, story: int, tenant: int, kind: str, now: datetime) -> None:
    """What was said of a story was taken back: it is no case any more."""
    mine = cases.c.story == story, cases.c.tenant == tenant, cases.c.kind == kind, cases.c.undone_at.is_(None)
    await tx.execute(update(cases).where(*mine).values(undone_at=now))


async def read_cases(tx: Transaction) -> Sequence[Case]:
    """The cases that stand, oldest first."""
    query = select(cases).where(cases.c.undone_at.is_(None)).order_by(cases.c.id.desc()).limit(MOST)
    rows = reversed((await tx.execute(query)).all())
    return [
        Case(row.id, row.story, row.kind, row.said, row.summary, tuple(json.loads(row.news)), row.made_at)
        for row in rows
    ]
