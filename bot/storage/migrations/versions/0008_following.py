"""Items are found by their words; stories have a weight; subscriptions have options; stories and sources are muted.

Revision ID: 0008
Revises: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.storage.fulltext import SQLITE_INDEX, index_all
from bot.storage.types import Id, UtcTime, Words

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and tables, and look through what is stored."""
    op.add_column("stories", sa.Column("weight", sa.Integer(), server_default="0", nullable=False))
    op.add_column("subscriptions", sa.Column("least", sa.Integer(), server_default="0", nullable=False))
    op.add_column("subscriptions", sa.Column("ping", sa.Text(), server_default="", nullable=False))
    op.add_column("topics", sa.Column("examples", sa.Text(), server_default="", nullable=False))
    _make_mutes()
    op.create_table(
        "item_words",
        sa.Column("item", Id, nullable=False),
        sa.Column("words", Words(), nullable=False),
        sa.ForeignKeyConstraint(["item"], ["items.id"], name=op.f("fk_item_words_item"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("item", name=op.f("pk_item_words")),
    )
    if op.get_bind().dialect.name == "sqlite":
        for statement in SQLITE_INDEX:
            op.execute(statement)
    else:
        op.create_index("ix_item_words_words", "item_words", ["words"], postgresql_using="gin")
    index_all(op.get_bind())


def _make_mutes() -> None:
    op.create_table(
        "mutes",
        sa.Column("id", Id, nullable=False),
        sa.Column("channel", Id, nullable=False),
        sa.Column("story", Id, server_default="0", nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("created_by", Id, nullable=True),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("until", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(["channel"], ["channels.id"], name=op.f("fk_mutes_channel"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mutes")),
        sa.UniqueConstraint("channel", "story", "source", name=op.f("uq_mutes_channel_story_source")),
    )
    op.create_index("ix_mutes_subject", "mutes", ["story", "source"], unique=False)
