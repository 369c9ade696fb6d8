"""Time as grouping counts it. Pure arithmetic."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def hours_of(moment: datetime) -> float:
    """Hours since 1970; the same number from the row as from the item."""
    return (moment - EPOCH) / timedelta(hours=1)
