"""The tables. Every seam of the line is one of them; states are short words, explained where they stand."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.storage.types import Hash, Id, UtcTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column[int]:
    return Column("id", Id, primary_key=True)


def _to(name: str, target: str, *, null: bool = False, cascade: bool = True) -> Column[int]:
    return Column(name, Id, ForeignKey(target, ondelete="CASCADE" if cascade else None), nullable=null)


def _text(name: str, default: str = "") -> Column[str]:
    return Column(name, Text, nullable=False, server_default=default)


def _number(name: str, default: int = 0) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default=str(default))


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False, server_default=text("false"))


# Processes. A row `process:<holder>` lives while its process renews it; other leases belong to a holder.
leases = Table(
    "leases", metadata,
    Column("name", Text, primary_key=True),
    Column("holder", Text, nullable=False, index=True),
    Column("until", UtcTime, nullable=False),
    _number("fence"),
)  # fmt: skip

# The outside world of feeds. Politeness lives on the host, across processes.
hosts = Table(
    "hosts", metadata,
    _id(),
    Column("name", Text, nullable=False, unique=True),
    Column("ready_at", UtcTime, nullable=False),
    Column("gap_s", Float),  # null: the setting's gap
    Column("holder", Text),
)  # fmt: skip

feeds = Table(
    "feeds", metadata,
    _id(),
    Column("url", Text, nullable=False, unique=True),
    _to("host", "hosts.id", cascade=False),
    _text("title"),
    Column("lang", Text),
    _number("tier", 2),
    Column("zone", Text),
    _number("interval_s"),
    Column("next_poll_at", UtcTime, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("body_hash", Hash),
    _text("id_rule", "guid+link"),
    Column("seeded_at", UtcTime),  # null: the next page is its first sight, and silent
    Column("error_class", Text),
    _text("error"),
    _number("errors"),  # in a row
    Column("last_ok_at", UtcTime),
    Column("last_new_at", UtcTime),
    _text("state", "active"),  # active | paused | gone
    Index("ix_feeds_due", "host", "next_poll_at", postgresql_where=text("state = 'active'"),
          sqlite_where=text("state = 'active'")),
    Index("ix_feeds_next", "next_poll_at", postgresql_where=text("state = 'active'"),
          sqlite_where=text("state = 'active'")),
)  # fmt: skip

item_keys = Table(
    "item_keys", metadata,
    Column("feed", Id, ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True),
    Column("key_hash", Hash, primary_key=True),
    Column("item", Id),  # no foreign key: a key outlives its item
    Column("last_seen", UtcTime, nullable=False),
)  # fmt: skip

items = Table(
    "items", metadata,
    _id(),
    _to("feed", "feeds.id"),
    Column("link_hash", Hash),
    Column("url", Text),
    _text("title"),
    _text("text"),
    Column("lang", Text),
    Column("published_at", UtcTime),
    Column("seen_at", UtcTime, nullable=False, index=True),
    Column("content_hash", Hash, nullable=False),
    _number("edits"),
    Column("story", Id, index=True),
    _flag("silent"),  # of a feed's first sight
    _text("state", "new"),  # new | changed | taken
    Index("ix_items_waiting", "id", postgresql_where=text("state <> 'taken'"), sqlite_where=text("state <> 'taken'")),
)  # fmt: skip

# What the news is about.
stories = Table(
    "stories", metadata,
    _id(),
    _number("rev", 1),
    Column("tenant", Id),
    _text("headline"),
    _text("summary"),
    Column("url", Text),
    Column("lang", Text),
    Column("parent", Id),
    Column("merged_into", Id),
    _flag("silent"),
    Column("opened_at", UtcTime, nullable=False, index=True),
    Column("changed_at", UtcTime, nullable=False),
    Column("closes_at", UtcTime),
)  # fmt: skip

queries = Table(
    "queries", metadata,
    _id(),
    _text("expr"),
    Column("expr_hash", Hash, nullable=False, unique=True),
    _number("changed_seq"),
)  # fmt: skip

matches = Table(
    "matches", metadata,
    Column("story", Id, ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True),
    Column("query", Id, ForeignKey("queries.id", ondelete="CASCADE"), primary_key=True, index=True),
)  # fmt: skip

deadlines = Table(
    "deadlines", metadata,
    _id(),
    _to("story", "stories.id"),
    Column("due_on", Date, nullable=False),
    _text("precision", "day"),
    _text("type", "deadline"),
    _text("what"),
    _text("who"),
    _text("evidence"),
    Column("confidence", Float, nullable=False),
    _number("rev", 1),
    _text("state", "open"),
    Index("ix_deadlines_story", "story"),
    UniqueConstraint("story", "due_on", "type"),
)  # fmt: skip

# Where people are, and what they asked for.
accounts = Table(
    "accounts", metadata,
    _id(),
    _text("platform"),
    _text("remote_id"),
    Column("sync_token", Text),
    Column("paused_until", UtcTime),
    UniqueConstraint("platform", "remote_id"),
)  # fmt: skip

tenants = Table(
    "tenants", metadata,
    _id(),
    _to("account", "accounts.id"),
    _text("remote_id"),
    _text("locale", "en"),
    _text("zone", "UTC"),
    UniqueConstraint("account", "remote_id"),
)  # fmt: skip

channels = Table(
    "channels", metadata,
    _id(),
    _to("tenant", "tenants.id"),
    _text("remote_id"),
    Column("person", Id),  # whose direct chat it is
    _text("zone", "UTC"),
    _text("state", "open"),  # open | gone
    Column("ready_at", UtcTime, nullable=False),
    UniqueConstraint("tenant", "remote_id"),
)  # fmt: skip

people = Table(
    "people", metadata,
    _id(),
    _text("platform"),
    _text("remote_id"),
    _text("locale", "en"),
    Column("zone", Text),
    UniqueConstraint("platform", "remote_id"),
)  # fmt: skip

topics = Table(
    "topics", metadata,
    _id(),
    Column("tenant", Id, ForeignKey("tenants.id", ondelete="CASCADE")),  # null: shipped
    _text("name"),
    _text("title"),
    _to("query", "queries.id"),
    UniqueConstraint("tenant", "name"),
    Index("uq_topics_shipped", "name", unique=True, postgresql_where=text("tenant IS NULL"),
          sqlite_where=text("tenant IS NULL")),
)  # fmt: skip

feed_uses = Table(
    "feed_uses", metadata,
    _id(),
    _to("feed", "feeds.id"),
    Column("tenant", Id, ForeignKey("tenants.id", ondelete="CASCADE"), index=True),  # null: the operator's, for all
    UniqueConstraint("feed", "tenant"),
    Index("uq_feed_uses_operator", "feed", unique=True, postgresql_where=text("tenant IS NULL"),
          sqlite_where=text("tenant IS NULL")),
)  # fmt: skip

subscriptions = Table(
    "subscriptions", metadata,
    _id(),
    _to("query", "queries.id"),
    _to("channel", "channels.id"),
    Column("created_by", Id),
    Column("created_at", UtcTime, nullable=False),
    _text("name"),  # as the person typed it: a topic's name or the query
    _text("filters"),
    UniqueConstraint("query", "channel"),
    Index("ix_subscriptions_channel", "channel"),
)  # fmt: skip

# What is to be shown, and what was.
announcements = Table(
    "announcements", metadata,
    _id(),
    _text("subject"),
    Column("subject_id", Id, nullable=False),
    _text("slot"),
    _number("rev", 1),
    Column("cursor", Id, nullable=False, server_default="0"),  # the last channel routed
    Column("done_at", UtcTime),
    UniqueConstraint("subject", "subject_id", "slot", "rev"),
    Index("ix_announcements_waiting", "id", postgresql_where=text("done_at IS NULL"),
          sqlite_where=text("done_at IS NULL")),
)  # fmt: skip

cards = Table(
    "cards", metadata,
    _id(),
    _to("channel", "channels.id"),
    _text("subject"),  # story | notice
    Column("subject_id", Id, nullable=False),
    _text("slot"),
    _number("want_rev", 1),
    _number("shown_rev"),
    _number("prio"),
    Column("due_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime),
    Column("post", Id),  # the post that shows it
    Column("shown_at", UtcTime),
    UniqueConstraint("channel", "subject", "subject_id", "slot"),
    Index("ix_cards_subject", "subject", "subject_id", "slot"),
    Index("ix_cards_waiting", "channel", "due_at", postgresql_where=text("want_rev > shown_rev"),
          sqlite_where=text("want_rev > shown_rev")),
    Index("ix_cards_due", "due_at", postgresql_where=text("want_rev > shown_rev"),
          sqlite_where=text("want_rev > shown_rev")),
)  # fmt: skip

posts = Table(
    "posts", metadata,
    _id(),
    Column("key", Text, nullable=False, unique=True),
    _to("channel", "channels.id"),
    _text("op"),
    Column("of_post", Id),
    _text("payload"),
    _text("state", "open"),  # open (made, not settled) | shown | rejected | gone
    _flag("in_doubt"),  # it may have been posted although no answer came
    _number("attempts"),
    Column("holder", Text),  # who is sending it now
    Column("claimed_at", UtcTime),
    Column("settled_at", UtcTime),
    _text("error"),
    Index("uq_posts_in_flight", "channel", unique=True, postgresql_where=text("state = 'open'"),
          sqlite_where=text("state = 'open'")),
    Index("ix_posts_settled", "settled_at"),
)  # fmt: skip

post_cards = Table(
    "post_cards", metadata,
    Column("post", Id, ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True),
    Column("card", Id, ForeignKey("cards.id", ondelete="CASCADE"), primary_key=True, index=True),
    _number("rev"),
)  # fmt: skip

remote_ids = Table(
    "remote_ids", metadata,
    Column("account", Id, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("remote_id", Text, primary_key=True),
    _to("post", "posts.id"),
    Index("ix_remote_ids_post", "post"),
)  # fmt: skip

notices = Table(
    "notices", metadata,
    _id(),
    Column("key", Text, nullable=False, unique=True),  # one trouble, one notice
    _text("title"),
    _text("body"),
    Column("made_at", UtcTime, nullable=False),
)  # fmt: skip

inbox = Table(
    "inbox", metadata,
    Column("account", Id, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("event", Text, primary_key=True),
    _text("reply"),
    Column("at", UtcTime, nullable=False, index=True),
)  # fmt: skip
