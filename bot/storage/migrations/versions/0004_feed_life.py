"""How each feed fares: its rhythm, gaps, failures and address; and items that wait for the operator's word.

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.storage.types import UtcTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NUMBERS = ("rhythm_s", "gaps", "burst", "reads", "repairs", "hint_s")
TIMES = ("newest_at", "gapped_at", "held_at", "failing_since", "moved_since", "trouble_at")
WORDS = ("failures", "skip", "via", "trouble")
ADDRESSES = ("moved_to", "address")


def upgrade() -> None:
    """Add the columns and the index of held items."""
    for name in NUMBERS:
        op.add_column("feeds", sa.Column(name, sa.Integer(), server_default="0", nullable=False))
    for name in TIMES:
        op.add_column("feeds", sa.Column(name, UtcTime(), nullable=True))
    for name in WORDS:
        op.add_column("feeds", sa.Column(name, sa.Text(), server_default="", nullable=False))
    for name in ADDRESSES:
        op.add_column("feeds", sa.Column(name, sa.Text(), nullable=True))
    is_held = sa.text("state = 'held'")
    op.create_index("ix_items_held", "items", ["feed"], unique=False, postgresql_where=is_held, sqlite_where=is_held)
