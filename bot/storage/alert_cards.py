"""Which cards are alerts of stories: one condition for all who ask. Reads nothing by itself."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_

from bot.storage.schema import cards


def is_alert(story: ColumnElement[Any] | int | None = None, table: FromClause = cards) -> ColumnElement[bool]:
    """The condition that a row of `cards`, or of an alias of it, is the alert of a story; None: of any story."""
    alert = and_(table.c.subject == "story", table.c.slot == "alert")
    return alert if story is None else and_(alert, table.c.subject_id == story)
