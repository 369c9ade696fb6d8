"""Items wait in two rows: news, and behind it what was there at a feed's first sight.

Revision ID: 0010
Revises: 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index anew, in the order in which intake reads."""
    waiting = sa.text("state <> 'taken'")
    op.drop_index("ix_items_waiting", "items")
    op.create_index("ix_items_waiting", "items", ["silent", "id"], sqlite_where=waiting, postgresql_where=waiting)
