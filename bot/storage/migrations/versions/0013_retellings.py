"""Summaries by a language model of the operator's.

Revision ID: 0013
Revises: 0012
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.storage.types import Id, UtcTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "retellings",
        sa.Column("story", Id, nullable=False),
        sa.Column("summary", sa.Text(), server_default="", nullable=False),
        sa.Column("told", sa.Text(), server_default="", nullable=False),
        sa.Column("asked_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["story"], ["stories.id"], name="fk_retellings_story", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("story", name="pk_retellings"),
    )
    op.create_index("ix_retellings_asked_at", "retellings", ["asked_at"])
