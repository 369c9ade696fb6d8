"""Items are grouped into stories: what is compared of each, and which item speaks for a story.

Revision ID: 0012
Revises: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.storage.types import Hash, Id, UtcTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and the column; what was taken in before is grouped with nothing."""
    op.add_column("stories", sa.Column("lead", Id, nullable=True))
    op.create_table(
        "gists",
        sa.Column("id", Id, nullable=False),
        sa.Column("item", Id, nullable=False),
        sa.Column("story", Id, nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("link", Hash, nullable=False),
        sa.Column("title", Hash, nullable=False),
        sa.Column("sketch", sa.Text(), server_default="", nullable=False),
        sa.Column("gist", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["item"], ["items.id"], name="fk_gists_item", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_gists"),
        sa.UniqueConstraint("item", name="uq_gists_item"),
    )
    op.create_index("ix_gists_at", "gists", ["at"])
