"""Where people are and what they asked for; what is to be shown to them, and what was."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table, Text, UniqueConstraint

from bot.storage.schema.columns import flag, metadata, number, partial, row_id, to_row, words
from bot.storage.types import Id, UtcTime

# Where people are, and what they asked for.
accounts = Table(
    "accounts", metadata,
    row_id(),
    words("platform"),
    words("remote_id"),
    Column("sync_token", Text),
    Column("paused_until", UtcTime),
    UniqueConstraint("platform", "remote_id"),
)  # fmt: skip

tenants = Table(
    "tenants", metadata,
    row_id(),
    to_row("account", "accounts.id"),
    words("remote_id"),
    words("locale", "en"),
    words("zone", "UTC"),
    UniqueConstraint("account", "remote_id"),
)  # fmt: skip

channels = Table(
    "channels", metadata,
    row_id(),
    to_row("tenant", "tenants.id"),
    words("remote_id"),
    Column("person", Id),  # whose direct chat it is
    words("zone", "UTC"),
    words("state", "open"),  # open | gone
    Column("ready_at", UtcTime, nullable=False),
    words("ladder"),  # days ahead on which it is reminded of dates: `30 7 1 0`; "": the usual ones, `off`: none
    words("digest"),  # `daily 08:00`, `weekly mon 08:00`, with ` urgent` where those pass; "": none
    words("quiet"),  # `22:00-07:00`, with ` urgent` where those pass; "": none
    number("flood", 12),  # alerts an hour that stand alone; 0: all do
    words("style", "full"),  # full | compact: how much an alert says
    words("locale", "en"),  # the language of its alerts, and of the sources that speak in them
    Column("next_digest_at", UtcTime),
    UniqueConstraint("tenant", "remote_id"),
    partial("ix_channels_digest", "next_digest_at", where="next_digest_at IS NOT NULL"),
)  # fmt: skip

people = Table(
    "people", metadata,
    row_id(),
    words("platform"),
    words("remote_id"),
    words("locale", "en"),
    Column("zone", Text),
    UniqueConstraint("platform", "remote_id"),
)  # fmt: skip

topics = Table(
    "topics", metadata,
    row_id(),
    Column("tenant", Id, ForeignKey("tenants.id", ondelete="CASCADE")),  # null: shipped
    words("name"),
    words("title"),
    words("titles"),  # the title in other languages, as JSON; "": none
    to_row("query", "queries.id"),
    words("examples"),  # headlines that it matches, one a line
    UniqueConstraint("tenant", "name"),
    partial("uq_topics_shipped", "name", where="tenant IS NULL", unique=True),
)  # fmt: skip

feed_uses = Table(
    "feed_uses", metadata,
    row_id(),
    to_row("feed", "feeds.id"),
    Column("tenant", Id, ForeignKey("tenants.id", ondelete="CASCADE"), index=True),  # null: the operator's, for all
    words("state", "active"),  # active | paused: for this user of the feed alone
    Column("channel", Id),  # where it was added
    UniqueConstraint("feed", "tenant"),
    partial("uq_feed_uses_operator", "feed", where="tenant IS NULL", unique=True),
)  # fmt: skip

subscriptions = Table(
    "subscriptions", metadata,
    row_id(),
    to_row("query", "queries.id"),
    to_row("channel", "channels.id"),
    Column("created_by", Id),
    Column("created_at", UtcTime, nullable=False),
    words("name"),  # as the person typed it: a topic's name or the query
    words("filters"),  # sources and languages, as JSON; "": all
    number("least"),  # the weight from which a story is shown
    words("ping"),  # the role that its alerts call, by the platform's own id
    UniqueConstraint("query", "channel"),
    Index("ix_subscriptions_channel", "channel"),
)  # fmt: skip

reminders = Table(
    "reminders", metadata,
    row_id(),
    to_row("person", "people.id"),
    to_row("channel", "channels.id"),  # where it is shown
    Column("deadline", Id, index=True),
    Column("story", Id),
    words("text"),
    Column("due_at", UtcTime, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    words("state", "open"),  # open | removed; shown is what its card says
    Index("ix_reminders_person", "person", "due_at"),
)  # fmt: skip

mutes = Table(
    "mutes", metadata,
    row_id(),
    to_row("channel", "channels.id"),
    Column("story", Id, nullable=False, server_default="0"),  # 0: of a source
    words("source"),  # as the person wrote it; core/sources says which feeds it names
    words("name"),  # what it is called in a list
    Column("created_by", Id),
    Column("created_at", UtcTime, nullable=False),
    Column("until", UtcTime),  # null: for good
    UniqueConstraint("channel", "story", "source"),
    Index("ix_mutes_subject", "story", "source"),
)  # fmt: skip

# What is to be shown, and what was.
announcements = Table(
    "announcements", metadata,
    row_id(),
    words("subject"),
    Column("subject_id", Id, nullable=False),
    words("slot"),
    number("rev", 1),
    Column("cursor", Id, nullable=False, server_default="0"),  # the last channel routed
    Column("done_at", UtcTime),
    UniqueConstraint("subject", "subject_id", "slot", "rev"),
    partial("ix_announcements_waiting", "id", where="done_at IS NULL"),
)  # fmt: skip

cards = Table(
    "cards", metadata,
    row_id(),
    to_row("channel", "channels.id"),
    words("subject"),  # story | notice
    Column("subject_id", Id, nullable=False),
    words("slot"),
    number("want_rev", 1),
    number("shown_rev"),
    number("prio"),
    Column("due_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime),
    Column("post", Id),  # the post that shows it
    Column("shown_at", UtcTime),
    words("bundle"),  # how an alert comes: "" by itself | now | digest | held: with others, at `due_at`
    UniqueConstraint("channel", "subject", "subject_id", "slot"),
    Index("ix_cards_subject", "subject", "subject_id", "slot"),
    partial("ix_cards_waiting", "channel", "due_at", where="want_rev > shown_rev"),
    partial("ix_cards_due", "due_at", where="want_rev > shown_rev"),
)  # fmt: skip

posts = Table(
    "posts", metadata,
    row_id(),
    Column("key", Text, nullable=False, unique=True),
    to_row("channel", "channels.id"),
    words("op"),
    Column("of_post", Id),  # the post it edits or answers
    words("payload"),
    words("form"),  # "" alerts, reminders, a notice | digest | held | rolling: a list of stories, a line each
    words("state", "open"),  # open (made, not settled) | shown | rejected | gone
    flag("in_doubt"),  # it may have been posted although no answer came
    number("attempts"),
    Column("holder", Text),  # who is sending it now
    Column("made_at", UtcTime),
    Column("settled_at", UtcTime),
    words("error"),
    partial("uq_posts_in_flight", "channel", where="state = 'open'", unique=True),
    Index("ix_posts_settled", "settled_at"),
    Index("ix_posts_channel", "channel", "id"),
)  # fmt: skip

post_cards = Table(
    "post_cards", metadata,
    Column("post", Id, ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True),
    Column("card", Id, ForeignKey("cards.id", ondelete="CASCADE"), primary_key=True, index=True),
    number("rev"),
)  # fmt: skip

remote_ids = Table(
    "remote_ids", metadata,
    Column("account", Id, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("remote_id", Text, primary_key=True),
    to_row("post", "posts.id"),
    Index("ix_remote_ids_post", "post"),
)  # fmt: skip

notices = Table(
    "notices", metadata,
    row_id(),
    Column("key", Text, nullable=False, unique=True),  # one trouble, one notice
    words("title"),
    words("body"),
    Column("made_at", UtcTime, nullable=False),
)  # fmt: skip

inbox = Table(
    "inbox", metadata,
    Column("account", Id, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("event", Text, primary_key=True),
    words("reply"),
    Column("at", UtcTime, nullable=False, index=True),
)  # fmt: skip
