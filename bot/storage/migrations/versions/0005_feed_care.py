"""A feed is paused for one of its users alone; a web page is watched like a feed.

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    op.add_column("feed_uses", sa.Column("state", sa.Text(), server_default="active", nullable=False))
    op.add_column("feeds", sa.Column("recipe", sa.Text(), server_default="", nullable=False))
