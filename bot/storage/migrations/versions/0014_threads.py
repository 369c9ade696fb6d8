"""What becomes of a story after it was told is kept; what people set right; and by what old words are known again.

Revision ID: 0014
Revises: 0013
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.storage.types import Hash, Id, UtcTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

IS_MERGED = sa.text("merged_into IS NOT NULL")


def upgrade() -> None:
    """Make the tables and the columns; what happened to stories that stand was not noted."""
    op.add_column("items", sa.Column("repeats", Id, nullable=True))
    op.add_column("items", sa.Column("copy_of", Id, nullable=True))
    op.add_column("stories", sa.Column("tenant", Id, nullable=True))
    op.create_index("ix_stories_merged", "stories", ["merged_into"], postgresql_where=IS_MERGED, sqlite_where=IS_MERGED)
    _make_turns()
    _make_cases()
    op.create_table(
        "prints",
        sa.Column("hash", Hash, nullable=False),
        sa.Column("item", Id, nullable=False),
        sa.ForeignKeyConstraint(["item"], ["items.id"], name="fk_prints_item", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("hash", "item", name="pk_prints"),
    )
    op.create_index("ix_prints_item", "prints", ["item"])


def _make_turns() -> None:
    op.create_table(
        "turns",
        sa.Column("id", Id, nullable=False),
        sa.Column("story", Id, nullable=False),
        sa.Column("tenant", Id, nullable=True),
        sa.Column("rev", sa.Integer(), server_default="0", nullable=False),
        *(sa.Column(name, sa.Text(), server_default="", nullable=False) for name in ("kind", "said", "who")),
        sa.Column("item", Id, nullable=True),
        sa.Column("other", Id, nullable=True),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("undone_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(["story"], ["stories.id"], name="fk_turns_story", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tenant"], ["tenants.id"], name="fk_turns_tenant", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_turns"),
    )
    op.create_index("ix_turns_story", "turns", ["story", "rev"])
    op.create_index("ix_turns_other", "turns", ["other"])


def _make_cases() -> None:
    said = ("kind", "person", "said", "summary", "news")
    op.create_table(
        "cases",
        sa.Column("id", Id, nullable=False),
        sa.Column("tenant", Id, nullable=False),
        sa.Column("story", Id, nullable=False),
        *(sa.Column(name, sa.Text(), server_default="", nullable=False) for name in said),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.Column("undone_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(["tenant"], ["tenants.id"], name="fk_cases_tenant", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
    )
    op.create_index("ix_cases_story", "cases", ["story"])
