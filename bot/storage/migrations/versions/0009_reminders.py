"""A date has steps of its own, an end, and reminders; a channel has a ladder.

Revision ID: 0009
Revises: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.storage.types import Id, UtcTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the table; dates still ahead are looked at with the next tick."""
    op.add_column("channels", sa.Column("ladder", sa.Text(), server_default="", nullable=False))
    with op.batch_alter_table("deadlines") as table:
        for column in (
            sa.Column("tenant", Id, nullable=True),
            sa.Column("copy_of", Id, nullable=True),
            sa.Column("due_time", sa.Text(), nullable=True),
            sa.Column("due_zone", sa.Text(), nullable=True),
            sa.Column("replaced_by", Id, nullable=True),
            sa.Column("answered_by", Id, nullable=True),
            sa.Column("steps", sa.Text(), server_default="", nullable=False),
            sa.Column("next_step_at", UtcTime(), nullable=True),
        ):
            table.add_column(column)
        table.create_foreign_key("fk_deadlines_tenant", "tenants", ["tenant"], ["id"], ondelete="CASCADE")
        table.drop_constraint("uq_deadlines_story_due_on_type", type_="unique")
    op.execute("UPDATE deadlines SET next_step_at = CURRENT_TIMESTAMP WHERE state = 'open' AND due_on >= CURRENT_DATE")
    _index("ix_deadlines_next", ["next_step_at"], "next_step_at IS NOT NULL")
    _index("uq_deadlines_told", ["story", "due_on", "type"], "tenant IS NULL", unique=True)
    op.create_index("ix_deadlines_tenant", "deadlines", ["tenant", "copy_of"])
    op.create_index("ix_deadlines_due", "deadlines", ["due_on"])
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


def _index(name: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    some = sa.text(where)
    op.create_index(name, "deadlines", columns, unique=unique, postgresql_where=some, sqlite_where=some)
