"""What each item says of dates is kept, so that several sources of a story can be held together.

Revision ID: 0016
Revises: 0015
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.storage.types import Id

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and the columns; dates found before count as told by one source."""
    op.create_table(
        "tellings",
        sa.Column("item", Id, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("type", sa.Text(), server_default="", nullable=False),
        sa.Column("what", sa.Text(), server_default="", nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["item"], ["items.id"], name="fk_tellings_item", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("item", "due_on", "type", name="pk_tellings"),
    )
    op.add_column("deadlines", sa.Column("sources", sa.Integer(), server_default="1", nullable=False))
    op.add_column("deadlines", sa.Column("sayings", sa.Text(), server_default="", nullable=False))
