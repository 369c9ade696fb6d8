"""The one writer of `announcements`: what is to be told, beside its cause in one transaction. Routes nothing."""

from __future__ import annotations

from collections.abc import Iterable

from bot.storage.database import Transaction
from bot.storage.schema import announcements
from bot.storage.upsert import execute_rows, insert_or


async def announce(tx: Transaction, subject: str, told: Iterable[tuple[int, str, int]]) -> None:
    """Announce these: number of a `story` or `deadline`, slot, revision. What is announced already stays as it is."""
    rows = [{"subject": subject, "subject_id": number, "slot": slot, "rev": rev} for number, slot, rev in told]
    await execute_rows(tx, insert_or(tx, announcements).on_conflict_do_nothing(), rows)
