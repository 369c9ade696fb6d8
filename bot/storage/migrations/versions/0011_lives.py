"""A date knows when its day was said, and by which later story; stories that stand are not read again for dates.

Revision ID: 0011
Revises: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.storage.types import Id, UtcTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; of dates that stand it is not known, and their alerts say when they were told."""
    op.add_column("deadlines", sa.Column("said_at", UtcTime(), nullable=True))
    op.add_column("deadlines", sa.Column("told_by", Id, nullable=True))
    is_open = sa.text("state = 'open'")
    op.create_index("ix_deadlines_open", "deadlines", ["due_on"], postgresql_where=is_open, sqlite_where=is_open)
    op.execute("INSERT INTO versions (name, number) SELECT 'read for outcomes', COALESCE(MAX(id), 0) FROM stories")
