"""What a feed's last page held, so that only what is new on the next one is read.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.storage.types import UtcTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    op.add_column("feeds", sa.Column("window", sa.Text(), server_default="", nullable=False))
    op.add_column("feeds", sa.Column("whole_at", UtcTime(), nullable=True))
