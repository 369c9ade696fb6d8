"""A date has steps of its own, an end, and reminders; a channel has a ladder.

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
    """Add the columns and the table; dates still ahead are looked at with the next tick."""
    op.add_column("channels", sa.Column("ladder", sa.Text(), server_default="", nullable=False))
    for column in (
        sa.Column("replaced_by", Id, nullable=True),
        sa.Column("answered_by", Id, nullable=True),
        sa.Column("steps", sa.Text(), server_default="", nullable=False),
        sa.Column("next_step_at", UtcTime(), nullable=True),
    ):
        op.add_column("deadlines", column)
    op.execute("UPDATE deadlines SET next_step_at = CURRENT_TIMESTAMP WHERE state = 'open' AND due_on >= CURRENT_DATE")
    waiting = sa.text("next_step_at IS NOT NULL")
    op.create_index("ix_deadlines_next", "deadlines", ["next_step_at"], postgresql_where=waiting, sqlite_where=waiting)
    op.create_table(
        "reminders",
        sa.Column("id", Id, nullable=False),
        sa.Column("person", Id, nullable=False),
        sa.Column("channel", Id, nullable=False),
        sa.Column("deadline", Id, nullable=True),
        sa.Column("story", Id, nullable=True),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("due_at", UtcTime(), nullable=False),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_reminders_person", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["channel"], ["channels.id"], name="fk_reminders_channel", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_reminders"),
    )
    op.create_index("ix_reminders_deadline", "reminders", ["deadline"])
    op.create_index("ix_reminders_person", "reminders", ["person", "due_at"])
