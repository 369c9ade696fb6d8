"""Feeds, items, stories and what they match."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.storage.types import Id, UtcTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "hosts",
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("ready_at", UtcTime(), nullable=False),
        sa.Column("gap_s", sa.Float(), nullable=True),
        sa.Column("holder", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hosts")),
        sa.UniqueConstraint("name", name=op.f("uq_hosts_name")),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("until", UtcTime(), nullable=False),
        sa.Column("fence", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
    op.create_index(op.f("ix_leases_holder"), "leases", ["holder"], unique=False)
    op.create_table(
        "queries",
        sa.Column("id", Id, nullable=False),
        sa.Column("expr", sa.Text(), server_default="", nullable=False),
        sa.Column("expr_hash", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queries")),
        sa.UniqueConstraint("expr_hash", name=op.f("uq_queries_expr_hash")),
    )
    op.create_table(
        "stories",
        sa.Column("id", Id, nullable=False),
        sa.Column("rev", sa.Integer(), server_default="1", nullable=False),
        sa.Column("headline", sa.Text(), server_default="", nullable=False),
        sa.Column("summary", sa.Text(), server_default="", nullable=False),
        sa.Column("change", sa.Text(), server_default="", nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("lang", sa.Text(), nullable=True),
        sa.Column("parent", Id, nullable=True),
        sa.Column("merged_into", Id, nullable=True),
        sa.Column("silent", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("opened_at", UtcTime(), nullable=False),
        sa.Column("changed_at", UtcTime(), nullable=False),
        sa.Column("closes_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stories")),
    )
    op.create_index(op.f("ix_stories_opened_at"), "stories", ["opened_at"], unique=False)
    op.create_table(
        "deadlines",
        sa.Column("id", Id, nullable=False),
        sa.Column("story", Id, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("precision", sa.Text(), server_default="day", nullable=False),
        sa.Column("type", sa.Text(), server_default="deadline", nullable=False),
        sa.Column("what", sa.Text(), server_default="", nullable=False),
        sa.Column("who", sa.Text(), server_default="", nullable=False),
        sa.Column("evidence", sa.Text(), server_default="", nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("rev", sa.Integer(), server_default="1", nullable=False),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.ForeignKeyConstraint(["story"], ["stories.id"], name=op.f("fk_deadlines_story"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadlines")),
        sa.UniqueConstraint("story", "due_on", "type", name=op.f("uq_deadlines_story_due_on_type")),
    )
    op.create_index("ix_deadlines_story", "deadlines", ["story"], unique=False)
    op.create_table(
        "feeds",
        sa.Column("id", Id, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("host", Id, nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("lang", sa.Text(), nullable=True),
        sa.Column("tier", sa.Integer(), server_default="2", nullable=False),
        sa.Column("zone", sa.Text(), nullable=True),
        sa.Column("interval_s", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_poll_at", UtcTime(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("body_hash", sa.BigInteger(), nullable=True),
        sa.Column("id_rule", sa.Text(), server_default="guid+link", nullable=False),
        sa.Column("seeded_at", UtcTime(), nullable=True),
        sa.Column("error_class", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.Column("errors", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_ok_at", UtcTime(), nullable=True),
        sa.Column("last_new_at", UtcTime(), nullable=True),
        sa.Column("state", sa.Text(), server_default="active", nullable=False),
        sa.ForeignKeyConstraint(["host"], ["hosts.id"], name=op.f("fk_feeds_host")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feeds")),
        sa.UniqueConstraint("url", name=op.f("uq_feeds_url")),
    )
    op.create_index(
        "ix_feeds_due",
        "feeds",
        ["host", "next_poll_at"],
        unique=False,
        postgresql_where=sa.text("state = 'active'"),
        sqlite_where=sa.text("state = 'active'"),
    )
    op.create_index(
        "ix_feeds_next",
        "feeds",
        ["next_poll_at"],
        unique=False,
        postgresql_where=sa.text("state = 'active'"),
        sqlite_where=sa.text("state = 'active'"),
    )
    op.create_table(
        "matches",
        sa.Column("story", Id, nullable=False),
        sa.Column("query", Id, nullable=False),
        sa.ForeignKeyConstraint(["query"], ["queries.id"], name=op.f("fk_matches_query"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["story"], ["stories.id"], name=op.f("fk_matches_story"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("story", "query", name=op.f("pk_matches")),
    )
    op.create_index(op.f("ix_matches_query"), "matches", ["query"], unique=False)
    op.create_table(
        "item_keys",
        sa.Column("feed", Id, nullable=False),
        sa.Column("key_hash", sa.BigInteger(), nullable=False),
        sa.Column("item", Id, nullable=True),
        sa.Column("last_seen", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["feed"], ["feeds.id"], name=op.f("fk_item_keys_feed"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("feed", "key_hash", name=op.f("pk_item_keys")),
    )
    op.create_table(
        "items",
        sa.Column("id", Id, nullable=False),
        sa.Column("feed", Id, nullable=False),
        sa.Column("link_hash", sa.BigInteger(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("lang", sa.Text(), nullable=True),
        sa.Column("published_at", UtcTime(), nullable=True),
        sa.Column("seen_at", UtcTime(), nullable=False),
        sa.Column("content_hash", sa.BigInteger(), nullable=False),
        sa.Column("edits", sa.Integer(), server_default="0", nullable=False),
        sa.Column("story", Id, nullable=True),
        sa.Column("silent", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("state", sa.Text(), server_default="new", nullable=False),
        sa.ForeignKeyConstraint(["feed"], ["feeds.id"], name=op.f("fk_items_feed"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_items")),
    )
    op.create_index(op.f("ix_items_seen_at"), "items", ["seen_at"], unique=False)
    op.create_index(op.f("ix_items_story"), "items", ["story"], unique=False)
    op.create_index(
        "ix_items_waiting",
        "items",
        ["id"],
        unique=False,
        postgresql_where=sa.text("state <> 'taken'"),
        sqlite_where=sa.text("state <> 'taken'"),
    )
