"""The page behind an item is read where its feed has only teasers; more is kept of feeds and items.

Revision ID: 0006
Revises: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.storage.types import Id, UtcTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, and the table of pages to be read."""
    op.add_column("feeds", sa.Column("full_text", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.create_table(
        "articles",
        sa.Column("item", Id, nullable=False),
        sa.Column("host", Id, nullable=False),
        sa.Column("due_at", UtcTime(), nullable=False),
        sa.Column("until", UtcTime(), nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["item"], ["items.id"], name="fk_articles_item", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["host"], ["hosts.id"], name="fk_articles_host"),
        sa.PrimaryKeyConstraint("item", name="pk_articles"),
    )
    op.create_index("ix_articles_host", "articles", ["host"])
    op.add_column("items", sa.Column("date_said", sa.Text(), server_default="", nullable=False))
    op.add_column("feed_uses", sa.Column("channel", Id, nullable=True))
    op.add_column("feeds", sa.Column("repeats", sa.Text(), server_default="", nullable=False))
    op.add_column("feeds", sa.Column("hinted", sa.Text(), server_default="", nullable=False))
    op.add_column("feeds", sa.Column("refusals", sa.Integer(), server_default="0", nullable=False))
    op.add_column("feeds", sa.Column("reader", sa.BigInteger(), nullable=True))
