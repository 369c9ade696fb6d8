"""Channels have digests, quiet hours and a least flood; an alert may wait for others, and a post may be a list.

Revision ID: 0015
Revises: 0014
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.storage.types import UtcTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and indexes; what waits and what was shown stands by itself, as before."""
    for name in ("digest", "quiet"):
        op.add_column("channels", sa.Column(name, sa.Text(), server_default="", nullable=False))
    op.add_column("channels", sa.Column("flood", sa.Integer(), server_default="12", nullable=False))
    op.add_column("channels", sa.Column("next_digest_at", UtcTime(), nullable=True))
    op.add_column("cards", sa.Column("bundle", sa.Text(), server_default="", nullable=False))
    op.add_column("posts", sa.Column("form", sa.Text(), server_default="", nullable=False))
    has_one = sa.text("next_digest_at IS NOT NULL")
    op.create_index(
        "ix_channels_digest", "channels", ["next_digest_at"], sqlite_where=has_one, postgresql_where=has_one
    )
    op.create_index("ix_posts_channel", "posts", ["channel", "id"])
