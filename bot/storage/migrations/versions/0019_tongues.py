"""A channel chooses how much its alerts say, and in which language; topics have titles in several.

Revision ID: 0019
Revises: 0016
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the columns; channels go on as they were, in full and in English."""
    op.add_column("channels", sa.Column("style", sa.Text(), server_default="full", nullable=False))
    op.add_column("channels", sa.Column("locale", sa.Text(), server_default="en", nullable=False))
    op.add_column("topics", sa.Column("titles", sa.Text(), server_default="", nullable=False))
