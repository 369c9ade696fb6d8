"""A story may match a query by a tenant's own feed alone, which is for those who hear that feed.

Revision ID: 0020
Revises: 0019
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.storage.types import Id

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column; nobody knows any more by which items older stories match: they do for all."""
    op.add_column("matches", sa.Column("feed", Id, nullable=True))
