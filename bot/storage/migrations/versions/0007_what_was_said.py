"""What is kept of items and feeds beside what was made of them.

Revision ID: 0007
Revises: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.storage.types import Id

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    op.add_column("items", sa.Column("date_said", sa.Text(), server_default="", nullable=False))
    op.add_column("feed_uses", sa.Column("channel", Id, nullable=True))
    op.add_column("feeds", sa.Column("repeats", sa.Text(), server_default="", nullable=False))
    op.add_column("feeds", sa.Column("hinted", sa.Text(), server_default="", nullable=False))
    op.add_column("feeds", sa.Column("refusals", sa.Integer(), server_default="0", nullable=False))
    op.add_column("feeds", sa.Column("reader", sa.BigInteger(), nullable=True))
