"""Where people are, what they follow, and what they were shown."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.storage.types import Id, UtcTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "accounts",
        sa.Column("id", Id, nullable=False),
        sa.Column("platform", sa.Text(), server_default="", nullable=False),
        sa.Column("remote_id", sa.Text(), server_default="", nullable=False),
        sa.Column("sync_token", sa.Text(), nullable=True),
        sa.Column("paused_until", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("platform", "remote_id", name=op.f("uq_accounts_platform_remote_id")),
    )
    op.create_table(
        "announcements",
        sa.Column("id", Id, nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("subject_id", Id, nullable=False),
        sa.Column("slot", sa.Text(), server_default="", nullable=False),
        sa.Column("rev", sa.Integer(), server_default="1", nullable=False),
        sa.Column("cursor", Id, server_default="0", nullable=False),
        sa.Column("done_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcements")),
        sa.UniqueConstraint(
            "subject", "subject_id", "slot", "rev", name=op.f("uq_announcements_subject_subject_id_slot_rev")
        ),
    )
    op.create_index(
        "ix_announcements_waiting",
        "announcements",
        ["id"],
        unique=False,
        postgresql_where=sa.text("done_at IS NULL"),
        sqlite_where=sa.text("done_at IS NULL"),
    )
    op.create_table(
        "notices",
        sa.Column("id", Id, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("body", sa.Text(), server_default="", nullable=False),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("key", name=op.f("uq_notices_key")),
    )
    op.create_table(
        "people",
        sa.Column("id", Id, nullable=False),
        sa.Column("platform", sa.Text(), server_default="", nullable=False),
        sa.Column("remote_id", sa.Text(), server_default="", nullable=False),
        sa.Column("locale", sa.Text(), server_default="en", nullable=False),
        sa.Column("zone", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("platform", "remote_id", name=op.f("uq_people_platform_remote_id")),
    )
    op.create_table(
        "inbox",
        sa.Column("account", Id, nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("reply", sa.Text(), server_default="", nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name=op.f("fk_inbox_account"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account", "event", name=op.f("pk_inbox")),
    )
    op.create_index(op.f("ix_inbox_at"), "inbox", ["at"], unique=False)
    op.create_table(
        "tenants",
        sa.Column("id", Id, nullable=False),
        sa.Column("account", Id, nullable=False),
        sa.Column("remote_id", sa.Text(), server_default="", nullable=False),
        sa.Column("locale", sa.Text(), server_default="en", nullable=False),
        sa.Column("zone", sa.Text(), server_default="UTC", nullable=False),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name=op.f("fk_tenants_account"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenants")),
        sa.UniqueConstraint("account", "remote_id", name=op.f("uq_tenants_account_remote_id")),
    )
    op.create_table(
        "channels",
        sa.Column("id", Id, nullable=False),
        sa.Column("tenant", Id, nullable=False),
        sa.Column("remote_id", sa.Text(), server_default="", nullable=False),
        sa.Column("person", Id, nullable=True),
        sa.Column("zone", sa.Text(), server_default="UTC", nullable=False),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.Column("ready_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["tenant"], ["tenants.id"], name=op.f("fk_channels_tenant"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channels")),
        sa.UniqueConstraint("tenant", "remote_id", name=op.f("uq_channels_tenant_remote_id")),
    )
    op.create_table(
        "feed_uses",
        sa.Column("id", Id, nullable=False),
        sa.Column("feed", Id, nullable=False),
        sa.Column("tenant", Id, nullable=True),
        sa.ForeignKeyConstraint(["feed"], ["feeds.id"], name=op.f("fk_feed_uses_feed"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tenant"], ["tenants.id"], name=op.f("fk_feed_uses_tenant"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_uses")),
        sa.UniqueConstraint("feed", "tenant", name=op.f("uq_feed_uses_feed_tenant")),
    )
    op.create_index(op.f("ix_feed_uses_tenant"), "feed_uses", ["tenant"], unique=False)
    op.create_index(
        "uq_feed_uses_operator",
        "feed_uses",
        ["feed"],
        unique=True,
        postgresql_where=sa.text("tenant IS NULL"),
        sqlite_where=sa.text("tenant IS NULL"),
    )
    op.create_table(
        "topics",
        sa.Column("id", Id, nullable=False),
        sa.Column("tenant", Id, nullable=True),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("query", Id, nullable=False),
        sa.ForeignKeyConstraint(["query"], ["queries.id"], name=op.f("fk_topics_query"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tenant"], ["tenants.id"], name=op.f("fk_topics_tenant"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topics")),
        sa.UniqueConstraint("tenant", "name", name=op.f("uq_topics_tenant_name")),
    )
    op.create_index(
        "uq_topics_shipped",
        "topics",
        ["name"],
        unique=True,
        postgresql_where=sa.text("tenant IS NULL"),
        sqlite_where=sa.text("tenant IS NULL"),
    )
    op.create_table(
        "cards",
        sa.Column("id", Id, nullable=False),
        sa.Column("channel", Id, nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("subject_id", Id, nullable=False),
        sa.Column("slot", sa.Text(), server_default="", nullable=False),
        sa.Column("want_rev", sa.Integer(), server_default="1", nullable=False),
        sa.Column("shown_rev", sa.Integer(), server_default="0", nullable=False),
        sa.Column("prio", sa.Integer(), server_default="0", nullable=False),
        sa.Column("due_at", UtcTime(), nullable=False),
        sa.Column("expires_at", UtcTime(), nullable=True),
        sa.Column("post", Id, nullable=True),
        sa.Column("shown_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(["channel"], ["channels.id"], name=op.f("fk_cards_channel"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cards")),
        sa.UniqueConstraint(
            "channel", "subject", "subject_id", "slot", name=op.f("uq_cards_channel_subject_subject_id_slot")
        ),
    )
    op.create_index(
        "ix_cards_due",
        "cards",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("want_rev > shown_rev"),
        sqlite_where=sa.text("want_rev > shown_rev"),
    )
    op.create_index("ix_cards_subject", "cards", ["subject", "subject_id", "slot"], unique=False)
    op.create_index(
        "ix_cards_waiting",
        "cards",
        ["channel", "due_at"],
        unique=False,
        postgresql_where=sa.text("want_rev > shown_rev"),
        sqlite_where=sa.text("want_rev > shown_rev"),
    )
    op.create_table(
        "posts",
        sa.Column("id", Id, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("channel", Id, nullable=False),
        sa.Column("op", sa.Text(), server_default="", nullable=False),
        sa.Column("of_post", Id, nullable=True),
        sa.Column("payload", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.Column("in_doubt", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("holder", sa.Text(), nullable=True),
        sa.Column("made_at", UtcTime(), nullable=True),
        sa.Column("settled_at", UtcTime(), nullable=True),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["channel"], ["channels.id"], name=op.f("fk_posts_channel"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
        sa.UniqueConstraint("key", name=op.f("uq_posts_key")),
    )
    op.create_index("ix_posts_settled", "posts", ["settled_at"], unique=False)
    op.create_index(
        "uq_posts_in_flight",
        "posts",
        ["channel"],
        unique=True,
        postgresql_where=sa.text("state = 'open'"),
        sqlite_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "subscriptions",
        sa.Column("id", Id, nullable=False),
        sa.Column("query", Id, nullable=False),
        sa.Column("channel", Id, nullable=False),
        sa.Column("created_by", Id, nullable=True),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("filters", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["channel"], ["channels.id"], name=op.f("fk_subscriptions_channel"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["query"], ["queries.id"], name=op.f("fk_subscriptions_query"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriptions")),
        sa.UniqueConstraint("query", "channel", name=op.f("uq_subscriptions_query_channel")),
    )
    op.create_index("ix_subscriptions_channel", "subscriptions", ["channel"], unique=False)
    op.create_table(
        "post_cards",
        sa.Column("post", Id, nullable=False),
        sa.Column("card", Id, nullable=False),
        sa.Column("rev", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["card"], ["cards.id"], name=op.f("fk_post_cards_card"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["post"], ["posts.id"], name=op.f("fk_post_cards_post"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("post", "card", name=op.f("pk_post_cards")),
    )
    op.create_index(op.f("ix_post_cards_card"), "post_cards", ["card"], unique=False)
    op.create_table(
        "remote_ids",
        sa.Column("account", Id, nullable=False),
        sa.Column("remote_id", sa.Text(), nullable=False),
        sa.Column("post", Id, nullable=False),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name=op.f("fk_remote_ids_account"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["post"], ["posts.id"], name=op.f("fk_remote_ids_post"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account", "remote_id", name=op.f("pk_remote_ids")),
    )
    op.create_index("ix_remote_ids_post", "remote_ids", ["post"], unique=False)
